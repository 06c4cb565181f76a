"""Figures of several named things at once: `A、B和C均超过3万亿`, `A、B分别为750亿和650亿`."""

from __future__ import annotations

import re

from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context
from kg.document import EntityMention

_JOINED = re.compile(r"\s?(?:、|,|和|与|及|以及|/)\s?")
_ALL = re.compile(r"均|都|皆|各(?!类|种|地|界|国|家|个|大)|双双|一致")
_EACH_IN_TURN = re.compile(r"分别|依次")


def sharers(ctx: Context, subject: EntityMention, amount: Amount, amounts: list[Amount]) -> list[EntityMention]:
    """Whose a figure is, where `subject` is the last of a list of names: all of them, or the one in its turn."""
    listed = _listed(ctx, subject)
    if len(listed) == 1 or amount.start < subject.end:
        return [subject]
    between = ctx.norm[subject.end : amount.lead]
    turn = _EACH_IN_TURN.search(between)
    if turn is not None:
        after = subject.end + turn.end()
        group = [x for x in amounts if x.start >= after and x.kind == amount.kind]
        group = [x for x in group if not re.search(r"[,。;]", ctx.norm[after : x.start])]
        return [listed[group.index(amount)]] if amount in group and len(group) == len(listed) else [subject]
    return listed if _ALL.search(between) and not re.search(r"[,。;]", between) else [subject]


def _listed(ctx: Context, last: EntityMention) -> list[EntityMention]:
    """The list of names of one type that ends with a mention, in order."""
    out = [last]
    for m in reversed([m for m in ctx.mentions if m.end <= last.start]):
        if m.type != last.type or not _JOINED.fullmatch(ctx.norm, m.end, out[0].start):
            break
        out.insert(0, m)
    return out if len({m.entity for m in out}) == len(out) else [last]
