"""What is said of the graph itself: its named graphs, the build that made them (PROV-O), the whole (VoID, DCAT)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg import __version__
from kg.export.rdf_model import RdfModel
from kg.export.rdf_terms import (
    DCAT,
    DCTERMS,
    FOAF,
    KG,
    PROV,
    SCHEMA,
    TYPE,
    VOID,
    XSD,
    Literal,
    Triple,
)  # fmt: skip

ONTOLOGY = KG.rstrip("#")
_VOCABULARIES = (KG, SCHEMA, PROV, "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/oa#")


class Run:
    """The build activity: named by version and settings alone, so that no document changes its IRI."""

    def __init__(self, base_iri: str, settings: Mapping[str, object]) -> None:
        self.settings = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True)
        name = hashlib.sha256(f"{__version__} {self.settings}".encode()).hexdigest()[:12]
        self.iri = f"{base_iri}run/{name}"
        self.software = f"{base_iri}software/newskg-{__version__}"

    def triples(self) -> Iterator[Triple]:
        yield self.iri, TYPE, PROV + "Activity"
        yield self.iri, PROV + "wasAssociatedWith", self.software
        yield self.iri, KG + "settings", Literal(self.settings)
        yield self.software, TYPE, PROV + "SoftwareAgent"
        yield self.software, SCHEMA + "name", Literal("newskg")
        yield self.software, SCHEMA + "softwareVersion", Literal(__version__)


def graph_triples(model: RdfModel, key: tuple[str, str], count: int, run: Run) -> Iterator[Triple]:
    """The metadata of an article's named graph, for the default graph. `count` is the number of its triples."""
    iri = model.graph_iri(key)
    yield iri, TYPE, KG + "ArticleGraph"
    yield iri, FOAF + "primaryTopic", model.article_iri(key)
    yield iri, DCTERMS + "isPartOf", model.iri("dataset")
    yield iri, PROV + "wasDerivedFrom", model.source_iri(key[0])
    yield iri, PROV + "wasGeneratedBy", run.iri
    yield iri, VOID + "triples", _integer(count)


def dataset_triples(model: RdfModel, run: Run, union: Sequence[Triple]) -> Iterator[Triple]:
    """The description of the whole; `union` holds all other triples. `void:triples` counts the description too."""
    described = list(_description(model, run, union))
    yield from described
    yield model.iri("dataset"), VOID + "triples", _integer(len(union) + len(described) + 1)


def _description(model: RdfModel, run: Run, union: Sequence[Triple]) -> Iterator[Triple]:
    iri = model.iri("dataset")
    yield iri, TYPE, VOID + "Dataset"
    yield iri, TYPE, DCAT + "Dataset"
    yield iri, DCTERMS + "title", Literal("Knowledge graph of news articles", language="en")
    yield iri, DCTERMS + "title", Literal("新闻文章知识图谱", language="zh-Hans")
    yield iri, DCTERMS + "title", Literal("新聞文章知識圖譜", language="zh-Hant")
    yield iri, DCTERMS + "conformsTo", ONTOLOGY
    yield iri, PROV + "wasGeneratedBy", run.iri
    yield iri, VOID + "uriSpace", Literal(model.base)
    for vocabulary in _VOCABULARIES:
        yield iri, VOID + "vocabulary", vocabulary
    classes = Counter(o for _, p, o in union if p == TYPE and isinstance(o, str) and o.startswith(KG))
    for class_, count in sorted(classes.items()):
        part = model.iri(f"dataset/{class_.removeprefix(KG)}")
        yield iri, VOID + "classPartition", part
        yield part, VOID + "class", class_
        yield part, VOID + "entities", _integer(count)


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")
