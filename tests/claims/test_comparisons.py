"""Comparisons: the examples of the pattern file, holder and modality, and what holds for every text."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.claims.attribution import attribute
from kg.claims.comparisons import find_comparisons
from kg.record import DIRECTIONS, Comparison
from tests.claims.annotated import annotate, reference

DATA = tomllib.loads(
    (Path(kg.__file__).parent / "data" / "patterns" / "comparisons_examples.toml").read_text(encoding="utf8")
)
NAMES: dict[str, str] = DATA["names"]


def compare(text: str) -> list[Comparison]:
    a = annotate(text, NAMES)
    return find_comparisons(a, attribute(a))


@pytest.mark.parametrize("example", DATA["example"], ids=lambda e: e["text"][:24])
def test_examples(example: dict[str, Any]) -> None:
    got = sorted([c.subject, c.direction, c.object] for c in compare(example["text"]))
    assert got == sorted([reference(s, NAMES), d, reference(o, NAMES)] for s, d, o in example["found"])


@pytest.mark.parametrize(
    ("text", "holder", "modality"),
    [
        ("微软表示,GPT-5的性能将超过GPT-4。", "微软", "hedged"),
        ("据悉,DeepSeek-R1的性能超过o1。", "author", "reported"),
        ("GPT-5的性能会超过GPT-4吗?", "author", "question"),
        ("谷歌称Claude 3.5优于GPT-4o。", "谷歌", "asserted"),
        ("DeepSeek-R1的性能超过o1。", "author", "asserted"),
    ],
)
def test_holder_and_modality(text: str, holder: str, modality: str) -> None:
    (found,) = compare(text)
    assert (found.holder, found.modality) == (reference(holder, NAMES), modality)


def test_the_dimension_is_the_noun_that_is_compared() -> None:
    (price,) = compare("GPT-4的价格高于DeepSeek-V3。")
    (cost,) = compare("DeepSeek-V3的训练成本低于GPT-4o。")
    assert (price.dimension, cost.dimension) == ("price", "training_cost")


WORDS = st.sampled_from(
    ["GPT-4", "DeepSeek-V3", "OpenAI", "H100", "超过", "不及", "与", "相当", "比", "更强", "的", "价格", "是", "6倍", "1/10", ",", "。", "被", "它", "\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30).map("".join).filter(lambda t: t.strip()))
def test_no_text_compares_a_thing_with_itself_or_twice(text: str) -> None:
    found = compare(text)
    for c in found:
        assert c.subject != c.object
        assert c.direction in DIRECTIONS
    assert len({(c.subject, c.direction, c.object, c.dimension, c.evidence) for c in found}) == len(found)


def test_a_headline_names_its_subject_after_the_comparison() -> None:
    a = annotate("超越GPT-4o!谷歌开源Kimi\nKimi今天发布。", NAMES)
    first, second = a.article.sentences
    article = dataclasses.replace(a.article, sentences=(dataclasses.replace(first, kind="title"), second))
    (found,) = find_comparisons(dataclasses.replace(a, article=article), attribute(a))
    assert (found.subject, found.direction) == (reference("Kimi", NAMES), "better")


def test_evidence_names_both_sides() -> None:
    (found,) = compare("从测试看,Kimi的得分超过了所有现有的公开模型,包括推理模型如GPT-4o,业界为之震动。")
    assert found.evidence.text == "Kimi的得分超过了所有现有的公开模型,包括推理模型如GPT-4o"
