"""An analyst's questions to the graph of the seeds: the right rows, worked out from the texts by reading."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg import query as q
from kg.export.directory import Options, write_directory
from kg.export.rdf_terms import Literal
from kg.identity import fold
from kg.pipeline import Outcome

CASES_FILE = Path(__file__).with_suffix(".toml")
CASES: list[dict[str, Any]] = (
    tomllib.loads(CASES_FILE.read_text(encoding="utf-8"))["question"] if CASES_FILE.is_file() else []
)
Row = Mapping[str, str]
LONG = (
    "holder",
    "sentence",
    "content",
    "what",
    "reason",
    "article",
    "title",
    "file",
    "sha256",
)  # a part of the cell is enough


def spellings(loaded: q.Loaded) -> dict[str, set[str]]:
    """All folded names of an entity, by its canonical name."""
    found = defaultdict(set)
    for name, key in q.run(loaded, "SELECT ?n ?k { ?e schema:name ?n ; kg:searchKey ?k }").rows:
        if isinstance(name, Literal) and isinstance(key, Literal):
            found[name.value].add(key.value)
    return dict(found)


def answers(loaded: q.Loaded, name: str, params: Mapping[str, str]) -> list[Row]:
    """The rows of a shipped query as text."""
    result = q.run(loaded, q.named_query(name, params), timeout=20)
    return [
        {
            v: "" if t is None else t.value if isinstance(t, Literal) else str(t)
            for v, t in zip(result.variables, row, strict=True)
        }
        for row in result.rows
    ]


def matches(wanted: Row, row: Row, names: Mapping[str, set[str]]) -> bool:
    """Whether a row is the wanted one: long cells contain the words, others are equal or name the same entity."""
    for column, value in wanted.items():
        cell = row[column]
        part = column in LONG and value and value in cell
        if not part and cell != value and fold(value) not in names.get(cell, set()):
            return False
    return True


@pytest.fixture(scope="module")
def loaded(seed_outcomes: list[Outcome], tmp_path_factory: pytest.TempPathFactory) -> q.Loaded:
    out = tmp_path_factory.mktemp("questions") / "out"
    write_directory(out, [r for o in seed_outcomes for r in o.records], options=Options(formats=("ttl",)))
    return q.load(out)


def test_there_are_at_least_25_questions_and_none_without_an_answer() -> None:
    assert len({c["name"] for c in CASES}) >= 25
    assert {c["name"] for c in CASES} <= set(q.named_queries())
    assert all(c["why"] and (c["rows"] or c.get("empty")) for c in CASES)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['name']} {c['params']}" for c in CASES])
def test_the_right_answers_are_among_the_rows(case: dict[str, Any], loaded: q.Loaded) -> None:
    found, names = answers(loaded, case["name"], case["params"]), spellings(loaded)
    missing = [row for row in case["rows"] if not any(matches(row, f, names) for f in found)]
    assert not missing, f"not among {len(found)} rows: {missing}"
    if case.get("empty"):
        assert not found
