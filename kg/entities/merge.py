"""The one place where the evidence meets: lexicon, versions, patterns, latin names and tagger give one set of spans.

Spans that overlap are decided by rank, then length, then position; names that need context are dropped without it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from kg.entities import latin
from kg.entities.candidates import Candidate, Page, Rank
from kg.entities.lexicon import BLOCK, Hit, Lexicon, LexiconEntry
from kg.entities.patterns import find_patterns
from kg.entities.versions import read_version
from kg.record import CORE_TYPES

def merge(pages: Sequence[Page], lexicon: Lexicon) -> list[list[Candidate]]:
    """The names of a document's articles, article by article: sorted, not overlapping, each with its evidence."""
    raw = [_lexicon_candidates(page, lexicon) for page in pages]
    strong = {c.entry.id for found in raw for c in found if c.alone and c.entry}
    text = "\n".join(page.folded for page in pages)
    scores = _local_scores(pages, raw)
    settled = [
        [dataclasses.replace(c, alone=True) for c in found if c.alone or _in_context(c, page, strong, text, scores)]
        for page, found in zip(pages, raw, strict=True)
    ]
    for page, found in zip(pages, settled, strict=True):
        found.extend(find_patterns(page))
    known = [sorted((c.start, c.end, c.type) for c in choose(found) if c.rank == Rank.LEXICON) for found in settled]
    names = latin.find_names(pages, known)
    return [
        [c for c in choose([*found, *more]) if c.type != BLOCK] for found, more in zip(settled, names, strict=True)
    ]


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that remain where some overlap: the higher rank, then the longer, then the first."""
    ranked = sorted(candidates, key=lambda c: (-_weight(c), c.start - c.end, c.start, c.type, c.name))
    taken: list[Candidate] = []
    occupied: set[int] = set()
    for c in ranked:
        if occupied.isdisjoint(range(c.start, c.end)):
            taken.append(c)
            occupied.update(range(c.start, c.end))
    return sorted(taken, key=lambda c: c.start)


def _weight(c: Candidate) -> int:
    """Lexicon and pattern spans compete by length alone: `北京邮电大学人机交互实验室` is longer than its university."""
    return min(int(c.rank), int(Rank.PATTERN))


def _lexicon_candidates(page: Page, lexicon: Lexicon) -> list[Candidate]:
    found: list[Candidate] = []
    for hit in lexicon.find(page.folded):
        for entry in (hit.strong or hit.weak)[:1] if hit.strong else hit.weak:
            found.extend(_readings(page, hit, entry, alone=bool(hit.strong)))
    return found


def _readings(page: Page, hit: Hit, entry: LexiconEntry, *, alone: bool) -> Iterable[Candidate]:
    if alone and not _cased(page.norm[hit.start : hit.end], entry):
        alone = False
    rule = f"lexicon:{entry.line}"
    version = read_version(page.norm, hit.end, entry)
    if version and (alone or page.norm[hit.start].isupper()):
        yield Candidate(hit.start, version.end, version.type, version.name, rule + "+version", Rank.LEXICON)
    yield Candidate(hit.start, hit.end, entry.type, entry.name, rule, Rank.LEXICON, entry, alone)


def _cased(text: str, entry: LexiconEntry) -> bool:
    """Whether a short latin acronym is written in its capitals; longer names are also read in lower case."""
    if len(text) > 4 or not text.isascii() or not text.isalpha():
        return True
    return not (text.islower() and text not in entry.aliases)


def _local_scores(pages: Sequence[Page], raw: Sequence[Sequence[Candidate]]) -> dict[str, dict[str, int]]:
    """What the words beside each weak name of the document say of its type, by the name in lower case."""
    scores: dict[str, dict[str, int]] = {}
    for page, found in zip(pages, raw, strict=True):
        for start, end in {(c.start, c.end) for c in found if not c.alone}:
            latin.weigh(page.norm, start, end, scores.setdefault(page.folded[start:end], {}))
    return scores


def _in_context(c: Candidate, page: Page, strong: set[str], text: str, scores: dict[str, dict[str, int]]) -> bool:
    entry = c.entry
    if entry is None or entry.id in strong or any(word.lower() in text for word in entry.context):
        return True
    return c.type in CORE_TYPES and latin.winner(scores[page.folded[c.start : c.end]]) == c.type
