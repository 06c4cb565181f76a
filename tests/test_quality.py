"""The gate of quality: what `kg` finds on annotated texts may not fall below the pinned floors."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from benchmarks.quality import figures, sets
from kg.evaluate import Figures

ROOT = Path(__file__).resolve().parent.parent
FLOORS = tomllib.loads((ROOT / "tests/cases/floors.toml").read_text(encoding="utf-8"))
SETS = sets(ROOT.parent / "shared")


@cache
def measured(name: str) -> Figures:
    if name not in SETS:
        pytest.skip(f"the texts of the {name} are not here (../shared)")
    return figures(*SETS[name])


@pytest.mark.parametrize(("name", "what"), [(n, w) for n, floors in FLOORS.items() for w in floors])
def test_no_figure_falls_below_its_floor(name: str, what: str) -> None:
    found = measured(name)
    score = found.scores[what].f1 if what in found.scores else found.shares[what]
    assert score >= FLOORS[name][what], found.scores[what].notes if what in found.scores else what


@pytest.mark.parametrize(("name", "most"), [("seeds", 0), ("articles", 2), ("unseen", 3)])
def test_wrong_merges_and_boilerplate(name: str, most: int) -> None:
    counts = measured(name).counts
    assert counts["wrong merges"] <= most
    assert counts["entities from boilerplate"] <= 1
