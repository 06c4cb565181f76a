"""What was found, for people: the summary after a build and the tables of `kg stats`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.explain import amount, describe
from kg.export.directory import counts
from kg.graph.build import ClaimRef, KnowledgeGraph
from kg.record import AUTHOR, CORE_TYPES, Quantity

NAMES_PER_TYPE = 8
DISAGREEMENTS = 8
WIDTH = 110  # columns where the output is no terminal


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=WIDTH)


def summary(graph: KnowledgeGraph, out: Path) -> None:
    """Print to stderr what a build found: entities by type, relations, claims, disagreements, where the page is."""
    console = _console(stderr=True)
    c = counts(graph)
    console.print(
        f"\n[bold]{c['articles']} articles[/] from {c['documents']} files: [bold]{c['entities']} entities[/], "
        f"{c['relations']} relations, {c['claims']} claims; pairs of claims from different articles: "
        f"{c['contradictions']} contradicting, {c['corroborations']} corroborating\n"
    )
    console.print(_entities_table(graph))
    console.print(_claims_table(graph))
    if any(link.kind == "contradicts" for link in graph.links):
        console.print(_disagreements_table(graph))
    page = out / "graph.html"
    if page.is_file():
        console.print(Text(f"Page: {page}    (kg view {out})"), soft_wrap=True)


def stats_tables(graph: KnowledgeGraph) -> None:
    """Print the counts of a graph to stdout."""
    console = _console(stderr=False)
    console.print(_entities_table(graph))
    console.print(_claims_table(graph))
    relations = Table("predicate", "relations", "claims", "most stated", title="Relations", title_justify="left")
    for predicate in sorted({e.predicate for e in graph.edges}):
        edges = [e for e in graph.edges if e.predicate == predicate]
        top = max(edges, key=lambda e: (e.independent, len(e.claims), e.subject))
        text = f"{graph.holder_name(top.subject)} → {graph.holder_name(top.object)}"
        relations.add_row(predicate, str(len(edges)), str(sum(len(e.claims) for e in edges)), Text(text))
    console.print(relations)


def _entities_table(graph: KnowledgeGraph) -> Table:
    table = Table("type", "found", "most mentioned", title="Entities", title_justify="left")
    found = Counter(n.type for n in graph.nodes.values())
    for type_ in sorted(found, key=lambda t: (t not in CORE_TYPES, -found[t], t)):
        nodes = sorted((n for n in graph.nodes.values() if n.type == type_), key=lambda n: (-n.mentions, n.id))
        table.add_row(type_, str(found[type_]), Text("、".join(n.label() for n in nodes[:NAMES_PER_TYPE])))
    return table


def _claims_table(graph: KnowledgeGraph) -> Table:
    table = Table("claims", "found", "by named holders", "not plainly asserted", title="Claims", title_justify="left")
    for kind in ("relation", "quantity", "comparison", "statement"):
        refs = [r for r in graph.claims.values() if r.kind == kind]
        held = sum(r.claim.holder != AUTHOR for r in refs)
        unsure = sum(r.claim.modality != "asserted" for r in refs)
        table.add_row(kind, str(len(refs)), str(held), str(unsure))
    return table


def _disagreements_table(graph: KnowledgeGraph) -> Table:
    table = Table("what", "one says", "another says", title="Sources disagree", title_justify="left", show_lines=True)
    links = [link for link in graph.links if link.kind == "contradicts"]
    for link in links[:DISAGREEMENTS]:
        a, b = graph.claims[link.a], graph.claims[link.b]
        table.add_row(Text(_topic(graph, a)), Text(_side(graph, a)), Text(_side(graph, b)))
    if len(links) > DISAGREEMENTS:
        table.caption = f"and {len(links) - DISAGREEMENTS} more: kg query OUT --name disagreements"
    return table


def _topic(graph: KnowledgeGraph, ref: ClaimRef) -> str:
    if isinstance(ref.claim, Quantity):
        return f"{graph.holder_name(ref.claim.subject or '')}\n{ref.claim.attribute}"
    return describe(graph, ref)


def _side(graph: KnowledgeGraph, ref: ClaimRef) -> str:
    c, article = ref.claim, graph.articles[ref.article]
    said = amount(c) if isinstance(c, Quantity) else describe(graph, ref)
    who = (article.publisher or "the author") if c.holder == AUTHOR else graph.holder_name(c.holder)
    return f"{said} ({who}{', ' + article.published if article.published else ''})\n“{c.evidence.text}”"
