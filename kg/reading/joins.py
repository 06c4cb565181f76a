"""Joining of lines: what stands between the two halves of a sentence that a file breaks."""

from __future__ import annotations

import re

# The Chinese part of Unicode (radicals, ideographs, punctuation) but for full-width letters and digits.
CHINESE = "[\u2e80-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef\U00020000-\U0003ffff]"
_CHINESE = re.compile(CHINESE)


def is_chinese(character: str) -> bool:
    """Whether a character stands without spaces around it in Chinese writing."""
    return _CHINESE.match(character) is not None


def wrapped_spaces(text: str, start: int, end: int) -> str:
    """A space where a line break at [start, end) parts two latin words, nothing beside a Chinese character."""
    if start == 0 or end >= len(text):
        return ""
    before, after = text[start - 1], text[end]
    if before == "-" and start > 1 and text[start - 2].isalpha() and after.isascii():
        return ""
    return "" if is_chinese(before) or is_chinese(after) else " "
