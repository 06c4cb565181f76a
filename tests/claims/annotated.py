"""Annotated articles made of a text and the names in it, for tests of what is said and compared."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.document import AnnotatedArticle, CleanArticle, EntityInfo, EntityMention, Sentence
from kg.identity import entity_id
from kg.record import Article


class Straight:
    """Offsets of a text that is its own source."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        return start, end


def annotate(text: str, names: Mapping[str, str], published: str | None = None) -> AnnotatedArticle:
    """One paragraph for each line; every name (longest first) is a mention of an entity of its type."""
    text = text.strip("\n")
    sentences = [
        Sentence(m.start(), m.end(), "text", i) for i, m in enumerate(re.finditer(r"[^\n]+", text)) if m.group().strip()
    ]
    meta = Article("a1", "", (), None, published, "zh-Hans", 0, len(text))
    pattern = re.compile("|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))))
    mentions = tuple(
        EntityMention(m.start(), m.end(), entity_id(names[m.group()], m.group()), names[m.group()], "name", "test")
        for m in pattern.finditer(text)
    )
    entities = {entity_id(t, n): EntityInfo(entity_id(t, n), t, n) for n, t in names.items()}
    article = CleanArticle(meta, text, text, Straight(), tuple(sentences))
    return AnnotatedArticle(article, mentions, entities)


def reference(name: str, names: Mapping[str, str]) -> str:
    """How a record names someone: the entity's id, or the words."""
    return entity_id(names[name], name) if name in names else name
