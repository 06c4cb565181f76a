"""Modality: the examples of the pattern file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import kg
from kg.claims.attribution import attribute
from kg.claims.modality import Scope, of_saying, strongest
from tests.claims.annotated import annotate

DATA = tomllib.loads(
    (Path(kg.__file__).parent / "data" / "patterns" / "modality_examples.toml").read_text(encoding="utf8")
)


@pytest.mark.parametrize("example", DATA["example"], ids=lambda e: f"{e['text'][:16]}-{e['at']}")
def test_examples(example: dict[str, str]) -> None:
    start = example["text"].index(example["at"])
    attribution = attribute(annotate(example["text"], {"某某公司": "Organization", "天河实验室": "Organization"}))
    assert attribution.modality(start, start + len(example["at"])) == example["modality"]


def test_a_question_outweighs_hearsay_and_hearsay_a_forecast() -> None:
    found = [Scope(0, 9, m, "t") for m in ("hedged", "reported")]
    assert strongest(found, 2, 3) == "reported"
    assert strongest([*found, Scope(0, 9, "question", "t")], 2, 3) == "question"
    assert strongest(found, 9, 10) == "asserted"


def test_of_wide_evidence_the_clause_of_the_figure_decides() -> None:
    text = "该公司可能上市,目前有300名员工,营收为2亿元。"
    attribution = attribute(annotate(text, {"某某公司": "Organization"}))
    assert attribution.modality(0, len(text)) == "hedged"
    assert attribution.modality(0, len(text), at=text.index("300")) == "asserted"
    assert attribution.modality(0, len(text), at=text.index("可能")) == "hedged"


def test_a_denial_and_a_forecast_are_so_whatever_they_contain() -> None:
    text = "公司已经上市"
    assert of_saying(text, (0, len(text)), "deny", False, []) == "denied"
    assert of_saying(text, (0, len(text)), "predict", False, []) == "hedged"
    assert of_saying(text, (0, len(text)), "say", True, []) == "reported"
    assert of_saying(text, (0, len(text)), "say", False, []) == "asserted"
