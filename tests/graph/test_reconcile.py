"""Reconciling: labelled pairs of claims, links over whole records, reprints, and what holds for any values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.reconcile import independent_sources, reconcile
from kg.graph.values import Side, judge_comparisons, judge_quantities
from kg.record import Article, Comparison, Evidence, Quantity, Record, Relation

PAIRS = json.loads((Path(__file__).parents[1] / "cases" / "reconcile_pairs.json").read_text(encoding="utf8"))["pairs"]


def side(data: dict[str, Any], source: str) -> Side:
    evidence = Evidence(0, len(data["text"]), data["text"], "a1")
    common: dict[str, Any] = {"holder": "author", "modality": data.get("modality", "asserted"), "evidence": evidence}
    claim: Quantity | Comparison
    if "direction" in data:
        claim = Comparison(
            data["subject"], data["direction"], data["object"], data["dimension"], **common, rule="t", id=source
        )
    else:
        claim = Quantity(
            data["subject"], data["attribute"], data["op"], data["number"], data["unit"], data["unit"],
            data.get("relative_to"), data.get("time"), **common, rule="t", id=source,
        )  # fmt: skip
    return Side(claim, (source, "a1"), data.get("published"))


def verdict(pair: dict[str, Any]) -> str:
    a, b = side(pair["a"], "a.txt"), side(pair["b"], "b.txt")
    if a.claim.subject != b.claim.subject and not isinstance(a.claim, Comparison):
        return "different"
    if isinstance(a.claim, Quantity) and isinstance(b.claim, Quantity) and a.claim.attribute != b.claim.attribute:
        return "different"
    judge = judge_comparisons if isinstance(a.claim, Comparison) else judge_quantities
    return judge(a, b).kind


def test_the_pairs_are_many_and_of_all_kinds() -> None:
    assert len(PAIRS) >= 120
    assert len({json.dumps([p["a"], p["b"]], sort_keys=True) for p in PAIRS}) == len(PAIRS)
    assert {p["expect"] for p in PAIRS} == {"agree", "contradict", "different"}


@pytest.mark.parametrize("kind", ["agree", "contradict"])
def test_precision_and_recall_on_the_labelled_pairs(kind: str) -> None:
    got = {p["id"]: verdict(p) for p in PAIRS}
    right = sum(p["expect"] == kind == got[p["id"]] for p in PAIRS)
    assert right / sum(v == kind for v in got.values()) >= 0.90
    assert right / sum(p["expect"] == kind for p in PAIRS) >= 0.75


@pytest.mark.parametrize("pair", PAIRS[:6], ids=lambda p: p["source"])
def test_the_cases_of_the_seeds(pair: dict[str, Any]) -> None:
    assert verdict(pair) == pair["expect"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p["id"])
def test_a_verdict_does_not_depend_on_the_order(pair: dict[str, Any]) -> None:
    assert verdict(pair) == verdict(pair | {"a": pair["b"], "b": pair["a"]})


@given(st.floats(1, 1e12), st.sampled_from(["=", "~", ">=", "<="]))
def test_a_value_agrees_with_itself(number: float, op: str) -> None:
    data = {
        "subject": "model/x",
        "attribute": "parameter_count",
        "op": op,
        "number": number,
        "unit": "parameters",
        "text": "x",
    }
    assert judge_quantities(side(data, "a"), side(data, "b")).kind == "agree"


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_far_exact_values_never_agree(a: int, b: int) -> None:
    pair = [
        {
            "subject": "model/x",
            "attribute": "training_cost",
            "op": "=",
            "number": n,
            "unit": "USD",
            "text": f"成本{n}美元",
        }
        for n in (a, b)
    ]
    kind = judge_quantities(side(pair[0], "a"), side(pair[1], "b")).kind
    assert kind == ("agree" if a == b else "contradict")


# ---------------------------------------------------------------------- whole records


def record(source: str, *claims: Quantity | Relation, title: str = "", published: str | None = None) -> Record:
    article = Article("a1", title, (), None, published, "zh-Hans", 0, 1000)
    quantities = tuple(c for c in claims if isinstance(c, Quantity))
    relations = tuple(c for c in claims if isinstance(c, Relation))
    return Record(source, source, (article,), (), relations, quantities, (), ())


def quantity(number: float, text: str, id_: str, modality: str = "asserted") -> Quantity:
    return Quantity(
        "model/deepseek-v3", "hardware_count", "=", number, "GPU", "张", None, None, "author", modality,
        Evidence(0, len(text), text, "a1"), "t", id_,
    )  # fmt: skip


def test_articles_that_disagree_are_linked_once_with_the_reason() -> None:
    records = [record("b", quantity(2000, "用了2000个芯片", "q2")), record("a", quantity(2048, "用了2048张卡", "q1"))]
    (link,) = reconcile(records)
    assert (link.kind, link.a, link.b) == ("contradicts", "q1", "q2")
    assert "2,048" in link.reason
    assert "2,000" in link.reason


def test_links_do_not_depend_on_the_order_of_the_records() -> None:
    records = [record("b", quantity(2000, "用了2000个芯片", "q2")), record("a", quantity(2048, "用了2048张卡", "q1"))]
    assert reconcile(records) == reconcile(list(reversed(records)))


def test_one_article_does_not_corroborate_itself() -> None:
    assert reconcile([record("a", quantity(2048, "用了2048张卡", "q1"), quantity(2048, "仅2048张", "q2"))]) == []


LONG = [
    "深度求索公司仅凭借2048张英伟达图形加速卡就训练出了拥有6710亿参数的开源大模型",
    "这种趋势被一家成立仅一年半的人工智能创业公司终结让整个业界惊掉了下巴",
    "按照这种传统的训练路径未来三年内大模型的训练成本将上升至一百亿美元甚至上不封顶",
]


def reprinted(source: str, title: str = "") -> Record:
    return record(source, *(quantity(2048, t, f"{source}{i}") for i, t in enumerate(LONG)), title=title)


def test_a_reprint_is_no_second_source() -> None:
    records = [reprinted("a"), reprinted("b")]
    assert reconcile(records) == []
    assert independent_sources([("a", "a1"), ("b", "a1")], records) == (2, 1)


def test_a_reprint_with_another_figure_is_a_disagreement() -> None:
    changed = record("b", *(quantity(2000, t.replace("2048", "2000"), f"b{i}") for i, t in enumerate(LONG)))
    links = reconcile([reprinted("a"), changed])
    assert [(x.kind, x.a, x.b) for x in links if x.a == "a0" and x.b == "b0"] == [("contradicts", "a0", "b0")]


def test_other_texts_are_independent_sources() -> None:
    records = [reprinted("a"), record("b", quantity(2048, "另一篇文章也说用了2048张卡", "b0"))]
    assert independent_sources([("a", "a1"), ("b", "a1"), ("b", "a1")], records) == (2, 2)
    assert {x.kind for x in reconcile(records)} == {"corroborates"}


def test_a_denied_deal_contradicts_one_that_is_stated() -> None:
    def deal(modality: str, id_: str) -> Relation:
        text = "苹果收购了该公司" if modality == "asserted" else "苹果否认收购该公司"
        return Relation(
            "organization/apple", "acquires", "organization/x", "author", modality, Evidence(0, 8, text, "a1"), "t", id_
        )

    records = [
        record("a", deal("asserted", "r1"), published="2025-01-02"),
        record("b", deal("denied", "r2"), published="2025-01-09"),
    ]
    assert [x.kind for x in reconcile(records)] == ["contradicts"]
    later = [records[0], record("b", deal("denied", "r2"), published="2026-01-09")]
    assert reconcile(later) == []


def test_an_article_with_several_values_is_held_to_the_nearest() -> None:
    two = record("a", quantity(2048, "用了2048张卡", "q1"), quantity(10000, "万卡时代用了10000张卡", "q2"))
    (link,) = reconcile([two, record("b", quantity(2000, "用了2000个芯片", "q3"))])
    assert (link.kind, link.a, link.b) == ("contradicts", "q1", "q3")


def test_articles_that_agree_on_one_value_do_not_contradict_by_another() -> None:
    two = record("a", quantity(2048, "用了2048张卡", "q1"), quantity(2000, "用了2000张卡", "q2"))
    (link,) = reconcile([two, record("b", quantity(2048, "仅2048个芯片", "q3"))])
    assert (link.kind, link.a, link.b) == ("corroborates", "q1", "q3")
