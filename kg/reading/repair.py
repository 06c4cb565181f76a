"""The repairs of a decoded file, in one visible list. Each is a pure function from a text to edits of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from kg.reading.byteshift import shifted_bytes
from kg.reading.characters import LOOKALIKE, OTHER_END, PRIVATE, UNSEEN, line_ends, lookalikes, private_use, unseen
from kg.reading.mojibake import GBK_SIGNS, LATIN_LEAD, gbk_mojibake, latin_mojibake
from kg.reading.offsets import Edit, Mapped
from kg.reading.pinyin import TONED, inserted_pinyin

_SAMPLES = 3
_SAMPLE_LENGTH = 24
_TONE_MARK = re.compile(f"[{TONED}]")
# What a repair may look for: all but ASCII, usual marks, ideographs, wide forms; and what marks UTF-8 read as GBK.
_STEPS = pairwise(["\u2fff", *sorted(GBK_SIGNS.pattern[1:-1]), "\ua000"])
_IDEOGRAPHS = "".join(f"{chr(ord(a) + 1)}-{chr(ord(b) - 1)}" for a, b in _STEPS)
_ODD = re.compile(f"[^\n -~·—‘’“”…{_IDEOGRAPHS}\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair, the words that tell a reader what was done, and the characters without one of which it does nothing."""

    name: str
    edits: Callable[[str], list[Edit]]
    signs: re.Pattern[str]


REPAIRS = (
    Repair("UTF-8 that was read as Latin-1 read right", latin_mojibake, LATIN_LEAD),
    Repair("UTF-8 that was read as GBK read right", gbk_mojibake, GBK_SIGNS),
    Repair("line ends of another system made newlines", line_ends, OTHER_END),
    Repair("unseen and undecodable characters taken out, odd spaces made plain", unseen, UNSEEN),
    Repair("radicals and compatibility forms made ideographs", lookalikes, LOOKALIKE),
    Repair("bytes of GBK that inserted pinyin had shifted read right", shifted_bytes, _TONE_MARK),
    Repair("private-use characters taken out", private_use, PRIVATE),
    Repair("pinyin behind characters taken out", inserted_pinyin, _TONE_MARK),
)


def repair(text: str) -> tuple[Mapped, tuple[str, ...]]:
    """The text as a reader reads it, mapped to what stands in the file, and one line for each repair that was done."""
    mapped, done = Mapped.of(text), list[str]()
    odd = _odd(text)
    for step in REPAIRS:
        if not step.signs.search(odd):
            continue
        edits = step.edits(mapped.text)
        if edits:
            done.append(f"{step.name}: {len(edits)} ({_samples(mapped.text, edits)})")
            mapped = mapped.edit(edits)
            odd = _odd(mapped.text)
    return mapped, tuple(done)


def _odd(text: str) -> str:
    """The odd characters of a text, each once: one look at a text tells what repairs it may need."""
    return "".join(sorted(set(_ODD.findall(text))))


def _samples(text: str, edits: list[Edit]) -> str:
    shown = [
        f"{_visible(text[max(0, a - 1) : b])} -> {_visible(text[max(0, a - 1) : a] + new)}"
        for a, b, new in edits[:_SAMPLES]
    ]
    return ", ".join(shown) + (", …" if len(edits) > _SAMPLES else "")


def _visible(text: str) -> str:
    cut = text if len(text) <= _SAMPLE_LENGTH else text[:_SAMPLE_LENGTH] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
