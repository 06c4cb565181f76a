"""Brings claims of different articles together: what corroborates, what contradicts, and what is about other things.

Only claims about the same subject, attribute, period, basis and unit are compared. Operators bound what a value allows
(`近`, `不到`, `超过`), a value written in larger units is a rounded one (`557万` may be anything from 556.5万 to 558万,
since news cut as often as they round), and a reprint is no second source. Nothing is dropped or overruled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from kg.graph.reprints import ArticleKey, source_groups
from kg.graph.values import (
    Side,
    Verdict,
    distance,
    judge_comparisons,
    judge_quantities,
    published_together,
    same_sentence,
)
from kg.record import Comparison, Quantity, Record, Relation

LinkKind = Literal["corroborates", "contradicts"]
DEALS = ("acquires", "investsIn", "partnersWith", "supplies", "integrates")
_LINKS: dict[str, LinkKind] = {"agree": "corroborates", "contradict": "contradicts"}


@dataclass(frozen=True, slots=True)
class Link:
    """A symmetric link between two claims, by their ids in sorted order, with the reason in words."""

    kind: LinkKind
    a: str
    b: str
    reason: str


def reconcile(records: Sequence[Record]) -> list[Link]:
    """The links between the claims of different articles, sorted by the claims' ids.

    Claims of reprints of one text corroborate nothing, since they are one source; where the same sentence has another
    figure in a reprint, that is linked, as a correction or a slip.
    """
    groups = source_groups(records)
    links: dict[tuple[str, str], Link] = {}
    for first, second, verdict in _verdicts(records):
        same_source = groups[first.article] == groups[second.article]
        kind = _LINKS.get(verdict.kind)
        if kind is None or first.claim.id == second.claim.id:
            continue
        if same_source and (kind == "corroborates" or not same_sentence(first, second)):
            continue
        a, b = sorted((first.claim.id, second.claim.id))
        links[a, b] = Link(kind, a, b, verdict.reason)
    return [links[k] for k in sorted(links)]


def independent_sources(articles: Iterable[ArticleKey], records: Sequence[Record]) -> tuple[int, int]:
    """How many of these articles there are, and how many are left when the reprints of one text count once.

    An article is given by its record's `source` and its id.
    """
    keys = set(articles)
    groups = source_groups(records)
    return len(keys), len({groups.get(k, k) for k in keys})


def _verdicts(records: Sequence[Record]) -> Iterator[tuple[Side, Side, Verdict]]:
    for sides in _buckets(records).values():
        pairs: dict[tuple[ArticleKey, ArticleKey], list[tuple[Side, Side, Verdict]]] = defaultdict(list)
        for first, second in combinations(sorted(sides, key=lambda s: (s.article, s.claim.id)), 2):
            if first.article != second.article:
                pairs[first.article, second.article].append((first, second, _judge(first, second)))
        for found in pairs.values():
            yield from _plain(found)


def _judge(first: Side, second: Side) -> Verdict:
    if isinstance(first.claim, Quantity):
        return judge_quantities(first, second)
    return judge_comparisons(first, second) if isinstance(first.claim, Comparison) else _judge_relations(first, second)


def _plain(found: list[tuple[Side, Side, Verdict]]) -> Iterator[tuple[Side, Side, Verdict]]:
    """What two articles plainly say of one thing: one that gives several values is held to the nearest of them.

    Where they agree on one value they do not contradict each other by another, which is then of something else.
    """
    agree = any(v.kind == "agree" for _, _, v in found)
    gaps = [distance(a, b) for a, b, v in found if v.kind == "contradict"]
    for a, b, v in found:
        if v.kind != "contradict" or not agree and distance(a, b) <= min(gaps):
            yield a, b, v
        else:
            yield a, b, Verdict("different", "one article gives several values, and another is nearer")


def _buckets(records: Sequence[Record]) -> dict[tuple[str, ...], list[Side]]:
    """Claims that could be about the same thing, side by side."""
    buckets: dict[tuple[str, ...], list[Side]] = defaultdict(list)
    for r in records:
        published = {a.id: a.published for a in r.articles}

        def side(
            claim: Quantity | Comparison | Relation, r: Record = r, published: dict[str, str | None] = published
        ) -> Side:
            return Side(claim, (r.source, claim.evidence.article), published.get(claim.evidence.article))

        for q in r.quantities:
            if q.subject is not None:
                buckets["quantity", q.subject, q.attribute].append(side(q))
        for c in r.comparisons:
            buckets["comparison", *sorted((c.subject, c.object))].append(side(c))
        for x in r.relations:
            buckets["relation", x.subject, x.predicate, x.object].append(side(x))
    # Relations that agree are counted on their edge; only a denial beside an assertion is worth a link.
    return {
        k: v for k, v in buckets.items()
        if len(v) > 1 and (k[0] != "relation" or any(s.claim.modality == "denied" for s in v))
    }  # fmt: skip


def _judge_relations(a: Side, b: Side) -> Verdict:
    """A deal that one denies and another states at about the same time; other denials are of less than the relation."""
    p, q = a.claim, b.claim
    assert isinstance(p, Relation) and isinstance(q, Relation)
    if "question" in (p.modality, q.modality) or (p.modality == "denied") == (q.modality == "denied"):
        return Verdict("different", "neither denies the other")
    if p.predicate not in DEALS or not published_together(a, b):
        return Verdict("different", "what is denied need not be what the other states")
    return Verdict(
        "contradict", f"one denies what the other has as {q.modality if p.modality == 'denied' else p.modality}"
    )
