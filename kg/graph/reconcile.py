"""Bring claims of different articles together: what corroborates what, and what cannot both hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Literal

from kg.record import Quantity, Record

ArticleKey = tuple[str, str]  # source, article id


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims (ids, a < b) and why they agree or disagree."""

    kind: Literal["corroborates", "contradicts"]
    a: str
    b: str
    reason: str


def reconcile(records: Sequence[Record]) -> list[Link]:
    """Links between quantity claims of different articles about the same subject, attribute, basis, unit and period."""
    groups: dict[tuple[str | None, ...], list[tuple[ArticleKey, Quantity]]] = defaultdict(list)
    for record in records:
        for q in record.quantities:
            if q.subject and q.modality in ("asserted", "reported") and not isinstance(q.number, str):
                key = (q.subject, q.attribute, q.unit, q.relative_to, q.time)
                groups[key].append(((record.source, q.evidence.article), q))
    links = {link for group in groups.values() for link in _compare(group)}
    return sorted(links, key=lambda x: (x.kind, x.a, x.b))


def _compare(group: Sequence[tuple[ArticleKey, Quantity]]) -> Iterator[Link]:
    for (article_a, a), (article_b, b) in combinations(group, 2):
        if article_a != article_b and a.id != b.id:
            (low_a, high_a), (low_b, high_b) = _bounds(a), _bounds(b)
            agree = low_a <= high_b and low_b <= high_a
            kind: Literal["corroborates", "contradicts"] = "corroborates" if agree else "contradicts"
            first, second = sorted((a.id, b.id))
            yield Link(kind, first, second, f"{a.attribute}: {a.op} {a.number} and {b.op} {b.number} {a.unit}")


def _bounds(q: Quantity) -> tuple[float, float]:
    """What a number allows: `~` a tenth either way, the others as their operator says."""
    if isinstance(q.number, list):
        return float(q.number[0]), float(q.number[1])
    n = float(q.number)
    return {"~": (n * 0.9, n * 1.1), ">=": (n, inf), "<=": (-inf, n)}.get(q.op, (n * 0.995, n * 1.005))


def independent_sources(articles: Iterable[ArticleKey], records: Sequence[Record]) -> tuple[int, int]:
    """How many articles, and how many of them independent: reprints of the same text count once."""
    distinct = sorted(set(articles))
    hashes = {r.source: r.sha256 for r in records}
    return len(distinct), len({(hashes[source], article) for source, article in distinct})
