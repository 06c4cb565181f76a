"""The tail of an article: where its body ends, and what the lines after it still say about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.reading.blocks import Line
from kg.reading.bylines import Found, is_no_name, iso_date
from kg.reading.furniture import is_promotion, line_effect

_NOTE = re.compile(
    r"(?P<name>[一-鿿A-Za-z·]{2,10}),[^。]{0,50}(?:新媒体|自媒体|公众号|专栏作[者家]|撰稿人|作者|科技媒体|创作者)"
)
_LISTED = re.compile(r"(?P<date>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)")


def trim_tail(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The body of an article and the lines after it."""
    end, seen = len(lines), 0
    total = sum(line.size for line in lines if line.is_sentence)
    for i, line in enumerate(lines):
        rule = line_effect(line)
        if rule is not None and rule.effect in ("cut", "end") and seen:
            rest = sum(x.size for x in lines[i + 1 :] if x.is_sentence and x.block.linked < 0.5)
            if rule.effect == "cut" or rest <= 0.5 * total:
                end = i
                break
        if rule is None and line.is_sentence:
            seen += line.size
    end = _trim_sections(lines, end)
    end = _trim_lines(lines, end)
    return lines[:end], lines[end:]


def _trim_sections(lines: list[Line], end: int) -> int:
    """Leave out last sections (after a heading or a rule) that advertise: courses, groups, events, other articles."""
    total = sum(line.size for line in lines[:end])
    while end > 0:
        start = end - 1
        while start > 0 and lines[start].block.kind not in ("heading", "break"):
            start -= 1
        section = lines[start:end]
        size = sum(line.size for line in section)
        promoted = sum(line.size for line in section if is_promotion(line) or line.block.linked > 0.5)
        if start == 0 or size > 0.3 * total or not (promoted > 0.25 * size or not any(x.is_sentence for x in section)):
            return end
        if not promoted and any(line.block.kind == "list" for line in section):
            return end
        end = start
    return end


def _trim_lines(lines: list[Line], end: int) -> int:
    """Leave out last lines that are no sentences of the article: links, slogans, addresses."""
    at, scanned = end, 0
    while at > 0 and scanned < 30:
        line = lines[at - 1]
        text = line.is_sentence and line.block.linked < 0.9 and not is_promotion(line)
        if text or (
            line.block.kind in ("list", "quote", "table")
            and line.size >= 12
            and not line.block.linked
            and not is_promotion(line)
        ):
            break
        at -= 1
        scanned += 1
    return at if at > 0 and any(_is_furniture(line) for line in lines[at:end]) else end


def _is_furniture(line: Line) -> bool:
    return line.block.linked > 0.5 or is_promotion(line) or line_effect(line) is not None


def author_note(line: Line) -> Found | None:
    """The author that a note after the article introduces (`道總有理,曾用名歪道道,互聯網與科技圈新媒體。`)."""
    match = _NOTE.match(line.norm)
    if not match or is_no_name(match["name"]):
        return None
    at = match.end("name")
    return Found([line.text[:at]])


def listed_title(lines: Sequence[Line], found: Found) -> tuple[str, str, str]:
    """Title, date and author of an untitled article from the site's lists beside it, as far as they tell.

    A page that a site lists both among its author's articles and among those on its subject is the page itself.
    """
    texts = [line.block.line.text.strip() for line in lines]
    counts = Counter(texts)
    for i, text in enumerate(texts):
        if counts[text] < 2 or not 8 <= len(text) <= 60 or lines[i].closed:
            continue
        following = texts[i + 1] if i + 1 < len(texts) else ""
        date = iso_date(m[0]) if (m := _LISTED.match(following)) else ""
        name, mark, _ = lines[i].norm.partition(":")
        known = mark and 2 <= len(name) <= 5 and name in _plain(found.publisher)
        if date or known:
            return text, date, text[: len(name)] if known else ""
    return "", "", ""


def _plain(text: str) -> str:
    from kg.reading.script import analysis_text

    return analysis_text(text)
