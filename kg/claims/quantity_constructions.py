"""Wordings that tie a figure to a name, or keep it from one: `对X的1亿美元融资`, `X推出8天实现…`, `例如X比Y快4倍`.

The rules stand in `kg/data/quantities/constructions.tsv`. They are read on the sentence with the mention in question
written as `{M}`, others as `{E}`, and the figure as `{N}`: `{R}` a multiple (`3倍`, `十分之一`), `{V}` any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.claims.quantity_context import Context
from kg.claims.quantity_relative import MULTIPLE
from kg.claims.units import data_rows
from kg.document import EntityMention
from kg.record import CORE_TYPES

_SIGNS = {"{M}": "\ue000", "{E}": "\ue001", "{V}": "\ue002", "{R}": "\ue003"}
_NAMED = frozenset((*CORE_TYPES, "Place"))  # others, such as AI, are words like any
_WINDOW = 90  # characters around mention and figure that a construction may span


@dataclass(frozen=True, slots=True)
class Construction:
    id: str
    attributes: frozenset[str]
    types: frozenset[str]
    score: float
    expression: re.Pattern[str]


@cache
def constructions() -> tuple[Construction, ...]:
    """The rules of `kg/data/quantities/constructions.tsv`."""
    out = []
    for id_, attributes, types, score, expression, _, _ in data_rows("constructions.tsv", 7):
        expression = expression.replace("{N}", "[{V}{R}]")
        for name, sign in _SIGNS.items():
            expression = expression.replace(name, sign)
        out.append(
            Construction(
                id_, frozenset(attributes.split(",")), frozenset(types.split(",")), float(score), re.compile(expression)
            )
        )
    return tuple(out)


def constructed(ctx: Context, m: EntityMention, span: tuple[int, int], attribute: str) -> float:
    """The score that the constructions give a mention of the sentence as the subject of the figure at `span`."""
    if abs(m.start - span[0]) > _WINDOW:
        return 0.0
    text = _signed(ctx, m, span)
    return sum(
        c.score
        for c in constructions()
        if ("*" in c.attributes or attribute in c.attributes)
        and ("*" in c.types or m.type in c.types)
        and c.expression.search(text)
    )


def _signed(ctx: Context, m: EntityMention, span: tuple[int, int]) -> str:
    """The words around mention and figure, with signs in place of the names and of the figure."""
    low = max(ctx.sentence.start, min(m.start, span[0]) - _WINDOW)
    high = min(ctx.sentence.end, max(m.end, span[1]) + _WINDOW)
    marks = [
        (x.start, x.end, "{M}" if x.start == m.start else "{E}")
        for x in ctx.mentions
        if low <= x.start < high and (x.type in _NAMED or x.start == m.start)
    ]
    marks = [x for x in marks if x[2] == "{M}" or not (x[0] < span[1] and span[0] < x[1])]
    out, last = "", low
    figure = "{R}" if MULTIPLE.search(ctx.norm, *span) else "{V}"
    for start, end, name in sorted([*marks, (*span, figure)]):
        if start >= last:
            out += ctx.norm[last:start] + _SIGNS[name]
            last = end
    return out + ctx.norm[last:high]
