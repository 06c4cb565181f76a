"""Plain text -> blocks: lines, with hard-wrapped lines joined to paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from kg.reading.blocks import Block, Page
from kg.reading.joins import wrapped_spaces
from kg.reading.offsets import Edit, Mapped

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BYLINE_MARKS = "□■▲△"
_NEVER_FIRST = "，。、；：？！,.;:?!”’」』）)》】…"
_ENDED = re.compile(r"[。！？!?…][”’」』）)]*$")
_CLOSED = "。！？!?…：:；;”」』）)》】〉"
_ITEM = re.compile(r"[ \t]*(?:[•·●◆■□▲△★☆※▼►▶◎○]|[(（]?[一二三四五六七八九十\d]{1,3}[)）.．、])")


def read_plain(source: Mapped) -> Page:
    """The page of a plain text file. `source` is the file after the character repairs (LF line ends)."""
    text = source.text
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    wrap = find_wrap(text, lines)
    blocks = list[Block]()
    i = 0
    while i < len(lines):
        start, end = lines[i]
        edits = list[Edit]()
        while wrap and i + 1 < len(lines) and wrap.goes_on(text, lines[i], lines[i + 1]):
            gap = _gap(text, lines[i][1], lines[i + 1][0])
            edits.append((gap[0] - start, gap[1] - start, wrap.joint(text, *gap)))
            i += 1
            end = lines[i][1]
        line = source.piece(start, end).edit(edits).strip()
        if line.text:
            blocks.append(
                Block("list" if _ITEM.match(line.text) and line.text[0] not in _BYLINE_MARKS else "text", line)
            )
        i += 1
    return Page(blocks, marked=False)


def _gap(text: str, end: int, start: int) -> tuple[int, int]:
    """The white space around a line end, an indent of the second line included."""
    while end > 0 and text[end - 1] in " \t":
        end -= 1
    while start < len(text) and text[start] in " \t":
        start += 1
    return end, start


def width(text: str) -> int:
    """The number of columns of a text on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a file's lines were broken: after `size` characters (`exact`, through words) or about `size` columns."""

    size: int
    exact: bool

    def goes_on(self, text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
        """Whether a line was broken off and goes on in the next one."""
        if text.count("\n", line[1], following[0]) > 1 or text.startswith(("\u3000\u3000", "    "), following[0]):
            return False
        if self.exact:
            cut = line[1] - line[0] == self.size
            return cut and (text[following[0]] in _NEVER_FIRST or not _ENDED.search(text, line[0], line[1]))
        return width(text[line[0] : line[1]].strip()) >= self.size - 2

    def joint(self, text: str, start: int, end: int) -> str:
        """What stands in place of a line break at [start, end)."""
        if self.exact:
            return " " if end - start > 1 and wrapped_spaces(text, start, end) else ""
        return wrapped_spaces(text, start, end)


def find_wrap(text: str, lines: list[tuple[int, int]]) -> Wrap | None:
    """How a file's lines were broken, None where they were not.

    Lines that were broken are of one length, mostly end inside a sentence, and none is longer.
    """
    inside = [(a, b) for a, b in lines if text[b - 1] not in _CLOSED]
    if len(inside) < 3:
        return None
    lengths = Counter(b - a for a, b in inside)
    size, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
    longest = max(b - a for a, b in lines)
    if size == longest and size >= 15 and count >= max(3, 0.5 * len(inside)):
        return Wrap(size, exact=True)
    columns = Counter(width(text[a:b].strip()) for a, b in inside)
    size, _ = max(columns.items(), key=lambda item: (item[1], item[0]))
    near = sum(n for w, n in columns.items() if abs(w - size) <= 2)
    longer = sum(width(text[a:b].strip()) > size + 2 for a, b in lines)
    if size >= 30 and near >= max(4, 0.6 * len(inside)) and longer <= 0.05 * len(lines):
        return Wrap(size, exact=False)
    return None
