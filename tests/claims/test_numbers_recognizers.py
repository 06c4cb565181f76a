"""The outside measure: the Chinese cases of Recognizers-Text (`tests/cases/recognizers_text_zh.json`)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.claims.dates import find_dates
from kg.claims.numbers import Amount, find_amounts
from kg.claims.quantity_reading import read_numbers
from kg.reading.script import analysis_text

TABLE = json.loads((Path(__file__).parent.parent / "cases" / "recognizers_text_zh.json").read_text(encoding="utf-8"))
REQUIRED = 0.90
_NO_DIMENSION = {"money", "coin", "bare", "item", "event", "people", "time", "percent", "ratio", "times"}


def close(want: list[float], got: list[float]) -> bool:
    return len(want) == len(got) and all(
        abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-9) for a, b in zip(want, got, strict=True)
    )


def values(amounts: list[Amount]) -> list[float]:
    return [float(v) for a in amounts for v in (a.number if isinstance(a.number, list) else [a.number])]


def percents(norm: str) -> list[float]:
    found = [a for a in find_amounts(norm) if a.unit in ("percent", "ratio") and a.kind != "times"]
    return [v * (1 if a.unit == "percent" else 100) for a in found for v in values([a])]


def reads_number(norm: str, want: list[float]) -> bool:
    return close(want, [float(v) for v in read_numbers(norm)])


def reads_percentage(norm: str, want: list[float]) -> bool:
    return close([abs(w) for w in want], percents(norm))  # a decline is unsigned (GUIDE.md)


def reads_currency(norm: str, want: list[float]) -> bool:
    return close(want, values([a for a in find_amounts(norm) if a.kind in ("money", "coin")]))


def reads_dimension(norm: str, want: list[float]) -> bool:
    return close([abs(w) for w in want], values([a for a in find_amounts(norm) if a.kind not in _NO_DIMENSION]))


@pytest.mark.parametrize(
    ("section", "reads"),
    [
        ("number", reads_number),
        ("percentage", reads_percentage),
        ("currency", reads_currency),
        ("dimension", reads_dimension),
    ],
)
def test_values(section: str, reads: Callable[[str, list[float]], bool]) -> None:
    wrong = [text for text, want in TABLE[section] if not reads(analysis_text(text), [float(w) for w in want])]
    assert len(wrong) <= (1 - REQUIRED) * len(TABLE[section]), wrong


def test_dates() -> None:
    wrong = []
    for text, reference, want in TABLE["date"]:
        got = [d.value for d in find_dates(analysis_text(text), reference, loose=True)]
        if len(got) != len(want) or any(g not in accepted for g, accepted in zip(got, want, strict=True)):
            wrong.append(text)
    assert len(wrong) <= (1 - REQUIRED) * len(TABLE["date"]), wrong


def test_date_spans() -> None:
    wrong = []
    for text, want in TABLE["date_span"]:
        norm = analysis_text(text)
        got = [norm[d.start : d.end] for d in find_dates(norm, "2017-03-22", loose=True)]
        if got != [analysis_text(w) for w in want]:
            wrong.append(text)
    assert len(wrong) <= (1 - REQUIRED) * len(TABLE["date_span"]), wrong
