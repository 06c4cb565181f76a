"""Joining of lines: what stands between the two halves of a sentence that a file breaks."""

from __future__ import annotations


def is_chinese(character: str) -> bool:
    """Whether a character stands without spaces around it in Chinese writing: radicals, ideographs, punctuation.

    Full-width letters and digits are latin ones, written wide.
    """
    if character < "\u2e80":
        return False
    return not (
        "\uff10" <= character <= "\uff19" or "\uff21" <= character <= "\uff3a" or "\uff41" <= character <= "\uff5a"
    )


def wrapped_spaces(text: str, start: int, end: int) -> str:
    """A space where a line break at [start, end) parts two latin words, nothing beside a Chinese character."""
    if start == 0 or end >= len(text):
        return ""
    before, after = text[start - 1], text[end]
    if before == "-" and start > 1 and text[start - 2].isalpha() and after.isascii():
        return ""
    return "" if is_chinese(before) or is_chinese(after) else " "
