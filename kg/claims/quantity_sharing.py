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
    """Whose a figure is, where `subject` is one of a list of names: all of theirs, or of the one in its turn."""
    listed = _listed(ctx, subject)
    last = listed[-1].end
    if len(listed) == 1 or amount.start < last:
        return [subject]
    between = ctx.norm[last : amount.lead]
    turn = _EACH_IN_TURN.search(between)
    if turn is not None:
        after = last + turn.end()
        group = [x for x in amounts if x.start >= after and x.kind == amount.kind]
        group = [x for x in group if not re.search(r"[,。;]", ctx.norm[after : x.start])]
        return [listed[group.index(amount)]] if amount in group and len(group) == len(listed) else [subject]
    return listed if _ALL.search(between) and not re.search(r"[,。;]", between) else [subject]


def _listed(ctx: Context, one: EntityMention) -> list[EntityMention]:
    """The list of names of one type that a mention belongs to, in order."""
    out = [one]
    for m in reversed([m for m in ctx.mentions if m.end <= one.start]):
        if m.type != one.type or not _JOINED.fullmatch(ctx.norm, m.end, out[0].start):
            break
        out.insert(0, m)
    for m in [m for m in ctx.mentions if m.start >= one.end]:
        if m.type != one.type or not _JOINED.fullmatch(ctx.norm, out[-1].end, m.start):
            break
        out.append(m)
    return out if len({m.entity for m in out}) == len(out) else [one]
