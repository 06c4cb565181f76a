"""The graph as the page's one JSON island: numbered entities (most important first), edges, claims, links, articles."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.export.page.drawing import Dot, Line, vis_network
from kg.export.page.groups import communities
from kg.export.page.texts import ArticleText
from kg.graph.layout import layout
from kg.record import CORE_TYPES, SYMMETRIC, Claim, Comparison, Quantity, Relation, Statement

if TYPE_CHECKING:
    from kg.graph.build import ArticleKey, KnowledgeGraph, Node

GROUP_LIMIT = 20000  # nodes above which the page opens on groups of them
TIES = 3  # strongest ties of a group that are drawn
VIS_LIMIT = 2000  # nodes up to which vis-network draws; above, sigma.js (measured: benchmarks/page.py)
CURVED = 600  # edges up to which they are drawn curved
LABEL_WIDTH, LABEL_HEIGHT = 15, 36  # layout units per (wide) character of a label, and of its line
GENERAL = 0.55  # weight of places, technologies and the like beside the things that articles are about
SIZES = (9, 34)  # smallest and largest radius of a node


def island(graph: KnowledgeGraph, articles: Sequence[ArticleText], *, base_iri: str) -> dict[str, Any]:
    """Everything that the page shows, as one JSON object; references are indices into its lists."""
    texts = {(t.source, t.article_id): t for t in articles}
    article_number = {key: i for i, key in enumerate(graph.articles)}
    weight = importance(graph)
    nodes = sorted(graph.nodes.values(), key=lambda n: (-weight[n.id], n.id))
    number = {n.id: i for i, n in enumerate(nodes)}
    claims = list(graph.claims.values())
    claim_number = {ref.claim.id: i for i, ref in enumerate(claims)}
    edges = _edges(graph, number, claim_number)
    return {
        "schema": 1,
        "base": base_iri,
        "engine": "vis" if len(nodes) <= VIS_LIMIT else "sigma",
        "entities": [_entity(n, article_number) for n in nodes],
        "edges": edges,
        "claims": [_claim(r.claim, r.kind, number, article_number[r.article], texts.get(r.article)) for r in claims],
        "links": [_link(link, claim_number) for link in graph.links],
        "articles": _articles(graph, texts),
        "drawing": _drawing(nodes, edges, _sizes([weight[n.id] for n in nodes])),
        **_groups(len(nodes), edges),
    }


def importance(graph: KnowledgeGraph) -> dict[str, float]:
    """How much the texts make of each entity: its ties, its claims and its mentions, articles counting most."""
    ties: Counter[str] = Counter()
    for e in graph.edges:
        ties[e.subject] += 1
        ties[e.object] += 1
    numbers = Counter(r.claim.subject for r in graph.claims.values() if isinstance(r.claim, Quantity))
    weights = {}
    for n in graph.nodes.values():
        said = len(graph.claims_held.get(n.id, ()))
        weight = math.sqrt(n.mentions) + 2.0 * math.sqrt(ties[n.id]) + math.sqrt(numbers[n.id]) + math.sqrt(said)
        weight += 1.5 * math.sqrt(max(0, len(n.articles) - 1))
        weights[n.id] = round(weight * (1.0 if n.type in CORE_TYPES else GENERAL), 6)
    return weights


def _sizes(weights: Sequence[float]) -> list[int]:
    low, high = SIZES
    top = max(weights, default=1.0) or 1.0
    return [round(low + (high - low) * (w / top) ** 1.3) for w in weights]


def _entity(node: Node, article_number: Mapping[ArticleKey, int]) -> dict[str, Any]:
    names = dict.fromkeys(text for _, text in node.aliases)
    return {
        "id": node.id,
        "type": node.type,
        "name": node.name,
        "labels": dict(node.labels),
        "aliases": [n for n in names if n not in node.labels.values()],
        "tags": [[lang, text] for lang, text in node.aliases],
        "wikidata": node.wikidata,
        "mentions": node.mentions,
        "articles": [article_number[a] for a in node.articles],
    }


def _edges(graph: KnowledgeGraph, number: Mapping[str, int], claim_number: Mapping[str, int]) -> list[dict[str, Any]]:
    """Relations, and comparisons gathered by their two sides and direction."""
    rows = [
        {
            "s": number[e.subject],
            "p": e.predicate,
            "o": number[e.object],
            "claims": [claim_number[c.claim.id] for c in e.claims],
            "sources": e.sources,
            "independent": e.independent,
        }
        for e in graph.edges
        if e.subject in number and e.object in number
    ]
    compared: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for ref in graph.claims.values():
        c = ref.claim
        if isinstance(c, Comparison) and c.subject in number and c.object in number:
            compared[number[c.subject], c.direction, number[c.object]].append(claim_number[c.id])
    order = list(graph.claims.values())
    for (s, direction, o), found in sorted(compared.items()):
        sources = len({order[i].article for i in found})
        rows.append(
            {"s": s, "p": direction, "o": o, "claims": found, "sources": sources, "independent": sources, "compares": 1}
        )
    return rows


def _claim(
    claim: Claim, kind: str, number: Mapping[str, int], article: int, text: ArticleText | None
) -> dict[str, Any]:
    e = claim.evidence
    place = text.locate(e) if text else None
    head: dict[str, Any] = {"id": claim.id, "kind": kind}
    tail: dict[str, Any] = {
        "holder": number.get(claim.holder, claim.holder),
        "modality": claim.modality,
        "article": article,
        "span": [e.start, e.end],
        "text": e.text,
        "place": list(place) if place else None,
        "rule": claim.rule,
    }
    match claim:
        case Relation():
            body: dict[str, Any] = {"s": number.get(claim.subject), "p": claim.predicate, "o": number.get(claim.object)}
        case Quantity():
            body = {
                "s": number.get(claim.subject or ""),
                "p": claim.attribute,
                "op": claim.op,
                "number": claim.number,
                "unit": claim.unit,
                "unitText": claim.unit_text,
                "o": number.get(claim.relative_to or ""),
                "time": claim.time,
            }
        case Comparison():
            body = {
                "s": number.get(claim.subject),
                "p": claim.direction,
                "o": number.get(claim.object),
                "dimension": claim.dimension,
            }
        case Statement():
            about = [number[a] for a in claim.about if a in number]
            body = {"mode": claim.mode, "content": claim.content, "about": about}
    return head | body | tail


def _link(link: Any, claim_number: Mapping[str, int]) -> dict[str, Any]:
    return {"kind": link.kind, "a": claim_number[link.a], "b": claim_number[link.b], "reason": link.reason}


def _articles(graph: KnowledgeGraph, texts: Mapping[ArticleKey, ArticleText]) -> list[dict[str, Any]]:
    hashes = {r.source: r.sha256[:16] for r in graph.records}  # as the RDF's IRIs carry them
    rows = []
    for (source, id_), a in graph.articles.items():
        text = texts.get((source, id_))
        rows.append(
            {
                "source": source,
                "hash": hashes[source],
                "id": id_,
                "title": a.title,
                "authors": list(a.authors),
                "publisher": a.publisher,
                "published": a.published,
                "language": a.language,
                "sentences": text.to_json() if text else [],
            }
        )
    return rows


def _drawing(nodes: Sequence[Node], edges: Sequence[Mapping[str, Any]], sizes: Sequence[int]) -> dict[str, Any]:
    boxes = None
    if len(nodes) <= VIS_LIMIT:
        boxes = [(_label_width(n), 2 * size + LABEL_HEIGHT + 10) for n, size in zip(nodes, sizes, strict=True)]
    places = layout(len(nodes), [(e["s"], e["o"]) for e in edges], boxes)
    dots = [Dot(i, x, y, size) for i, ((x, y), size) in enumerate(zip(places, sizes, strict=True))]
    seen: Counter[tuple[int, int]] = Counter()
    lines = []
    for i, e in enumerate(edges):
        pair = (min(e["s"], e["o"]), max(e["s"], e["o"]))
        seen[pair] += 1
        side = 1 if e["s"] < e["o"] else -1
        bend = side * (0.1 + 0.12 * (seen[pair] // 2)) * (1 if seen[pair] % 2 else -1)
        lines.append(
            Line(
                i,
                e["s"],
                e["o"],
                width=min(4.0, 1.2 + 0.6 * (e["sources"] - 1)),
                dashed=bool(e.get("compares")),
                arrow=e["p"] not in SYMMETRIC and e["p"] != "equal",
                bend=round(bend, 2) if len(edges) <= CURVED else 0.0,
            )
        )
    return vis_network(dots, lines)


def _groups(count: int, edges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """For very large graphs: the group of each node, the groups with size and place, and the strongest ties of each."""
    if count <= GROUP_LIMIT:
        return {}
    group = communities(count, [(e["s"], e["o"]) for e in edges])
    sizes = Counter(group)
    ties = Counter((min(tied), max(tied)) for e in edges if len(tied := {group[e["s"]], group[e["o"]]}) == 2)
    strong: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair, _ in sorted(ties.items(), key=lambda t: (-t[1], t[0])):
        for g in pair:
            if len(strong[g]) < TIES:
                strong[g].append(pair)
    kept = sorted({pair for pairs in strong.values() for pair in pairs})
    side = max(sizes.values()) ** 0.5
    boxes = [(round(60 + 160 * sizes[g] ** 0.5 / side),) * 2 for g in range(len(sizes))]
    places = layout(len(sizes), kept, boxes)
    rows = [{"n": sizes[g], "x": x, "y": y} for g, (x, y) in enumerate(places)]
    return {"group": group, "groups": rows, "groupTies": [[*pair, ties[pair]] for pair in kept]}


def _label_width(node: Node) -> int:
    """The room for the longest of a node's names; longer than 12 wide characters is cut when drawn."""
    names = node.labels.values() or (node.name,)
    widest = max(sum(2 if ord(c) > 0x2E7F else 1 for c in name) for name in names)
    return min(widest, 24) * LABEL_WIDTH // 2 + 24
