"""Blocks -> articles: a page told apart into its articles, each with its title, metadata and body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.reading.blocks import Block, Page
from kg.reading.bylines import Found, byline, header_fields, iso_date, split_names
from kg.reading.furniture import line_effect
from kg.reading.script import analysis_text

_SENTENCE_END = re.compile(r"[。！？!?…;；][”’\")）」』】]*$")
_BOXED_BYLINE = re.compile(r"[□■◎]\s*\S")
_MAX_TITLE = 70
_QBIT = re.compile(r"[^\s|]{2,12}\s*\|\s*公众号\s*\S+$")
_HEAD_PUBLISHER = re.compile(
    r"(?P<name>[一-鿿A-Za-z·]{2,12})(?:编译|报道|原创|出品|发布|整理)(?=\s|\*|来源|作者|编辑|编译|$)"
)


@dataclass(slots=True)
class Line:
    """A block with its analysis text and what it was taken for."""

    block: Block
    norm: str
    role: str = "body"  # body, heading, title, meta, drop, caption, label


@dataclass(slots=True)
class Draft:
    """An article before its text is put together."""

    title: str = ""
    title_block: Block | None = None
    found: Found = field(default_factory=Found)
    body: list[Block] = field(default_factory=list)
    start: int = 0  # raw position where the article's span begins, where that is not its title


def find_articles(page: Page) -> list[Draft]:
    """The articles of a page, in its order; a page without any sentence gives none."""
    lines = [Line(b, analysis_text(b.line.text).strip()) for b in page.blocks]
    lines = [line for line in lines if line.norm]
    parts = _newspaper_parts(lines) if not page.marked else None
    if parts is None:
        parts = [lines]
    drafts = [_read_article(part, page) for part in parts]
    return [d for d in drafts if d.body]


def _is_heading(line: Line, marked: bool) -> bool:
    if line.block.kind == "heading":
        return True
    if marked or line.block.kind != "text":
        return False
    return len(line.norm) <= 40 and not _SENTENCE_END.search(line.norm) and line.norm[-1] not in ",、:"


def _newspaper_parts(lines: list[Line]) -> list[list[Line]] | None:
    """The articles of a newspaper page in plain text: two or more boxed bylines, each under its own headline."""
    bylines = [i for i, line in enumerate(lines) if _BOXED_BYLINE.match(line.norm) and byline(line.norm)]
    bylines = [i for i in bylines if i and _is_heading(lines[i - 1], False)]
    if len(bylines) < 2:
        return None
    parts = list[list[Line]]()
    for n, at in enumerate(bylines):
        end = bylines[n + 1] - 1 if n + 1 < len(bylines) else len(lines)
        parts += _page_items(lines[at - 1 : end])
    return parts


def _page_items(lines: list[Line]) -> list[list[Line]]:
    """One article, and the items under a column's label (two headings in a row) that follow it on the page."""
    heads = [i for i, line in enumerate(lines) if i > 1 and _is_heading(line, False)]
    labels = [i for i in heads if i + 1 in heads and i > 2]
    if not labels:
        return [lines]
    starts = [i for i in heads if i > labels[0]]
    bounds = [*starts, len(lines)]
    return [lines[: labels[0]], *(lines[a:b] for a, b in zip(bounds, bounds[1:], strict=False))]


def _read_article(lines: list[Line], page: Page) -> Draft:
    draft = Draft(found=_declared(page.declared), title=page.declared.get("title", ""))
    first = _first_body(lines)
    for line in lines[:first]:
        _read_head_line(line, draft, page)
    _choose_title(lines[:first], draft, page)
    draft.start = _span_start(lines[:first], draft)
    seen_body = False
    for line in lines[first:]:
        rule = line_effect(line.norm)
        if rule is not None:
            if rule.effect == "cut" and seen_body:
                break
            continue
        if _is_meta(line, draft):
            continue
        if line.block.kind == "break":
            continue
        draft.body.append(line.block)
        seen_body = seen_body or bool(_SENTENCE_END.search(line.norm))
    return draft


def _declared(fields: Mapping[str, str]) -> Found:
    author = fields.get("author") or fields.get("authors") or ""
    date = fields.get("date") or fields.get("published") or fields.get("publishdate") or ""
    return Found(split_names(author.strip("[]")), fields.get("publisher", ""), published=iso_date(date))


def _first_body(lines: list[Line]) -> int:
    """The index of the first line that is a sentence of an article."""
    for i, line in enumerate(lines):
        norm = line.norm
        if line.block.kind == "heading" and line.block.level == 1 and i == 0:
            continue
        if header_fields(norm) or byline(norm) or line_effect(norm) or _QBIT.match(norm):
            continue
        if line.block.kind != "heading" and (
            len(norm) >= 30 or _SENTENCE_END.search(norm) and len(norm) >= 8 and i > 0
        ):
            return i
    return len(lines)


def _read_head_line(line: Line, draft: Draft, page: Page) -> None:
    found = header_fields(line.norm) or byline(line.norm)
    if found is not None:
        line.role = "meta"
        draft.found.merge(found)
        if found.account:
            draft.found.publisher = draft.found.publisher or found.account
    elif _QBIT.match(line.norm) or line_effect(line.norm):
        line.role = "drop"
    elif _is_heading(line, page.marked):
        line.role = "heading"


def _choose_title(lines: list[Line], draft: Draft, page: Page) -> None:
    heads = [line for line in lines if line.role == "heading" and len(line.norm) <= _MAX_TITLE * 2]
    if draft.title:
        return
    if heads:
        best = min(heads, key=lambda line: line.block.level or 9)
        draft.title = best.block.line.text
        draft.title_block = best.block


def _is_meta(line: Line, draft: Draft) -> bool:
    if len(line.norm) > 80:
        return False
    found = header_fields(line.norm) or byline(line.norm)
    if found is None:
        return False
    draft.found.merge(found)
    return True


_MAX_HEADER = 200  # characters of metadata between a title and its body; behind a longer header the span begins anew


def _span_start(head: list[Line], draft: Draft) -> int:
    """Where the article's span begins when a header of addresses and the like parts its title from its body."""
    if draft.title_block is None or sum(len(line.norm) for line in head if line.role != "heading") <= _MAX_HEADER:
        return 0
    bylines = [line for line in head if byline(line.norm)]
    at = bylines[0] if bylines else head[-1]
    raw_start, raw_end = at.block.line.span(0, len(at.block.line.text))
    return raw_start if bylines else raw_end
