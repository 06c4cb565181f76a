"""What is said, in clean text, and the sentence in which it is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.claims.clauses import Span
from kg.claims.holders import Holder
from kg.claims.modality import Scope

Quotes = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in clean text: `parts` are its words, [start, end) the clause with its verb."""

    holder: Holder
    mode: Literal["direct", "indirect"]
    modality: str
    parts: tuple[Span, ...]
    start: int
    end: int
    rule: str
    kind: str = "say"

    @property
    def reach(self) -> Span:
        return self.parts[0][0], self.parts[-1][1]


@dataclass(frozen=True)
class Sentence:
    """A sentence with what every frame needs of it: clauses, quotations and modal scopes."""

    span: Span
    quotes: Quotes
    parts: list[Span]
    marks: list[Scope]

    def clause(self, position: int) -> int | None:
        return next((i for i, p in enumerate(self.parts) if p[0] <= position < p[1]), None)
