"""Makers of well-known things: where a sentence names both and no pattern says how they belong together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.record import AUTHOR, Relation
from kg.relations.schema import THINGS

RULE = "makers.known"


@cache
def makers() -> Mapping[str, re.Pattern[str]]:
    """What each well-known company makes: its canonical name -> its things' canonical names (general knowledge)."""
    path = resources.files("kg") / "data" / "patterns" / "relations" / "makers.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return {maker: re.compile("|".join(f"(?:{name})" for name in names), re.I) for maker, names in table.items()}


def known_makers(a: AnnotatedArticle, found: Collection[Relation]) -> list[Relation]:
    """`develops` for every well-known thing and its maker that some sentence names together.

    A reader takes `OpenAI的对手也想超过ChatGPT` to speak of OpenAI's ChatGPT. What `found` already says of such a
    pair, also that it is denied, stays as it is. The evidence is the first sentence that names both.
    """
    done = {(r.subject, r.object) for r in found if r.predicate == "develops"}
    result = []
    for sentence, maker, thing in _together(a):
        if (maker.entity, thing.entity) not in done:
            done.add((maker.entity, thing.entity))
            result.append(_relation(a, sentence, maker, thing))
    return result


def _together(a: AnnotatedArticle) -> Iterator[tuple[Sentence, EntityMention, EntityMention]]:
    """The named companies and their things of each sentence."""
    for sentence in a.article.sentences:
        named = [m for m in a.mentions_in(sentence.start, sentence.end) if m.kind == "name"]
        things = [m for m in named if m.type in THINGS]
        for maker in named if things else ():
            names = makers().get(a.entities[maker.entity].name) if maker.type == "Organization" else None
            if names is not None:
                yield from ((sentence, maker, t) for t in things if names.fullmatch(a.entities[t.entity].name))


def _relation(a: AnnotatedArticle, sentence: Sentence, maker: EntityMention, thing: EntityMention) -> Relation:
    start, end = min(sentence.start, maker.start, thing.start), max(sentence.end, maker.end, thing.end)
    text = a.article.norm[start:end]
    return Relation(
        subject=maker.entity,
        predicate="develops",
        object=thing.entity,
        holder=AUTHOR,
        modality="asserted",
        evidence=a.article.evidence(start + len(text) - len(text.lstrip()), start + len(text.rstrip())),
        rule=RULE,
    )
