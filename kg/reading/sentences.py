"""Sentences of a clean text. A saying in quotation marks and the clause that names its speaker stay together."""

from __future__ import annotations

import re

from kg.document import Sentence, SentenceKind

_MARKS = re.compile("[“”‘’]")
_MAX_QUOTE = 1500  # characters after which a quotation mark that never closes is read as a slip


def split_sentences(norm: str, paragraphs: list[tuple[int, int, SentenceKind]]) -> tuple[Sentence, ...]:
    """The sentences of the analysis text, paragraph by paragraph ([start, end) and kind of each)."""
    out = list[Sentence]()
    for number, (start, end, kind) in enumerate(paragraphs):
        quotes = outer_quotes(norm, start, end) if norm.find("“", start, end) + norm.find("‘", start, end) > -2 else []
        whole = kind in ("title", "heading")
        for a, b in [(start, end)] if whole else _cut(norm, start, end, quotes):
            inside = tuple([q for q in quotes if a <= q[0] and q[1] <= b]) if quotes else ()
            out.append(Sentence(a, b, kind, number, inside))
    return tuple(out)


def outer_quotes(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans inside the outermost “ ” (or ‘ ’ where no other stand around them) of a paragraph."""
    spans, opened, close, depth, i = list[tuple[int, int]](), -1, "", 0, start
    for match in _MARKS.finditer(norm, start, end):
        i, mark = match.start(), match[0]
        if opened < 0:
            if mark in "“‘":
                opened, close, depth = i + 1, "”" if mark == "“" else "’", 1
        elif mark == close:
            depth -= 1
            if depth == 0:
                spans.append((opened, i))
                opened = -1
        elif mark == ("“" if close == "”" else "‘"):
            # a second opening mark is a nested one only if both are closed; news texts rather open every paragraph
            depth = 1
    if opened >= 0 and (opened == start + 1 or norm[opened - 2] in ":,"):
        spans.append((opened, end))  # a quotation that goes on in the next paragraph
    return [s for s in spans if s[0] < s[1] and s[1] - s[0] <= _MAX_QUOTE]


_STOP = re.compile(r"[。！？!?…]+[”’\")）】]*")
_SPEAKER = re.compile(
    r"[^。！？!?…\n]{0,40}?(?:说|道|表示|称|指出|认为|坦言|强调|补充|写道|解释|介绍|透露|问|回答|直言|感叹|回应)"
)


def _cut(norm: str, start: int, end: int, quotes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if not quotes:
        return _cut_plain(norm, start, end)
    out, first, q = list[tuple[int, int]](), start, 0
    for match in _STOP.finditer(norm, start, end):
        at, stop = match.start(), match.end()
        while q < len(quotes) and quotes[q][1] <= at:
            if quotes[q][1] + 1 > stop:
                break
            q += 1
        if q < len(quotes) and quotes[q][0] <= at < quotes[q][1]:
            if stop <= quotes[q][1]:
                continue  # inside a saying
            if not _ends_after(norm, stop, end):
                continue
        elif any(a <= at < b for a, b in quotes[max(0, q - 1) : q + 2]) and not _ends_after(norm, stop, end):
            continue
        elif norm[at] in "!?" and stop < end and norm[stop].isascii() and norm[stop].isalnum() and stop - at == 1:
            continue  # part of a latin name: Yahoo!Japan
        if stop > first:
            out.append((first, stop))
        first = stop
        while first < end and norm[first] == " ":
            first += 1
    if first < end:
        out.append((first, end))
    return out


def _cut_plain(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph without quotations."""
    out, first = list[tuple[int, int]](), start
    for match in _STOP.finditer(norm, start, end):
        at, stop = match.span()
        if norm[at] in "!?" and stop < end and stop - at == 1 and norm[stop].isascii() and norm[stop].isalnum():
            continue  # part of a latin name: Yahoo!Japan
        out.append((first, stop))
        first = stop
        while first < end and norm[first] == " ":
            first += 1
    if first < end:
        out.append((first, end))
    return out


def _ends_after(norm: str, stop: int, end: int) -> bool:
    """Whether a saying that closes at `stop` ends its sentence: no speaker clause follows it."""
    if stop >= end:
        return True
    if norm[stop] in ",，、;:":
        return False
    return not _SPEAKER.match(norm, stop, min(end, stop + 45))
