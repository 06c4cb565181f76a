"""Triples to RDF/XML: one typed element for each subject, one child for each triple."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from kg.export.rdf_terms import RDF, TYPE, Literal, Triple

_LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def rdfxml(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> Iterator[str]:
    """XML 1.0 knows no control characters; they become U+FFFD here (raises nothing).

    Raises ValueError for a predicate outside the prefixes, which RDF/XML could not name.
    """
    names = _Names(prefixes)
    body = list(_subjects(triples, names))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in prefixes.items():
        if prefix in names.used or prefix == "rdf":
            yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"
    yield from body
    yield "</rdf:RDF>\n"


class _Names:
    """Element names of predicates and classes, and which prefixes they used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def __getitem__(self, iri: str) -> str:
        name = self._known.get(iri)
        if name is None:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = self._by_namespace.get(iri[:cut])
            if prefix is None or not _LOCAL_NAME.fullmatch(iri, cut):
                raise ValueError(f"no XML name for <{iri}>")
            self.used.add(prefix)
            name = self._known[iri] = f"{prefix}:{iri[cut:]}"
        return name


def _subjects(triples: Sequence[Triple], names: _Names) -> Iterator[str]:
    for subject, group in groupby(triples, key=lambda t: t[0]):
        listed = list(group)
        first = listed[0][2]
        typed = listed[0][1] == TYPE and isinstance(first, str)
        element = names[first] if typed and isinstance(first, str) else "rdf:Description"
        yield f"  <{element} rdf:about={quoteattr(subject)}>\n"
        for _, predicate, object_ in listed[1:] if typed else listed:
            name = "rdf:type" if predicate == RDF + "type" else names[predicate]
            yield f"    {_child(name, object_)}\n"
        yield f"  </{element}>\n"


def _child(name: str, object_: object) -> str:
    if isinstance(object_, str):
        return f"<{name} rdf:resource={quoteattr(object_)}/>"
    if not isinstance(object_, Literal):
        raise ValueError("RDF/XML 1.1 knows no quoted triples")
    attribute = ""
    if object_.language:
        attribute = f' xml:lang="{object_.language}"'
    elif object_.datatype:
        attribute = f" rdf:datatype={quoteattr(object_.datatype)}"
    text = escape(_UNWRITABLE.sub("\ufffd", object_.value), {"\r": "&#13;"})
    return f"<{name}{attribute}>{text}</{name}>"
