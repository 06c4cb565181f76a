"""Recognition from text to entities: cases as data, and what holds for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import AnnotatedArticle
from kg.entities import recognise
from tests.entities.conftest import Recognise
from tests.entities.documents import document

CASES = tomllib.loads((Path(__file__).parent / "recognise.toml").read_text(encoding="utf-8"))["case"]
PIECES = [
    *("英伟达", "GPU", "DeepSeek", "-R1", " V3", "大学", "北京", "实验室", "《时代》", "周刊", "创始人", "Kevin Lin"),
    *("说", "X", "在", "上", "公司", "·", "马斯克", "(下称", ")", "，", "。", "\n", "2.5", "Max", " ", "張三", "教授"),
]


def surfaces(article: AnnotatedArticle) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for m in article.mentions:
        if m.kind == "name":
            found.setdefault(m.entity, {})[article.article.text[m.start : m.end]] = None
    return {id_: list(texts) for id_, texts in found.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_cases(case: dict[str, Any], annotate: Recognise) -> None:
    found = surfaces(annotate(case["text"]))
    assert {id_: found.get(id_) for id_ in case["names"]} == case["names"]
    assert not set(case.get("never", ())) & set(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join))
def test_mentions_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for a in recognise(document(text)):
        ends = 0
        for m in a.mentions:
            assert ends <= m.start < m.end <= len(a.article.text)
            ends = m.end
            assert m.entity in a.entities
            assert a.entities[m.entity].type == m.type
            assert m.rule


def test_every_mention_says_where_its_name_comes_from(annotate: Recognise) -> None:
    article = annotate("英伟达的黄仁勋与初创公司 Qorvexa 见面,杭州云深处科技有限公司也在。")
    rules = {article.article.text[m.start : m.end]: m.rule for m in article.mentions}
    assert rules["英伟达"].startswith("lexicon:core_organizations.tsv:")
    assert rules["Qorvexa"] == "latin:organization"
    assert rules["杭州云深处科技有限公司"].startswith("pattern:org-company")
