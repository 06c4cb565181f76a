"""Integrity of an output directory: manifest, records, and RDF files that all hold the same graph."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.export.directory import MANIFEST, NotABuild, read_records
from kg.export.rdf import FORMATS
from kg.query import check_xml
from kg.record import AUTHOR, Article, Evidence, Record

if TYPE_CHECKING:
    import pyoxigraph

Finding = tuple[str, str, str]  # check, where, what is wrong
_DATASETS = ("trig", "nq")


def directory_findings(out: Path) -> Iterator[Finding]:
    """What is wrong with a directory's manifest, records and RDF files, in this order."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except OSError as problem:
        yield "manifest", MANIFEST, f"cannot be read ({problem.strerror})"
        return
    except ValueError as problem:
        yield "manifest", MANIFEST, f"no JSON: {problem}"
        return
    try:
        records = read_records(out)
    except NotABuild as problem:
        yield "records", "records.jsonl", str(problem)
        return
    yield from _manifest(out, manifest, records)
    for record in records:
        yield from record_findings(record)
    yield from _rdf_files(out)


def _manifest(out: Path, manifest: Mapping[str, Any], records: Sequence[Record]) -> Iterator[Finding]:
    listed = [(i.get("source"), i.get("sha256"), i.get("articles")) for i in manifest.get("inputs", [])]
    found = [(r.source, r.sha256, len(r.articles)) for r in records]
    for source, sha256, articles in sorted(set(listed) ^ set(found), key=str):
        side = "records.jsonl lacks" if (source, sha256, articles) in listed else "the manifest lacks"
        yield "manifest", str(source), f"{side} this input ({sha256}, {articles} articles)"
    counts = manifest.get("counts", {})
    claims = {"relation": 0, "quantity": 0, "comparison": 0, "statement": 0}
    seen: dict[str, str] = {}
    for record in records:
        for claim in record.claims():
            seen[claim.id] = type(claim).__name__.lower()
    claims |= Counter(seen.values())
    expected = {
        "documents": len(records),
        "articles": len({(r.source, a.id) for r in records for a in r.articles}),
        "entities": len({e.id for r in records for e in r.entities}),
        "claims": len(seen),
        "claims_by_kind": claims,
    }
    for key, number in expected.items():
        if counts.get(key) != number:
            yield "manifest", key, f"says {counts.get(key)}, the records hold {number}"
    for format_ in manifest.get("output", {}).get("formats", []):
        if not (out / f"graph.{format_}").is_file():
            yield "files", f"graph.{format_}", "named in the manifest, but missing"


def record_findings(record: Record) -> Iterator[Finding]:
    """What is wrong inside one record: references to nothing, spans outside their article."""
    articles = {a.id: a for a in record.articles}
    entities = {e.id for e in record.entities}
    for claim in record.claims():
        for reference in _references(claim):
            if reference not in entities:
                yield "records", f"{record.source} {claim.id}", f"names {reference}, which is no entity of the record"
        if not claim.holder:
            yield "records", f"{record.source} {claim.id}", "has no holder"
        yield from _span(record, claim.id, claim.evidence, articles)
    for entity in record.entities:
        for m in entity.mentions:
            yield from _span(record, entity.id, Evidence(m.start, m.end, m.text, m.article), articles)


def _references(claim: Any) -> Iterator[str]:
    for field in ("subject", "object", "relative_to"):
        value = getattr(claim, field, None)
        if value is not None:
            yield value
    yield from getattr(claim, "about", ())
    if claim.holder != AUTHOR and _is_entity_id(claim.holder):
        yield claim.holder


def _is_entity_id(holder: str) -> bool:
    """Entity ids are `type/slug` in ASCII and never look like words."""
    from kg.record import TYPES

    return holder.partition("/")[0] in {t.lower() for t in TYPES} and "/" in holder


def _span(record: Record, what: str, e: Evidence, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """A span must lie in its article, or in its title, which may stand above what an article's span begins with."""
    where = f"{record.source} {what}"
    article = articles.get(e.article)
    if article is None:
        yield "records", where, f"stands in article {e.article}, which the record lacks"
        return
    in_title = "".join(e.text.split()) in "".join(article.title.split())
    if not (article.start <= e.start or in_title) or not e.start < e.end <= article.end:
        yield "records", where, f"span {e.start}–{e.end} lies outside its article ({article.start}–{article.end})"


def _rdf_files(out: Path) -> Iterator[Finding]:
    """Every RDF file parses, and all hold the same triples."""
    import pyoxigraph

    unions: dict[str, set[pyoxigraph.Triple]] = {}
    quads: dict[str, set[pyoxigraph.Quad]] = {}
    for format_ in FORMATS:
        path = out / f"graph.{format_}"
        if not path.is_file():
            continue
        try:
            if format_ == "rdf":
                check_xml(path)
            found = {_comparable(q) for q in pyoxigraph.parse(path=str(path))}
        except (SyntaxError, ValueError) as problem:
            yield "files", path.name, f"does not parse: {problem}"
            continue
        unions[path.name] = {q.triple for q in found}
        if format_ in _DATASETS:
            quads[path.name] = found
    yield from _same(unions, "triples")
    yield from _same(quads, "quads")


def _comparable(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    """With the language tag in lower case, as all of pyoxigraph's readers but that of JSON-LD give it."""
    import pyoxigraph

    term = quad.object
    if isinstance(term, pyoxigraph.Literal) and term.language:
        lowered = pyoxigraph.Literal(term.value, language=term.language.lower())
        return pyoxigraph.Quad(quad.subject, quad.predicate, lowered, quad.graph_name)
    return quad


def _same(found: Mapping[str, set[Any]], what: str) -> Iterator[Finding]:
    names = list(found)
    for name in names[1:]:
        if found[name] != found[names[0]]:
            extra, missing = len(found[name] - found[names[0]]), len(found[names[0]] - found[name])
            yield "files", name, f"holds other {what} than {names[0]}: {extra} more, {missing} fewer"
