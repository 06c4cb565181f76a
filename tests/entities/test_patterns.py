"""Every pattern finds its own examples and leaves its counterexamples alone."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from kg.entities.candidates import Page
from kg.entities.patterns import find_patterns
from kg.entities.tagged import find_tagged
from tests.entities.documents import document

RAW = tomllib.loads(
    (resources.files("kg") / "data" / "patterns" / "entities" / "names.toml").read_text(encoding="utf-8")
)["pattern"]


def found_by(pattern: str, text: str) -> list[str]:
    (article,) = document(text).articles
    page = Page(article)
    (kept,) = find_tagged([page], [list(find_patterns(page))])
    return [page.norm[c.start : c.end] for c in kept if c.rule.removesuffix("+tagger") == f"pattern:{pattern}"]


@pytest.mark.parametrize("raw", RAW, ids=lambda r: r["id"])
def test_examples(raw: dict[str, Any]) -> None:
    assert raw["examples"]
    for example in raw["examples"]:
        assert found_by(raw["id"], example["text"]) == example["finds"]
    for text in raw["counterexamples"]:
        assert found_by(raw["id"], text) == []


def test_ids_are_unique() -> None:
    ids = [raw["id"] for raw in RAW]
    assert len(ids) == len(set(ids))
