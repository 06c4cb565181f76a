"""The ontology: every term that data use is defined, labelled in zh and en, with domain and range."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.export.rdf import rdf_dataset
from kg.export.rdf_terms import KG, VOCABULARY, Literal
from kg.graph.build import build_graph
from kg.record import (
    ATTRIBUTES,
    DIRECTIONS,
    MODALITIES,
    OPERATORS,
    PREDICATES,
    SYMMETRIC,
    TYPES,
    Record,
)
from kg.relations.schema import DOMAIN_RANGE

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "ontology"
NEWSKG = "https://w3id.org/newskg/"
TERM = rdflib.Namespace(KG)
OWN = [p for p, ns in VOCABULARY.items() if ns.startswith(NEWSKG)]


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY / "kg.ttl")


def classes(ontology: rdflib.Graph, node: object) -> set[str]:
    """A class, or the members of a union, as local names."""
    union = ontology.value(node, OWL.unionOf)
    members = [node] if union is None else list(rdflib.collection.Collection(ontology, union))
    return {str(m).removeprefix(KG) for m in members}


def test_every_term_has_label_and_comment_in_zh_and_en(ontology: rdflib.Graph) -> None:
    terms = {s for s in ontology.subjects(RDF.type) if str(s).startswith(KG)}
    terms |= {*ontology.subjects(RDF.type, SKOS.ConceptScheme), *ontology.subjects(RDF.type, OWL.Ontology)}
    concepts = set(ontology.subjects(RDF.type, SKOS.Concept))
    assert len(terms) > 70 and len(concepts) > 70
    for term in sorted(terms):
        for predicate in (RDFS.label, RDFS.comment):
            assert {o.language for o in ontology.objects(term, predicate)} == {"zh", "en"}, (term, predicate)
    for concept in sorted(concepts):
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert {o.language for o in ontology.objects(concept, predicate)} == {"zh", "en"}, (concept, predicate)
        assert len(list(ontology.objects(concept, SKOS.inScheme))) == 1


def test_every_property_has_domain_and_range(ontology: rdflib.Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
            assert len(list(ontology.objects(term, RDFS.range))) == 1, term


def test_relations_have_the_domains_and_ranges_of_the_extraction(ontology: rdflib.Graph) -> None:
    assert set(DOMAIN_RANGE) == set(PREDICATES)
    for predicate, (domain, range_) in DOMAIN_RANGE.items():
        assert classes(ontology, ontology.value(TERM[predicate], RDFS.domain)) == domain, predicate
        assert classes(ontology, ontology.value(TERM[predicate], RDFS.range)) == range_, predicate


def test_relations_are_symmetric_or_have_an_inverse(ontology: rdflib.Graph) -> None:
    for predicate in PREDICATES:
        symmetric = (TERM[predicate], RDF.type, OWL.SymmetricProperty) in ontology
        inverse = ontology.value(TERM[predicate], OWL.inverseOf)
        assert symmetric == (predicate in SYMMETRIC) and (inverse is None) == symmetric
        if inverse is not None:
            assert ontology.value(inverse, OWL.inverseOf) == TERM[predicate]


def test_types_are_disjoint_classes_aligned_with_schema_org(ontology: rdflib.Graph) -> None:
    lists = [
        {str(m) for m in rdflib.collection.Collection(ontology, members)}
        for members in ontology.objects(None, OWL.members)
    ]
    assert {KG + t for t in TYPES} in lists
    for type_ in TYPES:
        parents = {str(o) for o in ontology.objects(TERM[type_], RDFS.subClassOf)}
        assert KG + "Entity" in parents and any(p.startswith("https://schema.org/") for p in parents)


@pytest.mark.parametrize(
    ("prefix", "names"),
    [("attr", ATTRIBUTES), ("op", tuple(OPERATORS.values())), ("direction", DIRECTIONS), ("modality", MODALITIES),
     ("mode", ("direct", "indirect"))],
)  # fmt: skip
def test_the_closed_lists_are_concept_schemes(ontology: rdflib.Graph, prefix: str, names: tuple[str, ...]) -> None:
    scheme = rdflib.URIRef(VOCABULARY[prefix].rstrip("#"))
    members = {str(s).removeprefix(VOCABULARY[prefix]) for s in ontology.subjects(SKOS.inScheme, scheme)}
    assert members == set(names)


def test_data_use_only_terms_that_are_defined(ontology: rdflib.Graph) -> None:
    lines = (HERE / "export" / "rdf_records.jsonl").read_text(encoding="utf-8").splitlines()
    dataset = rdf_dataset(build_graph([Record.from_json(json.loads(line)) for line in lines]))
    defined = {str(s) for s in ontology.subjects(RDF.type)}
    namespaces = tuple(VOCABULARY[p] for p in OWN)
    used = {t for triple in dataset.union for t in triple if isinstance(t, str) and t.startswith(namespaces)} - set(
        namespaces
    )
    assert len(used) > 40 and used <= defined, sorted(used - defined)


def test_literals_have_the_datatype_of_their_range(ontology: rdflib.Graph) -> None:
    lines = (HERE / "export" / "rdf_records.jsonl").read_text(encoding="utf-8").splitlines()
    dataset = rdf_dataset(build_graph([Record.from_json(json.loads(line)) for line in lines]))
    for _, predicate, o in dataset.union:
        if not predicate.startswith(KG) or not isinstance(o, Literal):
            continue
        wanted = classes(ontology, ontology.value(rdflib.URIRef(predicate), RDFS.range))
        given = str(RDF.langString) if o.language else o.datatype or VOCABULARY["xsd"] + "string"
        assert given in wanted, (predicate, o)


def test_the_context_gives_every_property_its_kind(ontology: rdflib.Graph) -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    terms = {d["@id"]: d.get("@type") for d in context.values() if isinstance(d, dict)}
    assert {p: context[p] for p in VOCABULARY} == VOCABULARY
    inverses = {ontology.value(TERM[p], OWL.inverseOf) for p in PREDICATES} | {TERM.states}
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        if term not in inverses:
            assert terms["kg:" + str(term).removeprefix(KG)] == "@id", term


def test_the_page_names_every_term(ontology: rdflib.Graph) -> None:
    page = (ONTOLOGY / "index.html").read_text(encoding="utf-8")
    for term in {s for s in ontology.subjects(RDF.type) if str(s).startswith(NEWSKG) and "#" in str(s)}:
        assert str(term) in page, term


def test_the_page_is_made_from_the_ontology_as_it_is(ontology: rdflib.Graph) -> None:
    import runpy

    page = runpy.run_path(str(ONTOLOGY / "make_page.py"))["page"]
    assert page(ontology) == (ONTOLOGY / "index.html").read_text(encoding="utf-8"), "run python ontology/make_page.py"
