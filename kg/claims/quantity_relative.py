"""What a ratio is measured against: `是美国的1.6倍`, `与X相比低了90%`."""

from __future__ import annotations

import re

from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context

MULTIPLE = re.compile(r"倍|分之|\d/\d|[成折半]$")
_OTHERS = re.compile(r"(?:[高低多少大小优逊]于|仅次于|远超|领先于?|落后于?|不及|不如|超过了?|超越了?)$")
_AGAINST = re.compile(r"^\s?(?:而|但)?(?:与|和|同|跟|相比于?|相较于?|较|对比|比起)$")
_AGAINST_END = re.compile(r"(?:相比|相较|比较|对比|比起来)?\s?,")
_THAN = re.compile(
    r"(?:仅为|只有|仅有|是|达到?了?|约为|相当于|不到|不足|(?<!华)为|仅|已是|比|较|相比于?|低于|高于|超过|甚至不到|分别达到了?)\s?(?:[^,。;]{0,8})$"
)


def relative_to(ctx: Context, span: tuple[int, int]) -> str | None:
    """The entity that a ratio is measured against: `是美国的1.6倍`, `仅为其二十分之一`, `比GPT-4o低`."""
    norm = ctx.norm
    multiple = MULTIPLE.search(norm, *span)
    for m in reversed([m for m in ctx.mentions if m.end <= span[0]]):
        if ctx.clause(m.start) != ctx.clause(span[0]) or m.kind != "name":
            continue
        between = norm[m.end : span[0]]
        lead = norm[max(ctx.sentence.start, m.start - 12) : m.start]
        if not multiple and _OTHERS.search(lead):
            continue  # 高于X的33%: the percentage is X's own
        if (
            re.match(r"\s?(?:\([^)]{0,8}\))?(?:[^,。;]{0,16}的|低|高|少|多|快|便宜)[^,。;]{0,8}$", between)
            and _THAN.search(lead)
            and not re.search(r"[为是达占]|提出|公布|宣布|推出|发布", between)
        ):
            return m.entity
    for m in ctx.mentions:
        trained = re.fullmatch(r"(?:至少|约|大约|近)?", norm[m.end : span[0]]) and norm.endswith("次", span[0], span[1])
        if m.end <= span[0] and trained:
            return m.entity
    clause = ctx.clause(span[0])
    for m in ctx.mentions:
        before = norm[ctx.clauses[clause - 1][0] : m.start] if clause else ""
        if ctx.clause(m.start) == clause - 1 and _AGAINST.search(before) and _AGAINST_END.match(norm, m.end):
            return m.entity  # 与X相比,价格低了90%
    own = re.search(r"其(?:的)?[^,。;]{0,4}$", norm[ctx.sentence.start : span[0]])
    for m in reversed([m for m in ctx.mentions if m.end <= span[0]]):
        before = norm[ctx.sentence.start : m.start]
        if own and re.search(r"(?:相对于|相比于?|较|比|对比)[^,。;]{0,16}$", before):
            return m.entity
    return None


_BOUNDS = (
    ("<=", re.compile(r"(?:不到|不足|不及|低于|不超过|少于)(?:了)?[^,。;]{1,20}的$")),
    (">=", re.compile(r"(?<!不)(?:超过|高于|超出|至少是|多于)(?:了)?[^,。;]{1,20}的$")),
    ("~", re.compile(r"(?:大约|约|近|接近|几乎|大概|差不多)(?:是|为)?[^,。;]{1,20}的$")),
)


def bound(norm: str, start: int, amount: Amount) -> str:
    """The operator of a ratio that may stand before what it is measured against: `不到X的十分之一`."""
    if amount.op != "=":
        return amount.op
    return next((op for op, words in _BOUNDS if words.search(norm, start, amount.lead)), amount.op)
