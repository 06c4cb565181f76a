"""The statistical tagger: people, places and organisations that no list knows, and words with parts of speech.

Baidu's LAC-small network from jieba's wheel (12.5 MB, MIT), run in numpy; see `tagger_weights` for why its results
are the same on every processor. It fills in where lexicons and patterns know nothing: new brand names and model
versions it misses or cuts.

    >>> tag(["王小明任清华大学校长。"])[0][0]
    TagSpan(start=0, end=3, label='PER', margin=...)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from kg.entities.tagger_network import Network
    from kg.entities.tagger_text import Piece, Speller
    from kg.entities.tagger_viterbi import Decoded

Label = Literal["PER", "LOC", "ORG"]
# the network's general tags for names (nr, ns, nt) mean the same as its special ones
LABELS: dict[str, Label] = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "nr": "PER", "ns": "LOC", "nt": "ORG"}


UNIT = 128  # margins come in 1/128, see `tagger_viterbi`


class TagSpan(NamedTuple):
    """A tagged name: the span [start, end) of the text given, its label, and by how much the best reading with this
    span beats the best reading without it (log score; small means a near tie)."""

    start: int
    end: int
    label: Label
    margin: float


class Word(NamedTuple):
    """A word: the span [start, end) of the text given and its part of speech (LAC's: n nr ns nt nz v vn a d m q r p c
    u t f s w xc PER LOC ORG TIME)."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True)
class _Tagger:
    network: Network
    speller: Speller
    tags: tuple[str, ...]


@cache
def _tagger() -> _Tagger:
    # numpy and the weights load on first use: a run that needs no tagger does not pay for it
    from kg.entities.tagger_network import Network
    from kg.entities.tagger_text import Speller
    from kg.entities.tagger_weights import load

    weights = load()
    return _Tagger(Network(weights), Speller(weights.ids), weights.tags)


def tag(texts: Sequence[str]) -> list[tuple[TagSpan, ...]]:
    """The people, places and organisations of each text, in order of their offsets.

    Texts are norm text (simplified, half-width; anything is accepted), a sentence or a whole article each: they are
    cut at sentence ends and 60 characters, and all pieces are computed together, so give many at once. A text's
    result does not depend on the others. Raises ModuleNotFoundError where jieba's network is not installed.
    """
    found: list[list[TagSpan]] = [[] for _ in texts]
    names = [i for i, t in enumerate(_tagger().tags) if t.partition("-")[0] in LABELS]
    for piece, decoded in _decode(texts, names):
        if decoded.lead is None or decoded.ends is None:
            continue  # no name in it
        for start, end, label in _runs(decoded):
            if label in LABELS:
                margin = int(decoded.lead[start:end].min())
                if end < len(decoded.ends):
                    margin = min(margin, int(decoded.ends[end]))
                first, last = piece.offsets[start], piece.offsets[end - 1]
                found[piece.text].append(TagSpan(int(first), int(last) + 1, LABELS[label], margin / UNIT))
    return [tuple(spans) for spans in found]


def words(texts: Sequence[str]) -> list[tuple[Word, ...]]:
    """The words of each text with their parts of speech, names included; space between words belongs to none."""
    found: list[list[Word]] = [[] for _ in texts]
    for piece, decoded in _decode(texts, ()):
        offsets = piece.offsets.tolist()
        for start, end, label in _runs(decoded):
            found[piece.text].append(Word(offsets[start], offsets[end - 1] + 1, label))
    return [tuple(spans) for spans in found]


def _decode(texts: Sequence[str], marked: Sequence[int]) -> Iterator[tuple[Piece, Decoded]]:
    tagger = _tagger()
    pieces = [piece for number, text in enumerate(texts) for piece in tagger.speller.pieces(number, text)]
    return zip(pieces, tagger.network.decode([p.ids for p in pieces], marked), strict=True)


def _runs(decoded: Decoded) -> Iterator[tuple[int, int, str]]:
    """The words of a sequence: [start, end) and tag."""
    tags = _tagger().tags
    names = [tags[t] for t in decoded.tags.tolist()]
    start = 0
    for i in range(1, len(names) + 1):
        if i == len(names) or not _continues(names[i - 1], names[i]):
            yield start, i, names[start].removesuffix("-B").removesuffix("-I")
            start = i


def _continues(before: str, tag: str) -> bool:
    """Whether a character tagged `tag` belongs to the word of the character before it."""
    if tag == "O":
        return before == "O"
    return tag.endswith("-I") and before[:-2] == tag[:-2]
