"""The checks of `ontology/shapes.ttl` as queries for the store: the same names, for graphs too large for SHACL.

The checks across nodes are not repeated here: they are read out of the shapes. A test runs both ways over one failing
example for every check and compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.export.rdf_terms import ATTRIBUTE, DIRECTION, KG, MODALITY, OPERATOR, VOCABULARY
from kg.record import ATTRIBUTES, DIRECTIONS, MODALITIES, OPERATORS, PREDICATES, TYPES

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

SHAPES = "https://w3id.org/newskg/shapes#"
_CLAIM = "VALUES ?t { kg:RelationClaim kg:QuantityClaim kg:ComparisonClaim kg:StatementClaim } ?x a ?t ."
_DATES = "xsd:date, xsd:gYearMonth, xsd:gYear, xsd:gMonthDay, xsd:gMonth"
_LANGUAGES = '"zh-hans", "zh-hant", "en"'  # the store's spelling of the tags


def _one(target: str, path: str, wrong: str = "false") -> str:
    """Nodes of the target that do not have exactly one value on the path, or have one for which `wrong` holds."""
    return f"""{{ SELECT ?x {{ {target} OPTIONAL {{ ?x {path} ?v }} }} GROUP BY ?x HAVING (COUNT(DISTINCT ?v) != 1) }}
        UNION {{ {target} ?x {path} ?v . FILTER({wrong}) }}"""


def _all(*parts: str) -> str:
    return " UNION ".join(f"{{ {part} }}" for part in parts)


def _outside(namespace: str, names: tuple[str, ...]) -> str:
    return f"?v NOT IN ({', '.join(f'<{namespace}{n}>' for n in names)})"


def _is(class_: str) -> str:
    return f"?x a {class_} ."


def _not_a(class_: str) -> str:
    return f"NOT EXISTS {{ ?v a {class_} }}"


@cache
def node_checks() -> Mapping[str, str]:
    """Graph patterns that bind `?x` to each node that fails, by the name of the check."""
    relation, quantity, evidence = _is("kg:RelationClaim"), _is("kg:QuantityClaim"), _is("oa:SpecificResource")
    comparison, statement, article = _is("kg:ComparisonClaim"), _is("kg:StatementClaim"), _is("kg:Article")
    entity = f"VALUES ?t {{ {' '.join(f'kg:{t}' for t in TYPES)} }} ?x a ?t ."
    integer = "DATATYPE(?v) NOT IN (xsd:nonNegativeInteger, xsd:integer) || ?v < 0"  # the store keeps both as integer
    values = "kg:value|kg:dateValue|kg:lowValue"
    return {
        "claim-article": _one(_CLAIM, "kg:statedIn", _not_a("kg:Article")),
        "claim-evidence": _one(_CLAIM, "kg:evidence", _not_a("oa:SpecificResource")),
        "claim-holder": _one(_CLAIM, "kg:holder|kg:holderText", "isBlank(?v)"),
        "claim-modality": _one(_CLAIM, "kg:modality", _outside(MODALITY, MODALITIES)),
        "claim-rule": f"{_CLAIM} FILTER NOT EXISTS {{ ?x kg:foundBy ?v . ?v a kg:Rule }}",
        "evidence-scope": _all(
            f"{_CLAIM} ?x kg:evidence/oa:hasScope ?a . FILTER NOT EXISTS {{ ?x kg:statedIn ?a }}",
            f"{_CLAIM} ?x kg:statedIn ?a . FILTER NOT EXISTS {{ ?x kg:evidence/oa:hasScope ?a }}",
        ),
        "relation-parts": _all(
            _one(relation, "kg:subject"),
            _one(relation, "kg:predicate", _outside(KG, PREDICATES)),
            _one(relation, "kg:object"),
        ),
        "quantity-value": _all(
            _one(quantity, values),
            f"{quantity} ?x kg:value ?v . FILTER(DATATYPE(?v) != xsd:decimal)",
            f"{quantity} ?x kg:dateValue ?v . FILTER(DATATYPE(?v) NOT IN ({_DATES}))",
            f"{quantity} ?x kg:lowValue ?v . FILTER NOT EXISTS {{ ?x kg:highValue ?h }}",
        ),
        "quantity-unit": _one(
            quantity, "kg:unit", 'isBlank(?v) || !REGEX(STR(?v), "^https://w3id.org/newskg/unit#[A-Za-z]+$")'
        ),
        "quantity-parts": _all(
            _one(quantity, "kg:attribute", _outside(ATTRIBUTE, ATTRIBUTES)),
            _one(quantity, "kg:operator", _outside(OPERATOR, tuple(OPERATORS.values()))),
            f"{quantity} ?x kg:subject ?v , ?w . FILTER(?v != ?w)",
        ),
        "comparison-parts": _all(
            _one(comparison, "kg:subject"),
            _one(comparison, "kg:direction", _outside(DIRECTION, DIRECTIONS)),
            _one(comparison, "kg:object"),
        ),
        "statement-parts": _all(
            _one(statement, "kg:mode", "?v NOT IN (mode:direct, mode:indirect)"),
            _one(statement, "kg:content", "DATATYPE(?v) != rdf:langString"),
        ),
        "evidence-parts": _all(
            _one(evidence, "oa:hasSource", _not_a("kg:SourceFile")),
            _one(evidence, "oa:hasScope", _not_a("kg:Article")),
            _one(evidence, "oa:hasSelector/oa:start", integer),
            _one(evidence, "oa:hasSelector/oa:end", integer),
            _one(evidence, "oa:hasSelector/oa:exact", 'STR(?v) = ""'),
        ),
        "evidence-order": f"{_is('oa:TextPositionSelector')} ?x oa:start ?s ; oa:end ?e . FILTER(!(?s < ?e))",
        "article-parts": _all(
            _one(article, "schema:inLanguage", 'STR(?v) NOT IN ("zh-Hans", "zh-Hant")'),
            _one(article, "prov:wasDerivedFrom", _not_a("kg:SourceFile")),
            f"{article} FILTER NOT EXISTS {{ ?x prov:wasGeneratedBy/a prov:Activity }}",
            f"{article} ?x schema:headline ?v , ?w . FILTER(?v != ?w)",
        ),
        "source-hash": _one(_is("kg:SourceFile"), "schema:sha256", '!REGEX(STR(?v), "^[0-9a-f]{64}$")'),
        "run-parts": _all(
            _one(_is("prov:Activity"), "kg:settings"),
            f"{_is('prov:Activity')} FILTER NOT EXISTS {{ ?x prov:wasAssociatedWith/schema:softwareVersion ?v }}",
        ),
        "label-language": f"?x skos:prefLabel|skos:altLabel ?v . FILTER(LANG(?v) NOT IN ({_LANGUAGES}))",
        "label-unique": "?x skos:prefLabel ?v , ?w . FILTER(STR(?v) < STR(?w) && LANG(?v) = LANG(?w))",
        "entity-label": _all(
            f"{entity} FILTER NOT EXISTS {{ ?x skos:prefLabel ?v }}", f"{entity} ?x a ?u . FILTER(?u != ?t)"
        ),
    }


@cache
def shapes_graph() -> rdflib.Graph:
    """The shapes as they ship."""
    import rdflib

    text = (resources.files("kg") / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    return rdflib.Graph().parse(data=text, format="turtle")


@cache
def dataset_checks() -> Mapping[str, str]:
    """The shapes' own queries across nodes, by the name of the check; they bind `?value` to each node that fails."""
    import rdflib

    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found = {
        str(shape).removeprefix(SHAPES): str(query)
        for shape, constraint in shapes_graph().subject_objects(shacl.sparql)
        for query in shapes_graph().objects(constraint, shacl.select)
    }
    return dict(sorted(found.items()))


def failures(store: pyoxigraph.Store) -> Iterator[tuple[str, str]]:
    """Every check that fails, with the IRI of the node at fault, over the store's default graph."""
    for name, pattern in node_checks().items():
        for (node,) in _select(store, f"SELECT DISTINCT ?x WHERE {{ {pattern} }} ORDER BY ?x"):
            yield name, node
    for name, query in dataset_checks().items():
        for _, node in _select(store, f"{query} ORDER BY ?value"):
            yield name, node


def _select(store: pyoxigraph.Store, query: str) -> Iterator[list[str]]:
    import pyoxigraph

    found = store.query(query, prefixes=VOCABULARY)
    if isinstance(found, pyoxigraph.QuerySolutions):
        for row in found:
            yield ["" if term is None else str(getattr(term, "value", term)) for term in row]
