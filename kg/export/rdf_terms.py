"""RDF terms as plain values: an IRI is a `str`, a literal a `Literal`, a triple term of RDF 1.2 a `Quoted`.

Plain tuples sort and format a million triples in seconds, and a language tag keeps its case (`zh-Hans`), which the
store's own terms do not.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

KG = "https://w3id.org/newskg/ontology#"
ATTRIBUTE = "https://w3id.org/newskg/attribute#"
UNIT = "https://w3id.org/newskg/unit#"
OPERATOR = "https://w3id.org/newskg/operator#"
DIRECTION = "https://w3id.org/newskg/direction#"
MODALITY = "https://w3id.org/newskg/modality#"
MODE = "https://w3id.org/newskg/mode#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
OWL = "http://www.w3.org/2002/07/owl#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
WIKIDATA = "http://www.wikidata.org/entity/"
TYPE = RDF + "type"
REIFIES = RDF + "reifies"

VOCABULARY = {
    "kg": KG, "attr": ATTRIBUTE, "unit": UNIT, "op": OPERATOR, "direction": DIRECTION, "modality": MODALITY,
    "mode": MODE, "schema": SCHEMA, "skos": SKOS, "oa": OA, "prov": PROV, "owl": OWL, "dcterms": DCTERMS,
    "dcat": DCAT, "void": VOID, "foaf": FOAF, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "wd": WIKIDATA,
}  # fmt: skip
DATA_FOLDERS = (
    "organization", "person", "model", "hardware", "product", "place", "event", "work", "technology", "benchmark",
    "policy", "article", "byline", "claim", "contradiction", "evidence", "position", "quote", "graph", "rule", "run",
    "software", "source",
)  # fmt: skip


class Literal(NamedTuple):
    """A literal: `datatype` is an IRI or empty for a plain string, `language` a tag or empty."""

    value: str
    datatype: str = ""
    language: str = ""


class Quoted(NamedTuple):
    """A triple as a term (RDF 1.2), all three of it IRIs."""

    subject: str
    predicate: str
    object: str


Object = str | Literal | Quoted
Triple = tuple[str, str, Object]


def prefixes(base_iri: str) -> dict[str, str]:
    """All prefixes, in the order in which files declare them: the vocabularies, then one for each kind of data node."""
    return VOCABULARY | {folder: f"{base_iri}{folder}/" for folder in DATA_FOLDERS} | {"id": base_iri}


def decimal(number: float | int | str) -> Literal:
    """An `xsd:decimal` in canonical form: no exponent, no trailing zeros, no digits beyond the repr."""
    text = format(Decimal(str(number)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, XSD + "decimal")


_DATE_TYPES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
    (re.compile(r"--\d\d-\d\d"), "gMonthDay"),
    (re.compile(r"--\d\d"), "gMonth"),
)


def dated(text: str) -> Literal:
    """A date as exact as it is given: `2025-01-20`, `2024-12`, `2023`, `--01-27` or `--12`; else a plain string."""
    for pattern, name in _DATE_TYPES:
        if pattern.fullmatch(text):
            return Literal(text, XSD + name) if _is_real(text) else Literal(text)
    return Literal(text)


def _is_real(text: str) -> bool:
    """Whether the calendar knows the date (a month and a day may lack the year: then any leap year does)."""
    year, month, day = (text.replace("--", "2000-", 1).split("-") + ["01", "01"])[:3]
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def sort_key(triple: Triple) -> tuple[str, str, int, tuple[str, ...]]:
    """Subject, then predicate with `rdf:type` first, then object: IRIs before literals before quoted triples."""
    subject, predicate, object_ = triple
    shown = "" if predicate == TYPE else predicate
    if isinstance(object_, str):
        return subject, shown, 0, (object_,)
    return subject, shown, 1 if isinstance(object_, Literal) else 2, tuple(object_)
