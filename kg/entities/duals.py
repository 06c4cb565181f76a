"""Names that are a product to its users and a company to its founders: the words beside them decide (`duals.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.entities.candidates import Candidate, Page
from kg.entities.lexicon import Lexicon, LexiconEntry
from kg.identity import entity_id

OTHER = {"Organization": "Product", "Product": "Organization"}
ACTS, SURE, LISTED, FAINT = 6, 3, 3, 1  # weights of the votes
ENOUGH = 3  # votes from which a name leaves the type that the lexicon gives it
REACH = 40  # characters beside a name in which cues and lists stand
_OPEN, _SHUT = ' “‘"*(《「【', ' ”’"*)》」】'


@dataclass(frozen=True)
class Duals:
    """`duals.toml`, ready to run: the names, and what votes for a type with which weight."""

    names: frozenset[str]
    before: tuple[tuple[str, int, re.Pattern[str]], ...]
    after: tuple[tuple[str, int, re.Pattern[str]], ...]


@cache
def load_duals() -> Duals:
    file = resources.files("kg") / "data" / "patterns" / "entities" / "duals.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    joint = data["lists"]["joint"]
    member = r"[^、,。;:!?()\n]{1,24}?"
    before: list[tuple[str, int, re.Pattern[str]]] = []
    after: list[tuple[str, int, re.Pattern[str]]] = []
    for type_ in OTHER:
        for group, weight in (("acts", ACTS), ("sure", SURE), ("faint", FAINT)):
            if cues := data[type_].get(group):
                before.append((type_, weight, re.compile(cues["before"] + "$")))
                after.append((type_, weight, re.compile(cues["after"])))
        lists = data["lists"][type_]
        before.append((type_, LISTED, re.compile(rf"{lists['before']} ?(?:{member}{joint}){{1,4}} ?$")))
        after.append((type_, LISTED, re.compile(rf"(?: ?{joint}{member}){{0,4}} ?{lists['after']}")))
    return Duals(frozenset(data["names"]), tuple(before), tuple(after))


def other_type(entry: LexiconEntry) -> str | None:
    """The second type of an entry that is two things, None for others."""
    return OTHER.get(entry.type) if entry.name in load_duals().names else None


def settle_duals(pages: Sequence[Page], found: list[list[Candidate]], lexicon: Lexicon) -> list[list[Candidate]]:
    """The candidates of a document's articles with one type for each dual name, by the votes of all its places."""
    votes: dict[str, Counter[str]] = {}
    places = Counter[str]()
    for page, candidates in zip(pages, found, strict=True):
        for c in candidates:
            if c.entry and other_type(c.entry):
                places[c.entry.id] += 1
                _vote(page.norm, c.start, c.end, votes.setdefault(c.entry.id, Counter()))
    turned = {
        id_ for id_, own in votes.items() if (entry := lexicon.entry(id_)) and _turns(entry.type, own, places[id_])
    }
    return [[_turned(c, turned, lexicon) for c in candidates] for candidates in found]


def _turns(type_: str, own: Counter[str], places: int) -> bool:
    """Whether the votes turn a name: a company that comes again stays one unless it is only ever used as a product."""
    votes, others = own[type_], own[OTHER[type_]]
    if type_ == "Organization" and places > 1:
        return others >= 2 * ENOUGH and votes <= FAINT
    return others >= max(ENOUGH, votes + 1)


def _turned(c: Candidate, turned: set[str], lexicon: Lexicon) -> Candidate:
    if c.entry is None or c.entry.id not in turned:
        return c
    type_ = OTHER[c.entry.type]
    entry = lexicon.entry(entity_id(type_, c.entry.name))
    return c._replace(type=type_, entry=entry, rule=c.rule + "+dual")


def _vote(norm: str, start: int, end: int, own: Counter[str]) -> None:
    """Add what the words before, after and in a name of either type say: `X公司`, `在X上`, `X平台`."""
    left = norm[max(0, start - REACH) : start].rstrip(_OPEN)
    right = norm[end : end + REACH].lstrip(_SHUT)
    if norm[start:end].endswith(("公司", "集团")):
        own["Organization"] += SURE
    duals = load_duals()
    said = [(t, w) for t, w, cue in duals.before if cue.search(left)]
    said += [(t, w) for t, w, cue in duals.after if cue.match(right)]
    for type_, weight in said:
        own[type_] += weight
