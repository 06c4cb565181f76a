"""Joining of lines: what stands between the two halves of a sentence that a file breaks."""

from __future__ import annotations

WIDE_FROM = "⺀"  # from here on the Chinese part of Unicode: radicals, punctuation, ideographs, full-width forms


def wrapped_spaces(text: str, start: int, end: int) -> str:
    """A space where a line break at [start, end) parts two latin words, nothing beside a Chinese character."""
    if start == 0 or end >= len(text):
        return ""
    before, after = text[start - 1], text[end]
    if before == "-" and start > 1 and text[start - 2].isalpha() and after.isascii():
        return ""
    return " " if before < WIDE_FROM and after < WIDE_FROM else ""
