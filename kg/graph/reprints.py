"""Which articles are one source: reprints of the same or nearly the same text."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence

from kg.identity import fold
from kg.record import Record

ArticleKey = tuple[str, str]  # a record's source and the id of an article in it

SHINGLE = 8  # characters; shorter ones are shared by chance
SAMPLE = 4  # one shingle in so many is kept, the same ones in every article
MIN_SHARED = 6  # sampled shingles in common, so that a quoted sentence alone makes no reprint
SAME_TEXT = 0.5  # share of the shorter article's shingles that the longer one has as well
MIN_TITLE = 8  # characters of a title that names one article and not a column
COMMON = 40  # articles; a shingle in more of them is a stock phrase

_NOISE = re.compile(r"[\W_]+")
_last: list[tuple[Sequence[Record], dict[ArticleKey, ArticleKey]]] = []


def source_groups(records: Sequence[Record]) -> dict[ArticleKey, ArticleKey]:
    """For each article the first article (in sorted order) that has the same text; itself where there is none.

    Texts are judged by the sentences that their claims cite, since a record holds no more of them. The groups of
    the records last asked about are kept.
    """
    if _last and _last[0][0] is records:
        return _last[0][1]
    groups = _groups(records)
    _last[:] = [(records, groups)]
    return groups


def _groups(records: Sequence[Record]) -> dict[ArticleKey, ArticleKey]:
    prints = {key: _shingles(texts) for key, texts in _cited(records).items()}
    parent = {key: key for key in prints}

    def root(key: ArticleKey) -> ArticleKey:
        while parent[key] != key:
            key = parent[key]
        return key

    for a, b in _alike(prints) + _same_titles(records):
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return {key: root(key) for key in prints}


def _cited(records: Sequence[Record]) -> dict[ArticleKey, list[str]]:
    texts: dict[ArticleKey, list[str]] = {(r.source, a.id): [] for r in records for a in r.articles}
    for r in records:
        for claim in r.claims():
            texts[r.source, claim.evidence.article].append(claim.evidence.text)
    return texts


def _shingles(texts: list[str]) -> frozenset[int]:
    found = set()
    for text in set(texts):
        plain = _NOISE.sub("", fold(text))
        for i in range(len(plain) - SHINGLE + 1):
            code = zlib.crc32(plain[i : i + SHINGLE].encode())
            if code % SAMPLE == 0:
                found.add(code)
    return frozenset(found)


def _alike(prints: dict[ArticleKey, frozenset[int]]) -> list[tuple[ArticleKey, ArticleKey]]:
    holders: dict[int, list[ArticleKey]] = defaultdict(list)
    for key in sorted(prints):
        for code in prints[key]:
            holders[code].append(key)
    shared: dict[tuple[ArticleKey, ArticleKey], int] = defaultdict(int)
    for keys in holders.values():
        if 1 < len(keys) <= COMMON:
            for i, a in enumerate(keys):
                for b in keys[i + 1 :]:
                    shared[a, b] += 1
    return [
        (a, b) for (a, b), n in sorted(shared.items())
        if n >= MIN_SHARED and n >= SAME_TEXT * min(len(prints[a]), len(prints[b]))
    ]  # fmt: skip


def _same_titles(records: Sequence[Record]) -> list[tuple[ArticleKey, ArticleKey]]:
    titles: dict[tuple[str, str | None], ArticleKey] = {}
    pairs = []
    for r in sorted(records, key=lambda r: r.source):
        for a in r.articles:
            name = _NOISE.sub("", fold(a.title))
            if len(name) < MIN_TITLE:
                continue
            first = titles.setdefault((name, None), (r.source, a.id))
            if first != (r.source, a.id):
                pairs.append((first, (r.source, a.id)))
    return pairs
