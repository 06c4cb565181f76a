"""Who says what, and how surely: the statements of an article, and the holder and modality of any span of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.document import AnnotatedArticle
from kg.record import AUTHOR, Statement


@dataclass(frozen=True)
class Attribution:
    """The statements of one article; answers who holds what stands at a position, and how surely it is said."""

    statements: tuple[Statement, ...]

    def holder(self, position: int) -> str:
        """`"author"`, an entity id, or the words of the text that name the holder, for a position of clean text."""
        return AUTHOR

    def modality(self, start: int, end: int) -> str:
        """The modality of the clause [start, end) of clean text."""
        return "asserted"


def attribute(a: AnnotatedArticle) -> Attribution:
    """Find the statements of an article and what lies in the scope of each."""
    return Attribution(statements=())
