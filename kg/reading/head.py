"""The head of an article: which lines before its body are its title, its metadata, or nothing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.reading.blocks import Block, Line, Page
from kg.reading.bylines import Found, account_line, byline, header_fields
from kg.reading.furniture import line_effect
from kg.reading.script import analysis_text

_MAX_TITLE = 120
_MAX_CANDIDATES = 6  # short lines at the beginning; with more of them the text is written in short lines
_MAX_LABEL = 6  # a column's name (热点观察) between a title and its text is no longer than this
_MAX_HEADER = 200  # characters of metadata between title and body, behind which the article's span begins anew
_SITE_TITLE = re.compile(r"(?P<title>.{4,80}?)\s*(?:[-–|]\s|\s[-–_|]\s?|_{1,2})(?P<site>[^\s。,_|-]{2,14})$")
_CRUMBS = re.compile(
    r"(?:首页|当前位置|您的位置|所在位置|Home|主页|频道|导航|登录|注册|搜索|English|客户端|\S+\s*>\s*\S+)"
)


@dataclass(slots=True)
class Head:
    """What stands before the body: `size` lines of it, the title, the metadata, and where the article's span begins."""

    size: int = 0
    title: str = ""
    title_block: Block | None = None
    found: Found = field(default_factory=Found)
    start: int = 0
    rest: list[Line] = field(default_factory=list)  # headings between title and body that belong to the text
    asides: list[Line] = field(default_factory=list)  # bylines and captions


def read_head(lines: Sequence[Line], page: Page, declared: Found) -> Head:
    """Read the lines before the body of an article."""
    head, candidates, bylines = Head(found=declared, title=page.declared.get("title", "")), list[int](), list[int]()
    sites = dict[str, str]()
    metas = list[int]()
    for i, line in enumerate(lines):
        found = header_fields(line) or byline(line)
        if found is None:
            found = account_line(line, head.found.account or head.found.publisher) if line.size <= 60 else None
        if found is not None:
            if found.authors and not found.account:
                bylines.append(i)
                head.asides.append(line)
            metas.append(i)
            head.found.merge(found)
        elif line.block.kind == "break" or (line.block.image and line.size <= 40 and not line.closed):
            pass
        elif (site := _SITE_TITLE.match(line.norm)) and line.block.kind != "heading" and not line.is_sentence:
            sites[_key(site["title"])] = line.text[site.start("site") : site.end("site")]
            if not candidates and not page.marked:
                candidates.append(i)
        elif line_effect(line) is not None:
            head.asides.append(line)
        elif len(candidates) < _MAX_CANDIDATES and _may_be_title(line, page, candidates, lines[i + 1 : i + 4]):
            candidates.append(i)
        else:
            break
        head.size = i + 1
    _choose(lines, candidates, metas, sites, head, page)
    head.start = _span_start(lines, head, bylines)
    return head


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", analysis_text(text)).casefold()


def repeats_title(line: Line, title: str) -> bool:
    """Whether a line says the title again, perhaps with the site's name behind it (`標題 - 天天要聞`)."""
    if not title or line.size > len(title) + 20 or line.block.kind == "heading" or title[:2] not in line.text[:12]:
        return False
    site = _SITE_TITLE.match(line.norm)
    return _key(title) in (_key(line.text), _key(site["title"]) if site else "")


def _may_be_title(line: Line, page: Page, candidates: list[int], following: Sequence[Line]) -> bool:
    ended = line.closed and line.norm[-1] not in "?!”" and line.block.kind != "heading"
    if line.size > _MAX_TITLE or ended:
        return False
    if page.declared.get("title") and _key(line.text) == _key(page.declared["title"]):
        return True
    if page.marked:
        return not candidates and not page.declared.get("title") and (line.block.kind == "heading" or not line.closed)
    if line.norm.count("。") or line.norm[-1] in ",、;":
        return False
    if line.closed or line.size > 40:  # a question or a long line is a title only where nothing else can be one
        return not candidates and any(header_fields(f) or f.size > line.size for f in following)
    return line.block.kind in ("text", "heading")


def _choose(
    lines: Sequence[Line], candidates: list[int], metas: list[int], sites: dict[str, str], head: Head, page: Page
) -> None:
    if head.title:
        wanted = _key(head.title)
        same = [i for i in candidates if _key(lines[i].norm) == wanted]
        head.title_block = lines[same[0]].block if same else None
        head.rest = [lines[i] for i in candidates if i not in same and lines[i].size > _MAX_LABEL]
        return
    if not candidates:
        return
    if len(candidates) == _MAX_CANDIDATES and not metas and not sites:
        best = candidates[0]
    else:
        best = max(candidates, key=lambda i: _title_score(lines[i], i, metas, sites))
    line = lines[best]
    head.title, head.title_block = line.block.line.text.strip(), line.block
    site = _SITE_TITLE.match(line.block.line.text) if _SITE_TITLE.match(line.norm) else None
    if site and not page.marked and line.block.kind != "heading":
        head.title = site["title"].strip()
        head.title_block = Block("text", line.block.line.piece(0, site.end("title")))
        head.found.publisher = head.found.publisher or site["site"]
    head.found.publisher = head.found.publisher or sites.get(_key(line.norm), "")
    head.rest = [lines[i] for i in candidates if i > best and lines[i].size > _MAX_LABEL]


def _title_score(line: Line, i: int, metas: list[int], sites: dict[str, str]) -> tuple[float, int]:
    """Titles are long for a line, stand beside the metadata, and come again in the page's own title."""
    score = min(line.size, 30) / 10 - (4 if _CRUMBS.match(line.norm) else 0) - (3 if line.size < 5 else 0)
    score += 4 * (_key(line.norm) in sites) + 2 * (i + 1 in metas) + 1.5 * (line.block.kind == "heading")
    return score + (0.5 if i - 1 in metas else 0), -i


def _span_start(lines: Sequence[Line], head: Head, bylines: list[int]) -> int:
    """Where the article's span begins: at its title, else its byline, else its body.

    A header of addresses, as exports of web pages have it, parts the title from the article; behind one the span
    begins at the byline or the body.
    """
    title = next((i for i in range(head.size) if lines[i].block is head.title_block), None)
    if head.title_block is not None and title is None:
        title = 0
    kept = {id(line) for line in head.rest}
    between = sum(line.size for line in lines[(title or 0) + 1 : head.size] if id(line) not in kept)
    if title is not None and between <= _MAX_HEADER:
        return head.title_block.line.span(0, 1)[0] if head.title_block else 0
    after = [i for i in bylines if i > (title if title is not None else -1)]
    if after and sum(line.size for line in lines[after[-1] + 1 : head.size]) <= _MAX_HEADER:
        return lines[after[-1]].block.line.span(0, 1)[0]
    return -1
