"""The text of articles as the page shows it, and where in it a claim's evidence stands."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.document import CleanArticle
    from kg.record import Evidence, Record

SENTENCE_KINDS = ("title", "heading", "text", "list", "caption")
Place = tuple[int, int, int, int]  # first sentence, character in it, last sentence, character after its last one


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence as a reader reads it; `start` and `end` are its span in the source file, `paragraph` its paragraph."""

    start: int
    end: int
    text: str
    kind: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The sentences of one article, in reading order."""

    source: str
    article_id: str
    sentences: tuple[TextSentence, ...]

    @classmethod
    def of(cls, source: str, article: CleanArticle) -> ArticleText:
        """The text of a clean article: every sentence with the file span that it is the image of."""
        sentences = []
        for s in article.sentences:
            text = article.text[s.start : s.end]
            start = s.start + len(text) - len(text.lstrip())
            if text.strip():
                raw = article.offsets.span(start, start + len(text.strip()))
                sentences.append(TextSentence(raw[0], raw[1], text.strip(), s.kind, s.paragraph))
        return cls(source, article.meta.id, tuple(sentences))

    def to_json(self) -> list[list[Any]]:
        return [[s.start, s.end, SENTENCE_KINDS.index(s.kind), s.paragraph, s.text] for s in self.sentences]

    @classmethod
    def from_json(cls, source: str, article_id: str, rows: Sequence[Sequence[Any]]) -> ArticleText:
        """The inverse of `to_json`."""
        sentences = (TextSentence(r[0], r[1], r[4], SENTENCE_KINDS[r[2]], r[3]) for r in rows)
        return cls(source, article_id, tuple(sentences))

    def locate(self, evidence: Evidence) -> Place | None:
        """Where the evidence stands in the sentences, or None where it is not in them.

        Its file span says which sentences; inside those the words are looked up, which is for highlighting only.
        """
        first = max(0, bisect.bisect_right([s.start for s in self.sentences], evidence.start) - 1)
        last = first
        while last + 1 < len(self.sentences) and self.sentences[last + 1].start < evidence.end:
            last += 1
        for low, high in ((first, last), (max(0, first - 1), min(len(self.sentences) - 1, last + 1))):
            place = self._find(evidence.text, low, high)
            if place:
                return place
        return None

    def _find(self, words: str, first: int, last: int) -> Place | None:
        """Find words in a run of sentences, whatever white space stands between and inside them."""
        if first == last < len(self.sentences) and words:
            at = self.sentences[first].text.find(words)
            if at >= 0:
                return first, at, first, at + len(words)
        where: list[tuple[int, int]] = []
        kept: list[str] = []
        for i in range(first, min(last + 1, len(self.sentences))):
            for j, character in enumerate(self.sentences[i].text):
                if not character.isspace():
                    where.append((i, j))
                    kept.append(character)
        wanted = "".join(words.split())
        at = "".join(kept).find(wanted) if wanted else -1
        if at < 0:
            return None
        (s0, c0), (s1, c1) = where[at], where[at + len(wanted) - 1]
        return s0, c0, s1, c1 + 1


def texts_from_records(records: Iterable[Record]) -> tuple[ArticleText, ...]:
    """What the records alone know of their articles' texts: the evidence, in reading order, none inside another."""
    texts = []
    for record in records:
        for article in record.articles:
            found = sorted(
                {e for c in record.claims() if (e := c.evidence).article == article.id},
                key=lambda e: (e.start, -e.end, e.text),
            )
            sentences: list[TextSentence] = []
            for e in found:
                if not sentences or e.start >= sentences[-1].end:
                    sentences.append(TextSentence(e.start, e.end, e.text, "text", len(sentences)))
            texts.append(ArticleText(record.source, article.id, tuple(sentences)))
    return tuple(texts)
