"""The graph as RDF files: Turtle, TriG, N-Quads, JSON-LD and RDF/XML, and an Oxigraph store on disk.

The files are written here from sorted plain triples, not by pyoxigraph or rdflib: pyoxigraph puts language tags in
lower case (`zh-hans`) and escapes every slash of a name, rdflib is slow by a factor of fifty. Reading and querying
are pyoxigraph's (`kg.query`). Same graph, same settings, same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.rdf_dataset import Run, dataset_triples, graph_triples
from kg.export.rdf_jsonld import jsonld
from kg.export.rdf_model import RdfModel
from kg.export.rdf_terms import Quoted, Triple, prefixes, sort_key
from kg.export.rdf_text import TurtleWriter, nquads
from kg.export.rdf_xml import rdfxml
from kg.identity import BASE_IRI

if TYPE_CHECKING:
    from kg.graph.build import KnowledgeGraph

FORMATS = ("ttl", "trig", "nq", "jsonld", "rdf")
RDF12_FILE = "graph.rdf12.ttl"
STORE = "store"


@dataclass(frozen=True)
class RdfDataset:
    """All triples of a build by named graph, sorted. The default graph has the name `""` and comes first."""

    graphs: tuple[tuple[str, tuple[Triple, ...]], ...]
    base_iri: str

    @cached_property
    def all_distinct(self) -> tuple[Triple, ...]:
        """The distinct triples of all graphs, sorted, with quoted triples where there are any (RDF 1.2)."""
        return tuple(sorted({t for _, triples in self.graphs for t in triples}, key=sort_key))

    @cached_property
    def union(self) -> tuple[Triple, ...]:
        """The distinct triples of all graphs, sorted, without quoted triples (RDF 1.1)."""
        return tuple(t for t in self.all_distinct if not isinstance(t[2], Quoted))

    @cached_property
    def plain(self) -> tuple[tuple[str, tuple[Triple, ...]], ...]:
        """The graphs without quoted triples."""
        return tuple((g, tuple(t for t in ts if not isinstance(t[2], Quoted))) for g, ts in self.graphs)


def rdf_dataset(
    graph: KnowledgeGraph,
    *,
    base_iri: str = BASE_IRI,
    rdf12: bool = False,
    settings: Mapping[str, object] | None = None,
) -> RdfDataset:
    """The whole graph as RDF. `settings` are those of the build; they and the version name the build activity.

    Raises ValueError where `base_iri` is no absolute IRI that ends in `/` or `#`.
    """
    check_base(base_iri)
    run = Run(base_iri, settings or {})
    model = RdfModel(graph, base_iri=base_iri, run=run.iri, rdf12=rdf12)
    named: dict[str, set[Triple]] = {}
    default: set[Triple] = set(run.triples())
    for record, article in model.articles():
        key = (record.source, article.id)
        named.setdefault(model.graph_iri(key), set()).update(model.article_triples(record, article))
    for record, article in model.articles():
        key = (record.source, article.id)
        default.update(graph_triples(model, key, len(named[model.graph_iri(key)]), run))
    union = sorted(default.union(*named.values()), key=sort_key)
    default.update(dataset_triples(model, run, union))
    graphs = [("", default), *sorted(named.items())]
    return RdfDataset(tuple((iri, tuple(sorted(ts, key=sort_key))) for iri, ts in graphs), base_iri)


def check_base(base_iri: str) -> None:
    """Raise ValueError where a base is no absolute http(s) IRI that ends in `/` or `#`."""
    unsafe = set(base_iri) & set(' <>"{}|\\^`\n\r\t')
    if unsafe or not base_iri.startswith(("http://", "https://")) or base_iri[-1] not in "/#":
        raise ValueError(f"{base_iri!r} is no base IRI: it must begin with http:// or https:// and end in / or #")


def write_rdf(
    graph: KnowledgeGraph,
    out: Path,
    formats: Collection[str],
    *,
    base_iri: str = BASE_IRI,
    rdf12: bool = False,
    store: bool = False,
    settings: Mapping[str, object] | None = None,
) -> RdfDataset:
    """Write `out/graph.<format>` for each of `formats` (of `FORMATS`), and give back the dataset.

    `rdf12` adds `graph.rdf12.ttl`, in which each relation claim reifies its triple (RDF 1.2); `store` adds the folder
    `store`, an Oxigraph database that `kg query` opens at once. Raises ValueError for an unknown format or bad base.
    """
    unknown = set(formats) - set(FORMATS)
    if unknown:
        raise ValueError(f"no RDF format: {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}")
    dataset = rdf_dataset(graph, base_iri=base_iri, rdf12=rdf12, settings=settings)
    for format_ in FORMATS:
        if format_ in formats:
            write_file(dataset, format_, out / f"graph.{format_}")
    if rdf12:
        names = prefixes(base_iri)
        _write(out / RDF12_FILE, TurtleWriter(names).turtle(dataset.all_distinct))
    if store:
        write_store(dataset, out / STORE)
    return dataset


def write_file(dataset: RdfDataset, format_: str, path: Path) -> None:
    """Write one RDF 1.1 file; `format_` is one of `FORMATS`."""
    names = prefixes(dataset.base_iri)
    lines: Iterable[str]
    match format_:
        case "ttl":
            lines = TurtleWriter(names).turtle(dataset.union)
        case "trig":
            lines = TurtleWriter(names).trig(dataset.plain)
        case "nq":
            lines = nquads(dataset.plain)
        case "jsonld":
            lines = jsonld(dataset.union, dataset.base_iri)
        case "rdf":
            lines = rdfxml(dataset.union, names)
        case _:
            raise ValueError(f"no RDF format: {format_}; there are {', '.join(FORMATS)}")
    _write(path, lines)


def write_store(dataset: RdfDataset, folder: Path) -> None:
    """Load the dataset into a new Oxigraph store in `folder`: the named graphs, and the union as default graph."""
    import pyoxigraph

    store = pyoxigraph.Store(str(folder))
    for graphs in (dataset.graphs, [("", dataset.all_distinct)]):
        text = "".join(nquads(graphs)).encode()
        store.bulk_load(text, format=pyoxigraph.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
