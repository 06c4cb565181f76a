"""Everything known of one entity or claim, each fact with its source sentence and the rule that found it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.graph.build import ClaimRef, KnowledgeGraph, Node
from kg.identity import fold
from kg.record import AUTHOR, Comparison, Number, Quantity, Relation, Statement

SHOWN_PER_SECTION = 200  # lines; a hint says how many more there are


def find_entities(graph: KnowledgeGraph, name: str) -> list[Node]:
    """The entities that bear a name (any alias, either script, any case, or the id), homonyms all, by mentions."""
    wanted = fold(name)
    found = [n for n in graph.nodes.values() if n.id == name or wanted in _spellings(n)]
    return sorted(found, key=lambda n: (-n.mentions, n.id))


def _spellings(node: Node) -> set[str]:
    return {fold(x) for x in (node.name, *node.labels.values(), *(a for _, a in node.aliases))}


def suggest(graph: KnowledgeGraph, name: str, limit: int = 5) -> list[str]:
    """Names in the graph that look like one that was not found."""
    import difflib

    names = {s: n.label() for n in graph.nodes.values() for s in sorted(_spellings(n))}
    inside = [s for s in names if fold(name) and fold(name) in s]
    close = difflib.get_close_matches(fold(name), list(names), limit, 0.6)
    return list(dict.fromkeys(names[s] for s in [*close, *sorted(inside, key=len)]))[:limit]


def explain(graph: KnowledgeGraph, name: str) -> list[str]:
    """Lines of text on every entity or claim of that name or id; empty where there is none."""
    if name in graph.claims:
        return list(_claim_page(graph, graph.claims[name]))
    pages = [list(_entity_page(graph, node)) for node in find_entities(graph, name)]
    if len(pages) > 1:
        pages.insert(0, [f"{len(pages)} entities bear the name {name}:", ""])
    return [line for page in pages for line in page]


def _entity_page(graph: KnowledgeGraph, node: Node) -> Iterator[str]:
    yield f"{node.label()}  ·  {node.type}  ·  {node.id}"
    yield "  names      " + ", ".join(f"{text} ({lang})" for lang, text in node.labels.items())
    if node.aliases:
        yield "  also       " + ", ".join(dict.fromkeys(text for _, text in node.aliases))
    if node.wikidata:
        yield f"  wikidata   https://www.wikidata.org/wiki/{node.wikidata}"
    yield f"  seen       {node.mentions} mentions in {len(node.articles)} article(s)"
    yield "  found by"
    yield from _limited([f"    {text}  ×{n}  [{rule}]" for (text, rule), n in _evidence_of_name(graph, node)])
    held = graph.claims_held.get(node.id, ())
    about = graph.claims_about.get(node.id, ())
    sections = {
        "relations": [r for r in about if r.kind == "relation"],
        "numbers": [r for r in about if r.kind == "quantity"],
        "comparisons": [r for r in about if r.kind == "comparison"],
        "said of it": [r for r in about if r.kind == "statement"],
        "said by it": [r for r in held if r.kind == "statement"],
    }
    for title, refs in sections.items():
        if refs:
            yield f"  {title} ({len(refs)})"
            yield from _limited([line for r in refs for line in _claim_lines(graph, r)])
    yield ""


def _evidence_of_name(graph: KnowledgeGraph, node: Node) -> list[tuple[tuple[str, str], int]]:
    """Why mentions were taken for this entity: (text, rule) with counts, most frequent first."""
    found = Counter((m.text, m.rule) for r in graph.records for e in r.entities if e.id == node.id for m in e.mentions)
    return sorted(found.items(), key=lambda x: (-x[1], x[0]))


def _limited(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN_PER_SECTION]
    if len(lines) > SHOWN_PER_SECTION:
        yield f"    … and {len(lines) - SHOWN_PER_SECTION} more lines (kg query has them all)"


def _claim_page(graph: KnowledgeGraph, ref: ClaimRef) -> Iterator[str]:
    yield f"{ref.kind} claim  ·  {ref.claim.id}"
    yield from _claim_lines(graph, ref)
    e = ref.claim.evidence
    yield f"      offsets    {ref.source}[{e.start}:{e.end}]"
    for link in graph.links:
        if ref.claim.id in (link.a, link.b):
            other = graph.claims[link.b if link.a == ref.claim.id else link.a]
            yield f"      {link.kind}: {link.reason}"
            yield from _claim_lines(graph, other)
    yield ""


def _claim_lines(graph: KnowledgeGraph, ref: ClaimRef) -> list[str]:
    article = graph.articles[ref.article]
    c = ref.claim
    who = "the author" if c.holder == AUTHOR else graph.holder_name(c.holder)
    where = " · ".join(x for x in (article.title or article.id, article.publisher, article.published, ref.source) if x)
    links = Counter(link.kind for link in graph.links if c.id in (link.a, link.b))
    marks = "".join(f"  [{kind} {n}]" for kind, n in sorted(links.items()))
    return [
        f"    • {describe(graph, ref)}{marks}",
        f"      “{c.evidence.text}”",
        f"      {who}, {c.modality} — {where}  [{c.rule}] {c.id}",
    ]


def describe(graph: KnowledgeGraph, ref: ClaimRef) -> str:
    """A claim in one line: `DeepSeek -develops-> DeepSeek-V3`, `DeepSeek-V3 hardware_count = 2048 GPU`, …"""

    def name(id_: str | None) -> str:
        return graph.holder_name(id_) if id_ else "(no name)"

    match ref.claim:
        case Relation() as c:
            return f"{name(c.subject)} -{c.predicate}-> {name(c.object)}"
        case Comparison() as c:
            return f"{name(c.subject)} {c.direction} {name(c.object)} ({c.dimension})"
        case Quantity() as c:
            tail = f" of {name(c.relative_to)}" if c.relative_to else ""
            when = f" ({c.time})" if c.time else ""
            return f"{name(c.subject)} {c.attribute} {amount(c)}{tail}{when}"
        case Statement() as c:
            return f"{'author' if c.holder == AUTHOR else name(c.holder)}: {c.content}"


def amount(q: Quantity) -> str:
    """`= 2048 GPU`, `~ 500,000,000 USD`, `20–30 percent`, `= 2025-01-20`."""

    def show(v: Number) -> str:
        return f"{v:,}" if isinstance(v, int) else f"{v:,.10g}" if isinstance(v, float) else str(v)

    unit = "" if q.unit == "date" else f" {q.unit}"
    if isinstance(q.number, list):
        return "–".join(show(v) for v in q.number) + unit
    return f"{q.op} {show(q.number)}{unit}"
