"""What is well known of two names that one sentence holds, where no pattern says how they belong together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.record import AUTHOR, Relation
from kg.relations.schema import THINGS

RULE = "known"
NEAR = 8  # characters between a part and its whole at most, as they are named side by side as peers, too

_Names = Mapping[str, re.Pattern[str]]


@cache
def known() -> Mapping[str, _Names]:
    """Per predicate, of each well-known organisation, the canonical names of its things, people or parts."""
    path = resources.files("kg") / "data" / "patterns" / "relations" / "known.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    return {
        predicate: {name: re.compile("|".join(f"(?:{x})" for x in others), re.I) for name, others in table.items()}
        for predicate, table in tables.items()
    }


def known_relations(a: AnnotatedArticle, found: Collection[Relation]) -> list[Relation]:
    """Relations of well-known makers, employers and parents to what some sentence names beside them.

    A reader takes `OpenAI的对手也想超过ChatGPT` to speak of OpenAI's ChatGPT. What `found` already says of such a
    pair, also that it is denied, stays as it is. The evidence is the first sentence that names both.
    """
    done = {(r.predicate, r.subject, r.object) for r in found}
    done |= {("affiliatedWith", r.object, r.subject) for r in found if r.predicate == "foundedBy"}
    result = []
    for sentence, predicate, owner, other in _together(a):
        subject, object_ = (owner, other) if predicate == "develops" else (other, owner)
        if (key := (predicate, subject.entity, object_.entity)) not in done:
            done.add(key)
            result.append(_relation(a, sentence, predicate, subject, object_))
    return result


def _together(a: AnnotatedArticle) -> Iterator[tuple[Sentence, str, EntityMention, EntityMention]]:
    """The named organisations of each sentence and what is known to be theirs, by predicate."""
    for sentence in a.article.sentences:
        named = [m for m in a.mentions_in(sentence.start, sentence.end) if m.kind == "name"]
        for owner in named if len(named) > 1 else ():
            if owner.type != "Organization":
                continue
            for predicate, table in known().items():
                if names := table.get(a.entities[owner.entity].name):
                    for other in named:
                        if _fits(predicate, owner, other) and names.fullmatch(a.entities[other.entity].name):
                            yield sentence, predicate, owner, other


def _fits(predicate: str, owner: EntityMention, other: EntityMention) -> bool:
    """Whether a mention is of the kind that an organisation makes, employs or owns, and stands where it may be so."""
    if predicate == "parentOrganization":
        return other.type == "Organization" and max(owner.start - other.end, other.start - owner.end) <= NEAR
    return other.type == "Person" if predicate == "affiliatedWith" else other.type in THINGS


def _relation(
    a: AnnotatedArticle, sentence: Sentence, predicate: str, subject: EntityMention, object_: EntityMention
) -> Relation:
    start, end = min(sentence.start, subject.start, object_.start), max(sentence.end, subject.end, object_.end)
    text = a.article.norm[start:end]
    return Relation(
        subject=subject.entity,
        predicate=predicate,
        object=object_.entity,
        holder=AUTHOR,
        modality="asserted",
        evidence=a.article.evidence(start + len(text) - len(text.lstrip()), start + len(text.rstrip())),
        rule=f"{RULE}.{predicate}",
    )
