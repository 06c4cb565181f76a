"""The output directory: records, RDF, graph files, page and manifest, written beside and renamed into place."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import __version__
from kg.entities.lexicon import Lexicon
from kg.errors import UserError
from kg.export import graphs
from kg.export.page import ArticleText
from kg.graph.build import KnowledgeGraph, build_graph
from kg.identity import BASE_IRI
from kg.record import SCHEMA, Record

RDF_FORMATS = ("ttl", "trig", "nq", "jsonld", "rdf")
GRAPH_FORMATS = ("graphml", "gexf", "json")
FORMATS = (*RDF_FORMATS, *GRAPH_FORMATS, "html")
RECORDS = "records.jsonl"
MANIFEST = "manifest.json"
STORE = "store"
RDF12_FILE = "graph.rdf12.ttl"
OURS = frozenset({RECORDS, MANIFEST, STORE, RDF12_FILE, *(f"graph.{f}" for f in FORMATS)})


class OutputRefused(UserError):
    """The output folder cannot or must not be written: names it, the reason, and what to do."""


class NotABuild(UserError):
    """A folder that `kg build` did not write, or did not finish."""


@dataclass(frozen=True)
class Options:
    """What of the graph is written, and how."""

    formats: Sequence[str] = FORMATS
    base_iri: str = BASE_IRI
    rdf12: bool = False
    store: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


def write_directory(
    out: Path,
    records: Sequence[Record],
    articles: Sequence[ArticleText] | None = None,
    options: Options | None = None,
    lexicon: Lexicon | None = None,
) -> KnowledgeGraph:
    """Build the graph of the records and write the whole output directory at once.

    Raises OutputRefused where `out` is a file, holds files of others, or cannot be written; then nothing changed.
    """
    options = options or Options()
    graph = build_graph(records, lexicon)
    with replacing(out) as folder:
        (folder / RECORDS).write_text("".join(r.to_line() + "\n" for r in graph.records), encoding="utf-8")
        write_formats(graph, folder, options, articles)
        (folder / MANIFEST).write_text(manifest(graph, options), encoding="utf-8")
    return graph


def write_formats(
    graph: KnowledgeGraph, folder: Path, options: Options, articles: Sequence[ArticleText] | None = None
) -> None:
    """Write `graph.<format>` for every format of the options into an existing folder."""
    writers = {"graphml": graphs.graphml, "gexf": graphs.gexf, "json": graphs.node_link}
    for format_ in GRAPH_FORMATS:
        if format_ in options.formats:
            (folder / f"graph.{format_}").write_text(writers[format_](graph), encoding="utf-8")
    rdf = {f for f in options.formats if f in RDF_FORMATS}
    if rdf or options.store or options.rdf12:
        from kg.export.rdf import write_rdf

        write_rdf(
            graph,
            folder,
            rdf,
            base_iri=options.base_iri,
            rdf12=options.rdf12,
            store=options.store,
            settings=options.settings,
        )
    if "html" in options.formats:
        from kg.export.page import write_page

        write_page(graph, folder / "graph.html", articles=articles, base_iri=options.base_iri)


def export_file(out: Path, format_: str, file: Path) -> None:
    """Write one format of a built directory to a file. Raises NotABuild or OutputRefused."""
    built = out / f"graph.{format_}"
    if built.is_file():
        content = built.read_bytes()
    else:
        graph = build_graph(read_records(out))
        with tempfile.TemporaryDirectory() as folder:
            write_formats(graph, Path(folder), built_with(out, format_))
            content = (Path(folder) / f"graph.{format_}").read_bytes()
    try:
        file.write_bytes(content)
    except OSError as problem:
        raise OutputRefused(f"{file}: cannot be written ({problem.strerror}); give another file with -o") from problem


def built_with(out: Path, format_: str) -> Options:
    """The options that a directory was built with, for one format. Raises NotABuild."""
    path = out / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Options(formats=(format_,), base_iri=data["output"]["base_iri"], settings=data["settings"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise NotABuild(f"{path}: not a manifest of kg ({problem}); run `kg build` again") from problem


def read_records(out: Path) -> list[Record]:
    """The records of a built directory. Raises NotABuild where there are none or a line is broken."""
    path = out / RECORDS
    if not path.is_file():
        raise NotABuild(f"{out}: no {RECORDS} in it; is it the output folder of `kg build`?")
    records = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                records.append(Record.from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError) as problem:
                raise NotABuild(
                    f"{path}, line {number}: not a document record ({problem}); run `kg build` again"
                ) from problem
    return records


def counts(graph: KnowledgeGraph) -> dict[str, Any]:
    """How much of what is in a graph; keys in a fixed order."""
    types = Counter(n.type for n in graph.nodes.values())
    kinds = Counter(r.kind for r in graph.claims.values())
    links = Counter(link.kind for link in graph.links)
    return {
        "documents": len(graph.records),
        "articles": len(graph.articles),
        "entities": len(graph.nodes),
        "entities_by_type": dict(sorted(types.items(), key=lambda x: (-x[1], x[0]))),
        "relations": len(graph.edges),
        "relations_by_predicate": dict(sorted(Counter(e.predicate for e in graph.edges).items())),
        "claims": len(graph.claims),
        "claims_by_kind": {k: kinds[k] for k in ("relation", "quantity", "comparison", "statement")},
        "corroborations": links["corroborates"],
        "contradictions": links["contradicts"],
    }


def manifest(graph: KnowledgeGraph, options: Options) -> str:
    """The manifest: inputs with hashes, counts, versions, settings. No time, no absolute path."""
    data = {
        "program": "newskg",
        "version": __version__,
        "schema": SCHEMA,
        "settings": dict(options.settings),
        "output": {"base_iri": options.base_iri, "formats": list(options.formats), "rdf12": options.rdf12},
        "inputs": [{"source": r.source, "sha256": r.sha256, "articles": len(r.articles)} for r in graph.records],
        "counts": counts(graph),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def check_output(out: Path) -> None:
    """Raise OutputRefused where `out` cannot become an output directory, before any work is done."""
    if out.exists() and not out.is_dir():
        raise OutputRefused(f"{out}: is a file, not a folder; give another folder with -o")
    if out.is_dir():
        foreign = sorted(p.name for p in out.iterdir() if p.name not in OURS)
        if foreign:
            raise OutputRefused(
                f"{out}: holds files that kg did not write ({', '.join(foreign[:3])}); give a new folder with -o"
            )
    parent = next(p for p in (out.absolute(), *out.absolute().parents) if p.is_dir())
    parent = parent if parent != out.absolute() else parent.parent
    if not os.access(parent, os.W_OK | os.X_OK):
        raise OutputRefused(f"{out}: no permission to write in {parent}; give another folder with -o")


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A fresh folder beside `out` that takes its place when the block ends well, and vanishes when it does not."""
    check_output(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as problem:
        raise OutputRefused(f"{out}: cannot be written ({problem.strerror}); give another folder with -o") from problem
    fresh.chmod(0o755)
    old = fresh.with_name(fresh.name + ".old")
    try:
        yield fresh
        if out.exists():
            out.rename(old)
        fresh.rename(out)
    except OSError as problem:
        raise OutputRefused(f"{out}: cannot be written ({problem.strerror}); nothing was changed") from problem
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(fresh, ignore_errors=True)
