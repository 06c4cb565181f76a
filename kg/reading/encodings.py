"""Bytes -> text: byte order marks, declared character sets, and strict decoding in a sensible order."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,24})""", re.IGNORECASE)
_HEAD = 2048  # bytes of a page in which a character set is declared
_SAMPLE = 65536  # bytes that are looked at to tell encodings apart
_MIN_NULS = 4  # NUL bytes at odd, or at even, places that make a file UTF-16; fewer may stand in any text
_SHOWN = 5  # offsets of undecodable bytes that a warning names

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What pages declare and mean: the superset that browsers read (WHATWG Encoding Standard).
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "iso8859-1": "", "ascii": ""}

# The most frequent characters of Chinese texts in both scripts, with punctuation: what a right decoding is full of.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又"
    "关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通"
    "教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市"
    "直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张"
    "這個們來為國說時會對於著過發後裡經學現當沒動還進樣從實無與長機關點業將兩間問應戰頭體見產話給門東聲員論處義幾條氣題爾別變總電數報"
    "結務場計資統區隊決馬書聽卻達強難權設記類據邊張，。、；：？！“”‘’「」（）《》…—　0123456789"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the name of its encoding, and one line for what could not be decoded."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, *, encoding: str | None = None, declares: bool = False) -> Decoded:
    """Decode a file. `encoding` overrides; `declares` says that the format can name its character set (HTML).

    A byte order mark is taken off; undecodable bytes become U+FFFD and are named in a warning with their byte offset.
    Raises LookupError where `encoding` is none that Python knows.
    """
    mark, name = next(((m, n) for m, n in _MARKS if data.startswith(m)), (b"", ""))
    if encoding is not None:
        name = codecs.lookup(encoding).name
        skip = next((len(m) for m, n in _MARKS if data.startswith(m) and n.split("-")[0] == name.split("-")[0]), 0)
        if name == "utf-16" and mark:
            name = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
        return _decode(data, skip, "utf-8" if name == "utf-8-sig" else name)
    if name:
        return _decode(data, len(mark), name)
    return _decode(data, 0, _detect(data, declares))


def _detect(data: bytes, declares: bool) -> str:
    if _is_strict(data, "utf-8"):
        plain = not _looks_wide(data) or (
            max(data) > 0x7F and readability(data[:_SAMPLE].decode("utf-8", "ignore")) > 0.3
        )
        return "utf-8" if plain else _wide(data)
    if declares and (name := _declared(data)) and _is_strict(data, name):
        return name
    if _looks_wide(data):
        return _wide(data)
    sample = data[:_SAMPLE]
    scored = [(readability(sample.decode(name, "ignore")), name) for name in ("gb18030", "big5hkscs")]
    strict = [(score, name) for score, name in scored if _is_strict(data, name)]
    if not strict and _mostly_utf8(sample):
        return "utf-8"
    best = max(strict or scored, key=lambda s: s[0])
    wide = _wide(data)
    if len(data) % 2 == 0 and readability(sample.decode(wide, "ignore")) > best[0] + 0.3:
        return wide
    return best[1]


def _is_strict(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""
    return _WIDER.get(name, name)


def _looks_wide(data: bytes) -> bool:
    """Whether a text without a mark is UTF-16: the upper bytes of its ASCII characters are NUL."""
    sample = data[:_SAMPLE]
    fewer, more = sorted((sample[::2].count(0), sample[1::2].count(0)))
    return more >= _MIN_NULS and more > 0.05 * len(sample) / 2 and fewer < 0.2 * more


def _wide(data: bytes) -> str:
    sample = data[: _SAMPLE & ~1]
    little, big = (readability(sample.decode(n, "ignore")) for n in ("utf-16-le", "utf-16-be"))
    return "utf-16-le" if little >= big else "utf-16-be"


def _mostly_utf8(sample: bytes) -> bool:
    """Whether a few bad bytes stand in what is else UTF-8."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(c >= "\x80" for c in text) - wrong
    return wrong <= 0.1 * right


def readability(text: str) -> float:
    """The share of a text's characters beyond ASCII that are frequent in Chinese texts, 0 to 1."""
    wide = [c for c in text if c >= "\x80"]
    if not wide:
        return 0.5 if text else 0.0
    return sum(c in _COMMON for c in wide) / len(wide)


_bad: list[tuple[int, int]] = []


def _note(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _bad.append((error.start, error.end))
    return "\ufffd", error.end


codecs.register_error("kg.note", _note)


def _decode(data: bytes, skip: int, name: str) -> Decoded:
    body = data[skip:]
    try:
        return Decoded(body.decode(name), name)
    except UnicodeDecodeError:
        _bad.clear()
    text = body.decode(name, "kg.note")
    offsets = [start + skip for start, _ in _bad]
    _bad.clear()
    shown = ", ".join(map(str, offsets[:_SHOWN])) + (", …" if len(offsets) > _SHOWN else "")
    places = "byte" if len(offsets) == 1 else "bytes"
    return Decoded(text, name, (f"{len(offsets)} undecodable as {name}, at {places} {shown}; the rest is read",))
