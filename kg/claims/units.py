"""Units of measure as data: `kg/data/quantities/units.tsv` and `prefixes.tsv`, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from kg.claims.quantity_patterns import pattern


@dataclass(frozen=True, slots=True)
class Unit:
    """`unit` is of the closed list or an ISO 4217 code; a number is multiplied by `factor`; `kind` groups units."""

    id: str
    unit: str
    kind: str
    factor: Decimal


def data_rows(name: str, columns: int) -> list[list[str]]:
    """The rows of a table under `kg/data/quantities`. Raises ValueError where a row has another number of columns."""
    rows = []
    text = files("kg").joinpath("data", "quantities", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) != columns:
                raise ValueError(f"{name}:{number}: {len(row)} columns, not {columns}")
            rows.append(row)
    return rows


@cache
def _suffixes() -> tuple[dict[str, Unit], int]:
    table: dict[str, Unit] = {}
    for id_, unit, kind, factor, surfaces, _ in data_rows("units.tsv", 6):
        for surface in surfaces.split("|"):
            table.setdefault(surface, Unit(id_, unit, kind, Decimal(factor)))
    return table, max(map(len, table))


@cache
def _prefixes() -> tuple[re.Pattern[str], dict[str, Unit]]:
    table = {
        surface: Unit(id_, unit, "money", Decimal(1))
        for id_, unit, surfaces, _ in data_rows("prefixes.tsv", 4)
        for surface in surfaces.split("|")
    }
    words = "|".join(re.escape(s) for s in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?:(?<![A-Za-z])(?=[A-Za-z])|(?![A-Za-z]))({words})\s?$"), table


def unit_at(norm: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit that begins at a position of the text, and where it ends."""
    table, longest = _suffixes()
    cut = pattern("not-a-unit").match(norm, position)
    for end in range(min(len(norm), position + longest), position, -1):
        word = norm[position:end]
        unit = table.get(word) or (table.get(word.lower()) if end - position > 1 and word.isascii() else None)
        if unit is not None and not _cuts_word(norm, end) and not (cut and end < position + len(cut[0])):
            return unit, end
    return None


def prefix_before(norm: str, position: int) -> tuple[Unit, int] | None:
    """The currency sign or word that ends at a position, and where it begins."""
    pattern, table = _prefixes()
    m = pattern.search(norm, max(0, position - 6), position)
    return (table[m[1]], m.start(1)) if m else None


def _cuts_word(norm: str, end: int) -> bool:
    """Whether a latin unit ends inside a longer latin word (`m` of `model`)."""
    last, following = norm[end - 1], norm[end : end + 1]
    return last.isascii() and last.isalpha() and following.isascii() and following.isalnum()
