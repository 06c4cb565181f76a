"""The knowledge graph as RDF: what each record says, in the vocabulary of the ontology.

One named graph for each article holds its entities, claims, evidence and direct triples; the default graph holds what
is said of these graphs and of the whole (`kg.export.rdf_dataset`). No blank nodes: every node has an IRI.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.export.rdf_terms import (
    ATTRIBUTE,
    DCTERMS,
    DIRECTION,
    KG,
    MODALITY,
    MODE,
    OA,
    OPERATOR,
    OWL,
    PROV,
    REIFIES,
    SCHEMA,
    SKOS,
    TYPE,
    UNIT,
    WIKIDATA,
    XSD,
    Literal,
    Quoted,
    Triple,
    dated,
    decimal,
)  # fmt: skip
from kg.identity import fold, simplify, slug, traditional
from kg.record import AUTHOR, OPERATORS, SYMMETRIC, Article, Comparison, Evidence, Quantity, Record, Relation, Statement

if TYPE_CHECKING:
    from kg.graph.build import ClaimRef, KnowledgeGraph, Node

HASH_LENGTH = 16  # hex digits of a file's SHA-256 that its IRIs carry
ArticleKey = tuple[str, str]


class RdfModel:
    """Triples of a graph, article by article. `run` is the IRI of the build activity that articles point to."""

    def __init__(self, graph: KnowledgeGraph, *, base_iri: str, run: str, rdf12: bool = False) -> None:
        self.graph = graph
        self.base = base_iri
        self.run = run
        self.rdf12 = rdf12
        self._hash = {r.source: r.sha256[:HASH_LENGTH] for r in graph.records}
        self._claims: dict[ArticleKey, list[ClaimRef]] = defaultdict(list)
        for ref in graph.claims.values():
            self._claims[ref.article].append(ref)
        self._mentioned: dict[ArticleKey, list[Node]] = defaultdict(list)
        for node in graph.nodes.values():
            for key in node.articles:
                self._mentioned[key].append(node)
        self._links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for link in graph.links:
            self._links[link.a].append((link.kind, link.b, link.reason))
            self._links[link.b].append((link.kind, link.a, link.reason))

    def iri(self, path: str) -> str:
        return self.base + path

    def article_iri(self, key: ArticleKey) -> str:
        return self.iri(f"article/{self._hash[key[0]]}-{key[1]}")

    def graph_iri(self, key: ArticleKey) -> str:
        return self.iri(f"graph/{self._hash[key[0]]}-{key[1]}")

    def source_iri(self, source: str) -> str:
        return self.iri(f"source/{self._hash[source]}")

    def articles(self) -> Iterator[tuple[Record, Article]]:
        for record in self.graph.records:
            for article in record.articles:
                yield record, article

    def article_triples(self, record: Record, article: Article) -> set[Triple]:
        """All that one article says: the content of its named graph."""
        key = (record.source, article.id)
        claims = self._claims[key]
        triples = set(self._article(record, article))
        entities = {n.id for n in self._mentioned[key]}
        triples |= {(self.article_iri(key), SCHEMA + "mentions", self.iri(e)) for e in entities}
        for ref in claims:
            triples.update(self._claim(ref, article))
            entities.update(e for e in _entity_refs(ref) if e in self.graph.nodes)
        for entity in entities:
            triples.update(self._entity(self.graph.nodes[entity]))
        return triples

    # --- articles and sources

    def _article(self, record: Record, article: Article) -> Iterator[Triple]:
        iri, source = self.article_iri((record.source, article.id)), self.source_iri(record.source)
        yield iri, TYPE, KG + "Article"
        if article.title:
            yield iri, SCHEMA + "headline", Literal(article.title, language=article.language)
        for author in article.authors:
            yield from self._byline(iri, "author", author, record)
        if article.publisher:
            yield from self._byline(iri, "publisher", article.publisher, record)
        if article.published:
            yield iri, SCHEMA + "datePublished", dated(article.published)
        yield iri, SCHEMA + "inLanguage", Literal(article.language)
        yield iri, KG + "spanStart", _position(article.start)
        yield iri, KG + "spanEnd", _position(article.end)
        yield iri, PROV + "wasDerivedFrom", source
        yield iri, PROV + "wasGeneratedBy", self.run
        yield source, TYPE, KG + "SourceFile"
        yield source, SCHEMA + "sha256", Literal(record.sha256)
        yield source, SCHEMA + "name", Literal(record.source)

    def _byline(self, article: str, role: str, name: str, record: Record) -> Iterator[Triple]:
        """An author or publisher: the entity of that name where the record has one, else a node for the name."""
        wanted = ("Person", "Organization") if role == "author" else ("Organization",)
        key = fold(name)
        found = [e for e in record.entities if e.type in wanted and key in {fold(s) for s in (e.name, *e.surfaces)}]
        if len(found) == 1:
            yield article, SCHEMA + role, self.iri(found[0].id)
            return
        iri = self.iri(f"byline/{slug(name)}")
        yield article, SCHEMA + role, iri
        for label in _both_scripts(name):
            yield iri, SKOS + "prefLabel", label

    # --- entities

    def _entity(self, node: Node) -> Iterator[Triple]:
        iri = self.iri(node.id)
        yield iri, TYPE, KG + node.type
        yield iri, SCHEMA + "name", Literal(node.name)
        for language, text in node.labels.items():
            yield iri, SKOS + "prefLabel", Literal(text, language=language)
        for language, text in node.aliases:
            yield iri, SKOS + "altLabel", Literal(text, language=language)
        for text in (node.name, *node.labels.values(), *(text for _, text in node.aliases)):
            yield iri, KG + "searchKey", Literal(fold(text))
        if node.wikidata:
            yield iri, OWL + "sameAs", WIKIDATA + node.wikidata

    # --- claims

    def _claim(self, ref: ClaimRef, article: Article) -> Iterator[Triple]:
        claim, key = ref.claim, ref.article
        iri = self.iri(f"claim/{claim.id}")
        rule = self.iri(f"rule/{quote(claim.rule, safe='-._~')}")
        yield iri, TYPE, KG + "Claim"  # said outright, for readers that do not infer
        yield iri, TYPE, f"{KG}{ref.kind.capitalize()}Claim"
        yield iri, KG + "statedIn", self.article_iri(key)
        yield self._holder(iri, claim.holder, key, article)
        yield iri, KG + "modality", MODALITY + claim.modality
        yield iri, KG + "foundBy", rule
        yield rule, TYPE, KG + "Rule"
        yield rule, DCTERMS + "identifier", Literal(claim.rule)
        yield from self._evidence(iri, claim.evidence, key)
        yield from self._content(iri, ref, article)
        yield from self._claim_links(iri, claim.id)

    def _holder(self, claim: str, holder: str, key: ArticleKey, article: Article) -> Triple:
        if holder == AUTHOR:
            return claim, KG + "holder", self.article_iri(key)
        if holder in self.graph.nodes:
            return claim, KG + "holder", self.iri(holder)
        return claim, KG + "holderText", Literal(holder, language=article.language)

    def _evidence(self, claim: str, e: Evidence, key: ArticleKey) -> Iterator[Triple]:
        """Claims that rest on the same span share its node."""
        span = f"{self._hash[key[0]]}-{e.start}-{e.end}"
        iri, position, exact = (self.iri(f"{kind}/{span}") for kind in ("evidence", "position", "quote"))
        yield claim, KG + "evidence", iri
        yield iri, TYPE, OA + "SpecificResource"
        yield iri, OA + "hasSource", self.source_iri(key[0])
        yield iri, OA + "hasScope", self.article_iri(key)
        yield iri, OA + "hasSelector", position
        yield iri, OA + "hasSelector", exact
        yield position, TYPE, OA + "TextPositionSelector"
        yield position, OA + "start", _position(e.start)
        yield position, OA + "end", _position(e.end)
        yield exact, TYPE, OA + "TextQuoteSelector"
        yield exact, OA + "exact", Literal(e.text)

    def _content(self, iri: str, ref: ClaimRef, article: Article) -> Iterator[Triple]:
        match ref.claim:
            case Relation() as claim:
                yield from self._relation(iri, claim)
            case Quantity() as claim:
                yield from self._quantity(iri, claim)
            case Comparison() as claim:
                yield iri, KG + "subject", self.iri(claim.subject)
                yield iri, KG + "direction", DIRECTION + claim.direction
                yield iri, KG + "object", self.iri(claim.object)
                if claim.dimension:
                    yield iri, KG + "dimension", Literal(claim.dimension)
            case Statement() as claim:
                yield iri, KG + "mode", MODE + claim.mode
                yield iri, KG + "content", Literal(claim.content, language=article.language)
                for entity in claim.about:
                    yield iri, SCHEMA + "about", self.iri(entity)

    def _relation(self, iri: str, claim: Relation) -> Iterator[Triple]:
        subject, predicate, object_ = self.iri(claim.subject), KG + claim.predicate, self.iri(claim.object)
        yield iri, KG + "subject", subject
        yield iri, KG + "predicate", predicate
        yield iri, KG + "object", object_
        if self.rdf12:
            yield iri, REIFIES, Quoted(subject, predicate, object_)
        if claim.modality == "asserted":
            yield subject, predicate, object_
            if claim.predicate in SYMMETRIC:
                yield object_, predicate, subject

    def _quantity(self, iri: str, claim: Quantity) -> Iterator[Triple]:
        if claim.subject:
            yield iri, KG + "subject", self.iri(claim.subject)
        yield iri, KG + "attribute", ATTRIBUTE + claim.attribute
        yield iri, KG + "operator", OPERATOR + OPERATORS[claim.op]
        make = dated if claim.unit == "date" else decimal
        if isinstance(claim.number, list):
            yield iri, KG + "lowValue", make(str(claim.number[0]))
            yield iri, KG + "highValue", make(str(claim.number[1]))
        else:
            yield iri, KG + ("dateValue" if claim.unit == "date" else "value"), make(str(claim.number))
        yield iri, KG + "unit", UNIT + claim.unit
        if claim.unit_text:
            yield iri, KG + "unitText", Literal(claim.unit_text)
        if claim.relative_to:
            yield iri, KG + "relativeTo", self.iri(claim.relative_to)
        if claim.time:
            yield iri, KG + "time", dated(claim.time)

    def _claim_links(self, iri: str, claim: str) -> Iterator[Triple]:
        for kind, other, reason in self._links.get(claim, ()):
            yield iri, KG + kind, self.iri(f"claim/{other}")
            if kind == "contradicts":
                node = self.iri("contradiction/" + "-".join(sorted((claim, other))))
                yield node, TYPE, KG + "Contradiction"
                yield node, KG + "between", iri
                yield node, KG + "between", self.iri(f"claim/{other}")
                yield node, KG + "reason", Literal(reason, language="en")


def _entity_refs(ref: ClaimRef) -> Iterator[str]:
    from kg.graph.build import parties

    yield from parties(ref.claim)
    yield ref.claim.holder


def _position(offset: int) -> Literal:
    return Literal(str(offset), XSD + "nonNegativeInteger")


def _both_scripts(name: str) -> list[Literal]:
    """A printed name as labels: in both scripts where it has Chinese characters, else as it stands."""
    from kg.graph.build import HAN

    if not HAN.search(name):
        return [Literal(name, language="en")]
    simplified = simplify(name)
    written = name if name != simplified else traditional(name)
    return [Literal(simplified, language="zh-Hans"), Literal(written, language="zh-Hant")]
