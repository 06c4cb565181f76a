"""Shares and multiples that have words of their own: `三成`, `七折`, `一半`, `过半`, `翻两番`, `翻倍`, `百分之五`."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.claims.quantity_numerals import DIGITS, Numeral, find_numerals

_DIGIT = r"[一二两三四五六七八九陆伍肆]"
_TENTHS = re.compile(
    rf"(?<![第{DIGITS}])(?P<n>{_DIGIT}\s?点\s?{_DIGIT}|{_DIGIT}|几|[1-9](?:\.\d)?|半|十|10)\s?(?P<w>成|折)"
    r"(?!员|功|立|为|本|果|长|熟|都|品|分|人|交|型|就|叠|扣|腾|断|射|磨|返|戟|回|中|算|现|旧)(?P<half>\s?半|\s?[一二三四五六七八九1-9](?![个%万亿]))?(?P<up>多|以上|左右|以下)?"
)
_DISCOUNT = re.compile(r"(?P<two>[一二三四五六七八九]\s?[一二三四五六七八九]|\d\s?\d|\d\.\d)\s?折(?!叠|扣|腾|断|射|磨)")
_HALF = re.compile(r"一半(?!天|个|小时)|半数(?!导)|(?<=打)对折|折半|(?:过|超)半(?!导|个|天|年|小时)(?:数)?|减半|腰斩")
_DOUBLING = re.compile(
    rf"翻(?:了|上|了近|近|了约|超过|超)?(?P<n>{_DIGIT}|几|\d+(?:\.\d+)?)?(?:个|多|几)?(?P<w>番|倍)|翻(?:了)?(?:一)?(?P<double>倍|番)|(?:成倍|加倍)(?P<no>)|倍增(?P<no2>)"
)
_PERCENT = re.compile(r"[百佰]\s{0,2}分\s{0,2}之\s{0,2}")
_PLAIN = str.maketrans("两陆伍肆", "二六五四")


def find_shares(norm: str, start: int, end: int) -> list[Numeral]:
    """Shares in [start, end) as numerals whose `latin` is `percent` or `ratio`, sorted, not overlapping."""
    found = [
        *_percents(norm, start, end),
        *_tenths(norm, start, end),
        *_halves(norm, start, end),
        *_doublings(norm, start, end),
    ]
    out: list[Numeral] = []
    for n in sorted(found, key=lambda n: (n.start, -n.end)):
        if not out or n.start >= out[-1].end:
            out.append(n)
    return out


def _percents(norm: str, start: int, end: int) -> list[Numeral]:
    """`百分之五` is five percent, whatever follows 之."""
    out = []
    for m in _PERCENT.finditer(norm, start, end):
        if norm[m.start() - 1 : m.start()] in set("一二三四五六七八九两十千万亿"):
            continue  # 一百分之五 is read as a fraction
        n = next(find_numerals(norm, m.end(), min(end, m.end() + 16)), None)
        if n is not None and n.start == m.end():
            out.append(replace(n, start=m.start(), latin="percent", style="chinese"))
    return out


def _tenths(norm: str, start: int, end: int) -> list[Numeral]:
    out = []
    for m in _DISCOUNT.finditer(norm, start, end):
        digits = [c for c in m["two"] if c != " "]
        digits = [str("零一二三四五六七八九".index(c)) if c in "一二三四五六七八九" else c for c in digits]
        text = "".join(digits)
        value = Decimal(text) / 10 if "." in text else Decimal(text) / 100
        out.append(Numeral(m.start(), m.end(), value, "chinese", latin="ratio"))
    for m in _TENTHS.finditer(norm, start, end):
        if m["n"] == "几" or (m["w"] == "折" and m["n"] in ("十", "10")):
            continue
        if norm[m.start() - 1 : m.start()].isdigit() or norm[m.start() - 1 : m.start()] == ".":
            continue
        whole, _, part = m["n"].replace(" ", "").partition("点")
        value = Decimal("0.5") if whole == "半" else _digit(whole) + (_digit(part) / 10 if part else 0)
        value *= 10 if whole == "半" and m["w"] == "折" else 1
        half = (m["half"] or "").strip()
        value += Decimal("0.5") if half == "半" else _digit(half) / 10 if half else Decimal(0)
        op = {"多": ">=", "以上": ">=", "左右": "~", "以下": "<="}.get(m["up"] or "", "=")
        out.append(Numeral(m.start(), m.end(), value / 10, "chinese", op, latin="ratio"))
    return out


def _digit(text: str) -> Decimal:
    if text == "十":
        return Decimal(10)
    return Decimal("零一二三四五六七八九".index(text.translate(_PLAIN))) if not text[0].isdigit() else Decimal(text)


def _halves(norm: str, start: int, end: int) -> list[Numeral]:
    half = Decimal("0.5")
    return [
        Numeral(m.start(), m.end(), half, "chinese", ">=" if m[0][0] in "过超" else "=", latin="ratio")
        for m in _HALF.finditer(norm, start, end)
    ]


def _doublings(norm: str, start: int, end: int) -> list[Numeral]:
    """`翻番`, `翻倍` are twice as much, `翻两番` four times; `翻了三倍` is three."""
    out = []
    for m in _DOUBLING.finditer(norm, start, end):
        if m["n"] == "几" or (not m["n"] and not m["double"] and not m["w"]):
            continue
        if m["w"] and m["n"]:
            n = _digit(m["n"])
            value = (
                Decimal(2) ** n
                if m["w"] == "番" and n == n.to_integral_value()
                else max(n, Decimal(2))
                if n == 1
                else n
            )
        else:
            value = Decimal(2)
        out.append(Numeral(m.start(), m.end(), value, "chinese", latin="ratio"))
    return out
