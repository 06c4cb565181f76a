"""Whose number it is: the subject of a quantity and what a ratio is measured against."""

from __future__ import annotations

import re
from functools import cache

from kg.claims.attribution import Attribution
from kg.claims.quantity_context import Context
from kg.claims.units import data_rows
from kg.document import EntityMention

_SOURCE = re.compile(r"(?:据|根据|援引|来自|源自|按照|引述)[^,。;]{0,4}$")
_SAYS = re.compile(r"^[^,。;:]{0,8}?(?:表示|称|认为|指出|透露|报道|说|预测|预计|估计|显示|援引|写道|介绍|统计|爆料)")
_OBJECT = re.compile(r"(?:由|被|向|为|与|和|跟|同|对|给|比|超过|较|于|从|在|用|凭借|基于|相比|除|收购|投资|领投|战胜|击败|仅次于|使用|采用|搭载|像|类似|如)\s?$")
_BY = re.compile(r"^[^,。;]{0,14}?(?:领投|跟投|参投|投资|出资|收购)")
_OWNER = re.compile(r"^\s?(?:旗下|的|创始人|联合创始人|CEO|首席|公司|官方|董事长|总裁|高管)")
_GENERIC = re.compile(
    r"(?:国内|国产|全球|世界|中国|美国|海外|我国|各地|全国|行业|产业|业界|不少|多数|大部分|许多|很多|其他|普通|一般|传统|新一代|未来|每名|每个|每家|所有|这些|那些|部分)"
    r"[^,。;的]{0,14}(?:企业|公司|厂商|机构|市场|行业|产业|用户|网民|开发者|消费者|模型|产品|品牌|国家|手机|汽车|规模|团队|岗位|人口|数据中心|工厂|游戏|应用)"
)


@cache
def preferences() -> dict[str, tuple[str, ...]]:
    """Attribute -> entity types, best first (`kg/data/quantities/subjects.tsv`)."""
    return {attribute: tuple(types.split(",")) for attribute, types, _ in data_rows("subjects.tsv", 3)}


def subject_of(
    contexts: list[Context], position: int, span: tuple[int, int], attribute: str, attribution: Attribution, not_: str | None = None
) -> EntityMention | None:
    """The mention whose number stands at `span`; `position` is the index of its context. None where it has no name."""
    ctx = contexts[position]
    types = preferences()[attribute]
    best: tuple[float, int] | None = None
    chosen = None
    for back, other in enumerate(reversed(contexts[max(0, position - 3) : position + 1])):
        if back and other.sentence.paragraph < ctx.sentence.paragraph - 1:
            break
        for m in other.mentions:
            if m.entity == not_ or m.type not in types:
                continue
            score = _score(ctx, other, back, m, span, types, attribution)
            if score > 0 and (best is None or (score, m.start) > best):
                best, chosen = (score, m.start), m
    return chosen


def _score(
    ctx: Context, other: Context, back: int, m: EntityMention, span: tuple[int, int], types: tuple[str, ...], attribution: Attribution
) -> float:
    norm = ctx.norm
    score = 40.0 - 5 * types.index(m.type)
    before = norm[max(other.sentence.start, m.start - 8) : m.start]
    after = norm[m.end : min(other.sentence.end, m.end + 20)]
    if back:
        score -= 12 * back + (10 if other.sentence.paragraph != ctx.sentence.paragraph else 0)
        score += 6 if m.start == min((x.start for x in other.mentions), default=-1) else 0
    elif m.start >= span[1]:
        score -= 8 + 0.5 * (m.start - span[1]) + 7 * (ctx.clause(m.start) - ctx.clause(span[0]))
        if m.start - span[1] <= 2:
            score -= 15
    else:
        clauses = ctx.clause(span[0]) - ctx.clause(m.start)
        score += 8 - 0.15 * (span[0] - m.end) - 4 * clauses
    if _SOURCE.search(before) or (_SAYS.match(after) and m.entity == attribution.holder(span[0])):
        score -= 18
    if _OBJECT.search(before):
        score -= 9
    if back == 0 and _GENERIC.search(norm, max(ctx.sentence.start, ctx.clauses[ctx.clause(span[0])][0]), span[0]) and ctx.clause(m.start) != ctx.clause(span[0]):
        score -= 25
    elif back and _GENERIC.search(norm, ctx.sentence.start, span[0]):
        score -= 30
    return score - (22 if back else 0)


_THAN = re.compile(
    r"(?:仅为|只有|仅有|是|达到?了?|约为|相当于|不到|不足|为|仅|已是|比|较|相比于?|低于|高于|超过|甚至不到)\s?(?:[^,。;]{0,8})$"
)


def relative_to(ctx: Context, span: tuple[int, int], subject: str | None) -> str | None:
    """The entity that a ratio is measured against: `是美国的1.6倍`, `仅为其二十分之一`, `比GPT-4o低`."""
    norm = ctx.norm
    for m in reversed([m for m in ctx.mentions if m.end <= span[0]]):
        if ctx.clause(m.start) != ctx.clause(span[0]) or m.entity == subject:
            continue
        between = norm[m.end : span[0]]
        lead = norm[max(ctx.sentence.start, m.start - 12) : m.start]
        if re.match(r"\s?(?:\([^)]{0,8}\))?(?:[^,。;]{0,8}的|低|高|少|多|快|便宜)[^,。;]{0,6}$", between) and _THAN.search(lead):
            return m.entity
    if re.search(r"其(?:的)?[^,。;]{0,4}$", norm[ctx.sentence.start : span[0]]):
        for m in reversed([m for m in ctx.mentions if m.end <= span[0]]):
            if m.entity != subject and re.search(r"(?:相对于|相比于?|较|比|对比)[^,。;]{0,16}$", norm[ctx.sentence.start : m.start]):
                return m.entity
    return None
