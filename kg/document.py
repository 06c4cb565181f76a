"""What the stages pass to each other inside the program: clean articles, then articles with their mentions.

`CleanArticle.text` is what a reader reads (the article's own script, noise repaired). `CleanArticle.norm` is the same
text in one spelling for analysis: simplified characters, half-width latin, one form of every punctuation mark
(`,;:!?()%` half-width, `。、《》` as they are, quotes `“”‘’`), case kept. Both have the **same length**: an
offset found in `norm` holds in `text`; `offsets` takes it on to the raw file.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

from kg.record import Article, Evidence, MentionKind

SentenceKind = Literal["title", "heading", "text", "list", "caption"]


class Offsets(Protocol):
    """A monotone map from positions of clean text to positions of the raw file."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span [start, end) whose image is the clean span [start, end); needs start < end."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of clean text. `quotes` are the spans inside its outermost quotation marks (marks excluded)."""

    start: int
    end: int
    kind: SentenceKind
    paragraph: int
    quotes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class CleanArticle:
    meta: Article
    text: str
    norm: str
    offsets: Offsets
    sentences: tuple[Sentence, ...]

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for a span of clean text: raw offsets, and the text as a reader reads it."""
        raw_start, raw_end = self.offsets.span(start, end)
        return Evidence(start=raw_start, end=raw_end, text=self.text[start:end], article=self.meta.id)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_index(self, position: int) -> int:
        """The index of the sentence that holds (or last begins before) a position."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)


@dataclass(frozen=True)
class Document:
    """A source as read: `sha256` of the file's bytes, its articles, and what was repaired (one line each)."""

    source: str
    sha256: str
    articles: tuple[CleanArticle, ...]
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention in clean text, resolved to an entity. Offsets are of `CleanArticle.text`."""

    start: int
    end: int
    entity: str
    type: str
    kind: MentionKind
    rule: str


@dataclass(frozen=True, slots=True)
class EntityInfo:
    """What recognition knows of an entity besides its mentions."""

    id: str
    type: str
    name: str
    wikidata: str | None = None


@dataclass(frozen=True)
class AnnotatedArticle:
    """A clean article with its mentions (sorted by start, not overlapping) and the document's entities by id."""

    article: CleanArticle
    mentions: tuple[EntityMention, ...]
    entities: Mapping[str, EntityInfo] = field(default_factory=dict)

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def mentions_in(self, start: int, end: int) -> Sequence[EntityMention]:
        """The mentions that begin in [start, end)."""
        return self.mentions[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]
