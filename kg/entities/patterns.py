"""Patterns: names that no list knows, by the words around them (`kg/data/patterns/entities/*.toml`).

A pattern has an id, a type, trigger words, a regex whose group `name` is the name, and its own examples, which are
tests. Cost follows the text: a regex runs only in the few characters around one of its triggers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.entities.candidates import Candidate, Page, Rank

REACH = 40  # characters on either side of a trigger that a pattern may cover


@dataclass(frozen=True)
class Pattern:
    """One pattern.

    `trim` cuts function words off the front of a Chinese name that the regex took in; `confirm` asks that the tagger
    reads a name of the same kind that ends there, and takes the tagger's beginning.
    """

    id: str
    type: str
    triggers: tuple[str, ...]
    regex: re.Pattern[str]
    trim: bool
    confirm: bool
    rank: Rank


@dataclass(frozen=True)
class Patterns:
    items: tuple[Pattern, ...]
    automaton: AhoCorasick
    owners: tuple[tuple[int, ...], ...]  # patterns by trigger
    leading: re.Pattern[str]
    never: frozenset[str]
    no_people: tuple[str, ...]
    no_organizations: re.Pattern[str]
    organization_cues: tuple[str, ...]
    parts: dict[str, str]
    countries: re.Pattern[str]


@cache
def load_patterns() -> Patterns:
    """The shipped patterns, ready to run."""
    folder = resources.files("kg") / "data" / "patterns" / "entities"
    data = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
    parts = {name: part if isinstance(part, str) else "|".join(part) for name, part in data["parts"].items()}
    items = tuple(_pattern(raw, parts) for raw in data["pattern"])
    triggers = list(dict.fromkeys(t for p in items for t in p.triggers))
    owners = tuple(tuple(i for i, p in enumerate(items) if t in p.triggers) for t in triggers)
    automaton = AhoCorasick(triggers, matchkind=MatchKind.Standard)
    leading = re.compile(rf".*(?:{'|'.join(data['leading'])})(?=.{{4}})")
    countries = re.compile(f"(?:{'|'.join(data['countries'])})(?!{'|'.join(data['dependent'])})(?=.{{4}})")
    never, no_people = frozenset(data["never"]), tuple(data["no_people"])
    return Patterns(
        items,
        automaton,
        owners,
        leading,
        never,
        no_people,
        re.compile(data["no_organizations"]),
        tuple(data["organization_cues"]),
        parts,
        countries,
    )


def _pattern(raw: dict[str, object], parts: dict[str, str]) -> Pattern:
    regex = str(raw["regex"])
    for name, part in parts.items():
        regex = regex.replace("{" + name + "}", f"(?:{part})")
    triggers = raw["triggers"]
    assert isinstance(triggers, list)
    return Pattern(
        id=str(raw["id"]),
        type=str(raw["type"]),
        triggers=tuple(triggers),
        regex=re.compile(regex),
        trim=bool(raw.get("trim", False)),
        confirm=bool(raw.get("confirm", False)),
        rank=Rank[str(raw.get("rank", "PATTERN"))],
    )


def find_patterns(page: Page) -> Iterator[Candidate]:
    """The names that patterns find in an article; overlaps stay in."""
    table = load_patterns()
    norm = page.norm
    done: dict[int, int] = {}
    for i, start, end in table.automaton.find_matches_as_indexes(norm, overlapping=True):
        for number in table.owners[i]:
            if start < done.get(number, 0):
                continue
            pattern = table.items[number]
            for match in pattern.regex.finditer(norm, max(0, start - REACH), min(len(norm), end + REACH)):
                if match.start() < end and match.end() > start - 1:
                    done[number] = match.end()
                    yield from _candidate(pattern, match, table)


def _candidate(pattern: Pattern, match: re.Match[str], table: Patterns) -> Iterator[Candidate]:
    start, end = match.span("name")
    if pattern.trim and (cut := table.leading.match(match["name"])):
        start += cut.end()
    name = match.string[start:end]
    if len(name) > 1 and name not in table.never:
        yield Candidate(
            start, end, pattern.type, name, f"pattern:{pattern.id}", pattern.rank, alone=not pattern.confirm
        )


def without_overruns(candidates: Sequence[Candidate]) -> list[Candidate]:
    """People's names without the characters that another place of the same name shows to be none of it.

    `克雷格·费德里吉简` (…简称) is cut to `克雷格·费德里吉` where the article has that too.
    """
    names = {c.name for c in candidates if c.type == "Person"}
    result: list[Candidate] = []
    for c in candidates:
        inner = [n for n in names if c.type == "Person" and n in c.name and n != c.name and len(c.name) - len(n) < 3]
        if inner:
            name = min(inner, key=lambda n: (len(n), n))
            start = c.start + c.name.index(name)
            c = c._replace(start=start, end=start + len(name), name=name)
        result.append(c)
    return result
