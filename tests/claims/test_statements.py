"""Statements: the examples of the pattern file, and what holds for every text."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.claims.attribution import attribute
from kg.claims.comparisons import find_comparisons
from tests.claims.annotated import annotate, reference

DATA = tomllib.loads(
    (Path(kg.__file__).parent / "data" / "patterns" / "statements_examples.toml").read_text(encoding="utf8")
)
NAMES: dict[str, str] = DATA["names"]


@pytest.mark.parametrize("example", DATA["example"], ids=lambda e: e["text"].strip()[:24])
def test_examples(example: dict[str, Any]) -> None:
    found = attribute(annotate(example["text"], NAMES)).statements
    got = [[s.holder, s.mode, s.modality, s.content] for s in found]
    want = [[reference(h, NAMES), mode, modality, content] for h, mode, modality, content in example["said"]]
    assert [[g[0], g[1], g[2], g[3].rstrip("。")] for g in got] == [[w[0], w[1], w[2], w[3].rstrip("。")] for w in want]


def test_the_holder_of_a_position_is_the_innermost_speaker() -> None:
    text = "彭博社报道称,奥特曼说“公司有10万张卡”。另外,谷歌也有新计划。"
    attribution = attribute(annotate(text, NAMES))
    assert attribution.holder(text.index("10万")) == reference("奥特曼", NAMES)
    assert attribution.holder(text.index("谷歌")) in ("author", reference("彭博社", NAMES))
    assert attribution.holder(0) == "author"


def test_hearsay_is_reported_and_held_by_the_author() -> None:
    text = "据悉,新模型有6710亿参数。价格是2元。"
    attribution = attribute(annotate(text, NAMES))
    at = text.index("6710")
    assert (attribution.holder(at), attribution.modality(at, at + 5)) == ("author", "reported")
    price = text.index("2元")
    assert attribution.holder(price) == "author"


def test_data_go_on_over_sentences_with_figures() -> None:
    text = "IDC数据显示,出货量为100万台。国内份额为20%。我们很喜欢这些产品。"
    attribution = attribute(annotate(text, NAMES))
    assert attribution.holder(text.index("20%")) == reference("IDC", NAMES)
    assert attribution.holder(text.index("喜欢")) == "author"


def test_a_title_says_nothing() -> None:
    a = annotate("奥特曼表示公司不会放弃研究", NAMES)
    title = a.article.__class__(
        a.article.meta, a.article.text, a.article.norm, a.article.offsets,
        tuple(s.__class__(s.start, s.end, "title", s.paragraph) for s in a.article.sentences),
    )  # fmt: skip
    assert attribute(a).statements
    assert attribute(a.__class__(title, a.mentions, a.entities)).statements == ()


WORDS = st.sampled_from(
    [
        "刘伟",
        "谷歌",
        "说",
        "表示",
        ",",
        "。",
        "“",
        "”",
        "据",
        "报道",
        ":",
        "?",
        "称",
        "我们",
        "可能",
        "将",
        "\n",
        "模型",
        "他",
        "(",
        ")",
        "不",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40).map("".join).filter(lambda t: re.search(r"[^\n]", t)))
def test_any_text_gives_statements_that_stand_in_it(text: str) -> None:
    a = annotate(text, NAMES)
    attribution = attribute(a)
    for s in attribution.statements:
        assert s.content
        assert s.evidence.text == a.article.text[s.evidence.start : s.evidence.end]
    for i in range(len(a.article.text)):
        assert attribution.holder(i)
        assert attribution.modality(i, i + 1) in ("asserted", "reported", "hedged", "question", "denied")


@pytest.mark.parametrize(
    "unit",
    [
        "地",
        "并且",
        "在",
        "1",
        "最新的",
        "的",
        "也有",
        "还要",
        "”",
        "“",
        "(",
        "据",
        "《",
        "说",
        "刘伟说",
        "报道,",
        "他",
        ":",
    ],
)
def test_no_repetition_takes_long(unit: str) -> None:
    a = annotate("谷歌" + unit * 400 + "表示,比GPT-4o更强。", NAMES)
    start = time.perf_counter()
    find_comparisons(a, attribute(a))
    assert time.perf_counter() - start < 5
