"""How surely something is said: asserted, reported, hedged, question or denied, from cue words and their scope."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.claims.clauses import Span, inside, segments
from kg.claims.wording import guarded, patterns

ASSERTED = "asserted"
_ORDER = {"question": 0, "reported": 1, "hedged": 2, "denied": 3}
_QUESTION = re.compile(r"(?:\?|[吗呢][。”’]*)[”’)\s]*$")
# A clause that opens with one of these turns to what is already so, and a forecast before it does not reach it.
_TURNS = re.compile(r"(?:但|不过|而|目前|现在|如今|已|此前|之前|事实上|其中|因为|由于|当前|却|然而|这)")
_DONE = re.compile(r"已经|已(?=[^经])|[^为除极罢公不忘完](?<!为)了(?=[^解不得如])")


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text in which a cue makes what is said less than asserted."""

    start: int
    end: int
    modality: str
    rule: str


@cache
def _cues() -> tuple[re.Pattern[str], tuple[dict[str, Any], ...]]:
    entries = tuple(patterns("modality")["cue"])
    return re.compile("|".join(f"({guarded(e)})" for e in entries)), entries


def scopes(norm: str, sentence: Span, quotes: tuple[Span, ...]) -> list[Scope]:
    """The scopes of all cues of a sentence, in order; a cue in a quotation reaches to the quotation's end."""
    regex, entries = _cues()
    found: list[Scope] = []
    parts: dict[Span, list[Span]] = {}
    for m in regex.finditer(norm, *sentence):
        entry = entries[(m.lastindex or 1) - 1]
        quote = inside(m.start(), quotes)
        bounds = (max(sentence[0], quote[0]), min(sentence[1], quote[1])) if quote else sentence
        if bounds not in parts:
            parts[bounds] = segments(norm, *bounds, () if quote else quotes)
        start, end = _reach(norm, m.start(), m.end(), bounds, parts[bounds], entry["scope"])
        found.append(Scope(start, end, entry["modality"], entry["id"]))
    if _QUESTION.search(norm, max(sentence[0], sentence[1] - 4), sentence[1]):
        found.append(Scope(*sentence, "question", "mod.question"))
    return found


def _reach(norm: str, start: int, end: int, bounds: Span, parts: list[Span], scope: str) -> Span:
    if scope == "sentence":
        return bounds
    index = next((i for i, p in enumerate(parts) if p[0] <= start < p[1]), None)
    if index is None:
        return start, end
    last = parts[index][1]
    if scope == "right":
        for a, b in parts[index + 1 :]:
            if _TURNS.match(norm, a) or _DONE.search(norm, a, b):
                break
            last = b
    return start, last


def strongest(found: list[Scope], start: int, end: int) -> str:
    """The modality of [start, end): of the scopes that touch it, question before reported, hedged, denied."""
    touching = [s.modality for s in found if s.start < end and start < s.end]
    return min(touching, key=_ORDER.__getitem__, default=ASSERTED)


def of_saying(norm: str, content: Span, kind: str, reported: bool, found: list[Scope]) -> str:
    """The modality of a statement: of its content as a whole, seen with the verb that brings it."""
    if _QUESTION.search(norm, max(content[0], content[1] - 4), content[1]) or kind == "ask":
        return "question"
    if reported:
        return "reported"
    if kind == "deny":
        return "denied"
    hedged = any(s.modality == "hedged" and s.start < content[1] and content[0] < s.end for s in found)
    return "hedged" if hedged or kind == "predict" else ASSERTED
