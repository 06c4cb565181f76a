"""Drafts -> clean articles: the text is put together, and with it its analysis text, its map and its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.document import CleanArticle, SentenceKind
from kg.reading.articles import Draft
from kg.reading.joins import is_chinese
from kg.reading.offsets import Builder, Edit, Mapped
from kg.reading.script import analysis_text, is_traditional
from kg.reading.sentences import split_sentences
from kg.record import Article

_BLANKS = re.compile("[ \t\u3000]+")
_KINDS: dict[str, SentenceKind] = {"heading": "heading", "list": "list", "table": "list", "caption": "caption"}


def assemble(drafts: Sequence[Draft]) -> list[CleanArticle]:
    """The clean articles of a file, numbered `a1`, `a2`, ..."""
    return [_article(draft, f"a{i + 1}") for i, draft in enumerate(drafts)]


def tight(line: Mapped) -> Mapped:
    """A line without the spaces beside Chinese characters; runs of spaces become one."""
    text = line.text
    if " " not in text and "\t" not in text and "\u3000" not in text:  # the common case
        return line
    edits, size = list[Edit](), len(text)
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        beside = start == 0 or end == size or is_chinese(text[start - 1]) or is_chinese(text[end])
        if beside or end - start > 1 or text[start] != " ":
            edits.append((start, end, "" if beside else " "))
    return line.edit(edits)


def _article(draft: Draft, id_: str) -> CleanArticle:
    pieces = list[tuple[Mapped, SentenceKind]]()
    if draft.title_block is not None:
        pieces.append((tight(draft.title_block.line), "title"))
    pieces += [(tight(b.line), _KINDS.get(b.kind, "text")) for b in draft.body]
    pieces = [(line, kind) for line, kind in pieces if line.text]
    builder, paragraphs = Builder(), list[tuple[int, int, SentenceKind]]()
    for line, kind in pieces:
        if paragraphs:
            builder.gap("\n", line.raws[0])
        start = builder.length
        builder.add(line, 0, len(line.text))
        paragraphs.append((start, builder.length, kind))
    whole = builder.build()
    norm = analysis_text(whole.text)
    start, end = whole.span(0, len(whole.text))
    found = draft.found
    title = " ".join(draft.title.split())
    if draft.start >= 0:
        start = draft.start
    elif draft.title_block is not None:  # the span begins with the body
        start = whole.span(min(paragraphs[0][1] + 1, len(whole.text) - 1), len(whole.text))[0]
    meta = Article(
        id=id_,
        title=title,
        authors=tuple(found.authors or ([found.account] if found.account else [])),
        publisher=found.publisher or found.account or None,
        published=found.published or None,
        language="zh-Hant" if is_traditional(whole.text) else "zh-Hans",
        start=start,
        end=end,
    )
    return CleanArticle(meta, whole.text, norm, whole, split_sentences(norm, paragraphs))
