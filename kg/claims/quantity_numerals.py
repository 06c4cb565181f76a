"""Numerals of Chinese text: where they stand and what they are worth.

Reads arabic, Chinese, mixed (`5.57百万`, `3亿2千万`), fractional (`二十分之一`, `1/10`, `三点五`) and vague (`数百万`,
`十几亿`, `两三`, `上百`) numerals. Chinese ones are read by cn2an after the vague parts are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

Style = Literal["arabic", "chinese", "magnitude", "fraction"]

DIGITS = "零〇○一二两俩三仨四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺"
TENS = "十百千拾佰仟廿卅"
MYRIADS = "万亿兆"
_AR = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?![\da-zA-Z]))?"
_MAGNITUDE = r"(?:[十百千](?:\s?[万亿兆])?|万\s?亿|亿万?|万|兆)"
_LATIN = r"(?:[mM]illion|[bB]illion|[tT]rillion|[tT]housand|mn|bn|tn|[kKMbBtTwW])(?![A-Za-z0-9])"
_CN = rf"[{DIGITS}{TENS}{MYRIADS}]"
_CN_NUMBER = (
    rf"(?:[{DIGITS}{TENS}几数]+\s?个\s?[百千]?亿(?!万)|{_CN}+(?:\s?[多余来几数]\s?[{TENS}{MYRIADS}]+"
    rf"|几(?![个位名乎何家种分度年天次]))?|[数几]\s?[{TENS}{MYRIADS}]+)"
)
_CN_DECIMAL = rf"{_CN_NUMBER}(?:\s?点\s?[{DIGITS}]+[{MYRIADS}]*)?"
_SIMPLE = rf"(?:{_AR}(?:\s?{_MAGNITUDE})?|[{DIGITS}{TENS}{MYRIADS}]+(?:点[{DIGITS}]+)?)"

_NUMERAL = re.compile(
    rf"(?P<whole>{_SIMPLE})又(?P<wden>{_SIMPLE})分之(?P<wnum>{_SIMPLE})"
    rf"|(?P<den>{_SIMPLE}|[百千万]+)\s?分\s?之\s?(?P<num>{_CN_DECIMAL}|{_AR}(?:\s?{_MAGNITUDE})?|几)"
    rf"|(?<![\d/.a-zA-Z])(?P<top>\d{{1,4}})/(?P<bottom>\d{{1,6}})(?![\d/.%])"
    rf"|(?P<mixed>(?:{_AR}\s?[{TENS}{MYRIADS}]+零?\s?){{2,6}}|{_AR}\s?[百千万亿]+(?:零\d+|\d{{3,4}}(?![\d年.,:])))"
    rf"|(?P<ar>{_AR})(?:\s?(?P<lead>[多余来几+](?=\s?[{TENS}{MYRIADS}])|个(?=亿)))?(?:\s{{0,2}}(?P<mag>{_MAGNITUDE})|\s?(?P<latin>{_LATIN}))?"
    rf"|(?P<cn>{_CN_DECIMAL})"
)
_LATIN_VALUE = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "g": 10**9,
    "billion": 10**9, "t": 10**12, "tn": 10**12, "trillion": 10**12, "w": 10**4,
}  # fmt: skip
_MAGNITUDE_VALUE = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "兆": 10**12}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖貳參陸拾佰仟〇○两俩仨幺", "一二三四五六七八九二三六十百千零零二二三一")
_ORDER = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at [start, end). `value` is its worth, `high` the upper end where it names two (`两三` -> 2, 3).

    `op` is `~` or `>=` where the numeral itself is vague. `latin` is the latin magnitude letter of `12B`, if any;
    `coefficient` what stands before the magnitude (5.57 of 5.57百万).
    """

    start: int
    end: int
    value: Decimal
    style: Style
    op: str = "="
    high: Decimal | None = None
    latin: str = ""
    coefficient: Decimal | None = None
    magnitude: int = 1


def find_numerals(norm: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Every numeral of [start, end), in order. Whether it counts anything is not decided here."""
    for m in _NUMERAL.finditer(norm, start, len(norm) if end is None else end):
        numeral = _read(m)
        if numeral is not None:
            yield numeral


def _read(m: re.Match[str]) -> Numeral | None:
    if m["whole"]:
        return _fraction(m, m["wden"], m["wnum"], whole=m["whole"])
    if m["den"]:
        return _fraction(m, m["den"], m["num"])
    if m["top"]:
        return _slash(m)
    if m["mixed"]:
        return Numeral(m.start(), m.end(), _mixed_value(m["mixed"]), "arabic")
    if m["ar"]:
        return _arabic(m)
    return chinese_numeral(m["cn"], m.start())


def _arabic(m: re.Match[str]) -> Numeral:
    coefficient = Decimal(m["ar"].replace(",", ""))
    latin = m["latin"] or ""
    magnitude = _LATIN_VALUE[latin.lower()] if latin else magnitude_value(m["mag"] or "")
    op = ">=" if m["lead"] in ("多", "余", "几", "+") else "~" if m["lead"] == "来" else "="
    return Numeral(
        m.start(),
        m.end(),
        coefficient * magnitude,
        "arabic",
        op,
        latin=latin,
        coefficient=coefficient,
        magnitude=magnitude,
    )


def _slash(m: re.Match[str]) -> Numeral | None:
    top, bottom = int(m["top"]), int(m["bottom"])
    if bottom < 2 or top >= bottom or top == 0 or len(m["top"]) == len(m["bottom"]) == 4:  # 2021/2022
        return None
    return Numeral(m.start(), m.end(), Decimal(top) / bottom, "fraction")


def _fraction(m: re.Match[str], den: str, num: str, whole: str = "0") -> Numeral | None:
    if num == "几":
        return None
    bottom, top, base = _simple_value(den), _simple_value(num), _simple_value(whole)
    if not bottom or top is None or base is None:
        return None
    return Numeral(m.start(), m.end(), base + top / bottom, "fraction", coefficient=top)


def _simple_value(text: str) -> Decimal | None:
    text = text.replace(" ", "")
    arabic = re.match(_AR, text)
    if arabic:
        return Decimal(arabic[0].replace(",", "")) * magnitude_value(text[arabic.end() :])
    numeral = chinese_numeral(text, 0)
    return numeral.value if numeral else None


def magnitude_value(text: str) -> int:
    """The worth of `百万`, `万亿`, ... (the product of its characters); 1 for nothing."""
    value = 1
    for c in text:
        value *= _MAGNITUDE_VALUE.get(c, 1)
    return value


def _mixed_value(text: str) -> Decimal:
    """`3亿2千万`, `2千零30万`, `3万4000`: arabic numbers with magnitudes; larger ones multiply what precedes them."""
    total, section, current = Decimal(0), Decimal(0), Decimal(0)
    for token in re.findall(rf"{_AR}|[{TENS}{MYRIADS}]", text):
        magnitude = _MAGNITUDE_VALUE.get(token)
        if magnitude is None:
            current = Decimal(token.replace(",", ""))
        elif magnitude < 10**4:
            section, current = section + (current or Decimal(1)) * magnitude, Decimal(0)
        else:
            part = section + current
            total = (total or Decimal(1)) * magnitude if not part else total + part * magnitude
            section = current = Decimal(0)
    return total + section + current


@cache
def _chinese_value(text: str) -> tuple[Decimal, str, Decimal | None, bool] | None:
    """(value, op, high, is bare magnitude) of a Chinese numeral."""
    plain = text.replace(" ", "").replace("个", "").translate(_FORMAL).replace("廿", "二十").replace("卅", "三十")
    op = "="
    if plain[0] in "数几":
        plain, op = plain[1:], "~"
    elif re.search(r"[十百千万亿][数几多余]", plain):
        op = ">="
    elif re.search(r"来[十百千万亿]", plain):
        op = "~"
    plain = re.sub(r"[数几多余来]", "", plain)
    plain = re.sub(r"零(?=[万亿兆])|零$", "", plain) or "零"
    bare = plain[0] in "百千万亿兆"
    pair = re.fullmatch(rf"(十?|[一二三四五六七八九]十)([{_ORDER}])([{_ORDER}])([十百千万亿兆]*)", plain)
    if pair and (_ORDER.index(pair[3]) - _ORDER.index(pair[2]) == 1 or pair[2] + pair[3] == "三五"):
        low = _read_plain(pair[1] + pair[2] + pair[4])
        high = _read_plain(pair[1] + pair[3] + pair[4])
        return (low, "=", high, False) if low is not None and high is not None else None
    value = _read_plain(plain)
    return None if value is None else (value, op, None, bare)


def _read_plain(text: str) -> Decimal | None:
    if text.count("兆") == 1:  # cn2an does not know 兆 (10^12)
        head, tail = (_read_plain(part) if part else Decimal(0) for part in text.split("兆"))
        head = Decimal(1) if text[0] == "兆" else head
        return None if head is None or tail is None else head * 10**12 + tail
    if text and set(text) <= set("百千万亿"):
        return Decimal(magnitude_value(text))
    import cn2an

    text = re.sub(r"^(?=[百千万亿])", "一", text)
    text = re.sub(r"^零+(?=[一二三四五六七八九十])", "", text)
    try:
        return Decimal(str(cn2an.cn2an(text, "normal")))
    except (ValueError, KeyError):  # not a well formed numeral (千万亿百), or one that cn2an stumbles over (一亿一)
        return None


def chinese_numeral(text: str, start: int) -> Numeral | None:
    """The numeral that the whole of `text` spells in Chinese characters, or None where it spells none."""
    read = _chinese_value(text)
    if read is None:
        return None
    value, op, high, bare = read
    return Numeral(start, start + len(text), value, "magnitude" if bare else "chinese", op, high)
