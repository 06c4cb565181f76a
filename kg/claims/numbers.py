"""Amounts in Chinese text: a numeral with its operator and unit, in all the forms that news writes them.

Not every amount is a claim: `find_amounts` reports what is written, `kg.claims.quantities` decides what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.claims.quantity_numerals import Numeral, find_numerals
from kg.claims.quantity_patterns import pattern, words
from kg.claims.quantity_shares import find_shares
from kg.claims.units import Unit, prefix_before, unit_at

Value = int | float | list[int | float]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at [start, end) of the text.

    `lead` is where the words of its operator begin (`超过` of `超过3万人`), `tail` where they end (`以上`).
    `unit` is of the guide's closed list or an ISO 4217 code; `kind` is the group of the unit
    (`kg/data/quantities/units.tsv`), `bare` for a number without one. `style` says how the numeral is written.
    `number` is `[low, high]` where `op` is `<>`.
    """

    start: int
    end: int
    op: str
    number: Value
    unit: str
    unit_text: str
    kind: str
    style: str
    form: str
    lead: int
    tail: int


_LEAD = (("<=", "lead-at-most"), (">=", "lead-at-least"), ("~", "lead-about"))
_LEAD_PATTERN = re.compile(
    "(?:"
    + "|".join(f"(?P<g{i}>{words(id_)})" for i, (_, id_) in enumerate(_LEAD))
    + r")(?:了|到|至|达到|达|有|为|是|于|约|在|过)?\s*$"
)
_NOT_LEAD = pattern("not-lead")
_UP = pattern("at-least-after")
_DOWN = pattern("at-most-after")
_ABOUT = pattern("about-after")
_MIDDLE = re.compile(r"\s?(?:(?P<up>多|余|几|\+)|(?P<about>来|左右))\s?")
_RANGE = re.compile(r"\s?(?:至|到|~|-|–|—|－|～|—|或|/)\s?")
_HALF = re.compile(r"半(?!导|决|数|价|自|成|封|开|径|岛|场|程|身|信|官)")
_AND_A_HALF = re.compile(r"[\d一两二三四五六七八九十]个$")
_HALF_OF = re.compile(r"个半(?P<unit>小时|钟头|月|星期|礼拜|世纪|季度|学期|工作日)")
_HALF_UNIT = re.compile(r"半\s?(年|个月|个多月|天|小时|个小时|分钟|个世纪|个季度|个学期|周|个星期|个工作日|数|导)")


def find_amounts(norm: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """All amounts of [start, end) of analysis text (`CleanArticle.norm`), sorted, not overlapping."""
    stop = len(norm) if end is None else end
    shares = find_shares(norm, start, stop)
    amounts = [_with_lead(norm, start, a) for a in _shares_as_amounts(shares)]
    taken = [(s.start, s.end) for s in shares]
    found: list[Amount] = []
    for amount in (*_halves(norm, start, stop), *_counted(norm, start, stop)):
        if not _overlaps(amount, taken):
            found.append(amount)
            taken.append((amount.start, amount.end))
    joined = _joined(norm, sorted(amounts + found, key=lambda a: (a.start, a.end)))
    return _shared_units(norm, joined)


def plain(value: Decimal) -> int | float:
    """A decimal as the JSON number that a record carries."""
    return int(value) if value == value.to_integral_value() else float(value)


def _overlaps(amount: Amount, taken: list[tuple[int, int]]) -> bool:
    return any(amount.start < e and s < amount.end for s, e in taken)


def _shares_as_amounts(shares: list[Numeral]) -> Iterator[Amount]:
    for s in shares:
        unit = "percent" if s.latin == "percent" else "ratio"
        number: Value = plain(s.value) if s.high is None else [plain(s.value), plain(s.high)]
        op = "<>" if s.high is not None else s.op
        yield Amount(s.start, s.end, op, number, unit, "", unit, s.style, s.style, s.start, s.end)


def _halves(norm: str, start: int, stop: int) -> Iterator[Amount]:
    """`半年`, `半天`, `半个月`: half of a unit of time."""
    for m in _HALF_UNIT.finditer(norm, start, stop):
        if m[1] in ("数", "导") or norm[m.start() - 1 : m.start()] in set("一两三四五六七八九十年月天时岁倍上下"):
            continue
        if _AND_A_HALF.search(norm, max(start, m.start() - 2), m.start()):
            continue  # 四个半小时: read with its numeral
        word = m[1].replace("多", "")
        unit = unit_at(norm, m.end() - len(m[1])) or unit_at(word, 0)
        if unit is None:
            continue
        measured = unit[0]
        op = ">=" if "多" in m[1] or norm[m.start() - 1 : m.start()] == "大" else "="
        end = m.end()
        if norm.startswith("多", end):
            op, end = ">=", end + 1
        number = plain(measured.factor / 2)
        amount = Amount(
            m.start(),
            end,
            op,
            number,
            measured.unit,
            norm[m.start(1) : end],
            measured.kind,
            "chinese",
            "half",
            m.start(),
            end,
        )
        yield _with_tail(norm, _with_lead(norm, start, amount))


_PREFIXED = re.compile(r"[千兆](?:克|米|瓦|卡|焦|赫|字节|比特|伏|帕|位)|千兆")
_PARTS = re.compile(
    r"\s?又?\s?(?:(?P<j>[\d一二三四五六七八九])\s?[角毛])?(?:\s?(?P<f>[\d一二三四五六七八九]{1,2})\s?(?:分(?!钟)|美分))?(?:钱)?"
)
_POINTS = re.compile(r"\s{0,4}个?\s?百\s?分\s?点")


def _trimmed(norm: str, n: Numeral) -> tuple[Numeral, tuple[Unit, int] | None]:
    """Gives back to the unit what the numeral took of it: 12千米 is 12 km, 三十两 thirty taels, $5m five million."""
    last = norm[n.end - 1 : n.end]
    if (last in "千兆" and _PREFIXED.match(norm, n.end - 1)) or (last == "两" and n.end - n.start > 1):
        shorter = next(find_numerals(norm, n.start, n.end - 1), None)
        found = unit_at(norm, n.end - 1)
        if shorter is not None and found is not None and shorter.start == n.start and shorter.end == n.end - 1:
            return shorter, found
    return n, None


def _small_change(norm: str, unit: Unit, end: int) -> tuple[Decimal, int]:
    """What follows a whole amount of money in smaller coins (`五元三毛`, `两美元又三美分`), and where it ends."""
    m = _PARTS.match(norm, end)
    if (
        unit.kind != "money"
        or unit.factor != 1
        or m is None
        or not (m["j"] or (m["f"] and ("又" in m[0] or unit.unit == "USD")))
    ):
        return Decimal(0), end
    digit = {c: i for i, c in enumerate("零一二三四五六七八九")}
    jiao, fen = (int(g) if g and g.isdigit() else digit.get(g or "零", 0) for g in (m["j"], m["f"]))
    return Decimal(jiao) / 10 + Decimal(fen) / 100, m.end()


def _counted(norm: str, start: int, stop: int) -> Iterator[Amount]:
    for numeral in find_numerals(norm, start, stop):
        if numeral.style == "fraction":
            yield _with_tail(norm, _with_lead(norm, start, _fraction(numeral)))
            continue
        before = prefix_before(norm, numeral.start) if numeral.start > start else None
        numeral, given = _trimmed(norm, numeral)
        amount = _measured(norm, numeral, before, given)
        yield _with_tail(norm, _with_lead(norm, start, amount))


def _fraction(n: Numeral) -> Amount:
    return Amount(n.start, n.end, n.op, plain(n.value), "ratio", "", "ratio", n.style, "fraction", n.start, n.end)


def _measured(norm: str, numeral: Numeral, before: tuple[Unit, int] | None, given: tuple[Unit, int] | None) -> Amount:
    """A numeral with the unit that stands after it, or the currency before it."""
    op, position = numeral.op, numeral.end
    unit, unit_start, unit_end = None, position, position
    middle = _MIDDLE.match(norm, position)
    for gap in (middle, re.compile(r"\s{0,2}").match(norm, position)):
        found = given or (unit_at(norm, gap.end()) if gap else None)
        points = _POINTS.match(norm, position)
        if found is None and points:
            found = (unit_at("个百分点", 0)[0], points.end())  # type: ignore[index]
        if found and gap is not None:
            unit, unit_start, unit_end = found[0], gap.end(), found[1]
            if gap is middle and middle is not None:
                op = ">=" if middle["up"] else "~"
            break
    start = numeral.start
    if before is not None and (unit is None or unit.kind not in ("money", "percent", "times", "time")):
        unit, start, unit_end = before[0], before[1], numeral.end
        text = norm[before[1] : numeral.start].strip()
    elif (
        unit is not None
        and unit.kind == "level"
        and numeral.magnitude > 1
        or numeral.style == "magnitude"
        and unit is not None
        and unit.kind == "level"
    ):
        unit, text, unit_end = Unit("bare", "items", "bare", Decimal(1)), "", numeral.end  # 亿级 is a size, not a grade
    elif unit is not None:
        start = before[1] if before is not None and unit.kind == "money" and before[0].unit == unit.unit else start
        text = norm[unit_start:unit_end]
        op = ">=" if text == "个多月" else op
    else:
        unit, text = Unit("bare", "items", "bare", Decimal(1)), ""
    low, high = numeral.value * unit.factor, numeral.high
    if unit.kind in ("time", "length", "mass", "area", "volume") and (half := _HALF.match(norm, unit_end)):
        low, unit_end = low + unit.factor / 2, half.end()
    elif (unit.kind == "item" and numeral.end == unit_start and (half := _HALF_OF.match(norm, unit_start))) and (
        whole := unit_at(half["unit"], 0) or unit_at("个" + half["unit"], 0)
    ):
        low, unit, unit_end, text = (low + Decimal("0.5")) * whole[0].factor, whole[0], half.end(), half["unit"]
    small, unit_end = _small_change(norm, unit, unit_end) if before is None else (Decimal(0), unit_end)
    low += small
    if before is not None and norm.startswith("m", unit_end) and not norm[unit_end + 1 : unit_end + 2].isalpha():
        low, unit_end = low * 10**6, unit_end + 1
    number: Value = plain(low)
    if high is not None:
        number, op = [plain(low), plain(high * unit.factor)], "<>"
    style = "latin" if numeral.latin else numeral.style
    return Amount(start, unit_end, op, number, unit.unit, text, unit.kind, style, f"number.{unit.id}", start, unit_end)


def _with_lead(norm: str, start: int, a: Amount) -> Amount:
    """The amount with the operator that the words before it give (`超过`, `不到`, `近`)."""
    floor = max(start, a.start - 8)
    m = _LEAD_PATTERN.search(norm, floor, a.start)
    if m is None:
        vague = a.style == "magnitude" and norm[a.start - 1 : a.start] == "上"
        return replace(a, op=">=", lead=a.start - 1) if vague else a
    if m[0].rstrip() in ("过", "近", "快", "满", "超") and _NOT_LEAD.search(norm, floor, a.start):
        return a
    op = next(o for i, (o, _) in enumerate(_LEAD) if m[f"g{i}"])
    return replace(a, op=op if a.op != "<>" else a.op, lead=m.start())


def _with_tail(norm: str, a: Amount) -> Amount:
    """The amount with the operator that the words after it give (`以上`, `左右`, `以内`)."""
    for op, after in ((">=", _UP), ("<=", _DOWN), ("~", _ABOUT)):
        m = after.match(norm, a.end)
        if m:
            if op == "<=" and a.kind not in ("time", "people", "money") and m[0].strip() == "内":
                continue
            a = replace(a, op=op if a.op != "<>" else a.op, tail=m.end())
            break
    if a.kind == "bare" or a.unit_text == "":
        found = unit_at(norm, a.tail) if a.tail > a.end and a.kind == "bare" else None
        if found:
            u, end = found
            number = a.number if isinstance(a.number, list) else plain(Decimal(str(a.number)) * u.factor)
            a = replace(a, number=number, unit=u.unit, kind=u.kind, unit_text=norm[a.tail : end], end=end, tail=end)
    return a


def _joined(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Two amounts joined by 至, 到, - and the like become one range."""
    out: list[Amount] = []
    for a in amounts:
        if out and (pair := _range(norm, out[-1], a)):
            out[-1] = pair
        else:
            out.append(a)
    return out


_LISTED = re.compile(r"\s?(?:、|和|或|或者|甚至|、甚至|以及|及|还是)\s?(?:大?约|近|超过?)?")


def _shared_units(norm: str, amounts: list[Amount]) -> list[Amount]:
    """`2300亿、6000亿甚至7000亿个参数`: the unit at the end is that of the whole list."""
    out = list(amounts)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i], out[i + 1]
        plain_a = a.kind == "bare" and not isinstance(a.number, list) and a.style in ("arabic", "chinese")
        if plain_a and b.kind != "bare" and b.unit_text and _LISTED.fullmatch(norm, a.tail, b.start):
            number = Decimal(str(a.number)) * _magnitude_of(norm, a, b) * _factor_of(b)
            out[i] = replace(a, number=plain(number), unit=b.unit, kind=b.kind, unit_text=b.unit_text, form=b.form)
    return out


def _range(norm: str, a: Amount, b: Amount) -> Amount | None:
    if isinstance(a.number, list) or isinstance(b.number, list) or b.start < a.end:
        return None
    m = _RANGE.match(norm, a.end)
    if m is None or m.end() not in (b.lead, b.start) or (m[0].strip() == "/" and a.kind == "bare"):
        return None
    same = a.unit == b.unit and a.kind == b.kind
    low = Decimal(str(a.number))
    if not same:
        if a.kind != "bare" or a.unit_text:
            return None
        low *= _magnitude_of(norm, a, b) * (Decimal(1) if b.kind == "bare" else _factor_of(b))
    elif a.kind == "bare":
        low *= _magnitude_of(norm, a, b)
    elif m[0].strip() == "/":
        return None
    high = Decimal(str(b.number))
    if low > high and b.unit == "ratio":
        low, high = high, low
    if low >= high or (not low and norm[a.start - 1 : a.start] == "从"):
        return None  # 从0到1000亿: nothing is no lower end
    return replace(b, start=a.start, lead=a.lead, op="<>", number=[plain(low), plain(high)], form=b.form + ".range")


def _factor_of(b: Amount) -> Decimal:
    found = unit_at(b.unit_text, 0) if b.unit_text else None
    return found[0].factor if found else Decimal(1)


def _magnitude_of(norm: str, a: Amount, b: Amount) -> Decimal:
    """In `10-15万` the magnitude of the second numeral belongs to the first as well; in `5000到1万` it does not."""
    second = next(find_numerals(norm, b.start, b.end), None)
    if second is not None:
        second, _ = _trimmed(norm, second)
    if second is None or second.coefficient is None or second.magnitude == 1:
        return Decimal(1)
    first = next(find_numerals(norm, a.start, a.end), None)
    if first is None or first.magnitude != 1 or first.value > second.coefficient:
        return Decimal(1)
    return Decimal(second.magnitude)
