"""Names that a text defines: `深度求索(下称DeepSeek)`, `澜码科技(LanMa)`; the second form counts for the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.entities.candidates import Candidate, Page, Rank, places_of
from kg.record import CORE_TYPES

_KEYWORD = (
    r"以下简称|下称|简称|以下称|下文称|又称|也称|亦称|又名|原名|前身为|前身是|前身|曾用名|英文名为|英文名|中文名为|中文名|全称|"
    r"后改名为|后更名为|现更名为"
)
_DEFINED = re.compile(
    rf"[”’》]? ?\((?:(?:{_KEYWORD})[:：]? ?[“‘《]?(?P<named>[^()“”‘’《》,。;、]{{2,24}})"
    r"|(?P<latin>[A-ZÀ-Þ][A-Za-zÀ-ž0-9.&'’-]*(?: [A-ZÀ-Þ0-9&][A-Za-zÀ-ž0-9.&'’-]*){0,5}))[”’》]?[),]"
)
_LATIN = re.compile(r"[A-Za-z]")
_NO_LATIN_BEFORE, _NO_LATIN_AFTER = re.compile("(?<![A-Za-z0-9])"), re.compile("(?![A-Za-z0-9])")


def find_definitions(page: Page, here: Sequence[Candidate]) -> dict[str, Candidate]:
    """The other names that an article defines, with the candidate that each stands for.

    A latin form in plain parentheses counts only behind a name in Chinese characters.
    """
    defined: dict[str, Candidate] = {}
    for c in here:
        match = _DEFINED.match(page.norm, c.end) if c.type in CORE_TYPES else None
        if match is None:
            continue
        alias = (match["named"] or match["latin"]).strip()
        if not alias or (match["latin"] and (_LATIN.search(page.norm, c.start, c.end) or len(alias) < 3)):
            continue
        defined.setdefault(alias, c)
    return defined


def find_defined(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Every place of a defined name, as a candidate for what it stands for."""
    defined: dict[str, Candidate] = {}
    for page, here in zip(pages, found, strict=True):
        for alias, c in find_definitions(page, here).items():
            defined.setdefault(alias, c)
    if not defined:
        return [[] for _ in pages]
    return [
        [
            Candidate(start, end, c.type, c.name, f"defined:{c.name}", Rank.PATTERN, c.entry)
            for start, end in places_of(defined, page.norm, _NO_LATIN_BEFORE, _NO_LATIN_AFTER)
            for c in [defined[page.norm[start:end]]]
        ]
        for page in pages
    ]
