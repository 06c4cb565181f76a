"""`graph.html`: the graph, its claims and their sentences in one file that opens without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.page.texts import ArticleText, TextSentence, texts_from_records
from kg.identity import BASE_IRI

if TYPE_CHECKING:
    from kg.graph.build import KnowledgeGraph

__all__ = ["ArticleText", "TextSentence", "page_html", "read_articles", "texts_from_records", "write_page"]

TITLE = "新闻知识图谱 · News knowledge graph"


def page_html(
    graph: KnowledgeGraph,
    *,
    articles: Sequence[ArticleText] | None = None,
    base_iri: str = BASE_IRI,
    title: str = TITLE,
) -> str:
    """The page as text; without `articles` it shows the sentences that the records hold as evidence."""
    from kg.export.page.assemble import page
    from kg.export.page.model import island

    texts = texts_from_records(graph.records) if articles is None else articles
    return page(island(graph, texts, base_iri=base_iri), title=title)


def write_page(
    graph: KnowledgeGraph,
    out: Path,
    *,
    articles: Sequence[ArticleText] | None = None,
    base_iri: str = BASE_IRI,
    title: str = TITLE,
) -> None:
    """Write the page to `out` (UTF-8, the same bytes for the same graph)."""
    html = page_html(graph, articles=articles, base_iri=base_iri, title=title)
    out.write_text(html, encoding="utf-8", newline="\n")


def read_articles(page: Path) -> tuple[ArticleText, ...]:
    """The articles' texts out of a page written before, so that it can be made again from its directory.

    Raises ValueError where the file is not such a page.
    """
    from kg.export.page.assemble import read_island

    rows = read_island(page.read_text(encoding="utf-8"))["articles"]
    return tuple(ArticleText.from_json(a["source"], a["id"], a["sentences"]) for a in rows)
