"""Query results as text: a table for people, and the W3C's CSV, TSV, JSON and XML; Turtle for triples."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.errors import UserError
from kg.export.rdf_terms import XSD, Literal, Object, Quoted, Triple, sort_key
from kg.export.rdf_text import TurtleWriter, n_term

if TYPE_CHECKING:
    import pyoxigraph

Term = Object | None
_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "zh-cn": "zh-CN", "zh-tw": "zh-TW", "zh-hk": "zh-HK"}
_WIDEST = 60  # cells of a table's column; longer values are cut


@dataclass(frozen=True)
class QueryResult:
    """What a query gave: rows of terms, or for ASK a truth value. CONSTRUCT and DESCRIBE give rows of three."""

    form: str  # "select", "ask" or "graph"
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term, ...], ...] = ()
    truth: bool = False
    prefixes: Mapping[str, str] = field(default_factory=dict)


def plain_term(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Object:
    """A term of the store as a plain value; script subtags get their capital letter back."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.Literal):
        if language := term.language:
            return Literal(term.value, language=_TAGS.get(language, language))
        datatype = term.datatype.value
        return Literal(term.value, "" if datatype == XSD + "string" else datatype)
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    return Quoted(*(str(plain_term(part)) for part in term))


def format_result(result: QueryResult, format_: str) -> str:
    """The result as text. Raises UserError for an unknown format, and for Turtle where the query gives no triples."""
    writers: dict[str, Callable[[QueryResult], str]] = {
        "table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml, "turtle": _turtle,
    }  # fmt: skip
    if format_ not in writers:
        raise UserError(f"unknown result format {format_!r}; there are {', '.join(writers)}")
    return writers[format_](result)


def _truth(result: QueryResult) -> str:
    return "true" if result.truth else "false"


def _table(result: QueryResult) -> str:
    from rich.cells import cell_len, set_cell_size

    if result.form == "ask":
        return _truth(result) + "\n"
    writer = TurtleWriter(result.prefixes)
    body = [[_shown(t, writer) for t in row] for row in result.rows]
    columns = list(zip(result.variables, *body, strict=True))
    widths = [min(_WIDEST, max(cell_len(cell) for cell in column)) for column in columns]

    def line(cells: Sequence[str]) -> str:
        cut = [
            c if cell_len(c) <= w else set_cell_size(c, w - 1).rstrip() + "…"
            for c, w in zip(cells, widths, strict=True)
        ]
        return "  ".join(c + " " * (w - cell_len(c)) for c, w in zip(cut, widths, strict=True)).rstrip()

    rule = "  ".join("─" * w for w in widths)
    rows = "row" if len(body) == 1 else "rows"
    return "\n".join([line(result.variables), rule, *map(line, body), f"({len(body)} {rows})"]) + "\n"


def _shown(term: Term, writer: TurtleWriter) -> str:
    if term is None:
        return ""
    text = term.value if isinstance(term, Literal) else writer.term(term)
    return " ".join(text.split())


def _csv(result: QueryResult) -> str:
    if result.form == "ask":
        return _truth(result) + "\n"
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(result.variables)
    for row in result.rows:
        rows.writerow(["" if t is None else t.value if isinstance(t, Literal) else _bare(t) for t in row])
    return out.getvalue()


def _bare(term: str | Quoted) -> str:
    return term if isinstance(term, str) else n_term(term)


def _tsv(result: QueryResult) -> str:
    if result.form == "ask":
        return _truth(result) + "\n"
    lines = ["\t".join(f"?{v}" for v in result.variables)]
    lines += ["\t".join("" if t is None else n_term(t) for t in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def _json(result: QueryResult) -> str:
    if result.form == "ask":
        return json.dumps({"head": {}, "boolean": result.truth}) + "\n"
    bindings = [
        {v: _json_term(t) for v, t in zip(result.variables, row, strict=True) if t is not None} for row in result.rows
    ]
    data = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Object) -> dict[str, Any]:
    if isinstance(term, str):
        return {"type": "bnode", "value": term[2:]} if term.startswith("_:") else {"type": "uri", "value": term}
    if isinstance(term, Quoted):
        names = ("subject", "predicate", "object")
        return {"type": "triple", "value": {n: _json_term(part) for n, part in zip(names, term, strict=True)}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    return found | {"datatype": term.datatype} if term.datatype else found


def _xml(result: QueryResult) -> str:
    head = "".join(f"<variable name={quoteattr(v)}/>" for v in result.variables)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
        f"<head>{head}</head>",
    ]
    if result.form == "ask":
        lines.append(f"<boolean>{_truth(result)}</boolean>")
    else:
        lines.append("<results>")
        for row in result.rows:
            cells = zip(result.variables, row, strict=True)
            bound = "".join(f"<binding name={quoteattr(v)}>{_xml_term(t)}</binding>" for v, t in cells if t is not None)
            lines.append(f"<result>{bound}</result>")
        lines.append("</results>")
    return "\n".join([*lines, "</sparql>"]) + "\n"


def _xml_term(term: Object) -> str:
    if isinstance(term, str):
        return f"<bnode>{escape(term[2:])}</bnode>" if term.startswith("_:") else f"<uri>{escape(term)}</uri>"
    if isinstance(term, Quoted):
        names = ("subject", "predicate", "object")
        parts = "".join(f"<{n}>{_xml_term(p)}</{n}>" for n, p in zip(names, term, strict=True))
        return f"<triple>{parts}</triple>"
    attribute = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    attribute = f" datatype={quoteattr(term.datatype)}" if term.datatype else attribute
    return f"<literal{attribute}>{escape(term.value)}</literal>"


def _turtle(result: QueryResult) -> str:
    if result.form != "graph":
        raise UserError("Turtle is for CONSTRUCT and DESCRIBE; this query gives no triples")
    triples: list[Triple] = []
    for row in result.rows:
        subject, predicate, object_ = row
        if isinstance(subject, str) and isinstance(predicate, str) and object_ is not None:
            triples.append((subject, predicate, object_))
    return "".join(TurtleWriter(result.prefixes).turtle(sorted(triples, key=sort_key)))
