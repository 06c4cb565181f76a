"""Whose number it is: the subject of a quantity and what a ratio is measured against."""

from __future__ import annotations

import re
from functools import cache

from kg.claims.quantity_context import Context
from kg.claims.units import data_rows
from kg.document import EntityMention

_TRAINING = frozenset(("training_cost", "training_time", "data_size", "hardware_count", "compute", "parameter_count"))
_TRAINED = re.compile(r"训练出|训练了|训练(?=[A-Za-z])|训出|练出|炼出")
_SAYING = re.compile(r"^[^,。;:]{0,10}?(?:表示|称|认为|指出|报道|说|预测|估计|显示|援引|写道|统计|爆料|发文|数据)")
_OBJECT = re.compile(
    r"(?:由|被|向|为|与|和|跟|同|对|给|比|超过|较|于|从|在|用|凭借|基于|相比|除|收购|投资|领投|战胜|击败|仅次于|使用|采用|搭载|像|类似|如|离开|加入)\s?$"
)
_RELATIVE = re.compile(r"^(?:左右|以上|以下)?的[^,。;的是为]{0,12}$")
_GENERIC = re.compile(
    r"(?:企业|公司|厂商|机构|市场|行业|产业|产业界|业界|用户|网民|开发者|消费者|大模型|产品|品牌|国家|网站|团队|人们|员工|年轻人|家长|学生|游戏|应用|人才|劳动者|岗位|AI|投资者|专家|机器人|手机|汽车)"
)
_NOT_GENERIC = re.compile(r"(?:该|这家|这款|本|我|其|旗下|自家|这个|此)[^,。;]{0,6}$")
_UNNAMED = re.compile(
    r"(?:[一两三]|几|数十|某|华人|另)(?:个|家|款|支|位|种|些|名)?[^,。;]{0,22}?(?:公司|产品|AI|团队|企业|应用|平台|项目|模型|初创|网站)"
)


@cache
def preferences() -> dict[str, tuple[str, ...]]:
    """Attribute -> entity types, best first (`kg/data/quantities/subjects.tsv`)."""
    return {attribute: tuple(types.split(",")) for attribute, types, _ in data_rows("subjects.tsv", 3)}


def subject_of(
    contexts: list[Context], position: int, span: tuple[int, int], attribute: str, not_: str | None = None
) -> EntityMention | None:
    """The mention whose number stands at `span`; `position` is the index of its context. None where it has no name."""
    ctx = contexts[position]
    types = preferences()[attribute]
    best: tuple[float, int] | None = None
    chosen = None
    for back in range(0, min(4, position + 1)):
        other = contexts[position - back]
        if back and (
            other.sentence.paragraph < ctx.sentence.paragraph - 1 or other.sentence.kind in ("title", "heading")
        ):
            break
        for m in other.mentions:
            if m.entity == not_ or m.type not in types:
                continue
            score = _score(ctx, other, back, m, span, types, attribute)
            if score > 0 and (best is None or (score, m.start) > best):
                best, chosen = (score, m.start), m
    return chosen


def _score(
    ctx: Context,
    other: Context,
    back: int,
    m: EntityMention,
    span: tuple[int, int],
    types: tuple[str, ...],
    attribute: str,
) -> float:
    """How well a mention fits as the subject: type, grammatical role, distance; above zero where it may be it."""
    score = 30.0 - 3 * types.index(m.type) + _role(other, m)
    if m.kind != "name":
        score += 2
    if back:
        score -= 12 + 6 * back + (6 if other.sentence.paragraph != ctx.sentence.paragraph else 0)
        score -= 0 if other.role(m) in ("subject", "possessor", "coordinated") else 8
    elif m.start >= span[1]:
        score += _after(ctx, m, span, attribute)
    else:
        score += 10 - 0.05 * (span[0] - m.end) - 4 * (ctx.clause(span[0]) - ctx.clause(m.start))
    return score - _intervening(ctx, other, back, m, span)


def _role(other: Context, m: EntityMention) -> float:
    norm = other.norm
    before = norm[max(other.sentence.start, m.start - 6) : m.start]
    after = norm[m.end : min(other.sentence.end, m.end + 20)]
    role = other.role(m)
    score = {"subject": 8.0, "coordinated": 4.0, "possessor": 4.0, "agent": -10.0, "object": -3.0, "source": -40.0}[
        role
    ]
    if role != "source" and _OBJECT.search(before):
        score -= 8
    if re.match(r"^[^,。;:]{0,8}?(?:报道|曾报道|数据显示|统计|预测|发文)", after):
        score -= 25
    return score


def _after(ctx: Context, m: EntityMention, span: tuple[int, int], attribute: str) -> float:
    """A mention behind the number is its subject where the number describes it (`6710亿参数的模型DeepSeek-V3`)."""
    between = ctx.norm[span[1] : m.start]
    if _RELATIVE.match(between):
        return 14.0
    if (
        attribute in _TRAINING
        and m.type == "Model"
        and _TRAINED.search(ctx.norm, ctx.sentence.start, m.start)
        and ctx.clause(m.start) - ctx.clause(span[0]) <= 1
    ):
        return 12.0
    if len(between) <= 8 and "," not in between and "。" not in between:
        return -40.0 if len(between) <= 3 else -16.0
    return -12.0 - 0.4 * len(between) - 6 * (ctx.clause(m.start) - ctx.clause(span[0]))


def _intervening(ctx: Context, other: Context, back: int, m: EntityMention, span: tuple[int, int]) -> float:
    """What speaks for a subject without a name: a generic noun or an unnamed newcomer between mention and number."""
    if m.start >= span[1]:
        return 0.0
    norm, penalty = ctx.norm, 0.0
    start = ctx.clauses[ctx.clause(span[0])][0]
    if m.end <= start:
        for g in _GENERIC.finditer(norm, start, span[0]):
            if not _NOT_GENERIC.search(norm, start, g.start()) and not ctx.is_masked(g.start(), g.end()):
                penalty = 26.0
    for u in _UNNAMED.finditer(norm, max(m.end, ctx.sentence.start), span[0]):
        follows = any(0 <= x.start - u.end() <= 2 or u.start() <= x.start < u.end() for x in ctx.mentions)
        if not follows:
            penalty = max(penalty, 26.0)
    return penalty


_THAN = re.compile(
    r"(?:仅为|只有|仅有|是|达到?了?|约为|相当于|不到|不足|为|仅|已是|比|较|相比于?|低于|高于|超过|甚至不到|分别达到了?)\s?(?:[^,。;]{0,8})$"
)


def relative_to(ctx: Context, span: tuple[int, int], subject: str | None) -> str | None:
    """The entity that a ratio is measured against: `是美国的1.6倍`, `仅为其二十分之一`, `比GPT-4o低`."""
    norm = ctx.norm
    for m in reversed([m for m in ctx.mentions if m.end <= span[0]]):
        if ctx.clause(m.start) != ctx.clause(span[0]) or m.entity == subject or m.kind != "name":
            continue
        between = norm[m.end : span[0]]
        lead = norm[max(ctx.sentence.start, m.start - 12) : m.start]
        if re.match(
            r"\s?(?:\([^)]{0,8}\))?(?:[^,。;]{0,8}的|低|高|少|多|快|便宜)[^,。;]{0,8}$", between
        ) and _THAN.search(lead):
            return m.entity
    own = re.search(r"其(?:的)?[^,。;]{0,4}$", norm[ctx.sentence.start : span[0]])
    for m in reversed([m for m in ctx.mentions if m.end <= span[0]]):
        before = norm[ctx.sentence.start : m.start]
        if m.entity != subject and own and re.search(r"(?:相对于|相比于?|较|比|对比)[^,。;]{0,16}$", before):
            return m.entity
    return None
