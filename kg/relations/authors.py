"""Where an article's authors work, as a byline or a note beside the body says: `作者系某大学教授`, `某报记者 王明`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.reading.script import analysis_text
from kg.record import AUTHOR, Relation

_NOTE = re.compile(r"(?:本文|文章)?(?:作者|笔者)")
_CLERK = re.compile(r"[一-鿿]{0,8}(?:记者|评论员|通讯员|撰稿人|专栏作家|研究员|主笔|编译|特派员)$")


def author_relations(a: AnnotatedArticle, found: Collection[Relation]) -> list[Relation]:
    """`affiliatedWith` for the article's authors, but for what is `found` already. The evidence is byline or note."""
    done = {(r.subject, r.object) for r in found if r.predicate == "affiliatedWith"}
    result = []
    for sentence, person, organization in _pairs(a):
        if (person, organization) not in done:
            done.add((person, organization))
            result.append(_relation(a, sentence, person, organization))
    return result


def _pairs(a: AnnotatedArticle) -> Iterator[tuple[Sentence, str, str]]:
    names = {analysis_text(name) for name in a.article.meta.authors}
    signed = [m for m in a.mentions if m.type == "Person" and a.article.norm[m.start : m.end] in names]
    people = list(dict.fromkeys(m.entity for m in signed))
    for sentence in a.article.sentences if people else ():
        if sentence.kind != "caption":
            continue
        here = a.mentions_in(sentence.start, sentence.end)
        employers = _employers(here)
        if _NOTE.match(a.article.norm, sentence.start, sentence.end):
            all_ = "均" in a.article.norm[sentence.start : sentence.end]
            whom = people if all_ or len(people) == 1 else []
            yield from ((sentence, p, o.entity) for p in whom for o in employers)
        else:
            own = [m for m in signed if sentence.start <= m.start < sentence.end]
            for o in employers[:1]:
                if own and o.end <= own[0].start and _CLERK.fullmatch(a.article.norm[o.end : own[0].start].strip()):
                    yield from ((sentence, m.entity, o.entity) for m in own)


def _employers(mentions: Collection[EntityMention]) -> list[EntityMention]:
    """The named organisations, of an academy and its institute the institute alone."""
    named = [m for m in mentions if m.type == "Organization" and m.kind == "name"]
    behind = {m.start for m in named}
    return [m for m in named if m.end not in behind]


def _relation(a: AnnotatedArticle, sentence: Sentence, person: str, organization: str) -> Relation:
    return Relation(
        subject=person,
        predicate="affiliatedWith",
        object=organization,
        holder=AUTHOR,
        modality="asserted",
        evidence=a.article.evidence(sentence.start, sentence.end),
        rule="authors.affiliatedWith",
    )
