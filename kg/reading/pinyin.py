"""Repair of pages that put the pinyin of a character behind it: `國(guó)` -> `國`."""

from __future__ import annotations

import re

from kg.reading.offsets import Mapped

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_TONED_SYLLABLE = re.compile(rf"(?<=[\u3400-\u9fff])[(（]([a-zü]{{0,4}}[{TONED}][a-zü]{{0,4}})[)）]")


def repair_pinyin(source: Mapped) -> tuple[Mapped, int]:
    """The text without the pinyin in parentheses after a Chinese character, and how many there were."""
    edits = [(m.start(), m.end(), "") for m in _TONED_SYLLABLE.finditer(source.text)]
    return source.edit(edits), len(edits)
