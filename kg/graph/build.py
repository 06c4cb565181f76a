"""Records to one graph: entities merged by id, relations merged by (subject, predicate, object), claims kept apart.

Merging adds; it never overwrites what a source said. `KnowledgeGraph.network` is the entity graph for networkx.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.graph.reconcile import Link, independent_sources, reconcile
from kg.identity import fold, simplify, traditional
from kg.record import MODALITIES, Article, Claim, Comparison, Entity, Quantity, Record, Relation, Statement

if TYPE_CHECKING:
    import networkx as nx

    from kg.entities.lexicon import Lexicon, LexiconEntry

HAN = re.compile(r"[㐀-鿿豈-﫿]")
ArticleKey = tuple[str, str]  # source, article id


@dataclass(frozen=True, slots=True)
class ClaimRef:
    """A claim with where it stands: the claim's kind is the name of its record section in the singular."""

    claim: Claim
    kind: str
    source: str

    @property
    def article(self) -> ArticleKey:
        return self.source, self.claim.evidence.article


@dataclass(frozen=True, slots=True)
class Node:
    """An entity over all records: at most one label per language, all other names as (language, name)."""

    id: str
    type: str
    name: str
    labels: Mapping[str, str]
    aliases: tuple[tuple[str, str], ...]
    wikidata: str | None
    mentions: int
    articles: tuple[ArticleKey, ...]

    def label(self, language: str = "zh-Hans") -> str:
        return self.labels.get(language) or self.name


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation over all records: every claim that states it, in how many articles, how many of them independent."""

    subject: str
    predicate: str
    object: str
    claims: tuple[ClaimRef, ...]
    sources: int
    independent: int

    @property
    def modality(self) -> str:
        """The surest modality of its claims."""
        return min((c.claim.modality for c in self.claims), key=MODALITIES.index)


@dataclass(frozen=True)
class KnowledgeGraph:
    records: tuple[Record, ...]
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    claims: Mapping[str, ClaimRef]
    links: tuple[Link, ...]

    @cached_property
    def articles(self) -> dict[ArticleKey, Article]:
        return {(r.source, a.id): a for r in self.records for a in r.articles}

    @cached_property
    def claims_about(self) -> dict[str, tuple[ClaimRef, ...]]:
        """Claims by the entities that they are about (as subject, object or `about`; not as holder)."""
        about: dict[str, list[ClaimRef]] = defaultdict(list)
        for ref in self.claims.values():
            for entity in dict.fromkeys(parties(ref.claim)):
                about[entity].append(ref)
        return {k: tuple(v) for k, v in about.items()}

    @cached_property
    def claims_held(self) -> dict[str, tuple[ClaimRef, ...]]:
        """Claims by the entity that holds them."""
        held: dict[str, list[ClaimRef]] = defaultdict(list)
        for ref in self.claims.values():
            if ref.claim.holder in self.nodes:
                held[ref.claim.holder].append(ref)
        return {k: tuple(v) for k, v in held.items()}

    def holder_name(self, holder: str) -> str:
        node = self.nodes.get(holder)
        return node.label() if node else holder

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """The entity graph: a directed multigraph keyed by predicate. List values are Python lists here."""
        import networkx as nx

        g = nx.MultiDiGraph()
        numbers = Counter(r.claim.subject for r in self.claims.values() if isinstance(r.claim, Quantity))
        for n in self.nodes.values():
            g.add_node(n.id, **_node_attributes(n), numbers=numbers[n.id], said=len(self.claims_held.get(n.id, ())))
        for e in self.edges:
            g.add_edge(e.subject, e.object, key=e.predicate, **self._edge_attributes(e))
        return g

    def _edge_attributes(self, e: Edge) -> dict[str, Any]:
        return {
            "predicate": e.predicate,
            "modality": e.modality,
            "sources": e.sources,
            "independent": e.independent,
            "claims": [c.claim.id for c in e.claims],
            "holders": sorted({self.holder_name(c.claim.holder) for c in e.claims}),
            "evidence": [c.claim.evidence.text for c in e.claims],
        }


def _node_attributes(n: Node) -> dict[str, Any]:
    return {
        "label": n.label(),
        "type": n.type,
        "label_en": n.labels.get("en", ""),
        "wikidata": n.wikidata or "",
        "aliases": [text for _, text in n.aliases],
        "mentions": n.mentions,
        "articles": len(n.articles),
    }


def parties(claim: Claim) -> list[str]:
    """The entities that a claim is about, subject first."""
    match claim:
        case Relation() | Comparison():
            return [claim.subject, claim.object]
        case Quantity():
            return [e for e in (claim.subject, claim.relative_to) if e]
        case Statement():
            return list(claim.about)


def build_graph(records: Sequence[Record], lexicon: Lexicon | None = None) -> KnowledgeGraph:
    """Merge records into one graph. `lexicon` gives labels and aliases (default: the one that ships)."""
    if lexicon is None:
        from kg.entities.lexicon import load_lexicon

        lexicon = load_lexicon()
    ordered = tuple(sorted(records, key=lambda r: r.source))
    claims = {ref.claim.id: ref for r in ordered for ref in _claim_refs(r)}
    return KnowledgeGraph(
        records=ordered,
        nodes=_merge_nodes(ordered, lexicon),
        edges=_merge_edges(claims.values(), ordered),
        claims=claims,
        links=tuple(reconcile(ordered)),
    )


def _claim_refs(record: Record) -> Iterable[ClaimRef]:
    for kind in ("relation", "quantity", "comparison", "statement"):
        section = "quantities" if kind == "quantity" else kind + "s"
        for claim in getattr(record, section):
            yield ClaimRef(claim, kind, record.source)


def _merge_nodes(records: Sequence[Record], lexicon: Lexicon) -> dict[str, Node]:
    seen: dict[str, list[tuple[Record, Entity]]] = defaultdict(list)
    for record in records:
        for entity in record.entities:
            seen[entity.id].append((record, entity))
    return {id_: _merge_node(id_, seen[id_], lexicon.entry(id_)) for id_ in sorted(seen)}


def _merge_node(id_: str, found: Sequence[tuple[Record, Entity]], entry: LexiconEntry | None) -> Node:
    first = found[0][1]
    surfaces = Counter(m.text for _, e in found for m in e.mentions if m.kind == "name")
    labels, aliases = _names(first.name, surfaces, entry)
    return Node(
        id=id_,
        type=first.type,
        name=first.name,
        labels=labels,
        aliases=aliases,
        wikidata=next((e.wikidata for _, e in found if e.wikidata), entry.wikidata if entry else None),
        mentions=sum(len(e.mentions) for _, e in found),
        articles=tuple(sorted({(r.source, m.article) for r, e in found for m in e.mentions})),
    )


def _names(
    name: str, surfaces: Counter[str], entry: LexiconEntry | None
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """One preferred label per language, and every other name with its language; Chinese names in both scripts.

    The Chinese labels are what the texts call it most often (英伟达, but also OpenAI), as the lexicon spells it.
    """
    known = list(dict.fromkeys([*(entry.aliases if entry else ()), name, *surfaces]))
    latin = [n for n in known if not HAN.search(n)]
    usual = _usual(surfaces, known, len(entry.aliases) if entry else 0) or name
    labels = {"zh-Hans": simplify(usual)}
    labels["zh-Hant"] = traditional(labels["zh-Hans"])
    english = (entry.labels.get("en") if entry else None) or (latin[0] if latin else None)
    if english:
        labels["en"] = english
    names = {("en", n) for n in latin}
    for n in known:
        if HAN.search(n):
            names |= {("zh-Hans", simplify(n)), ("zh-Hant", n if simplify(n) != n else traditional(n))}
    return labels, tuple(sorted(names - set(labels.items())))


def _usual(surfaces: Counter[str], known: Sequence[str], listed: int) -> str | None:
    """The most frequent name, spelt as in `known`, whose first `listed` the lexicon gives; of equals those, then the
    longest."""
    spelling: dict[str, str] = {}
    for n in known:
        spelling.setdefault(fold(n), n)
    counts: Counter[str] = Counter()
    for surface, times in surfaces.items():
        counts[spelling[fold(surface)]] += times
    rank = {n: i for i, n in enumerate(known[:listed])}
    return min(counts, key=lambda n: (-counts[n], rank.get(n, listed), -len(n), n)) if counts else None


def _merge_edges(claims: Iterable[ClaimRef], records: Sequence[Record]) -> tuple[Edge, ...]:
    grouped: dict[tuple[str, str, str], list[ClaimRef]] = defaultdict(list)
    for ref in claims:
        if isinstance(ref.claim, Relation):
            grouped[ref.claim.subject, ref.claim.predicate, ref.claim.object].append(ref)
    edges = []
    for (subject, predicate, object_), refs in sorted(grouped.items()):
        sources, independent = independent_sources([r.article for r in refs], records)
        edges.append(Edge(subject, predicate, object_, tuple(refs), sources, independent))
    return tuple(edges)
