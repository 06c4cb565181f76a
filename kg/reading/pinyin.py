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
_LAST_INSERTED = re.compile(rf"{_INSERTED.pattern}$")
_LONGEST = 10  # characters of one with its pinyin
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
    """Pinyin in parentheses after a Chinese character that is read so: away (`國(guó)` -> `國`).

    Also behind an ASCII character that makes one with the last byte, in GBK, of the character before (`，F(xiàn)`).
    """
    found = [m for m in _INSERTED.finditer(text) if m.start() and _carries(text, m)]
    toned = [m for m in found if m[1].translate(_TONES) != m[1]]
    if len(toned) < _MIN_PLAIN:
        found = toned
    return [(m.start(), m.end(), "") for m in found]


def _carries(text: str, pinyin: re.Match[str]) -> bool:
    """Whether what stands before pinyin is read so."""
    last = text[pinyin.start() - 1]
    if not "@" <= last <= "~":
        return is_reading(last, pinyin[1])
    before = text[max(0, pinyin.start() - 1 - _LONGEST) : pinyin.start() - 1]
    code = _LAST_INSERTED.sub("", before)[-1:].encode("gbk", errors="ignore")
    seen = (code[1:] + last.encode()).decode("gbk", errors="ignore")
    return len(code) == 2 and is_reading(seen, pinyin[1])
