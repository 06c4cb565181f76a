"""SPARQL 1.1 over a built directory or any RDF file, by Oxigraph: reading only, with a time limit, off the network.

The default graph is the union of all graphs; `GRAPH` works. The prefixes of the vocabulary and of the data need no
declaration. The union is loaded as the default graph of its own, because Oxigraph's own union of named graphs counts a
triple once for each graph that holds it; the named graphs are loaded when a query first speaks of them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UserError
from kg.export.rdf_terms import VOID, Triple, prefixes, sort_key
from kg.identity import BASE_IRI
from kg.query_check import QueryError, caret, explain_syntax, prepare, speaks_of_graphs
from kg.query_format import QueryResult, Term, format_result, plain_term
from kg.query_named import NamedQuery, describe, named_queries, named_query, parse_params
from kg.query_nquads import union_store

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

__all__ = [
    "LoadError", "Loaded", "NamedQuery", "QueryError", "QueryResult", "QueryTimeout", "as_rdflib", "describe",
    "format_result", "load", "named_queries", "named_query", "parse_params", "read_query", "run",
]  # fmt: skip

STORE = "store"
UNIONS = ("graph.ttl", "graph.rdf", "graph.jsonld")
DATASETS = ("graph.nq", "graph.trig")
_TO_DEFAULT = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
EXTENSIONS = {
    "nq": "N_QUADS", "nt": "N_TRIPLES", "ttl": "TURTLE", "trig": "TRIG", "n3": "N3", "rdf": "RDF_XML", "xml": "RDF_XML",
    "owl": "RDF_XML", "jsonld": "JSON_LD", "json": "JSON_LD",
}  # fmt: skip
_PREFIX = re.compile(r"@?prefix\s+([\w.-]*):\s*<([^<>\s]*)>", re.I)
_HEAD = 65536  # characters of a file in which its own prefixes are looked for
_AT_LINE = re.compile(r"(?:at|between) line (\d+)(?: column| between columns) (\d+)")


class LoadError(UserError):
    """Data that cannot be read as RDF; the message says which file, where and why."""


class QueryTimeout(UserError):
    """A query that took longer than its limit."""


@dataclass
class Loaded:
    """An open store, where it came from, the prefixes that queries may use without declaring them, and the file of
    named graphs that is still to be loaded."""

    store: pyoxigraph.Store
    path: Path
    prefixes: Mapping[str, str]
    pending: Path | None = None

    def load_named_graphs(self) -> None:
        """Load the named graphs, unless that was done."""
        if self.pending is not None:
            _read(self.store, self.pending)
            self.pending = None


def load(path: Path) -> Loaded:
    """Open a directory that `kg build` wrote (its on-disk store where it has one, else a graph file) or an RDF file.

    Raises LoadError where there is nothing to load or the data are broken.
    """
    import pyoxigraph

    path = Path(path)
    if not path.exists():
        raise LoadError(f"{path}: no such file or directory")
    if path.is_file():
        return _load_file(path)
    if (path / STORE).is_dir():
        try:
            return _loaded(pyoxigraph.Store.read_only(str(path / STORE)), path)
        except OSError as problem:
            raise LoadError(f"{path / STORE}: no Oxigraph store ({problem})") from problem
    union, dataset = (next((path / n for n in names if (path / n).is_file()), None) for names in (UNIONS, DATASETS))
    if union is None and dataset is None:
        raise LoadError(f"{path}: no RDF graph in it; run `kg build … -o {path} --formats ttl,nq`")
    if union is None or dataset is None:
        return _load_file(union or dataset or path)
    found = _load_file(union)
    found.pending = dataset
    return found


def as_rdflib(loaded: Loaded) -> rdflib.Dataset:
    """The store behind rdflib's API, by oxrdflib: the union as default graph, and every named graph.

    Queries run in Oxigraph. For bulk reading and writing use pyoxigraph or `format="ox-turtle"` and the like.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    loaded.load_named_graphs()
    return rdflib.Dataset(store=OxigraphStore(store=loaded.store))


def graph_files(out: Path) -> list[Path]:
    """The RDF files that a directory may hold, those of the union first."""
    return [out / name for name in (*UNIONS, *DATASETS)]


def _load_file(path: Path) -> Loaded:
    import pyoxigraph

    union = union_store(path) if path.suffix.lower() == ".nq" else None
    if union is not None:
        return replace(_loaded(union, path), pending=path)
    store = pyoxigraph.Store()
    _read(store, path)
    if next(store.named_graphs(), None) is not None:
        store.update(_TO_DEFAULT)
    return _loaded(store, path, _own_prefixes(path))


def _read(store: pyoxigraph.Store, path: Path) -> None:
    import pyoxigraph

    extension = path.suffix.lower().removeprefix(".")
    if extension not in EXTENSIONS:
        known = ", ".join("." + e for e in EXTENSIONS)
        raise LoadError(f"{path}: not known as RDF by its name; known endings are {known}")
    format_ = getattr(pyoxigraph.RdfFormat, EXTENSIONS[extension])
    if EXTENSIONS[extension] == "RDF_XML":
        check_xml(path)
    try:
        store.load(path=str(path), format=format_, base_iri=path.absolute().as_uri())
    except SyntaxError as problem:
        raise _broken(path, problem) from problem
    except OSError as problem:
        raise LoadError(f"{path}: cannot be read ({problem.strerror or problem})") from problem


def _loaded(store: pyoxigraph.Store, path: Path, own: Mapping[str, str] | None = None) -> Loaded:
    """With the prefixes of the base that the data say they live under."""
    import pyoxigraph

    space = next(store.quads_for_pattern(None, pyoxigraph.NamedNode(VOID + "uriSpace"), None), None)
    base = space.object.value if space is not None and isinstance(space.object, pyoxigraph.Literal) else BASE_IRI
    return Loaded(store, path, dict(own or {}) | prefixes(base))


def _own_prefixes(path: Path) -> dict[str, str]:
    if path.suffix.lower() not in (".ttl", ".trig", ".n3"):
        return {}
    with path.open(encoding="utf-8", errors="replace") as file:
        return {p: ns for p, ns in _PREFIX.findall(file.read(_HEAD)) if ":" in ns}


def _broken(path: Path, problem: SyntaxError) -> LoadError:
    """Where a file stops being RDF, with the line and a caret where the place is known."""
    reason = str(problem.args[0])
    place = _AT_LINE.search(reason)
    line, column = (int(place[1]), int(place[2])) if place else (problem.lineno, problem.offset)
    if line is None or column is None:
        return LoadError(f"{path}: no RDF, or broken: {reason}")
    why = reason.partition(": ")[2] if place else reason
    text = _line(path, line)
    return LoadError(f"{path}, line {line}, column {column}: {why}\n{caret(text, 1, column)}")


def _line(path: Path, number: int) -> str:
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        for count, line in enumerate(file, 1):
            if count == number:
                return line.rstrip("\r\n")
    return ""


def check_xml(path: Path) -> None:
    """Raise LoadError where a file is no well-formed XML: Oxigraph takes a file that ends too early for a whole one."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as problem:
        line, column = problem.lineno, problem.offset + 1
        shown = caret(_line(path, line), 1, column)
        raise LoadError(
            f"{path}, line {line}, column {column}: {expat.ErrorString(problem.code)}\n{shown}"
        ) from problem
    except OSError as problem:
        raise LoadError(f"{path}: cannot be read ({problem.strerror})") from problem


def read_query(path: Path) -> str:
    """The text of a query file. Raises QueryError where it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise QueryError(f"{path}: cannot be read ({problem.strerror})") from problem
    except UnicodeDecodeError as problem:
        raise QueryError(f"{path}: not UTF-8 text (byte {problem.start})") from problem


def run(loaded: Loaded, sparql: str, *, timeout: float | None = None, allow_service: bool = False) -> QueryResult:
    """Run a query. `timeout` is in seconds of wall-clock time, None for no limit.

    Raises QueryError for a bad query, an update, or SERVICE unless allowed; QueryTimeout when time is up. The engine
    cannot be interrupted: a query that ran out of time is left to its (daemon) thread, which ends with the process.
    """
    text = prepare(sparql, allow_service=allow_service)
    if speaks_of_graphs(text):
        loaded.load_named_graphs()
    job = _Job(loaded, text, sparql)
    thread = threading.Thread(target=job.work, name="kg-query", daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        job.cancelled = True
        raise QueryTimeout(f"the query took longer than {timeout:g} s; give --timeout more, or ask for less (LIMIT)")
    if job.problem is not None:
        raise job.problem
    assert job.result is not None
    return job.result


class _Job:
    """One query in its thread; the engine works outside Python's lock, so that the time limit holds."""

    def __init__(self, loaded: Loaded, text: str, given: str) -> None:
        self._loaded = loaded
        self._text = text
        self._given = given
        self.result: QueryResult | None = None
        self.problem: Exception | None = None
        self.cancelled = False

    def work(self) -> None:
        try:
            self.result = self._ask()
        except SyntaxError as problem:
            self.problem = explain_syntax(self._given, str(problem.args[0]), self._loaded.prefixes)
        except (OSError, ValueError, RuntimeError) as problem:
            self.problem = QueryError(f"the query failed: {problem}")
        except MemoryError:
            self.problem = QueryError("the query needs more memory than there is; ask for less (LIMIT)")

    def _ask(self) -> QueryResult:
        import pyoxigraph

        known = dict(self._loaded.prefixes)
        found = self._loaded.store.query(self._text, prefixes=known)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return QueryResult("ask", truth=bool(found), prefixes=known)
        if isinstance(found, pyoxigraph.QueryTriples):
            triples = sorted(set(self._triples(found)), key=sort_key)
            return QueryResult("graph", ("subject", "predicate", "object"), tuple(triples), prefixes=known)
        names = tuple(v.value for v in found.variables)
        return QueryResult("select", names, tuple(self._rows(found)), prefixes=known)

    def _rows(self, found: pyoxigraph.QuerySolutions) -> Iterator[tuple[Term, ...]]:
        for solution in found:
            if self.cancelled:
                return
            yield tuple(None if t is None else plain_term(t) for t in solution)

    def _triples(self, found: pyoxigraph.QueryTriples) -> Iterator[Triple]:
        for triple in found:
            if self.cancelled:
                return
            yield str(plain_term(triple.subject)), triple.predicate.value, plain_term(triple.object)
