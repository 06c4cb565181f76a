"""Free reading of numbers: every numeral of a text as its value, with sign, mixed fractions, powers and dozens.

For text that is about numbers (tables, forms, questions); running news goes through `kg.claims.numbers`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.claims.quantity_numerals import DIGITS, MYRIADS, TENS, find_numerals
from kg.claims.quantity_shares import find_shares

_CN = f"{DIGITS}{TENS}{MYRIADS}"
_GAPS = re.compile(
    rf"(?<=[{_CN}\d])\s+(?=[{_CN}余几多又分点]+(?![个位名只家]))|(?<=[{_CN}])\s+(?=\d)|(?<=[分又点])\s+|(?<=[余几])\s+(?=[{_CN}])"
)
_POWER = re.compile(r"(?P<sign>-)?(?P<base>\d+(?:\.\d+)?)\^(?P<flip>-{0,2}|\+)(?P<exp>\d{1,3})")
_MIXED = re.compile(r"(?P<sign>-)?(?:(?P<whole>\d+)\s+)?(?P<top>\d+)/(?P<bottom>[1-9]\d*)(?!\d)")
_POINT = re.compile(r"(?<![\d.])(?P<sign>-)?\.(?P<digits>\d+)")
_NEGATIVE = re.compile(r"(?:负|(?<![\d%])-)\s*$")
_DOZEN = re.compile(r"\s?打(?![开工击算架造破印扰听动折电])")
# characters that are numerals and parts of common words; alone they are no numbers
_NOT_ALONE = re.compile(
    r"一[切些看起样般直定旦律边面块同再味向]|[^\d]四川|陆地|大陆|登陆|海陆空|着陆|队伍|入伍|退伍|伍仁|放肆|肆[意无虐]|收拾|拾[取起到]|夕拾|十足|十分(?!之|钟)|九九是|两[两刀]|五台山|壹切"
    r"|[一二两三四五六七八九十]\s?(?:美元|美刀|欧元|日元|折|成)"
)


def read_numbers(text: str) -> list[Decimal]:
    """The values of the numbers of a text (in the spelling of `CleanArticle.norm`), in order."""
    text = _GAPS.sub("", text)
    found: list[tuple[int, int, Decimal]] = []
    for m in _POWER.finditer(text):
        exponent = int(m["exp"]) * (-1 if m["flip"] == "-" else 1)
        found.append((m.start(), m.end(), _signed(Decimal(m["base"]) ** exponent, m["sign"])))
    for m in _MIXED.finditer(text):
        value = Decimal(m["whole"] or 0) + Decimal(m["top"]) / Decimal(m["bottom"])
        found.append((m.start(), m.end(), _signed(value, m["sign"])))
    for m in _POINT.finditer(text):
        found.append((m.start(), m.end(), _signed(Decimal("0." + m["digits"]), m["sign"])))
    found += [(m.start(), m.end(), Decimal("NaN")) for m in _NOT_ALONE.finditer(text)]
    found += [(s.start, s.end, s.value) for s in find_shares(text, 0, len(text)) if s.latin == "percent"]
    for n in find_numerals(text):
        if any(n.start < e and s < n.end for s, e, _ in found) or (
            n.style == "magnitude" and text[n.start : n.end] in "万万亿亿"
        ):
            continue
        value, end = n.value, n.end
        if dozen := _DOZEN.match(text, end):
            value, end = value * 12, dozen.end()
        if _NEGATIVE.search(text, 0, n.start):
            value = -value
        found.append((n.start, end, value))
    return [value for _, _, value in sorted(found) if not value.is_nan()]


def _signed(value: Decimal, sign: str | None) -> Decimal:
    return -value if sign else value
