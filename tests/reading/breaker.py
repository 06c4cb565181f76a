"""Breaks texts as real pages are broken: pinyin behind every character of a table, found at any byte of a page in GBK.

The tool whose pages these are replaced bytes: wherever the two bytes of a character of its table stood, also where the
second byte of one character and the first of the next look like it, it put `(pinyin)` behind them. What then was read
one byte off comes right again at the next character of the table, or at a byte that is ASCII.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from kg.reading.ngrams import cost
from kg.reading.pinyin import TONED, characters_of, is_reading
from kg.reading.script import simplify

_GONE = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))  # lead bytes of private-use characters, with trail bytes A1-FE
_GONE_TOO = range(0xA1, 0xA8)  # the same with trail bytes 40-A0
_COMMON = 400  # characters that a table may have
_SHARE = 0.6  # of them that it has: as many characters of a page as in seed 001, where it is one in twelve

_PINYIN = re.compile(rf"([\u4e00-\u9fff])\(([a-zü]*[{TONED}][a-zü]*)\)")

_TORN = re.compile(rf"([\u4e00-\u9fff])\?([a-zü]*[{TONED}][a-zü]*)\)")
Table = dict[str, str]  # the readings by character


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch [start, end) of a page that is damaged, empty where pinyin stands behind a letter that is whole."""

    start: int
    end: int
    lost: int  # pairs of bytes that vanished
    swallowed: bool  # whether a line end, a digit or the like is gone for good


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser shows of a page, what stood there, and where it is damaged."""

    shown: str
    whole: str
    runs: tuple[Damage, ...]


@cache
def _readings() -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for reading, characters in characters_of().items():
        for c in characters:
            out.setdefault(c, []).append(reading)
    return out


def reading_of(character: str) -> str:
    """The reading of a character with one reading only (a tool would write the usual one), else an empty string."""
    found = _readings().get(character, [])
    return found[0] if len(found) == 1 and not found[0].isascii() else ""


@cache
def _common() -> tuple[str, ...]:
    """The commonest characters that are simplified into others, of those that have a reading with a tone."""
    characters = sorted(c for c in _readings() if not _has(c, "gb2312") and _has(c, "gbk"))
    simple = simplify("\n".join(characters)).split("\n")
    costs = [(cost(s), c) for c, s in zip(characters, simple, strict=True) if c != s and _toned(c)]
    return tuple(c for _, c in sorted(costs)[:_COMMON])


def _toned(character: str) -> list[str]:
    return [reading for reading in _readings()[character] if not reading.isascii()]


def _has(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def random_table(rng: random.Random) -> Table:
    """A table as a tool may have it, one reading for each character, in the order in which it replaces them."""
    table = {c: rng.choice(_toned(c)) for c in _common() if rng.random() < _SHARE}
    return {c: table[c] for c in rng.sample(sorted(table), len(table))}


def table_of(page: str) -> Table:
    """The table that a broken page shows: the characters with pinyin behind them, as `國(guó)`, and those that the tool
    saw one byte off, as 驗 in `因?yàn)`; of several that are read so and begin with that byte the commonest."""
    table = {m[1]: m[2] for m in _PINYIN.finditer(page) if _has(m[1], "gbk") and is_reading(m[1], m[2])}
    for before, reading in _TORN.findall(page):
        alike = [c for c in characters_of().get(reading, ()) if _has(c, "gbk") and _bytes(c)[0] == _bytes(before)[-1]]
        if alike:
            table.setdefault(min(alike, key=lambda c: (cost(simplify(c)), c)), reading)
    return table


def _bytes(character: str) -> bytes:
    return character.encode("gbk", errors="replace")


def break_page(text: str, table: Table) -> Page:
    """What becomes of a page with a table; what GBK does not have is left out of it."""
    text = "".join(c for c in text if _has(c, "gbk"))
    page = [(byte, at) for at, c in enumerate(text) for byte in c.encode("gbk")]
    raw = text.encode("gbk")
    for c, reading in table.items():
        if c.encode("gbk") in raw:
            page = _insert(page, c.encode("gbk"), f"({reading})".encode("gbk"))
    return _show(text, page)


_Bytes = list[tuple[int, int]]  # bytes, and the characters that they were before (-1: inserted)


def _insert(page: _Bytes, code: bytes, pinyin: bytes) -> _Bytes:
    raw, end = bytes(byte for byte, _ in page), 0
    out: _Bytes = []
    while (at := raw.find(code, end)) >= 0:
        out += page[end : at + 2] + [(byte, -1) for byte in pinyin]
        end = at + 2
    return out + page[end:]


def _show(text: str, page: _Bytes) -> Page:
    """A browser's view: private-use pairs vanish, a byte that makes no pair with the next takes it along into a `?`."""
    out, gone, torn, i = list[str](), list[int](), set[int](), 0
    while i < len(page):
        size = 1 if page[i][0] < 0x80 else 2
        pair, i = page[i : i + size], i + size
        code, origins = bytes(byte for byte, _ in pair), [at for _, at in pair]
        if len(set(origins)) > 1:
            torn.update(origins)
        if size == 1:
            out.append(chr(code[0]))
            if origins[0] >= 0 and not text[origins[0]].isascii():
                torn.add(origins[0])
            elif code == b"(" and origins[0] < 0 and page[i - 2][1] >= 0 and text[page[i - 2][1]].isascii():
                torn.add(-2 - page[i - 2][1])  # pinyin behind a letter
        elif len(code) == 2 and _vanishes(*code):
            gone.append(origins[0])
        else:
            out.append(code.decode("gbk", errors="replace").replace("\ufffd", "?")[:1])
    return Page("".join(out), text, _damage(text, torn, gone))


def _vanishes(lead: int, trail: int) -> bool:
    return (lead in _GONE and trail > 0xA0) or (lead in _GONE_TOO and 0x40 <= trail < 0xA1 and trail != 0x7F)


def _damage(text: str, torn: set[int], gone: list[int]) -> tuple[Damage, ...]:
    out, places = list[Damage](), sorted(at for at in torn if at >= 0)
    while places:
        n = next((n for n in range(1, len(places)) if places[n] > places[n - 1] + 1), len(places))
        start, end = places[0], places[n - 1] + 1
        lost = sum(start <= at < end for at in gone)
        out.append(Damage(start, end, lost, any(c.isascii() for c in text[start:end])))
        places = places[n:]
    letters = [Damage(-1 - at, -1 - at, 0, swallowed=False) for at in torn if at < -1]
    known = {at for damage in out for at in range(damage.start, damage.end + 1)}
    return tuple(sorted([*out, *(d for d in letters if d.start not in known)], key=lambda d: d.start))


def sample_pages(text: str, count: int, seed: int, window: int = 1200) -> list[Page]:
    """`count` broken pages, each a stretch of a text with damage, each with a table of its own."""
    rng, out = random.Random(seed), list[Page]()
    for _ in range(count * 100):
        start = rng.randrange(0, max(1, len(text) - window))
        page = break_page(text[start : start + window].strip() + "\n", random_table(rng))
        if page.runs:
            out.append(page)
        if len(out) == count:
            break
    return out


def come_back(page: Page, read: str) -> list[bool]:
    """Whether each damaged stretch of a page is whole in what was read of it, both its ends included."""
    if read == page.whole:
        return [True] * len(page.runs)
    codes = SequenceMatcher(None, page.whole, read, autojunk=False).get_opcodes()
    wrong = [(start, end) for kind, start, end, _, _ in codes if kind != "equal"]
    return [not any(start <= run.end and end >= run.start for start, end in wrong) for run in page.runs]
