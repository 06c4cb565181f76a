"""Metadata lines: cases as data (`bylines.json`), each a line as a page gives it and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.reading.blocks import Block, Line
from kg.reading.bylines import byline, dateline, header_fields, iso_date, split_names
from kg.reading.offsets import Mapped

CASES = json.loads((Path(__file__).parent / "bylines.json").read_text(encoding="utf8"))


def line(text: str) -> Line:
    return Line.of(Block("text", Mapped.of(text)))


@pytest.mark.parametrize("case", CASES["header"], ids=lambda c: c["line"][:30])
def test_header_lines(case):
    found = header_fields(line(case["line"])) or byline(line(case["line"]))
    assert found is not None
    got = {"authors": found.authors, "publisher": found.publisher or found.account, "published": found.published}
    assert {k: v for k, v in got.items() if v} == {k: v for k, v in case.items() if k != "line"}


@pytest.mark.parametrize("text", CASES["body"])
def test_body_lines_are_no_metadata(text):
    assert header_fields(line(text), strict=True) is None
    assert byline(line(text)) is None


@pytest.mark.parametrize("case", CASES["dateline"], ids=lambda c: c["line"][:30])
def test_datelines(case):
    read = dateline(line(case["line"]))
    assert read is not None
    found, end = read
    assert (found.publisher, found.authors, case["line"][end:]) == (case["publisher"], case["authors"], case["rest"])


@pytest.mark.parametrize("text", CASES["no dateline"])
def test_no_dateline(text):
    assert dateline(line(text)) is None


def test_dates():
    assert iso_date("2025年02月08日18:10:34") == "2025-02-08"
    assert iso_date("发布时间:2025-3-7") == "2025-03-07"
    assert iso_date("2024/12/31 10:00") == "2024-12-31"
    assert iso_date("2024.1.5") == "2024-01-05"
    assert iso_date("2026年2月") == "2026-02"
    assert iso_date("耗资2025.5亿元") == ""
    assert iso_date("1月27日") == ""


def test_names():
    assert split_names("梦晨 西风") == ["梦晨", "西风"]
    assert split_names("张三、李四") == ["张三", "李四"]
    assert split_names("Sam Altman 张三") == ["Sam Altman", "张三"]
    assert split_names("记者 王五、王五") == ["王五"]
