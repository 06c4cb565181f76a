"""What every recogniser hands to the merger: spans that may be names, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from kg.document import CleanArticle
from kg.entities.lexicon import LexiconEntry

ANYWHERE = re.compile("")


class Rank(IntEnum):
    """How much a span counts where spans overlap: the higher rank wins, then the longer span."""

    TAGGER = 1
    CUE = 2
    PATTERN = 3
    LEXICON = 4


class Candidate(NamedTuple):
    """A span of clean text that may name something (a tuple, since an article makes hundreds of them).

    `name` is the canonical name as far as the recogniser knows it, `entry` what the lexicon knows of it. `rule` is the
    evidence: a lexicon line, a pattern id, or the tagger. `alone` is False where the name counts only with context.
    """

    start: int
    end: int
    type: str
    name: str
    rule: str
    rank: Rank
    entry: LexiconEntry | None = None
    alone: bool = True


@dataclass(frozen=True)
class Page:
    """An article as recognisers read it: `folded` is `norm` in lower case with one middle dot, of the same length."""

    article: CleanArticle

    @property
    def norm(self) -> str:
        return self.article.norm

    @cached_property
    def folded(self) -> str:
        return fold_case(self.article.norm).replace("•", "·").replace("・", "·").replace("‧", "·")


def places_of(
    words: Iterable[str], norm: str, before: re.Pattern[str] = ANYWHERE, after: re.Pattern[str] = ANYWHERE
) -> list[tuple[int, int]]:
    """The spans of words in a text, of overlapping ones the first and longest.

    `before` and `after` are zero-width patterns that must match where a word begins and ends. (One regex of all words
    would do the same, but compiling it for each document takes longer than the search.)
    """
    spans: list[tuple[int, int]] = []
    for word in words:
        start = norm.find(word)
        while start >= 0:
            end = start + len(word)
            if before.match(norm, start) and after.match(norm, end):
                spans.append((start, end))
            start = norm.find(word, start + 1)
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def fold_case(text: str) -> str:
    """Lower case, character by character where the whole would change its length (`İ`)."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
