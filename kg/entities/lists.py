"""Chinese names in a list of names that are known: `月之暗面、百川智能、云砚、阶跃星辰等公司`.

A member without function words between known members of one type is of that type too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.candidates import Candidate, Page, Rank
from kg.entities.patterns import load_patterns

_LIST = re.compile(r"(?<![^、,。;:!?\n()“”等])[^、,。;:!?\n()“”等]+(?:、[^、,。;:!?\n()“”等]{1,30})+等?")
_PIECE = re.compile(r"[^、]+")
_MEMBER = re.compile(
    r"(?:(?![的了是在有为不这那我你他她它们个次将把被让从就都很更最着过等和与及或以各])[一-鿿]){2,6}(?=$|等|和|与|及|以及)"
)
_JOINT = re.compile(r" ?(?:以及|和|与|及) ?")
_KNOWN = {"Organization": 2, "Model": 2, "Product": 3}  # members of a list that must be known, by type
_BEHIND = re.compile(r"等|和|与|及|以及")  # what may stand behind a member besides a comma of the list


def find_in_lists(page: Page, found: Sequence[Candidate]) -> list[Candidate]:
    """The unknown members of an article's lists of organisations, products or models."""
    if "、" not in page.norm:
        return []
    starts, ends = {c.start: c for c in found}, {c.end: c for c in found}
    more: list[Candidate] = []
    for run in _LIST.finditer(page.norm):
        known, open_ = _members(page.norm, run, starts, ends)
        types = {c.type for c in known}
        if len(types) != 1 or not open_:
            continue
        (type_,) = types
        if len(known) >= max(_KNOWN.get(type_, len(known) + 1), len(open_) + 1):
            more += [Candidate(s, e, type_, page.norm[s:e], "pattern:list", Rank.CUE) for s, e in open_]
    return more


def _members(
    norm: str, run: re.Match[str], starts: dict[int, Candidate], ends: dict[int, Candidate]
) -> tuple[list[Candidate], list[tuple[int, int]]]:
    """The known members of a list, and the spans of the others that may be names.

    Where the first member begins nothing shows, where the last one ends only 等 or 和 behind it.
    """
    known: list[Candidate] = []
    open_: list[tuple[int, int]] = []
    first, *inner, last = (p.span() for p in _PIECE.finditer(norm, *run.span()))
    known += [ends[first[1]]] if first[1] in ends else []
    for start, end, inside in [*((*span, True) for span in inner), *((*span, False) for span in _joined(norm, *last))]:
        start += norm[start] == " "
        member = _MEMBER.match(norm, start, end)
        if start in starts and (starts[start].end == end or _BEHIND.match(norm, starts[start].end)):
            known.append(starts[start])
        elif member and (member.end() == end) is inside and _is_name(norm, member.span(), starts):
            open_.append(member.span())
    return known, open_


def _joined(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The last piece of a list, in two where 和 joins its members; the first half keeps a character to see its end."""
    joint = _JOINT.search(norm, start + 1, end)
    if joint is None:
        yield start, end
    else:
        yield start, joint.start() + 1
        if joint.end() < end:
            yield joint.end(), end


def _is_name(norm: str, span: tuple[int, int], starts: dict[int, Candidate]) -> bool:
    name, table = norm[slice(*span)], load_patterns()
    if any(i in starts for i in range(*span)) or name in table.never:
        return False
    return not table.no_organizations.fullmatch(name)
