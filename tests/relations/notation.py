"""Articles written as `[O:谷歌]发布[M:Gemini]。`, and records' relations as `谷歌 develops Gemini`."""

from __future__ import annotations

import re

from kg.document import AnnotatedArticle, CleanArticle, EntityInfo, EntityMention, Sentence
from kg.identity import entity_id
from kg.record import Article, Relation

TYPES = {"O": "Organization", "P": "Person", "M": "Model", "H": "Hardware", "D": "Product", "L": "Place"}
_MENTION = re.compile(r"\[([OPMHDL]):([^\]]+)\]")
_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?")


class SameOffsets:
    def span(self, start: int, end: int) -> tuple[int, int]:
        return start, end


def article(marked: str, *, kind: str = "text") -> AnnotatedArticle:
    """The annotated article of a marked-up text; equal names are one entity."""
    parts: list[str] = []
    mentions: list[EntityMention] = []
    entities: dict[str, EntityInfo] = {}
    last = length = 0
    for m in _MENTION.finditer(marked):
        parts += [marked[last : m.start()], m[2]]
        start = length + m.start() - last
        length, last = start + len(m[2]), m.end()
        type_ = TYPES[m[1]]
        entity = entity_id(type_, m[2])
        mentions.append(EntityMention(start, length, entity, type_, "name", "test"))
        entities[entity] = EntityInfo(entity, type_, m[2])
    text = "".join([*parts, marked[last:]])
    sentences = tuple(Sentence(m.start(), m.end(), kind, 0) for m in _SENTENCE.finditer(text))  # type: ignore[arg-type]
    meta = Article("a1", "", (), None, None, "zh-Hans", 0, len(text))
    return AnnotatedArticle(CleanArticle(meta, text, text, SameOffsets(), sentences), tuple(mentions), entities)


def triples(relations: list[Relation], a: AnnotatedArticle) -> list[str]:
    """`subject predicate object` by names, in order."""
    name = {i: e.name for i, e in a.entities.items()}
    return [f"{name[r.subject]} {r.predicate} {name[r.object]}" for r in relations]


def example(line: str) -> tuple[str, set[str]]:
    """An example line `text => triple; triple` as text and expected triples."""
    text, _, expected = line.partition("=>")
    return text.strip(), {t.strip() for t in expected.split(";") if t.strip()}
