"""Whose figure it is where somebody speaks of himself: `我进行了100多笔投资`, `我们发布了三款芯片`."""

from __future__ import annotations

import re

from kg.claims.quantity_context import Context
from kg.document import EntityMention

VOICES = frozenset(("voice.we", "voice.i", "voice.you"))  # the rules of `kg.claims.voices`
_OTHERS = re.compile(
    r"(?:^|[,。;:!?“])\s?(?:而|但|但是|因此|所以|后来|随后|当时|如果|虽然|不过|其实|现在|然后|因为)?(?:[他她它]们?|你们?|您|大家|人们|对方|别人|有人)"
)


def spoken_of_others(ctx: Context, back: int, m: EntityMention, span: tuple[int, int], attribute: str) -> bool:
    """Whether a first person is too far from a figure to be its subject: in another sentence, or others come between.

    What I did in a clause is mine; figures of other clauses rarely are, but dates.
    """
    if m.rule not in VOICES:
        return False
    elsewhere = m.start > span[0] or ctx.clause(m.start) != ctx.clause(span[0])
    if back or m.type == "Person" and attribute != "event_date" and elsewhere:
        return True
    return _OTHERS.search(ctx.norm, m.end, max(m.end, span[0])) is not None
