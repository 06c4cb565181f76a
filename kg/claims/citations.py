"""The source that 据…报道 or 根据…数据 names."""

from __future__ import annotations

import re

from kg.claims.holders import SPEAKERS, Holder, phrase_start, words_of
from kg.claims.wording import word_pattern, words
from kg.document import AnnotatedArticle

_HOUSE_NAME = re.compile(r"局|院|所|部(?!分)|中心|社|网|协会|公司|平台")


def cited(a: AnnotatedArticle, start: int, end: int) -> Holder | None:
    """The source named in [start, end), the inside of 据…报道 or 根据…数据; None where nothing there can speak."""
    norm = a.article.norm
    for found in a.mentions_in(start, end):
        if found.end <= end and found.type in SPEAKERS and found.type != "Place":
            inner = norm[start : found.start]
            if re.search(r"援引|引述|引用|对|与|关于|针对", inner):
                continue
            later = [
                m for m in a.mentions_in(found.end, end)
                if m.end <= end and m.type in ("Organization", "Person", "Product", "Work", "Policy")
                and not re.search(r"援引|引述|引用|对|与|关于|和|、|在|给", norm[found.end : m.start])
            ]  # fmt: skip
            chosen = later[-1] if later and found.type != "Person" else found
            return Holder(chosen.entity, chosen.start, chosen.end, chosen.type)
    sources = [
        *word_pattern("sources").finditer(norm, start, end),
        *word_pattern("documents").finditer(norm, start, end),
    ]
    if sources:
        head = max(sources, key=lambda m: m.end())
        house = _HOUSE_NAME.match(norm, head.end())  # 国家统计局: the head is part of a name
        stop = house.end() if house else head.end()
        name = words_of(norm, phrase_start(norm, start, head.start()), stop)
        return Holder(name, start, stop, "", any(w in name for w in words("reported_sources")))
    return None
