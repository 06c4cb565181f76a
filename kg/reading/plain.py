"""Plain text -> blocks: lines, with hard-wrapped lines joined to paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kg.reading.blocks import Block, Page
from kg.reading.joins import wrapped_spaces
from kg.reading.offsets import Edit, Mapped

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_CLOSED = "。！？!?…：:；;”」』）)》】〉"
_ITEM = re.compile(r"[ \t]*(?:[•·●◆■□▲△★☆※▼►▶◎○]|[(（]?[一二三四五六七八九十\d]{1,3}[)）.．、])")


def read_plain(source: Mapped) -> Page:
    """The page of a plain text file. `source` is the file after the character repairs (LF line ends)."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(source.text)]
    full = wrap_width(source.text, lines)
    blocks = list[Block]()
    i = 0
    while i < len(lines):
        start, end = lines[i]
        edits = list[Edit]()
        while full and i + 1 < len(lines) and _goes_on(source.text, lines[i], lines[i + 1], full):
            gap = (len(source.text[start : lines[i][1]].rstrip()), lines[i + 1][0] - start)
            edits.append((*gap, wrapped_spaces(source.text, start + gap[0], start + gap[1])))
            i += 1
            end = lines[i][1]
        line = source.piece(start, end).edit(edits).strip()
        blocks.append(Block("list" if _ITEM.match(line.text) and line.text[0] not in "□■▲△" else "text", line))
        i += 1
    return Page(blocks, marked=False)


def width(text: str) -> int:
    """The number of columns of a text on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The column at which a file's lines were broken, 0 where they were not.

    Lines that were broken are of nearly one length and mostly end inside a sentence.
    """
    inside = [width(text[a:b].strip()) for a, b in lines if text[b - 1] not in _CLOSED]
    if len(inside) < 4:
        return 0
    column, _ = max(Counter(inside).items(), key=lambda item: (item[1], item[0]))
    near = sum(abs(w - column) <= 2 for w in inside)
    longer = sum(width(text[a:b].strip()) > column + 2 for a, b in lines)
    return column if column >= 30 and near >= 0.6 * len(inside) and longer <= 0.05 * len(lines) else 0


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], full: int) -> bool:
    if text.count("\n", line[1], following[0]) > 1:
        return False
    first = text[following[0] : following[1]]
    return width(text[line[0] : line[1]].strip()) >= full - 2 and not first.startswith(("　　", "    "))
