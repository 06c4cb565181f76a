"""Triples to N-Quads, Turtle and TriG: sorted input, the same bytes for the same triples, UTF-8 as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kg.export.rdf_terms import TYPE, XSD, Literal, Object, Triple

Graphs = Sequence[tuple[str, Sequence[Triple]]]  # (graph IRI, "" for the default graph; its sorted triples)

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# What may follow a prefix without an escape in every version of Turtle, and in raptor (which rejects `%` there).
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def quoted(text: str) -> str:
    """A string in quotation marks as N-Triples, Turtle and SPARQL write it."""
    return f'"{_SPECIAL.sub(_escape, text)}"'


def n_term(term: Object) -> str:
    """A term as N-Triples writes it. A string that begins with `_:` is a blank node (of others' data)."""
    if isinstance(term, str):
        return term if term.startswith("_:") else f"<{term}>"
    if isinstance(term, Literal):
        if term.language:
            return f"{quoted(term.value)}@{term.language}"
        return f"{quoted(term.value)}^^<{term.datatype}>" if term.datatype else quoted(term.value)
    return f"<<( <{term.subject}> <{term.predicate}> <{term.object}> )>>"


def nquads(graphs: Graphs) -> Iterator[str]:
    for iri, triples in graphs:
        end = f" <{iri}> .\n" if iri else " .\n"
        for subject, predicate, object_ in triples:
            yield f"<{subject}> <{predicate}> {n_term(object_)}{end}"


class TurtleWriter:
    """Turtle with prefixes, subject by subject; only prefixes that are used are declared."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._used: set[str] = set()
        self._short: dict[str, str] = {}

    def turtle(self, triples: Sequence[Triple]) -> Iterator[str]:
        body = list(self._subjects(triples, ""))
        yield self._head()
        yield from body

    def trig(self, graphs: Graphs) -> Iterator[str]:
        body: list[str] = []
        for iri, triples in graphs:
            if iri:
                body.append(f"\n{self.iri(iri)} {{\n")
                body.extend(self._subjects(triples, "    "))
                body.append("}\n")
            else:
                body.extend(self._subjects(triples, ""))
        yield self._head()
        yield from body

    def _head(self) -> str:
        return "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in self._prefixes.items() if p in self._used)

    def _subjects(self, triples: Iterable[Triple], indent: str) -> Iterator[str]:
        for subject, group in groupby(triples, key=lambda t: t[0]):
            lines = []
            for predicate, same in groupby(group, key=lambda t: t[1]):
                verb = "a" if predicate == TYPE else self.iri(predicate)
                lines.append(f"{verb} {' , '.join(self.term(t[2]) for t in same)}")
            joined = f" ;\n{indent}    ".join(lines)
            yield f"\n{indent}{self.iri(subject)}\n{indent}    {joined} .\n"

    def iri(self, iri: str) -> str:
        short = self._short.get(iri)
        if short is None:
            short = self._short[iri] = self._shorten(iri)
        return short

    def _shorten(self, iri: str) -> str:
        if iri.startswith("_:"):
            return iri
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return f"<{iri}>"
        self._used.add(prefix)
        return f"{prefix}:{iri[cut:]}"

    def term(self, term: Object) -> str:
        if isinstance(term, str):
            return self.iri(term)
        if not isinstance(term, Literal):
            return f"<<( {self.iri(term.subject)} {self.iri(term.predicate)} {self.iri(term.object)} )>>"
        if term.datatype == XSD + "decimal" and "." in term.value:
            return term.value
        if term.datatype:
            return f"{quoted(term.value)}^^{self.iri(term.datatype)}"
        return n_term(term)
