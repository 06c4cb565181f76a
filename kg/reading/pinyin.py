"""Repair of pages that put the pinyin of a character behind it: `國(guó)` -> `國`; and the readings of characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from kg.reading.offsets import Edit

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_MIN_PLAIN = 3  # toned insertions of a text from which on its insertions without a tone mark, 们(men), are read so too
_INSERTED = re.compile(rf"[(（]([a-zü{TONED}]{{1,7}})[)）]")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm")


@cache
def characters_of() -> dict[str, frozenset[str]]:
    """The characters of GBK by reading with tone marks (`guó`), from `kg/data/reading/readings.tsv`."""
    table = files("kg").joinpath("data/reading/readings.tsv").read_text(encoding="utf8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {reading: frozenset(characters) for reading, characters in rows}


@cache
def _toneless() -> dict[str, frozenset[str]]:
    """The same with the tones left away."""
    out: dict[str, set[str]] = {}
    for reading, characters in characters_of().items():
        out.setdefault(reading.translate(_TONES), set()).update(characters)
    return {reading: frozenset(characters) for reading, characters in out.items()}


def is_reading(character: str, reading: str) -> bool:
    """Whether a character may be read so; a reading without a tone mark fits any tone."""
    reading = unicodedata.normalize("NFC", reading)
    toned = reading != reading.translate(_TONES)
    return character in (characters_of() if toned else _toneless()).get(reading, ())


def inserted_pinyin(text: str) -> list[Edit]:
    """Pinyin in parentheses after a Chinese character that is read so: away (`國(guó)` -> `國`)."""
    found = [m for m in _INSERTED.finditer(text) if m.start() and is_reading(text[m.start() - 1], m[1])]
    toned = [m for m in found if m[1].translate(_TONES) != m[1]]
    if len(toned) < _MIN_PLAIN:
        found = toned
    return [(m.start(), m.end(), "") for m in found]
