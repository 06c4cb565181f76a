"""Dates in forms that are dates only in text about dates: `3-7-2017`, `12/1`, `29日`, `八月十五`, `农历正月初一`.

In running news `3-7` is a score and `12/1` a fraction, so `kg.claims.dates.find_dates` reads these only when asked to.
Lunar dates keep their own month and day: they are not turned into the Gregorian calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.claims.quantity_days import Day, small_number, weekday_of

_CN = "〇○零一二三四五六七八九"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]|正|腊)"
_DAY = (
    r"(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅"
    r"|3[01]|[12]\d|0?[1-9]|[一二三四五六七八九])"
)
_YEAR = rf"(?:\d{{3,4}}|[{_CN}]{{3,4}}|两千零?[一二三四五六七八九]?)"

_NAMED = re.compile(
    rf"(?:农历)?(?:(?P<y>{_YEAR})年)?(?:农历)?(?P<m>{_MONTH})月(?P<d>{_DAY})(?:[日号]|(?![\d个多{_CN}]))"
)
_FESTIVE = re.compile(r"大年(?P<d>初[一二三四五六七八九十]|三十)")
_DAY_FIRST = re.compile(r"(?<![\d./-])(?P<d>\d{1,2})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d./-])")
_SPACED = re.compile(r"(?<!\d)(?P<y>\d{4}) (?P<m>\d{2}) (?P<d>\d{2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d./-])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d./-])")
_BARE_DAY = re.compile(rf"(?<![\d月{_CN}十])(?P<d>{_DAY})[日号]")
_LAST_WEEKDAY = re.compile(r"(?:上|下|最后)一个的?(?:周|星期|礼拜)(?P<w>[一二三四五六日天])")
_LATELY = re.compile(r"最近")


def find_loose(norm: str, anchor: Day | None) -> list[tuple[int, int, Day | None]]:
    """(start, end, day) of such dates, the longest of those that overlap, in order."""
    found = [x for read in _READERS for x in read(norm, anchor)]
    out: list[tuple[int, int, Day | None]] = []
    for item in sorted(found, key=lambda x: (x[0] - x[1], x[0])):
        if not any(item[0] < e and s < item[1] for s, e, _ in out):
            out.append(item)
    return sorted(out, key=lambda x: x[0])


def _nearest(anchor: Day | None, month: int, day: int) -> Day:
    """The last such day up to the anchor; open where that year has no such day or there is no anchor."""
    if anchor is None or anchor.year is None:
        return Day(None, month, day)
    later = (month, day) > (anchor.month or 12, anchor.day or 31)
    dated = Day(anchor.year - 1 if later else anchor.year, month, day)
    return dated if dated.valid() else Day(None, month, day)


def _named(norm: str, anchor: Day | None) -> Iterator[tuple[int, int, Day | None]]:
    for m in _NAMED.finditer(norm):
        month, day = small_number(m["m"]), small_number(m["d"])
        if month is None or day is None:
            continue
        if m["y"] is None:
            yield m.start(), m.end(), _nearest(anchor, month, day)
        elif (year := _year(m["y"])) is not None:
            yield m.start(), m.end(), Day(year, month, day)
    for m in _FESTIVE.finditer(norm):
        yield m.start(), m.end(), _nearest(anchor, 1, small_number(m["d"]) or 1)


def _year(text: str) -> int | None:
    if text.startswith("两千"):
        return 2000 + (small_number(text[2:].lstrip("零")) or 0) if len(text) > 2 else 2000
    return small_number(text)


def _numeric(norm: str, anchor: Day | None) -> Iterator[tuple[int, int, Day | None]]:
    for m in _DAY_FIRST.finditer(norm):
        day, month, year = int(m["d"]), int(m["m"]), int(m["y"])
        if len(m["y"]) == 2:
            if len(m["d"]) == 2 and day >= 12 and year <= 31:
                year, day = day, year  # 27-7-3 is written from the year down
            year += 1900 if year > 50 else 2000
        yield m.start(), m.end(), Day(year, month, day)
    for m in re.finditer(r"(?<![\d./-])(?P<y>\d{2})-(?P<m>\d{1,2})-(?P<d>\d)(?![\d./-])", norm):
        yield m.start(), m.end(), Day(2000 + int(m["y"]), int(m["m"]), int(m["d"]))
    for m in _SPACED.finditer(norm):
        yield m.start(), m.end(), Day(int(m["y"]), int(m["m"]), int(m["d"]))
    for m in _SLASHED.finditer(norm):
        yield m.start(), m.end(), _nearest(anchor, int(m["m"]), int(m["d"]))


def _single(norm: str, anchor: Day | None) -> Iterator[tuple[int, int, Day | None]]:
    for m in _BARE_DAY.finditer(norm):
        number = small_number(m["d"])
        if number is not None and anchor is not None and anchor.year and anchor.month:
            back = number > (anchor.day or 31)
            month = anchor.month - 1 if back else anchor.month
            yield m.start(), m.end(), Day(anchor.year - (month == 0), month or 12, number)
    for m in _LAST_WEEKDAY.finditer(norm):
        yield m.start(), m.end(), weekday_of(anchor, m[0][0].replace("最", ""), m["w"])
    for m in _LATELY.finditer(norm):
        yield m.start(), m.end(), anchor


_READERS: tuple[Callable[[str, Day | None], Iterator[tuple[int, int, Day | None]]], ...] = (_named, _numeric, _single)
