"""A word model for repairs: which of several readings of a damaged text consists of words.

Word frequencies are those of jieba's dictionary (MIT licence, installed with it), read as a unigram model.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.reading.script import is_traditional, simplify

_BEAM = 20  # readings that are kept at every step
_OPEN = 10  # readings with something filled in that are kept at every step
_LONGEST = 6  # characters of a word
_UNKNOWN = -20.0  # log probability of a character that is no word
_MARK = dict.fromkeys(",，。、", -4.0) | dict.fromkeys("“”《》：；？！（）…—·", -7.0)
_KEEP = 40  # readings of one place with a filled-in pair that are looked at, the likeliest characters first
_BOND = 0.4  # weight of neighbouring characters beside words
_SMOOTH = 0.05  # weight of chance in the counts of neighbours
_FOLLOWER = re.compile(r"(\D)(\d+)")
_EXTRA = -1.0  # for a character beyond the first at a place
_PRIOR = 700.0  # characters of a document that weigh as much as the language does (Dirichlet smoothing)
_OTHER_SCRIPT = -4.0  # for a character that only the other script uses

_Path = tuple[float, tuple[float, ...], str, tuple[str, ...]]  # score, scores of the tail, tail, what was chosen


@cache
def _words() -> dict[str, float]:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    total = math.log(jieba.dt.total)
    return {w: math.log(f) - total for w, f in jieba.dt.FREQ.items() if f and len(w) <= _LONGEST}


@cache
def _character_scores() -> dict[str, float]:
    """How often a character is written, in words of any length."""
    counts: dict[str, float] = {}
    for word, score in _words().items():
        for c in word:
            counts[c] = counts.get(c, 0.0) + math.exp(score)
    return {c: math.log(n) for c, n in counts.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand at a place: one character (`whole`), or several where something vanished between them.

    Several are one of `first`, then perhaps one of `inner`, then one of `last`.
    """

    whole: Sequence[str]
    first: Sequence[str] = ()
    inner: Sequence[str] = ()
    last: Sequence[str] = ()


class WordModel:
    """The word frequencies of the language, mixed with those of one document (a cache model).

    Raises nothing; loads jieba's dictionary (about a second) when it is first used.
    """

    def __init__(self, document: str) -> None:
        self._document = _plain(document)
        self._size = sum(c >= "\u3400" for c in document)
        self._traditional = is_traditional(document)
        self._known: dict[str, float | None] = {}
        self._bonds: dict[str, float] = {}
        self._ranked: dict[tuple[int, str], list[str]] = {}

    def best_path(self, places: Sequence[Place], before: str, after: str) -> list[str]:
        """One string for each place, so that together (behind `before`, ahead of `after`) they read best as words."""
        beam: list[_Path] = [self._grow((0.0, (0.0,), "", ("",)), _plain(before), "", new=False)]
        for place in places:
            closed = self._each(beam, place.whole, new=True)
            opened = self._best(self._each(beam, place.first, new=True), _OPEN)
            last, inner = self._likeliest(place.last), self._likeliest(place.inner)
            closed += self._each(opened, last, new=False)
            if inner and opened:
                closed += self._each(self._best(self._each(opened, inner, new=False), _OPEN), last, new=False)
            beam = self._best(closed)
        ends = [self._grow(path, _plain(after), "", new=False) for path in beam]
        return list(min(ends, key=lambda g: (-g[0], g[3]))[3][1:]) if ends else []

    def _each(self, paths: list[_Path], options: Sequence[str], *, new: bool) -> list[_Path]:
        return [self._grow(path, _plain(option), option, new=new) for option in options for path in paths]

    def _best(self, paths: list[_Path], size: int = _BEAM) -> list[_Path]:
        return heapq.nsmallest(size, paths, key=lambda g: (-g[0], g[3]))

    def _likeliest(self, options: Sequence[str]) -> list[str]:
        key = (len(options), "".join(options[:2]))
        if key not in self._ranked:
            self._ranked[key] = sorted(options, key=lambda o: (-self._likely(o), o))[:_KEEP]
        return self._ranked[key]

    def _word(self, word: str) -> float | None:
        """The log probability of a word (simplified), None where it is none."""
        if word in self._known:
            return self._known[word]
        score = _words().get(word, _MARK.get(word, _UNKNOWN) if len(word) == 1 else None)
        if score is not None:
            here = self._document.count(word) if self._document else 0
            score = math.log((here + _PRIOR * math.exp(score)) / (self._size + _PRIOR))
        self._known[word] = score
        return score

    def _bond(self, pair: str) -> float:
        """How much likelier two characters stand together than by chance, in the language and in this document."""
        if (known := self._bonds.get(pair)) is None:
            known = self._bonds[pair] = _BOND * max(_language_bond(pair), self._own_bond(pair))
        return known

    def _own_bond(self, pair: str) -> float:
        here = self._document.count(pair)
        if here < 2 or not self._size:
            return -math.inf
        alone = self._document.count(pair[0]) * self._document.count(pair[1])
        return math.log(here * self._size / alone)

    def _likely(self, option: str) -> float:
        singles = _character_scores()
        return sum(singles.get(c, _MARK.get(c, _UNKNOWN)) for c in _plain(option)) + self._prior(option)

    def _prior(self, option: str) -> float:
        other = _only_simplified() if self._traditional else _only_traditional()
        return _OTHER_SCRIPT if option in other else 0.0

    def _grow(self, path: _Path, added: str, option: str, *, new: bool) -> _Path:
        """Extend a segmentation by a text; `scores[i]` of a path is the best score of the text up to `tail[:i]`.

        `option` is what was chosen, for a new place or beside what was chosen for the last one.
        """
        known, (_, scores, tail, choices) = self._known, path
        best, text = list(scores), tail + added
        bond = self._prior(option) + (0.0 if new else _EXTRA * len(option))
        for n in range(len(tail) + 1, len(text) + 1):
            top = -math.inf
            if n > 1:
                bond += self._bond(text[n - 2 : n])
            for size in range(1, min(_LONGEST, n) + 1):
                word = text[n - size : n]
                score = known[word] if word in known else self._word(word)
                if score is not None and best[n - size] + score > top:
                    top = best[n - size] + score
            best.append(top)
        best = [b + bond for b in best]
        keep = min(len(text), _LONGEST)
        chosen = (*choices, option) if new else (*choices[:-1], choices[-1] + option)
        return best[-1], tuple(best[-keep - 1 :]), text[len(text) - keep :], chosen


def _plain(text: str) -> str:
    return text.translate(_simplified_of())


@cache
def _bigrams() -> tuple[dict[str, dict[str, int]], dict[str, int], int]:
    """Counts of neighbouring characters, of characters, and of all (`kg/data/reading/bigrams.tsv`)."""
    pairs: dict[str, dict[str, int]] = {}
    counts: dict[str, int] = {}
    table = files("kg").joinpath("data/reading/bigrams.tsv").read_text(encoding="utf8")
    for line in table.splitlines():
        if not line.startswith("#"):
            first, count, followers = line.split("\t")
            counts[first] = int(count)
            pairs[first] = {c: int(n) for c, n in _FOLLOWER.findall(followers)}
    return pairs, counts, sum(counts.values())


@cache
def _language_bond(pair: str) -> float:
    pairs, counts, total = _bigrams()
    first, second = (counts.get(c, 0) for c in pair)
    if not first or not second:
        return 0.0
    expected = first * second / total
    seen = pairs.get(pair[0], {}).get(pair[1], 0)
    return math.log((seen + _SMOOTH * expected) / (first * (second / total) + _SMOOTH * expected + 0.5))


@cache
def _simplified_of() -> dict[int, str]:
    characters = "".join(map(chr, range(0x4E00, 0xA000)))
    pairs = zip(characters, simplify("\n".join(characters)).split("\n"), strict=True)
    return {ord(c): s for c, s in pairs if c != s}


@cache
def _only_traditional() -> frozenset[str]:
    return frozenset(map(chr, _simplified_of()))


@cache
def _only_simplified() -> frozenset[str]:
    return frozenset(_simplified_of().values())
