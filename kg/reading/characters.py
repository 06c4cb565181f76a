"""Repair of single characters: what no reader sees, and look-alikes of ideographs."""

from __future__ import annotations

import re
import unicodedata

from kg.reading.offsets import Edit, Mapped

_UNSEEN = re.compile(
    "\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xa0\xad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_BREAKS = dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r", "\n")
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def repair_unseen(source: Mapped) -> tuple[Mapped, int]:
    """Line ends as `\\n`, odd spaces as a space, controls, zero-width and other unseen characters away."""
    edits = [(m.start(), m.end(), _seen(m[0])) for m in _UNSEEN.finditer(source.text)]
    return source.edit(edits), len(edits)


def _seen(found: str) -> str:
    if found == "\r\n":
        return "\n"
    if found in _BREAKS:
        return "\n"
    return " " if unicodedata.category(found) == "Zs" else ""


def repair_lookalikes(source: Mapped) -> tuple[Mapped, int]:
    """Radicals and compatibility ideographs (texts copied from PDFs) as the ideographs that they look like."""
    edits = list[Edit]()
    for match in _LOOKALIKE.finditer(source.text):
        plain = unicodedata.normalize("NFKC", match[0])
        if plain != match[0]:
            edits.append((match.start(), match.end(), plain))
    return source.edit(edits), len(edits)
