"""Quantities with subject, attribute, unit and operator; the rules' own examples."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kg.claims.attribution import Attribution
from kg.claims.quantities import find_quantities
from kg.claims.quantity_attributes import cues
from kg.claims.quantity_patterns import entries, pattern
from kg.claims.quantity_subjects import preferences
from kg.claims.units import data_rows
from kg.document import AnnotatedArticle, CleanArticle, EntityInfo, EntityMention, Sentence
from kg.pipeline import extract
from kg.reading import read_bytes
from kg.record import ATTRIBUTES, TYPES, Article, Quantity

FOLDER = Path(__file__).parent.parent / "cases"
CASES = tomllib.loads((FOLDER / "quantities.toml").read_text(encoding="utf-8"))["case"]
DATES = tomllib.loads((FOLDER / "dates_of_deeds.toml").read_text(encoding="utf-8"))["case"]
KINDS = {
    "O": "Organization",
    "P": "Person",
    "M": "Model",
    "H": "Hardware",
    "D": "Product",
    "L": "Place",
    "E": "Event",
}
MARK = re.compile(r"\[([OPMHDLE]):([^\]]+)\]")


class Plain:
    def span(self, start: int, end: int) -> tuple[int, int]:
        return start, end


def article(marked: str, published: str | None) -> AnnotatedArticle:
    text, mentions, entities, last = "", [], {}, 0
    for m in MARK.finditer(marked):
        text += marked[last : m.start()]
        entities[m[2]] = EntityInfo(m[2], KINDS[m[1]], m[2])
        mentions.append(EntityMention(len(text), len(text) + len(m[2]), m[2], KINDS[m[1]], "name", "test"))
        text, last = text + m[2], m.end()
    text += marked[last:]
    sentences = [Sentence(m.start(), m.end(), "text", 0) for m in re.finditer(r"[^。]+。?", text)]
    meta = Article("a1", "", (), None, published, "zh-Hans", 0, len(text))
    return AnnotatedArticle(CleanArticle(meta, text, text, Plain(), tuple(sentences)), tuple(mentions), entities)


def shown(q: Quantity) -> str:
    number = "..".join(map(str, q.number)) if isinstance(q.number, list) else q.number
    versus = f" / {q.relative_to}" if q.relative_to else ""
    return f"{q.subject or '-'} {q.attribute} {q.op} {number} {q.unit}{versus}"


def found(marked: str, published: str | None = None) -> list[Quantity]:
    a = article(marked, published)
    return find_quantities(a, Attribution(()))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_cases(case: dict) -> None:
    assert [shown(q) for q in found(case["text"], case.get("published"))] == case["says"]


@pytest.mark.parametrize("case", DATES, ids=lambda c: c["text"][:40])
def test_dates_of_deeds(case: dict) -> None:
    dates = [q for q in found(case["text"], case.get("published")) if q.unit == "date"]
    assert [shown(q) for q in dates] == case["says"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_evidence_is_a_part_of_the_sentence_that_holds_the_number(case: dict) -> None:
    a = article(case["text"], case.get("published"))
    for q in find_quantities(a, Attribution(())):
        assert a.article.text[q.evidence.start : q.evidence.end] == q.evidence.text
        assert any(s.start <= q.evidence.start and q.evidence.end <= s.end for s in a.article.sentences)
        assert q.evidence.text.strip()


@pytest.mark.parametrize("row", data_rows("attributes.tsv", 7), ids=lambda r: r[0])
def test_examples_of_attributes(row: list[str]) -> None:
    attribute_, example = row[1], row[6]
    assert attribute_ in {q.attribute for q in found(example)}


@pytest.mark.parametrize("row", data_rows("constructions.tsv", 7), ids=lambda r: r[0])
def test_examples_of_constructions(row: list[str]) -> None:
    assert {q.subject or "-" for q in found(row[5])} == {row[6]}


@pytest.mark.parametrize("id_", list(entries()))
def test_examples_of_patterns(id_: str) -> None:
    entry = entries()[id_]
    assert entry["yes"], "a pattern needs a text that it matches"
    assert [t for t in entry["yes"] if not pattern(id_).search(t)] == []
    assert [t for t in entry["no"] if pattern(id_).search(t)] == []


def test_rules_keep_to_the_closed_lists() -> None:
    assert {c.attribute for c in cues()} <= set(ATTRIBUTES)
    assert set(ATTRIBUTES) - {"data_size", "context_length"} <= {k.split(".")[0] for k in preferences()}
    assert {t for types in preferences().values() for t in types} <= set(TYPES)


def test_an_unknown_day_stays_open() -> None:
    text = "1月27日,[O:曙光科技]宣布收购[O:远航]。昨天,[O:远航]宣布上市。"
    assert [q.number for q in found(text)] == ["--01-27"]
    assert [q.number for q in found(text, "2025-02-01")] == ["2025-01-27", "2025-01-31"]


def test_the_time_of_a_figure() -> None:
    (q,) = found("2023年[O:曙光科技]的收入达到2亿美元。")
    assert (q.time, q.attribute) == ("2023", "revenue")


def test_captions_that_report_give_figures() -> None:
    text = (
        "大模型的未来\n自大模型横空出世以来,算力一直被认为是人工智能发展的最大瓶颈,各家公司都在拼命购买芯片。\n"
        "▲英伟达市值突破3万亿美元。(图源:上观新闻)\n这家公司的做法给出了另一种答案,也得到了许多人的认可。"
    )
    (document,) = read_bytes(text.encode(), source="x.txt")
    assert [(q.subject, q.number, q.unit) for q in extract(document).quantities] == [
        ("organization/nvidia", 3_000_000_000_000, "USD")
    ]


def test_what_we_did_on_a_day_is_dated_for_whose_post_the_speaker_has() -> None:
    text = (
        "平台的故事\n小米创始人雷军接受采访时表示:“微软很大,我们很小。2021年6月份,我们上线了第一个平台型产品。”\n"
        "这些话说得很清楚,也得到了许多人的认可,后来还有不少人反复引用这次采访的内容。"
    )
    (document,) = read_bytes(text.encode(), source="x.txt")
    dated = [(q.subject, q.number) for q in extract(document).quantities if q.unit == "date"]
    assert dated == [("organization/xiaomi", "2021-06")]
