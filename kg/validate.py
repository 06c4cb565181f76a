"""Does a built directory hold together? SHACL shapes, and the integrity of its files.

Graphs of up to `SHACL_LIMIT` triples are checked by pySHACL against `ontology/shapes.ttl`, larger ones by the same
checks as queries (`kg.validate_rules`). A single RDF file can be checked too, by its shapes alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UserError
from kg.export.directory import RECORDS
from kg.query import graph_files, load
from kg.validate_files import directory_findings
from kg.validate_rules import SHAPES, failures, shapes_graph

if TYPE_CHECKING:
    import rdflib

SHACL_LIMIT = 50_000  # triples; pySHACL takes about 10 s for these
SHOWN = 10  # problems of one check that a report lists


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `check` is the name of a shape, or `manifest`, `records`, `files`."""

    check: str
    where: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found. `method` is `SHACL` or `queries`, `triples` the size of the union graph."""

    problems: tuple[Problem, ...]
    triples: int
    method: str

    @property
    def conforms(self) -> bool:
        return not self.problems

    @property
    def text(self) -> str:
        """For people: one line a problem, at most `SHOWN` of each check."""
        head = f"{self.triples:,} triples checked by {self.method}: "
        if self.conforms:
            return head + "conforms"
        counts = Counter(p.check for p in self.problems)
        lines = [f"{head}{len(self.problems)} problem{'s' * (len(self.problems) != 1)}"]
        for check, count in counts.items():
            found = [p for p in self.problems if p.check == check]
            lines += [f"  {check}: {p.where}{': ' * bool(p.message)}{p.message}" for p in found[:SHOWN]]
            if count > SHOWN:
                lines.append(f"  {check}: … and {count - SHOWN} more")
        return "\n".join(lines)


def validate(path: Path, *, shacl_limit: int = SHACL_LIMIT) -> Report:
    """Check a directory that `kg build` wrote, or one RDF file.

    Raises UserError where there is nothing to check: no such path, no RDF, RDF that does not parse.
    """
    import pyoxigraph

    path = Path(path)
    if path.is_dir() and not (path / RECORDS).is_file():
        raise UserError(f"{path}: no {RECORDS} in it; is it the output folder of `kg build`?")
    problems = [Problem(*found) for found in directory_findings(path)] if path.is_dir() else []
    loaded = load(path)
    triples = sum(1 for _ in loaded.store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))
    file = loaded.path if loaded.path.is_file() else next((f for f in graph_files(path) if f.is_file()), None)
    if triples <= shacl_limit and file is not None:
        problems += shacl_problems(_as_rdflib(file))
        return Report(tuple(problems), triples, "SHACL")
    messages = shape_messages()
    problems += [Problem(name, node, messages[name]) for name, node in failures(loaded.store)]
    return Report(tuple(problems), triples, "queries")


def shacl_problems(graph: rdflib.Graph) -> list[Problem]:
    """What pySHACL finds wrong in a graph, without inference; `check` is the local name of the shape."""
    import pyshacl
    from rdflib.namespace import RDF, SH

    shapes = shapes_graph()
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    messages = shape_messages()
    found = set()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        name = _shape_name(shapes, results.value(result, SH.sourceShape))
        by_query = results.value(result, SH.sourceConstraint) is not None
        node = results.value(result, SH.value if by_query else SH.focusNode)
        found.add((name, str(node)))
    return [Problem(name, node, messages.get(name, "")) for name, node in sorted(found)]


def _shape_name(shapes: rdflib.Graph, shape: object) -> str:
    """The name of the node shape that a (perhaps nameless) property shape belongs to."""
    import rdflib
    from rdflib.namespace import SH

    node = shape
    while isinstance(node, rdflib.BNode):
        node = next((s for s in shapes.subjects(SH.property, node)), None)
    return str(node).removeprefix(SHAPES)


def shape_messages() -> dict[str, str]:
    """What each check demands, in English, by its name."""
    from rdflib.namespace import RDF, SH

    shapes = shapes_graph()
    messages = {}
    for shape in sorted(shapes.subjects(RDF.type, SH.NodeShape), key=str):
        constraint = shapes.value(shape, SH.sparql)
        for text in shapes.objects(shape if constraint is None else constraint, SH.message):
            if getattr(text, "language", None) == "en":
                messages[str(shape).removeprefix(SHAPES)] = str(text)
    return messages


def _as_rdflib(path: Path) -> rdflib.Graph:
    """The union of a file's graphs in rdflib's memory, which pySHACL walks faster than a foreign store.

    Not taken from the store, which turns `xsd:nonNegativeInteger` into `xsd:integer`.
    """
    import pyoxigraph
    import rdflib

    triples = {q.triple for q in pyoxigraph.parse(path=str(path), base_iri=path.absolute().as_uri())}
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")
