"""What every recogniser hands to the merger: spans that may be names, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from kg.document import CleanArticle
from kg.entities.lexicon import LexiconEntry

_DOTS = str.maketrans("•・‧", "···")


class Rank(IntEnum):
    """How much a span counts where spans overlap: the higher rank wins, then the longer span."""

    TAGGER = 1
    CUE = 2
    PATTERN = 3
    LEXICON = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of clean text that may name something.

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
        return fold_case(self.article.norm).translate(_DOTS)


def fold_case(text: str) -> str:
    """Lower case, character by character where the whole would change its length (`İ`)."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
