"""The repairs of a decoded file, in one visible list. Each is a pure function from a text to edits of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.reading.byteshift import shifted_bytes
from kg.reading.characters import line_ends, lookalikes, private_use, unseen
from kg.reading.mojibake import gbk_mojibake, latin_mojibake
from kg.reading.offsets import Edit, Mapped
from kg.reading.pinyin import inserted_pinyin

_SAMPLES = 3
_SAMPLE_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair and the words that tell a reader what was done."""

    name: str
    edits: Callable[[str], list[Edit]]


REPAIRS = (
    Repair("UTF-8 that was read as Latin-1 read right", latin_mojibake),
    Repair("UTF-8 that was read as GBK read right", gbk_mojibake),
    Repair("line ends of another system made newlines", line_ends),
    Repair("unseen and undecodable characters taken out, odd spaces made plain", unseen),
    Repair("radicals and compatibility forms made ideographs", lookalikes),
    Repair("bytes of GBK that inserted pinyin had shifted read right", shifted_bytes),
    Repair("private-use characters taken out", private_use),
    Repair("pinyin behind characters taken out", inserted_pinyin),
)


def repair(text: str) -> tuple[Mapped, tuple[str, ...]]:
    """The text as a reader reads it, mapped to what stands in the file, and one line for each repair that was done."""
    mapped, done = Mapped.of(text), list[str]()
    for step in REPAIRS:
        edits = step.edits(mapped.text)
        if edits:
            done.append(f"{step.name}: {len(edits)} ({_samples(mapped.text, edits)})")
            mapped = mapped.edit(edits)
    return mapped, tuple(done)


def _samples(text: str, edits: list[Edit]) -> str:
    shown = [
        f"{_visible(text[max(0, a - 1) : b])} -> {_visible(text[max(0, a - 1) : a] + new)}"
        for a, b, new in edits[:_SAMPLES]
    ]
    return ", ".join(shown) + (", …" if len(edits) > _SAMPLES else "")


def _visible(text: str) -> str:
    cut = text if len(text) <= _SAMPLE_LENGTH else text[:_SAMPLE_LENGTH] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
