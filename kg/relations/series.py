"""Numbered sisters: who makes `火星一号` makes `火星二号`, too, where one sentence tells of both and of one maker."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.record import AUTHOR, Relation
from kg.relations.schema import THINGS

RULE = "series.develops"

# A name and its number: 火星|一号, Falcon |9, GPT-|4. The stem is long enough not to be anybody's (M1, R1, V3).
_NUMBERED = re.compile(
    r"(?P<stem>[一-鿿]{2,}|[^\d\s]*[A-Za-z]{3,}(?:[ -][A-Za-z]+)*)[ -]?"
    r"(?:[一二三四五六七八九十]+[号代]|\d+(?:\.\d+)?[号代]?|I{1,3}|IV|V|VI{1,3})"
)


def series_relations(a: AnnotatedArticle, found: Collection[Relation]) -> list[Relation]:
    """`develops` for what has no maker in `found`, but a sister in one of its sentences that has just one."""
    makers: dict[str, set[str]] = {}
    for r in found:
        if r.predicate == "develops":
            makers.setdefault(r.object, set()).add(r.subject)
    result: dict[str, Relation] = {}
    for sentence, sister, other in _sisters(a):
        maker = makers.get(sister.entity, set())
        if len(maker) == 1 and other.entity not in makers and other.entity not in result:
            result[other.entity] = _relation(a, sentence, min(maker), other)
    return list(result.values())


def _sisters(a: AnnotatedArticle) -> Iterator[tuple[Sentence, EntityMention, EntityMention]]:
    """The pairs of a sentence's things whose names differ by their number alone."""
    for sentence in a.article.sentences:
        named = [
            (m, number["stem"].casefold())
            for m in a.mentions_in(sentence.start, sentence.end)
            if m.kind == "name" and m.type in THINGS
            if (number := _NUMBERED.fullmatch(a.article.norm, m.start, m.end))
        ]
        for one, stem in named:
            for other, stem2 in named:
                if stem == stem2 and one.type == other.type and one.entity != other.entity:
                    yield sentence, one, other


def _relation(a: AnnotatedArticle, sentence: Sentence, maker: str, thing: EntityMention) -> Relation:
    text = a.article.norm[sentence.start : sentence.end]
    start, end = sentence.start + len(text) - len(text.lstrip()), sentence.start + len(text.rstrip())
    return Relation(
        subject=maker,
        predicate="develops",
        object=thing.entity,
        holder=AUTHOR,
        modality="asserted",
        evidence=a.article.evidence(start, end),
        rule=RULE,
    )
