"""What a figure may be of instead of a name before it: things without a name, newcomers, and what heads its phrase."""

from __future__ import annotations

import re

from kg.claims.quantity_context import Context
from kg.claims.quantity_patterns import pattern
from kg.claims.quantity_phrases import other_subject
from kg.document import EntityMention
from kg.record import CORE_TYPES

_THIS = re.compile(
    r"(?:该|这家|这款|此款|这所)(?:公司|企业|机构|产品|模型|平台|芯片|应用|工具|项目|大学|系统|软件|集团|团队|基金|网站)"
)
GENERIC_SUBJECT = pattern("generic-subject")
_OURS = pattern("ours")
UNNAMED = pattern("unnamed")
_HE = re.compile(
    r"(?:^|[,。;:!?“])\s?(?:而|但|但是|因此|所以|后来|随后|当时|如果|虽然|不过|其实|现在)?(?P<he>[他她](?!们))"
)
_PREDICATE = re.compile(r"(?:是|成为|作为|成了|算是|当作|称为|变成)(?:了|的)?[^,。;]{0,10}$")
_NEWCOMER = pattern("newcomer")
_ITS_HEAD = pattern("its-head")
_NEW_HEAD = pattern("new-head")
_UNKNOWN_NAME = pattern("unknown-name")


def intervening(ctx: Context, other: Context, back: int, m: EntityMention, span: tuple[int, int]) -> float:
    """What speaks for a subject without a name: a generic noun or an unnamed newcomer between mention and number."""
    if m.type != "Person" and _someone(ctx, m, span[0]):
        return 60.0
    if m.start >= span[1]:
        return 0.0
    norm, penalty = ctx.norm, 0.0
    start = ctx.sentence.start if back else ctx.clauses[ctx.clause(m.start)][1]
    if m.end <= start:
        for g in GENERIC_SUBJECT.finditer(norm, start, span[0]):
            if not _OURS.search(norm, start, g.start()) and not any(
                x.start < g.end() and g.start() < x.end for x in ctx.mentions if x.type in CORE_TYPES
            ):
                penalty = 60.0
    for g in _THIS.finditer(norm, ctx.sentence.start, span[0]):  # words that stand for something, and nobody knows what
        known = any(x.start < g.end() and g.start() < x.end or x.start == g.end() for x in ctx.mentions)
        if not known:
            penalty = 60.0
    if m.end <= span[0] and headed(ctx, m, span):
        penalty = 60.0
    if other_subject(ctx, ctx.sentence.start if back else m.end, span[0], m.type):
        penalty = 60.0
    since = m.end
    if m.kind != "name":  # a pronoun is only as good as the name that it goes back to
        since = max(
            (x.end for x in other.a.mentions if x.entity == m.entity and x.kind == "name" and x.end <= m.start),
            default=m.end,
        )
    for u in UNNAMED.finditer(norm, max(since, ctx.sentence.start), span[0]):
        named = [x for x in ctx.mentions if x.kind == "name" and x.type in CORE_TYPES]
        follows = any(-1 <= x.start - u.end() <= 2 or u.start() <= x.start < u.end() for x in named)
        told = _PREDICATE.search(norm, max(since, ctx.sentence.start), u.start())  # X成为一个典型产品: X itself
        if not follows and not told and not _OURS.search(norm, max(since, ctx.sentence.start), u.start()):
            penalty = max(penalty, 60.0)
    return penalty


def _someone(ctx: Context, m: EntityMention, number: int) -> bool:
    """Whether a person's pronoun, nobody knows whose, opens a clause between mention and number, or the number's."""
    start = m.end if m.end <= number else ctx.clauses[ctx.clause(number)][0]
    start, end = max(start, ctx.sentence.start) - 1, max(m.start, number)  # with the mark before
    return any(
        not any(x.start <= p.start("he") < x.end for x in ctx.mentions) for p in _HE.finditer(ctx.norm, start, end)
    )


def headed(ctx: Context, m: EntityMention, span: tuple[int, int]) -> bool:
    """Whether the figure is of a nearer thing without a name: `另一个2个月突破2000万的产品`, `新GPU的总带宽`."""
    norm = ctx.norm
    start, end = ctx.clauses[ctx.clause(span[0])]
    named = [x for x in ctx.mentions if x.kind == "name" and x.type in CORE_TYPES and x.start > m.start]
    begun = _NEWCOMER.search(norm, max(m.end, start), span[0])
    if begun and (head := _ITS_HEAD.match(norm, span[1], end)):
        return not any(begun.start() <= x.start <= head.end() + 2 for x in named)
    for g in _NEW_HEAD.finditer(norm, max(m.end, start), span[0]):
        if not any(-2 <= x.start - g.end() <= 2 or g.start() <= x.start < g.end() for x in named):
            return True
    return any(
        not any(x.start < g.end() and g.start() < x.end for x in ctx.mentions)
        for g in _UNKNOWN_NAME.finditer(norm, max(m.end, ctx.sentence.start), span[0])
    )
