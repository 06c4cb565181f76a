"""Names that a text defines: `深度求索(下称DeepSeek)`, `澜码科技(LanMa)`; the second form counts for the first.

A company's full name defines its short one too: `北京云杉智能科技有限公司` is called `云杉智能`.
"""

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
_FULL = re.compile(
    r"(?:中国|北京|上海|深圳|广州|杭州|南京|苏州|成都|武汉|西安|合肥|天津|重庆|长沙|厦门|宁波|珠海|无锡|青岛|浙江|广东|江苏|山东|四川|福建)?市?"
    r"(?P<short>[一-鿿]{3,6}?)(?:信息|网络|计算机|数字|软件|电子|数据|生物|医疗|文化|传媒|教育)?(?:科技|技术|发展)?(?:\([一-鿿]{2,4}\))?"
    r"(?:集团|控股)?(?:股份)?(?:有限)(?:责任)?公司"
)
_LATIN = re.compile(r"[A-Za-z]")
_NO_LATIN_BEFORE, _NO_LATIN_AFTER = re.compile("(?<![A-Za-z0-9])"), re.compile("(?![A-Za-z0-9])")


def find_definitions(page: Page, here: Sequence[Candidate]) -> dict[str, Candidate]:
    """The other names that an article defines, with the candidate that each stands for.

    A latin form in plain parentheses counts only behind a name in Chinese characters.
    """
    defined: dict[str, Candidate] = {}
    for c in here:
        full = _FULL.fullmatch(page.norm, c.start, c.end) if c.type == "Organization" and c.entry is None else None
        if full:
            defined.setdefault(full["short"], c)
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
