"""The table of forms (`tests/cases/number_forms.tsv`, `date_forms.tsv`) and properties of the grammar."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.dates import find_dates
from kg.claims.numbers import Amount, find_amounts
from kg.claims.quantity_numerals import find_numerals
from kg.claims.units import data_rows

CASES = Path(__file__).parent.parent / "cases"


def rows(name: str) -> list[list[str]]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def shown(amount: Amount) -> str:
    number = amount.number
    value = f"{number[0]:.10g}..{number[1]:.10g}" if isinstance(number, list) else f"{number:.10g}"
    return f"{amount.op} {value} {amount.unit}"


def canonical(expected: str) -> str:
    op, value, unit = expected.split(" ")
    return f"{op} {'..'.join(f'{float(v):.10g}' for v in value.split('..'))} {unit}"


@pytest.mark.parametrize(("text", "expected"), rows("number_forms.tsv"))
def test_forms(text: str, expected: str) -> None:
    assert [shown(a) for a in find_amounts(text)] == [canonical(e) for e in expected.split("; ")]


def test_the_table_is_large_and_has_no_repeats() -> None:
    texts = [r[0] for r in rows("number_forms.tsv")]
    assert len(texts) >= 300
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("row", rows("date_forms.tsv"), ids=lambda r: "|".join(r))
def test_dates(row: list[str]) -> None:
    text, published, expected = row
    found = [d.value or "?" for d in find_dates(text, published or None)]
    assert " ".join(found) == expected


@pytest.mark.parametrize(("unit", "example"), [(r[1], r[5]) for r in data_rows("units.tsv", 6)])
def test_examples_of_units(unit: str, example: str) -> None:
    text, value = example.split("=")
    found = find_amounts(text)
    assert [(a.unit, a.number) for a in found] == [(unit, pytest.approx(float(value)))]


@pytest.mark.parametrize(("unit", "example"), [(r[1], r[3]) for r in data_rows("prefixes.tsv", 4)])
def test_examples_of_prefixes(unit: str, example: str) -> None:
    text, value = example.split("=")
    assert [(a.unit, a.number) for a in find_amounts(text)] == [(unit, pytest.approx(float(value)))]


@given(st.integers(min_value=0, max_value=10**12))
def test_arabic_numbers_are_read_whole(n: int) -> None:
    for text in (f"{n}", f"{n:,}"):
        assert [int(x.value) for x in find_numerals(text)] == [n]


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["万", "亿", "万亿"]))
def test_magnitudes_multiply(n: int, magnitude: str) -> None:
    worth = {"万": 10**4, "亿": 10**8, "万亿": 10**12}[magnitude]
    assert [int(x.value) for x in find_numerals(f"{n}{magnitude}")] == [n * worth]


@given(st.text(alphabet="0123456789一二三十百千万亿点分之多余近超%倍年月日个家人元美,.-至到~/第 ", max_size=40))
def test_amounts_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_amounts(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(0 <= d.start < d.end <= len(text) for d in find_dates(text, "2025-03-07"))


def test_time_grows_with_length_not_worse() -> None:
    """A run of digits and separators must not make the patterns backtrack."""
    import time

    def seconds(n: int) -> float:
        text = "1,234," * n + "一百" * n + "数" * n + "1/" * n
        start = time.perf_counter()
        find_amounts(text)
        find_dates(text, "2025-03-07")
        return time.perf_counter() - start

    seconds(10)
    small, large = min(seconds(400) for _ in range(3)), min(seconds(1600) for _ in range(3))
    assert large < 12 * small + 0.2
