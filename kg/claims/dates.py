"""Dates in Chinese text, absolute and relative, resolved against the day the article was published.

What cannot be known stays open: without a year a date is written `--01-27`, and a relative date without an anchor
(`昨天` where the article's day is unknown) has no value at all.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kg.claims.quantity_days import Day, month_shift, parse_day, relative_day, weekday_of, year_of
from kg.claims.quantity_loose_dates import find_loose

_D = r"[\d〇○零一二三四五六七八九十廿卅]"
_HAN = "零〇○一二三四五六七八九"
_YEAR = (
    r"(?:(?<!\d)(?<!\d[.,])(?:1\d|20)\d{2}(?=\s?年)"
    rf"|(?<![\d{_HAN}十])[一二][{_HAN}]{{3}}(?=年)"
    r"|两千(?:零[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?)?(?=年))"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十]|正|腊)"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅[一]?"
    r"|初[一二三四五六七八九十]|[一二三四五六七八九])"
)
_REL_YEAR = (
    r"彼时|那一年|那年|大前年|前年|去年|上一年|上年|"
    r"今年|本年度?|这一年|明年|来年|后年|大后年|当年|同年|次年|翌年|上一年度"
)
_REL_MONTH = r"上上个?月|上个?月|本月|这个月|当月|同月|下下个?月|下个?月|次月"
_WEEKDAY = r"[一二三四五六日天末1-7]"
_REL_DAY = (
    r"大前天|前天|前日|昨天|昨日|昨晚|昨夜|昨早|昨|今天|今日|今晚|今早|今晨|今|"
    r"明天|明日|明晚|明早|明|后天|大后天|当天|当日|当晚|次日|翌日|同日|同一天"
)
_SEASON = (
    r"(?:第[一二三四1-4]季度|[一二三四]季度|Q[1-4]|q[1-4]|上半年|下半年|年初|年底|年末|年中|"
    r"初|底|末|春|夏|秋|冬|春季|夏季|秋季|冬季|春天|夏天|秋天|冬天|暑期|春节|国庆|元旦|全年|财年|度)"
)

_PATTERN = re.compile(
    r"(?=[\d零〇○一二三四五六七八九十两半正腊大前去上今本这明来后当同次翌彼那昨下周星礼])(?:"  # fails fast elsewhere
    rf"(?<![\d.a-zA-Z/-])(?P<iy>(?:1[5-9]|20)\d{{2}})(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])(?:(?P=sep)(?P<id>3[01]|[12]\d|0?[1-9]))?(?![\d/%-]|\.\d|[万亿元])"
    rf"|(?:(?P<ry>{_REL_YEAR})\s?的?|(?P<y>{_YEAR})\s?年\s?的?|(?P<y4>(?<![\d.,:])(?:19|20)\d\d)(?=\s?(?:至|到|-|—|~)\s?(?:19|20)\d\d\s?年)|(?P<sy>(?<![\d第])[0-2]\d)年(?=\s?{_MONTH}月)"
    r"|(?P<ty>(?<=[在自从])[012]\d(?=年(?:就|时(?!间)|底|初|末|上半|下半|开始|还是|春|夏|秋|冬))"
    r"|(?<![^,，。;；:：、(“\n我他她们实])(?:0\d|1[1-9]|2[1-6])(?=年(?:我|他|她|公司|加入|毕业|回国|入职|入学|考[上入]|创[办立]|成立|从|开始|决定|的时候|底|初|末|春|夏|秋|冬)))年)"
    rf"\s?(?:(?P<m>{_MONTH})\s?月\s?(?:份)?(?:\s?的?(?P<d>{_DAY})(?:\s?[日号](?!线|楼|位|码)|(?<=\d)(?=[,，。;；)）])))?(?P<mpart>初|底|末|中旬|上旬|下旬|中)?|(?P<rm2>本月)(?P<d5>{_DAY})[日号]|(?P<season>{_SEASON}))?"
    rf"|(?<![\d.第年])(?P<m2>{_MONTH})\s?月\s?(?:(?P<d2>{_DAY})(?:\s?[日号](?!线|楼|位|码)|(?<=\d)(?=[,，。;；)）]))|份)(?P<mpart2>初|底|末|中旬|上旬|下旬|中)?"
    rf"|(?<![\d.第年个几])(?P<m4>{_MONTH})月(?P<mpart4>初|底|末|中旬|上旬|下旬)"
    rf"|(?<![\d.第个几数半多两])(?P<m3>1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])\s?月(?!球|亮|饼|光|租|薪|费|活|度|报|嫂|子|经|入|均|内|卡|付|销|底座|之|面)"
    rf"|(?P<rm>{_REL_MONTH})(?:的?\s?(?P<d3>{_DAY})\s?[日号])?(?P<mpart3>初|底|末|中旬|上旬|下旬)?"
    rf"|(?P<rw>上上个?|上个?|本|这个?|下下个?|下个?|当)(?:周|星期|礼拜)(?P<wd>{_WEEKDAY}(?![个款次家种项名位代年月起])|的)?"
    rf"|(?<![上下本这每双单第个周期])(?:周|星期|礼拜)(?P<wd2>[一二三四五六日天])(?![个款次家种项名位代年月岁体])"
    rf"|(?P<rd>{_REL_DAY})"
    rf"|(?P<n>\d+|[两一二三四五六七八九十]+|半)\s?(?P<nu>个?多?月|年|天|周|个?星期|日|个?小时)(?P<ago>之?前(?!沿|景|瞻|端|身|任|置)|以前|之?后(?!续|台|期|端|面)|以后)"
    rf"|(?<![\d.第年月零〇一二三四五六七八九十])(?P<d4>3[01]|[12]\d|[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?(?:日|号)(?=[,，。;、]|上午|下午|晚|早|凌晨|中午|清晨|起|发布|宣布|消息|电|讯|报道|举行|召开|上线|表示|晚间|正式|开盘|收盘|零时|当天|的|$)"
    r")"
)

_DATED = re.compile(r"[于在自从至]\s?$")
_NAMED_WEEKDAY = re.compile(r"\s?(?:,|\()?\s?(?:周|星期|礼拜)[一二三四五六日天](?:\))?")
_NEAR = 100  # characters over which 当年, 次日 and a bare month still mean the date named before


@dataclass(frozen=True, slots=True)
class Date:
    """A date at [start, end) of the text; `value` is ISO (`2024-12`, `--01-27`) or None where it cannot be known.

    `precision` is year, month or day; `form` names the way it is written; `vague` marks dates such as 今天 and 上周.
    """

    start: int
    end: int
    value: str | None
    precision: str
    form: str
    vague: bool = False


def find_dates(
    norm: str, published: str | None, start: int = 0, end: int | None = None, *, loose: bool = False
) -> list[Date]:
    """The dates of [start, end), in order. `published` (`YYYY[-MM[-DD]]`) anchors relative ones.

    `loose` reads forms as well that are dates only in text about dates (see `kg.claims.quantity_loose_dates`).
    """
    found = _strict(norm, published, start, len(norm) if end is None else end)
    if not loose:
        return found
    more = [
        Date(s, e, d.iso() if d and d.valid() else None, d.precision() if d else "none", "loose")
        for s, e, d in find_loose(norm[:end], parse_day(published))
        if s >= start
    ]
    more = [
        x
        for x in more
        if not any(x.start < f.end and f.start < x.end and f.end - f.start >= x.end - x.start for f in found)
    ]
    kept = [f for f in found if not any(x.start < f.end and f.start < x.end for x in more)]
    return sorted(kept + more, key=lambda x: x.start)


def _strict(norm: str, published: str | None, start: int, end: int) -> list[Date]:
    anchor = parse_day(published)
    out: list[Date] = []
    year: int | None = None  # the last year that the text itself gave near by, for 当年, 同年, 次年
    said = -_NEAR
    day = anchor  # the last day that it gave, for 当天, 次日
    for m in _PATTERN.finditer(norm, start, end):
        if out and m.start() < out[-1].end:
            continue  # the weekday of the date before
        if m.start() - said > _NEAR:
            year, day = None, anchor
        read = _read(norm, m, anchor, year, day)
        if read is None:
            continue
        value, date = read
        out.append(date)
        if value is not None and value.year is not None and not date.vague and date.form != "ago":
            year, day, said = value.year, value, m.end()
    return out


def _read(
    norm: str, m: re.Match[str], anchor: Day | None, year: int | None, last: Day | None
) -> tuple[Day | None, Date] | None:
    day: Day | None
    form, vague = "absolute", False
    if m["iy"]:
        if (
            m["sep"] == "."
            and not m["id"]
            and not (norm[m.start() - 1 : m.start()] == "(" and norm[m.end() : m.end() + 1] == ")")
            and not (_DATED.search(norm, max(0, m.start() - 2), m.start()) and 1990 <= int(m["iy"]) <= 2039)
        ):
            return None  # 2024.5 may be a decimal number, unless it stands alone in brackets or after 于
        day = Day(int(m["iy"]), int(m["im"]), _int(m["id"]))
        form = "numeric"
    elif m["ry"] or m["y"] or m["y4"] or m["sy"] or m["ty"]:
        day, form = _of_year(m, anchor, year, last)
    elif m["m2"] or m["m3"] or m["m4"]:
        day, form = _of_month(m, anchor, last, norm), "month"
        if m["m3"] and (day is None or _is_month_count(norm, m)):
            return None
    elif m["rm"]:
        day, form = _of_relative_month(m, anchor, last), "relative-month"
    elif m["rw"] or m["wd2"]:
        day, form, vague = weekday_of(anchor, m["rw"] or "", m["wd"] or m["wd2"] or ""), "week", True
    elif m["rd"]:
        day, form, vague = relative_day(m["rd"], anchor, last), "relative-day", True
        if len(m["rd"]) == 1 and not _single(norm, m):
            return None
    elif m["n"]:
        day, form = _ago(m, anchor), "ago"
        vague = m["nu"] in ("小时", "个小时") or "后" in m["ago"]
    else:
        day, form = _of_day(m, anchor, last), "day"
    if day is not None and not day.valid():
        return None
    value = day.iso() if day else None
    return day, Date(m.start(), _trim(norm, m), value, day.precision() if day else "none", form, vague)


def _trim(norm: str, m: re.Match[str]) -> int:
    end = m.end()
    while norm[end - 1] in " 的":
        end -= 1
    named = _NAMED_WEEKDAY.match(norm, end) if m["d"] or m["d2"] or m["id"] else None
    return named.end() if named else end


def _int(text: str | None) -> int | None:
    from kg.claims.quantity_days import small_number

    return small_number(text) if text else None


def _of_year(m: re.Match[str], anchor: Day | None, year: int | None, last: Day | None) -> tuple[Day | None, str]:
    value: int | None
    if m["y"] or m["y4"]:
        value, form = year_of(m["y"] or m["y4"]), "year"
    elif m["sy"] or m["ty"]:
        value, form = 2000 + int(m["sy"] or m["ty"]), "year"
    else:
        form = "relative-year"
        shift = {
            "大前年": -3,
            "前年": -2,
            "去年": -1,
            "上年": -1,
            "上一年": -1,
            "上一年度": -1,
            "明年": 1,
            "来年": 1,
            "后年": 2,
            "大后年": 3,
        }
        if m["ry"] in ("当年", "同年", "这一年", "彼时", "那一年", "那年"):
            value = year
        elif m["ry"] in ("次年", "翌年"):
            value = year + 1 if year else None
        else:
            value = anchor.year + shift.get(m["ry"], 0) if anchor and anchor.year else None
    month, day = _int(m["m"]), _int(m["d"])
    if m["rm2"]:
        month, day = anchor.month if anchor else None, _int(m["d5"])
    if m["season"] and value is not None and m["season"] in ("国庆", "元旦"):
        month = 10 if m["season"] == "国庆" else 1
    if value is None:
        return (Day(None, month, day), form) if month else (None, form)
    return Day(value, month, day), form


def _of_month(m: re.Match[str], anchor: Day | None, last: Day | None, norm: str) -> Day | None:
    """A month without a year: the year that the article's date makes the nearest, or open."""
    month = _int(m["m2"] or m["m3"] or m["m4"])
    day = _int(m["d2"])
    if month is None:
        return None
    told = last.year if last is not None and last is not anchor else None  # the year that the text just spoke of
    past = anchor is None or anchor.year is None or (told or 0) < anchor.year
    if told and past and (anchor is None or month >= (last and last.month or 1)):
        return Day(told, month, day)
    if anchor is None or anchor.year is None:
        return Day(None, month, day)
    ahead = month - (anchor.month or 12)
    future = re.search(r"将|拟|计划|预计|即将|定于|明年", norm[max(0, m.start() - 12) : m.end() + 12]) is not None
    year = anchor.year
    if ahead > 0 and not future and (ahead > 1 or (anchor.month or 12) == 1):
        year -= 1
    elif ahead < -6 and future:
        year += 1
    return Day(year, month, day)


def _is_month_count(norm: str, m: re.Match[str]) -> bool:
    """`3月` is a month only where nothing makes it a length of time or part of a word."""
    before = norm[max(0, m.start() - 2) : m.start()]
    return m["m3"] in ("一", "二", "三") and before[-1:] in ("每", "近", "满")


def _of_relative_month(m: re.Match[str], anchor: Day | None, last: Day | None) -> Day | None:
    if m["rm"] in ("当月", "同月", "次月"):
        base, shift = last, 1 if m["rm"] == "次月" else 0
    else:
        base, shift = anchor, {"上上": -2, "下下": 2}.get(m["rm"][:2], {"上": -1, "下": 1}.get(m["rm"][0], 0))
    if base is None or base.year is None or base.month is None:
        return None
    year, month = month_shift(base.year, base.month, shift)
    return Day(year, month, _int(m["d3"]))


def _ago(m: re.Match[str], anchor: Day | None) -> Day | None:
    """`4天前`, `两年前`: counted back from the article's day; `…后` has no known start."""
    if anchor is None or anchor.year is None or "后" in m["ago"] or m["n"] == "半":
        return None
    n = _int(m["n"])
    if n is None:
        return None
    unit = m["nu"].replace("个", "").replace("多", "")
    if unit == "年":
        return Day(anchor.year - n)
    if anchor.month is None:
        return None
    if unit == "月":
        return Day(*month_shift(anchor.year, anchor.month, -n))
    if anchor.day is None or unit == "小时":
        return None
    back = datetime.timedelta(days=n * (7 if unit in ("周", "星期") else 1))
    return Day.of(datetime.date(anchor.year, anchor.month, anchor.day) - back)


def _of_day(m: re.Match[str], anchor: Day | None, last: Day | None) -> Day | None:
    """`29日` alone: the last month that the text gave, else the article's own or the one before."""
    number = _int(m["d4"])
    base = last or anchor
    if number is None or base is None or base.year is None or base.month is None:
        return None
    year, month = base.year, base.month
    if base is anchor and base.day is not None and number > base.day:
        year, month = month_shift(year, month, -1)
    return Day(year, month, number)


def _single(norm: str, m: re.Match[str]) -> bool:
    """A bare 昨, 今 or 明 is a day only before a part of the day."""
    return norm[m.end() : m.end() + 1] in tuple("早晚晨夜")
