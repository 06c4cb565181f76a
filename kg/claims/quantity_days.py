"""Calendar arithmetic on dates that may be known only in part."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_DAY_SHIFT = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}


@dataclass(frozen=True, slots=True)
class Day:
    """A year, a month of it and a day of that, each None where unknown."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, date: datetime.date) -> Day:
        return cls(date.year, date.month, date.day)

    def valid(self) -> bool:
        """Whether the calendar has such a date (29 February where the year is open)."""
        if self.month is None:
            return self.day is None and self.year is not None
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= calendar.monthrange(self.year or 2000, self.month)[1]

    def iso(self) -> str:
        """`2024`, `2024-12`, `2024-12-26`, or with an open year `--12`, `--12-26`."""
        parts = [f"{self.year:04}" if self.year is not None else "-"]
        parts += [f"{x:02}" for x in (self.month, self.day) if x is not None]
        return "-".join(parts)

    def precision(self) -> str:
        return "day" if self.day is not None else "month" if self.month is not None else "year"


def parse_day(text: str | None) -> Day | None:
    """`YYYY[-MM[-DD]]` as a Day; None for None or anything else."""
    m = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text or "")
    return Day(*(int(g) if g else None for g in m.groups())) if m else None


def small_number(text: str) -> int | None:
    """A day, month or small count in arabic or Chinese digits (`廿三`, `初五`, `正`)."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    text = text.replace("初", "").replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    text = text.replace("正", "一").replace("腊", "十二")
    if "十" in text:
        tens, _, ones = text.partition("十")
        head, tail = _DIGIT.get(tens, "1" if not tens else None), _DIGIT.get(ones, "0" if not ones else None)
        return int(head + tail) if head and tail else None
    digits = [_DIGIT.get(c) for c in text]
    return int("".join(d for d in digits if d)) if digits and all(digits) else None


def year_of(text: str) -> int | None:
    """A year as written: `2025`, `二〇二五`, `两千零四`."""
    text = text.replace("年", "").strip()
    if text.startswith("两千"):
        return 2000 + (small_number(text[2:].lstrip("零")) or 0)
    return small_number(text)


def month_shift(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def relative_day(word: str, anchor: Day | None, last: Day | None) -> Day | None:
    """`昨天` from the article's day, `当天` and `次日` from the day that the text spoke of last."""
    if word in ("当天", "当日", "当晚", "同日", "同一天", "次日", "翌日"):
        base, shift = last, 1 if word in ("次日", "翌日") else 0
    else:
        base, shift = anchor, _DAY_SHIFT[word[:2] if word[0] == "大" else word[0]]
    date = _as_date(base)
    return Day.of(date + datetime.timedelta(days=shift)) if date else None


def weekday_of(anchor: Day | None, week: str, weekday: str) -> Day | None:
    """`上周五`: that day of the week before the article's; without a weekday the month in which the week lies."""
    date = _as_date(anchor)
    if date is None:
        return None
    shift = {"上上": -2, "下下": 2}.get(week[:2], {"上": -1, "下": 1}.get(week[:1], 0))
    monday = date - datetime.timedelta(days=date.weekday()) + datetime.timedelta(weeks=shift)
    index = "一二三四五六日".find(weekday.replace("天", "日").replace("末", "六")) if weekday not in ("", "的") else -1
    if index < 0:
        return Day(monday.year, monday.month)
    day = monday + datetime.timedelta(days=index)
    if not week and day > date:
        day -= datetime.timedelta(weeks=1)
    return Day.of(day)


def _as_date(day: Day | None) -> datetime.date | None:
    if day is None or day.year is None or day.month is None or day.day is None:
        return None
    return datetime.date(day.year, day.month, day.day) if day.valid() else None
