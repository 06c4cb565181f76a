"""The command line: thin click commands; results to stdout, everything else to stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from kg import __version__

if TYPE_CHECKING:
    from kg.pipeline import Settings

F = TypeVar("F", bound=Callable[..., Any])

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: the products are small, threads would only wait

NO, USAGE, UNREADABLE = 1, 2, 3  # exit codes of the contract; 0 is done


def fail(message: str, code: int = USAGE) -> NoReturn:
    """One line on stderr and the exit code of the contract."""
    click.echo(f"kg: {message}", err=True)
    raise SystemExit(code)


def plain_errors(command: F) -> F:
    """A user's mistake ends in one line and exit code 2, without a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from kg.errors import UserError

        try:
            return command(*args, **kwargs)
        except UserError as problem:
            fail(str(problem))
        except BrokenPipeError:
            # `kg extract … | head`: the reader has what it wants.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None

    return run  # type: ignore[return-value]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Read Chinese news articles and build a knowledge graph of who claims what, with the evidence.

    \b
    Example:
      kg build seeds -o out && kg view out
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")


def reading_options(command: F) -> F:
    """The options of every command that reads articles."""
    from kg.reading import MAX_SIZE

    options = (
        click.option("--encoding", metavar="NAME", help="Read files in this encoding instead of detecting it."),
        click.option("--max-size", type=click.IntRange(1), default=MAX_SIZE, help="Bytes; larger files are refused."),
    )
    for option in options:
        command = option(command)
    return command


def lexicon_option(command: F) -> F:
    return click.option(
        "--lexicon",
        type=click.Path(path_type=Path),
        help="A TSV of names to add or override (see README, “Your own names”).",
    )(command)


def _settings(encoding: str | None, max_size: int, lexicon: Path | None) -> Settings:
    from kg.entities.lexicon import load_lexicon
    from kg.pipeline import Settings

    load_lexicon(lexicon)  # a bad line stops here, before anything is built
    return Settings(encoding=encoding, max_size=max_size, lexicon=lexicon)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=str, metavar="PATH...")
@click.option("-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="The output directory.")
@click.option(
    "--formats",
    default="all",
    metavar="LIST",
    help="Comma-separated: ttl, trig, nq, jsonld, rdf, graphml, gexf, json, html.",
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes. [default: one per core]")
@click.option(
    "--base-iri", default=None, metavar="IRI", help="Where data IRIs live. [default: https://w3id.org/newskg/id/]"
)
@click.option("--rdf12", is_flag=True, help="Also write the claims as RDF 1.2 reifiers (graph.rdf12.ttl).")
@click.option("--store", is_flag=True, help="Also write an on-disk Oxigraph store that `kg query` opens at once.")
@click.option("--no-validate", is_flag=True, help="Skip the checks of `kg validate` at the end.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@reading_options
@lexicon_option
@plain_errors
def build(
    paths: tuple[str, ...],
    out: Path,
    formats: str,
    jobs: int | None,
    base_iri: str | None,
    rdf12: bool,
    store: bool,
    no_validate: bool,
    quiet: bool,
    encoding: str | None,
    max_size: int,
    lexicon: Path | None,
) -> None:
    """Read files, folders (recursively) or - and write the graph to a directory.

    \b
    Example:
      kg build seeds -o out
      cat article.txt | kg build - -o out --formats ttl,html
    """
    from kg.entities.lexicon import load_lexicon
    from kg.export.directory import Options, check_output, write_directory
    from kg.identity import BASE_IRI
    from kg.inputs import run_pipeline, sources
    from kg.summary import summary

    wanted = _formats(formats)
    check_output(out)
    settings = _settings(encoding, max_size, lexicon)
    files, missing = sources(paths)
    for problem in missing:
        click.echo(f"kg: {problem}", err=True)
    outcomes = run_pipeline(files, settings, jobs or min(os.cpu_count() or 1, max(1, len(files) // 4)))
    records = [r for o in outcomes for r in o.records]
    if not records:
        fail("nothing to build: no article could be read", UNREADABLE)
    options = Options(
        formats=wanted,
        base_iri=base_iri or BASE_IRI,
        rdf12=rdf12,
        store=store,
        settings={"encoding": encoding, "max_size": max_size, "lexicon": _lexicon_hash(lexicon)},
    )
    texts = [t for o in outcomes for t in o.texts]
    graph = write_directory(out, records, texts, options, load_lexicon(lexicon))
    if not quiet:
        summary(graph, out)
    if not no_validate:
        _warn_of_problems(out)
    if missing or any(o.error for o in outcomes):
        raise SystemExit(UNREADABLE)


def _warn_of_problems(out: Path) -> None:
    """Check what was written; a build that does not conform is a mistake of kg and is told as one."""
    from kg.validate import validate as check

    report = check(out)
    if not report.conforms:
        click.echo(f"kg: {out} does not conform to its own shapes (please report this):\n{report.text}", err=True)


def _formats(given: str) -> tuple[str, ...]:
    from kg.export.directory import FORMATS

    if given == "all":
        return FORMATS
    wanted = [f.strip() for f in given.split(",") if f.strip()]
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown:
        fail(f"--formats: unknown format {unknown[0]!r}; known are {', '.join(FORMATS)}")
    return tuple(f for f in FORMATS if f in wanted)


def _lexicon_hash(lexicon: Path | None) -> str | None:
    import hashlib

    return hashlib.sha256(lexicon.read_bytes()).hexdigest() if lexicon else None


@main.command()
@click.argument("file", type=str)
@reading_options
@lexicon_option
@plain_errors
def extract(file: str, encoding: str | None, max_size: int, lexicon: Path | None) -> None:
    """Print the document record of one file (JSON; one line a document for .jsonl).

    \b
    Example:
      kg extract seeds/004_4f0a66cf4bfe5ba4.txt | jq .quantities
    """
    from kg.inputs import run_pipeline

    settings = _settings(encoding, max_size, lexicon)
    files = _one_file(file)
    (outcome,) = run_pipeline(files, settings, 1)
    if outcome.error:
        raise SystemExit(UNREADABLE)
    if len(outcome.records) == 1:
        click.echo(json.dumps(outcome.records[0].to_json(), ensure_ascii=False, indent=1))
    else:
        for record in outcome.records:
            click.echo(record.to_line())


def _one_file(file: str) -> list[tuple[Path, str]]:
    from kg.inputs import sources

    if Path(file).is_dir():
        fail(f"{file}: is a folder; give one file, or use `kg build`")
    files, missing = sources([file])
    if missing:
        fail(missing[0], UNREADABLE)
    return files


@main.command()
@click.argument("file", type=str)
@click.option("--steps", is_flag=True, help="Also say what was repaired, and where.")
@reading_options
@plain_errors
def read(file: str, steps: bool, encoding: str | None, max_size: int) -> None:
    """Print the clean text of a file, article by article.

    \b
    Example:
      kg read seeds/001_7c4ef5b37159f653.txt --steps
    """
    from kg.pipeline import Settings, read_source
    from kg.reading import UnreadableInput

    ((path, source),) = _one_file(file)
    try:
        documents = read_source(path, source, Settings(encoding=encoding, max_size=max_size))
    except UnreadableInput as problem:
        fail(str(problem), UNREADABLE)
    for document in documents:
        for line in document.warnings:
            click.echo(f"kg: {line}", err=True)
        for article in document.articles:
            m = article.meta
            about = " · ".join(x for x in (", ".join(m.authors), m.publisher, m.published, m.language) if x)
            click.echo(f"# {m.title or '(no title)'}\n# {about}  [{m.start}:{m.end}] {document.source} {m.id}\n")
            click.echo(article.text + "\n")
        if steps:
            click.echo("\n".join(f"repaired: {line}" for line in document.repairs) or "repaired: nothing")


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("sparql", required=False)
@click.option("-f", "--file", "query_file", type=click.Path(path_type=Path), help="A file with the query.")
@click.option("--name", help="A query that ships with kg (see --list).")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of a shipped query.")
@click.option("--list", "list_", is_flag=True, help="List the shipped queries.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle"]),
    default="table",
    show_default=True,
)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, help="Seconds."
)
@click.option("--allow-service", is_flag=True, help="Let the query ask other SPARQL endpoints.")
@plain_errors
def query(
    out: Path,
    sparql: str | None,
    query_file: Path | None,
    name: str | None,
    params: tuple[str, ...],
    list_: bool,
    format_: str,
    timeout: float,
    allow_service: bool,
) -> None:
    """Ask a built graph, or any RDF file, in SPARQL 1.1. The default graph is the union of all.

    \b
    Example:
      kg query out --list
      kg query out --name numbers-of --param subject=DeepSeek-V3
      kg query out 'SELECT ?model { ?org kg:develops ?model }' --format csv
    """
    from kg import query as q

    if list_:
        for shipped in q.named_queries().values():
            click.echo(q.describe(shipped))
        return
    given = [x for x in (sparql, query_file, name) if x]
    if len(given) != 1:
        fail("give one query: SPARQL text, -f FILE or --name NAME (--list shows the shipped ones)")
    text = sparql or (q.read_query(query_file) if query_file else q.named_query(name or "", q.parse_params(params)))
    if params and not name:
        fail("--param belongs to --name")
    result = q.run(q.load(out), text, timeout=timeout, allow_service=allow_service)
    click.echo(q.format_result(result, format_), nl=False)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("name")
@plain_errors
def explain(out: Path, name: str) -> None:
    """Print everything known of an entity (any alias, either script) or claim, with evidence.

    \b
    Example:
      kg explain out 深度求索
    """
    from kg import explain as e
    from kg.export.directory import read_records
    from kg.graph.build import build_graph

    graph = build_graph(read_records(out))
    lines = e.explain(graph, name)
    if not lines:
        like = e.suggest(graph, name)
        fail(f"nothing is known of {name!r}" + (f"; did you mean {', '.join(like)}?" if like else ""), NO)
    click.echo("\n".join(lines))


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@plain_errors
def stats(out: Path, as_json: bool) -> None:
    """Print what is in a built graph.

    \b
    Example:
      kg stats out
    """
    from kg.export.directory import counts, read_records
    from kg.graph.build import build_graph
    from kg.summary import stats_tables

    graph = build_graph(read_records(out))
    if as_json:
        click.echo(json.dumps(counts(graph), ensure_ascii=False, indent=1))
    else:
        stats_tables(graph)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@plain_errors
def validate(out: Path) -> None:
    """Check a built directory: SHACL shapes and integrity. Exit code 1 if it does not conform.

    \b
    Example:
      kg validate out
    """
    from kg.validate import validate as check

    report = check(out)
    click.echo(report.text)
    if not report.conforms:
        raise SystemExit(NO)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "format_", required=True, metavar="F", help="One of the formats of `kg build`.")
@click.option("-o", "--output", "file", required=True, type=click.Path(path_type=Path), help="The file to write.")
@plain_errors
def export(out: Path, format_: str, file: Path) -> None:
    """Write one format of a built graph to a file.

    \b
    Example:
      kg export out --format graphml -o graph.graphml
    """
    from kg.export.directory import export_file

    if format_ == "all" or "," in format_:
        fail("--format: give one format")
    (wanted,) = _formats(format_)
    export_file(out, wanted, file)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--no-browser", is_flag=True, help="Only print the path.")
@plain_errors
def view(out: Path, no_browser: bool) -> None:
    """Print the path of the interactive page, and open it where there is a browser.

    \b
    Example:
      kg view out
    """
    page = (out / "graph.html").absolute()
    if not page.is_file():
        fail(f"{out}: no graph.html in it; run `kg build … -o {out} --formats html`")
    click.echo(page)
    if not no_browser and sys.stdout.isatty():
        import webbrowser

        webbrowser.open(page.as_uri())


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--gold", required=True, type=click.Path(path_type=Path), help="A folder of *.gold.json files.")
@click.option("--texts", type=click.Path(path_type=Path), help="The folder of the source files, to check spans too.")
@click.option("--misses", is_flag=True, help="List what was missed and what was extra.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@plain_errors
def evaluate(out: Path, gold: Path, texts: Path | None, misses: bool, as_json: bool) -> None:
    """Print precision, recall and F1 of a built graph against gold annotations.

    \b
    Example:
      kg evaluate out --gold tests/gold/seeds
    """
    from kg import evaluate as ev
    from kg.export.directory import read_records
    from kg.gold import load_gold

    records = ev.by_file_name(r.to_json() for r in read_records(out))
    figures = ev.evaluate(load_gold(gold, texts), records, texts)
    click.echo(
        json.dumps(figures.to_json(), ensure_ascii=False, indent=1) if as_json else ev.table(figures, misses=misses)
    )


if __name__ == "__main__":
    main()
