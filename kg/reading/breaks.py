"""Sentences that a page's layout broke: the halves joined, with a picture's caption between them left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.reading.blocks import Line
from kg.reading.furniture import line_effect
from kg.reading.joins import wrapped_spaces
from kg.reading.offsets import Builder

_MAX_CAPTION = 3  # lines of a caption and its credit between the halves of a sentence
_MAX_BROKEN = 0.25  # share of unfinished paragraphs from which on a text is taken to do without full stops
_STOP = re.compile(r"[。！？!?；;]")
_PAUSE = re.compile(r"[,，、]$")


def join_broken(lines: Sequence[Line]) -> list[Line]:
    """The lines of a body, broken sentences joined. Only for texts whose paragraphs else end in full stops."""
    running = [line for line in lines if line.block.kind == "text" and line.size >= 20]
    unfinished = [line for line in running if not line.closed]
    if not unfinished or len(unfinished) > max(2, _MAX_BROKEN * len(running)):
        return list(lines)
    out, i = list[Line](), 0
    while i < len(lines):
        line = lines[i]
        while (to := _other_half(line, lines, i)) is not None:
            line = _joined(line, lines[to])
            i = to
        out.append(line)
        i += 1
    return out


def _other_half(line: Line, lines: Sequence[Line], i: int) -> int | None:
    """Where the sentence that ends a line unfinished goes on, or None where it does not."""
    text = line.block.line.text
    if line.block.kind != "text" or line.closed or line.size < 15 or text[-1] in ":：—)）】》":
        return None
    if not (_PAUSE.search(text) or _STOP.search(text)):
        return None  # a heading, or a line of a list
    for captions, j in enumerate(range(i + 1, min(len(lines), i + 2 + _MAX_CAPTION))):
        following = lines[j]
        if following.block.kind not in ("text", "break"):
            return None
        if captions == 0 and _continues(following) and not _caption_ahead(lines, j):
            return j
        if captions and _continues(following):
            return j
        if not _caption_ahead(lines, j) and not _is_caption(following):
            return None
    return None


def _continues(line: Line) -> bool:
    return (
        line.norm[:1] not in ("“", "《", "(", "") and bool(_STOP.search(line.block.line.text)) and not _is_caption(line)
    )


def _is_caption(line: Line) -> bool:
    rule = line_effect(line)
    return rule is not None and rule.effect == "caption"


def _caption_ahead(lines: Sequence[Line], j: int) -> bool:
    """Whether a line and the one after it are a picture's caption and credit."""
    return _is_caption(lines[j]) or (j + 1 < len(lines) and lines[j].size <= 80 and _is_caption(lines[j + 1]))


def _joined(first: Line, second: Line) -> Line:
    builder = Builder()
    a, b = first.block.line, second.block.line
    builder.add(a, 0, len(a.text))
    both = a.text + "\n" + b.text
    builder.gap(wrapped_spaces(both, len(a.text), len(a.text) + 1), b.raws[0])
    builder.add(b, 0, len(b.text))
    return Line.of(replace(first.block, line=builder.build()))
