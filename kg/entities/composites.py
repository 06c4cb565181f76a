"""Names put together from names (`英伟达GPU`, `DeepSeek应用`, a school's laboratory)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.entities.candidates import Candidate, Page, Rank


@dataclass(frozen=True)
class Composites:
    """`composites.toml`, ready to run."""

    unit: re.Pattern[str]
    parents: re.Pattern[str]
    hardware: re.Pattern[str]
    hardware_makers: frozenset[str]
    app: re.Pattern[str]
    app_owners: frozenset[str]
    model: re.Pattern[str]
    model_makers: frozenset[str]


@cache
def load_composites() -> Composites:
    file = resources.files("kg") / "data" / "patterns" / "entities" / "composites.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Composites(
        unit=re.compile(data["unit"]),
        parents=re.compile(data["parents"]),
        hardware=re.compile(data["hardware"]),
        hardware_makers=frozenset(data["hardware_makers"]),
        app=re.compile(data["app"]),
        app_owners=frozenset(data["app_owners"]),
        model=re.compile(data["model"]),
        model_makers=frozenset(data["model_makers"]),
    )


def find_composites(page: Page, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Longer names that begin with one of the candidates (lexicon names), and parts of the organisations among them."""
    rules = load_composites()
    norm = page.norm
    longest = {c.start: c.end for c in sorted(candidates, key=lambda c: c.end)}
    for c in candidates:
        if c.entry is None or longest[c.start] > c.end:
            continue
        name = c.entry.name
        surface = norm[c.start : c.end]
        if c.type == "Organization" and rules.parents.search(surface) and (m := rules.unit.match(norm, c.end)):
            full = surface + m["unit"]
            yield Candidate(m.start("unit"), m.end(), "Organization", full, "composite:unit", Rank.LEXICON)
        if name in rules.hardware_makers and (m := rules.hardware.match(norm, c.end)):
            gap = " " if surface.isascii() and m["part"].isascii() else ""
            name_ = f"{surface}{gap}{m['part']}"
            yield Candidate(c.start, m.end(), "Hardware", name_, "composite:hardware", Rank.LEXICON)
        if name in rules.app_owners and (m := rules.app.match(norm, c.end)):
            entry_type = "Product"
            yield Candidate(c.start, m.end(), entry_type, f"{name} App", "composite:app", Rank.LEXICON)
        if name in rules.model_makers and (m := rules.model.match(norm, c.end)):
            yield Candidate(c.start, m.end(), "Model", name, "composite:model", Rank.LEXICON)


def split_parts(page: Page, candidates: Iterable[Candidate]) -> list[Candidate]:
    """A listed institute that is written behind its academy gives two mentions: `中国科学院|自动化所`."""
    found = list(candidates)
    if len({c.start for c in found}) == len(found):
        return found  # no two begin alike
    parents = {c.start: c for c in found if c.entry and load_composites().parents.search(page.norm[c.start : c.end])}
    result: list[Candidate] = []
    for c in found:
        parent = parents.get(c.start)
        longer = parent is not None and c.end > parent.end + 1 and c.type == "Organization" and c.entry is not None
        if longer and parent and page.norm[parent.end : c.end].endswith(("所", "院", "室", "中心", "系")):
            result.append(c._replace(start=parent.end))
        else:
            result.append(c)
    return result


def without_wholes(page: Page, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that two listed ones fill between them, an academy and its institute."""
    parents = load_composites().parents
    listed = {c.start: c.end for c in candidates if c.entry and c.type == "Organization"}
    academies = {a: b for a, b in listed.items() if b in listed and parents.search(page.norm[a:b])}
    return [c for c in candidates if c.entry or c.start not in academies or listed[academies[c.start]] != c.end]
