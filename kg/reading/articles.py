"""Blocks -> articles: a page told apart into its articles, each with its title, metadata and body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.reading import asides
from kg.reading.blocks import Block, Line, Page
from kg.reading.breaks import join_broken
from kg.reading.bylines import Found, byline, dateline, header_fields, is_no_name, iso_date, split_names
from kg.reading.furniture import inline_caption, line_effect
from kg.reading.head import read_head, repeats_title
from kg.reading.tail import author_note, listed_title, trim_tail

_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、.]")
_BOXED_BYLINE = re.compile(r"[□■◎]\s*\S")


@dataclass(slots=True)
class Draft:
    """An article before its text is put together. `start` is -1 where its span begins with its body."""

    title: str = ""
    title_block: Block | None = None
    found: Found = field(default_factory=Found)
    body: list[Block] = field(default_factory=list)
    start: int = -1
    asides: list[Line] = field(default_factory=list)  # bylines, captions and notes among the lines of the body


def find_articles(page: Page) -> list[Draft]:
    """The articles of a page, in its order; a page without any text gives none."""
    lines = Line.all_of(page.blocks)
    lines = [line for line in lines if line.norm or line.block.kind == "break"]
    parts = (None if page.marked else _newspaper_parts(lines)) or _dated_parts(lines, page) or [lines]
    drafts = [_read_article(part, page) for part in parts]
    return [d for d in drafts if d.body] or [_title_alone(d) for d in drafts[:1] if d.title_block is not None]


def _title_alone(draft: Draft) -> Draft:
    """A text of one short line, as a body without a title."""
    body = [draft.title_block] if draft.title_block is not None else []
    return Draft("", None, draft.found, body)


def _newspaper_parts(lines: list[Line]) -> list[list[Line]] | None:
    """The articles of a newspaper page in plain text: two or more boxed bylines, each under its own headline."""
    bylines = [i for i, line in enumerate(lines) if _BOXED_BYLINE.match(line.norm) and byline(line)]
    bylines = [i for i in bylines if i and lines[i - 1].is_heading(False)]
    if len(bylines) < 2:
        return None
    parts = list[list[Line]]()
    for n, at in enumerate(bylines):
        end = bylines[n + 1] - 1 if n + 1 < len(bylines) else len(lines)
        parts += _page_items(lines[at - 1 : end])
    return parts


def _page_items(lines: list[Line]) -> list[list[Line]]:
    """One article, and the items under a column's label (two headings in a row) that follow it on the page."""
    heads = [i for i, line in enumerate(lines) if i > 1 and line.is_heading(False) and not line_effect(line)]
    labels = [i for i in heads if i + 1 in heads and i > 2]
    if not labels:
        return [lines]
    starts = [i for i in heads if i > labels[0]]
    bounds = [*starts, len(lines)]
    return [lines[: labels[0]], *(lines[a:b] for a, b in zip(bounds, bounds[1:], strict=False))]


def _dated_parts(lines: list[Line], page: Page) -> list[list[Line]] | None:
    """Articles that follow each other in one file, each with a title and a line of date or source under it."""
    starts, seen_body, exported = list[int](), True, False
    for i, line in enumerate(lines):
        if seen_body and line.is_heading(page.marked) and not header_fields(line):
            found = _dated(lines[i + 1 : i + 3])
            if found is not None and (not exported or found.account):
                starts.append(i)
                seen_body, exported = False, bool(found.account)
        seen_body = seen_body or line.is_sentence
    if len(starts) < 2:
        return None
    levels = {lines[i].block.level for i in starts[1:]}
    if len(levels) > 1:
        return None
    bounds = [starts[0] if page.marked else 0, *starts[1:], len(lines)]
    parts = [lines[a:b] for a, b in zip(bounds, bounds[1:], strict=False)]
    return parts if all(any(line.is_sentence for line in part) for part in parts) else None


def _dated(lines: Sequence[Line]) -> Found | None:
    """What the lines under a title say, where they date it or sign it."""
    found = Found()
    for line in lines:
        if line.block.kind == "heading":
            break
        if (more := header_fields(line)) is not None:
            found.merge(more)
    return found if found.published or (found.publisher and found.authors) else None


def _read_article(lines: list[Line], page: Page) -> Draft:
    head = read_head(lines, page, _declared(page.declared))
    draft = Draft(head.title, head.title_block, head.found, start=head.start, asides=head.asides)
    body, tail = trim_tail([line for line in lines[head.size :] if not repeats_title(line, head.title)])
    kept = list[Line]()
    for line in head.rest + (body if page.marked else join_broken(body)):
        if not _belongs(line, draft, page):
            continue
        kept.append(line)
    if not page.marked:
        kept = _with_headings(kept)
    draft.body = [inline_caption(block) for block in _without_dateline(kept, draft)]
    _take_signature(draft)
    for line in tail:
        found = header_fields(line)
        if found is None:
            found = author_note(line)
        if found is not None:
            draft.found.merge(found)
    if not draft.title and kept:
        draft.title, published, author = listed_title(lines[head.size :], draft.found)
        draft.found.merge(Found([author] if author else [], published=published))
    draft.found.merge(Found(publisher=page.declared.get("site", "")))
    _read_asides(draft, tail[:_TAIL])
    return draft


_TAIL = 8  # lines after the body among which a note on the author may stand


def _read_asides(draft: Draft, tail: Sequence[Line]) -> None:
    """Take what states facts beside the body into it, each line where it stands in the file; of the tail, notes."""
    if not draft.body:
        return
    after = draft.title_block.line.ends[-1] if draft.title_block else draft.start
    signed = [block for line in draft.asides if (block := asides.employer(line))]
    captions = [block for line in draft.asides if (block := asides.caption(line))]
    notes = [block for line in [*draft.asides, *tail] if (block := asides.note(line))]
    draft.found.merge(Found([name for block in notes for name in asides.noted_author(block)]))
    authors = draft.found.authors
    if not signed and any(asides.speaks_of(block, authors) for block in notes):
        signed = asides.signature(draft.asides, authors)
    for block in [*signed, *notes, *captions]:
        asides.insert(draft.body, block, after)


def _declared(fields: Mapping[str, str]) -> Found:
    author = fields.get("author") or fields.get("authors") or ""
    date = fields.get("published") or fields.get("date") or fields.get("pubdate") or ""
    publisher = fields.get("publisher") or fields.get("source") or ""
    return Found(split_names(author.strip("[]")), publisher, published=iso_date(date))


def _belongs(line: Line, draft: Draft, page: Page) -> bool:
    """Whether a line after the head is text of the article; metadata lines go into the draft."""
    if line.block.kind == "break" or not line.norm:
        return False
    if line_effect(line) is not None or asides.note(line):
        draft.asides.append(line)
        return False
    if line.block.image and line.size <= 40 and not line.closed:
        return False
    if line.block.linked > 0.9 and line.block.kind != "heading":
        return False
    if line.size <= 100 and line.block.kind != "heading":
        found = header_fields(line, strict=True) or byline(line)
        if found is not None:
            draft.found.merge(found)
            draft.asides.append(line)
            return False
    return True


_MAX_UNCLOSED = 0.4  # share of lines without a full stop from which on short lines are no headings


def _with_headings(lines: list[Line]) -> list[Line]:
    """Plain text's short lines between paragraphs as headings, where the paragraphs end in full stops."""
    if sum(not line.closed for line in lines) > _MAX_UNCLOSED * len(lines):
        return lines
    out = list[Line]()
    for line in lines:
        numbered = line.block.kind == "list" and _NUMBERED.match(line.norm) is not None
        if line.size <= 40 and not line.closed and line.norm[-1] not in ",、:" and (numbered or line.is_heading(False)):
            line = replace(line, block=replace(line.block, kind="heading"))
        out.append(line)
    return out


_SIGNATURE = re.compile(
    r"(?<=[。！？”])[(（](?:(?:本报|本网)?(?:见习|实习)?(?:记者|通讯员|通訊員|記者|作者)[\s/／:：]*|文\s?[/／:：]\s?)?"
    r"(?P<names>[一-鿿]{2,4}(?:[\s、]+[一-鿿]{2,4}){0,4})[)）]\s*$"
)


def _take_signature(draft: Draft) -> None:
    """A name in parentheses behind the last full stop (`……有信心。”（文猛）`) is the author's, and no text."""
    if not draft.body:
        return
    line = draft.body[-1].line
    match = _SIGNATURE.search(line.text, max(0, len(line.text) - 60))
    names = [n for n in split_names(match["names"]) if not is_no_name(n)] if match else []
    if match and names and names != ["完"]:
        draft.found.merge(Found(names))
        draft.body[-1] = replace(draft.body[-1], line=line.piece(0, match.start()))


def _without_dateline(lines: Sequence[Line], draft: Draft) -> list[Block]:
    """The blocks without an agency's dateline at their front, which gives publisher and reporters."""
    blocks = [line.block for line in lines]
    for i, line in enumerate(lines[:3]):
        read = dateline(line)
        if read is not None:
            found, end = read
            draft.found.merge(found)
            text = line.block.line.text
            blocks[i] = replace(line.block, line=line.block.line.piece(end, len(text)).strip())
            break
    return blocks
