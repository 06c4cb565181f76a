"""The reference rules, weights and word lists of `kg/data/patterns/coreference.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from kg.record import MentionKind

# stand for mentions in the skeleton of a clause
PERSON, THING = "\x01", "\x02"
ENTITY = f"[{PERSON}{THING}]"


@dataclass(frozen=True)
class Reference:
    """A rule: which words refer (`pattern`), to what (`types`, `named`, `unnamed`), and how many sentences back."""

    id: str
    kind: MentionKind
    openings: frozenset[str]
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None
    types: frozenset[str]
    reach: int
    gender: Literal["m", "f"] | None
    pick: Literal["first", "last"] | None
    named: re.Pattern[str] | None
    unnamed: re.Pattern[str] | None
    somebody: re.Pattern[str] | None
    others: re.Pattern[str] | None  # people without a name, whom the words may mean where they lie between
    vague: tuple[str, ...]
    own_clause: bool
    new_topic: bool
    topical: Literal["first", "last"] | None  # may stand for what the text is about, before or after what is near
    floor: float
    priors: Mapping[str, float]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Roles:
    """Patterns on a clause's skeleton, left and right of a mention."""

    initial: re.Pattern[str]
    coordinated: re.Pattern[str]
    joined: re.Pattern[str]
    source: re.Pattern[str]
    agent: re.Pattern[str]
    oblique: re.Pattern[str]
    comparand: re.Pattern[str]
    introduced: re.Pattern[str]
    embedded: re.Pattern[str]
    possessor: re.Pattern[str]
    employer: re.Pattern[str]
    apposition: re.Pattern[str]
    outward: re.Pattern[str]
    topic: re.Pattern[str]
    named: re.Pattern[str]
    modifier: re.Pattern[str]
    described: re.Pattern[str]
    predicate: re.Pattern[str]
    made: re.Pattern[str]
    listed: re.Pattern[str]
    example: re.Pattern[str]
    saying: re.Pattern[str]
    telling: re.Pattern[str]
    spoken: re.Pattern[str]
    predicative: re.Pattern[str]
    patient: re.Pattern[str]
    towards: re.Pattern[str]
    undergoes: re.Pattern[str]
    caused: re.Pattern[str]
    benefits: re.Pattern[str]
    benefit: re.Pattern[str]
    bare: re.Pattern[str]
    beside: re.Pattern[str]
    besides: re.Pattern[str]
    generic: re.Pattern[str]
    generic_object: re.Pattern[str]
    thing: re.Pattern[str]
    copula: re.Pattern[str]
    place: re.Pattern[str]
    during: re.Pattern[str]
    epithet: re.Pattern[str]
    like: re.Pattern[str]
    likeness: re.Pattern[str]
    goes_on: re.Pattern[str]
    genders: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Library:
    references: tuple[Reference, ...]
    openings: re.Pattern[str]  # what any rule's words begin with, the longest
    opened: Mapping[str, tuple[Reference, ...]]  # the rules whose words may begin so
    roles: Roles
    suits: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    secondary: re.Pattern[str]
    young: re.Pattern[str]
    giants: re.Pattern[str]
    weights: Mapping[str, float]
    margin: float
    topic_floor: float


def _any(words: Iterable[str]) -> str:
    """An alternation, longest word first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def library() -> Library:
    """The shipped rules, read once. Raises KeyError or re.error where the file is malformed (its tests say so)."""
    text = files("kg").joinpath("data/patterns/coreference.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    references = tuple(_reference(rule, data) for rule in data["reference"])
    openings = sorted(frozenset[str]().union(*(r.openings for r in references)))
    return Library(
        references=references,
        openings=re.compile(_any(openings)),
        opened={o: tuple(r for r in references if o.startswith(tuple(r.openings))) for o in openings},
        roles=_roles(data),
        suits=tuple((re.compile(s["after"]), frozenset(s["types"])) for s in data["suits"]),
        secondary=re.compile("|".join(data["organizations"][k] for k in ("fund", "media"))),
        young=re.compile(data["stature"]["young"]),
        giants=re.compile(data["stature"]["giants"]),
        weights=data["weights"],
        margin=data["limits"]["margin"],
        topic_floor=data["limits"]["floor"]["pronoun"],
    )


def _reference(rule: Mapping[str, Any], data: Mapping[str, Any]) -> Reference:
    head = data["heads"].get(rule.get("head"), {})
    form, vague = rule.get("forms"), ()
    after = rule.get("after") or head.get("after")
    if form is None:
        form = _description(data, rule["head"])
        vague = tuple(d for d in data["determiners"][rule["head"]] if d in data["determiners"]["vague"])
        after = rf"们|{after}" if after else "们|[化性级型]"
    indefinite = data["roles"]["indefinite"]
    kinds = _any(head["words"]) if head else _any(data["heads"]["person"]["words"]) if rule.get("gender") else None
    return Reference(
        id=rule["id"],
        kind=rule["kind"],
        openings=frozenset(rule.get("starts") or data["determiners"][rule["head"]]),
        pattern=re.compile(f"(?:{form})(?!{after})" if after else form),
        before=_optional(f"(?:{rule['before']})$" if "before" in rule else None),
        types=frozenset(rule.get("types") or head["types"]),
        reach=rule["reach"],
        gender=rule.get("gender"),
        pick=rule.get("pick"),
        named=_named(data, rule.get("named", head.get("named"))),
        unnamed=_named(data, rule.get("unnamed", head.get("unnamed"))),
        somebody=_optional(f"(?:{indefinite})[^,。;:!?]{{0,12}}?{kinds}" if kinds else None),
        others=_optional(rule.get("others")),
        vague=vague,
        own_clause=rule.get("own_clause", False),
        new_topic=rule.get("new_topic", False),
        topical=rule.get("topical"),
        floor=rule.get("floor", data["limits"]["floor"][rule["kind"]]),
        priors=rule.get("priors", {}),
        examples=tuple(rule.get("examples", ())),
    )


def _description(data: Mapping[str, Any], head: str) -> str:
    """这家法国人工智能初创公司, 该公司, 这家成立不到两年的公司."""
    determiners = data["determiners"][head]
    modifiers = _any(data["modifiers"]["words"])
    openings = [f"{_any(determiners)}{modifiers}{{0,4}}"]
    relative = [d for d in determiners if d in data["determiners"]["relative"]]
    if relative:
        openings.append(f"{_any(relative)}[^,。;:!?“”\\n]{{1,14}}的{modifiers}{{0,2}}")
    return f"(?:{'|'.join(openings)}){_any(data['heads'][head]['words'])}"


def _named(data: Mapping[str, Any], kinds: list[str] | None) -> re.Pattern[str] | None:
    return _optional("|".join(data["organizations"][k] for k in kinds)) if kinds else None


def _roles(data: Mapping[str, Any]) -> Roles:
    roles, leads = data["roles"], data["lead_ins"]
    # possessive (*+): words of these lists overlap, and trying every division of a long clause would take for ever
    lead = f"(?:{_any(leads['words'])}|{leads['dates']})*+"
    noun = f"(?:{_any(data['modifiers']['words'])}|{leads['titles']}|\\s)"
    with_ = _any(roles["coordination"])
    made = f"{_any(roles['making'])}的"
    clause = f"(?:{ENTITY}|{with_}|{noun}|{leads['dates']}|{_any(roles['adverbs'])})*+"
    head = "[^,。;:!?了是为将把被对在\x01\x02]{0,12}"
    return Roles(
        initial=re.compile(f"{lead}(?:(?:{ENTITY}的?|其)*{noun}*+|{noun}*+|[^,。;:了是为将把被对]{{1,16}}的{noun}*+)"),
        coordinated=re.compile(f"{lead}{noun}*+{ENTITY}(?:{with_}{ENTITY})*{with_}"),
        joined=re.compile(f"{with_}{ENTITY}"),
        source=re.compile(_any(roles["source"]) + "[^,。]{0,10}$"),
        agent=re.compile(f"{_any(roles['agent'])}(?:{ENTITY}|{with_}|{noun})*+$"),
        oblique=re.compile(_any(roles["oblique"]) + "[^,。;:了]{0,2}$"),
        comparand=re.compile(roles["comparand"]),
        introduced=re.compile(roles["introduced"]),
        embedded=re.compile(f"(?<!比方)(?<!比如){_any(roles['saying'])}:?$"),
        possessor=re.compile(f"的|{ENTITY}"),
        employer=re.compile(f"[^,。;:!?的]{{0,8}}(?:{leads['titles']})(?:(?:、[^,。]*)?{PERSON}|$|[,。;:!?、])"),
        apposition=re.compile(f"{lead}[^,。;:了在是将被由对把向给让称说示]{{0,30}}(?:{leads['titles']})"),
        outward=re.compile(roles["outward"]),
        topic=re.compile(roles["topic"]),
        named=re.compile(roles["named"]),
        modifier=re.compile(f"{clause}{made}{head}{ENTITY}"),
        described=re.compile(f"{lead}{ENTITY}{clause}{made}{head}"),
        predicate=re.compile(f"[是由](?:{ENTITY}|{with_}|{noun})*+$"),
        made=re.compile(f"{clause}{made}"),
        listed=re.compile(f"[^,。;:!?的了]{{0,5}}、|{with_}{ENTITY}|等"),
        example=re.compile(_any(roles["example"]) + "$"),
        saying=re.compile(_any(roles["saying"])),
        telling=re.compile(f"{_any(roles['saying'])}|{_any(roles['telling'])}"),
        spoken=re.compile(_any(roles["saying"]) + "[^,。]{0,6}[:,]?“?$"),
        patient=re.compile(roles["patient"]),
        towards=re.compile(roles["towards"]),
        undergoes=re.compile(roles["undergoes"]),
        caused=re.compile(roles["caused"]),
        benefits=re.compile(roles["benefits"]),
        benefit=re.compile(roles["benefit"]),
        bare=re.compile(f"(?:{_any(leads['words'])}|{leads['dates']}|{_any(roles['adverbs'])})*+"),
        beside=re.compile(roles["beside"]),
        besides=re.compile(rf"(?:公司|集团|{roles['honorific']}|\([^()]*\))?(?:以?及|和|与)"),
        generic=re.compile(roles["generic"]),
        generic_object=re.compile(roles["generic_object"]),
        thing=re.compile(roles["thing"]),
        copula=re.compile(roles["copula"]),
        place=re.compile(roles["place"]),
        during=re.compile(roles["during"]),
        epithet=re.compile(roles["epithet"]),
        like=re.compile(roles["like"]),
        likeness=re.compile(roles["likeness"]),
        goes_on=re.compile(roles["goes_on"]),
        predicative=re.compile(roles["predicative"]),
        genders={"m": re.compile(roles["male"]), "f": re.compile(roles["female"])},
    )
