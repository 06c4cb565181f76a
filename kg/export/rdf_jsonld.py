"""Triples to compacted JSON-LD with the context that ships (`ontology/context.jsonld`), written into the file.

Written here and not by rdflib, whose compaction takes minutes for a million triples; tests compare the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from kg.export.rdf_terms import TYPE, VOCABULARY, Literal, Object, Triple


@cache
def context() -> dict[str, Any]:
    """The shipped context: prefixes, and one term for each property with the type of its values."""
    text = (resources.files("kg") / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    return dict(json.loads(text)["@context"])


def jsonld(triples: Sequence[Triple], base_iri: str) -> Iterator[str]:
    """One JSON object a line inside `@graph`, one for each subject; IRIs of data are relative to `@base`."""
    compact = _Compactor(context(), base_iri)
    head = json.dumps({"@base": base_iri} | context(), ensure_ascii=False, separators=(",", ":"))
    yield f'{{"@context":{head},\n"@graph":['
    separator = "\n"
    for subject, group in groupby(triples, key=lambda t: t[0]):
        yield separator + json.dumps(compact.node(subject, list(group)), ensure_ascii=False, separators=(",", ":"))
        separator = ",\n"
    yield "\n]}\n"


class _Compactor:
    """The part of JSON-LD's compaction that this vocabulary needs."""

    def __init__(self, terms: Mapping[str, Any], base_iri: str) -> None:
        self._base = base_iri
        self._by_iri: dict[str, tuple[str, str]] = {}  # property IRI -> (term, type of its values)
        for term, definition in terms.items():
            if isinstance(definition, dict):
                prefix, _, local = definition["@id"].partition(":")
                self._by_iri[VOCABULARY[prefix] + local] = (term, definition.get("@type", ""))
        self._namespaces = {namespace: prefix for prefix, namespace in VOCABULARY.items()}
        self._known: dict[str, str] = {}

    def node(self, subject: str, triples: Sequence[Triple]) -> dict[str, Any]:
        found: dict[str, Any] = {"@id": self.iri(subject)}
        for predicate, same in groupby(triples, key=lambda t: t[1]):
            objects = [t[2] for t in same]
            if predicate == TYPE:
                found["@type"] = _single([self.name(o) for o in objects if isinstance(o, str)])
            else:
                term, type_ = self._by_iri.get(predicate, (self.name(predicate), ""))
                found[term] = _single([self.value(o, type_) for o in objects])
        return found

    def name(self, iri: str) -> str:
        """A class or property as `prefix:local`."""
        short = self._known.get(iri)
        if short is None:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = self._namespaces.get(iri[:cut])
            short = self._known[iri] = f"{prefix}:{iri[cut:]}" if prefix else iri
        return short

    def iri(self, iri: str) -> str:
        if iri.startswith(self._base):
            return iri[len(self._base) :]
        return self.name(iri)

    def value(self, term: Object, type_: str) -> Any:
        if isinstance(term, str):
            return self.iri(term) if type_ == "@id" else {"@id": self.iri(term)}
        if not isinstance(term, Literal):
            raise ValueError("JSON-LD 1.1 knows no quoted triples")
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if not term.datatype:
            return term.value if not type_ else {"@value": term.value}
        datatype = self.name(term.datatype)
        return term.value if datatype == type_ else {"@value": term.value, "@type": datatype}


def _single(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
