"""Repair of UTF-8 that was read as Latin-1 or Windows-1252, or as GBK (`涓浗`): encoded back and decoded right."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.encodings import readability
from kg.reading.offsets import Edit

_MIN_LATIN = 3  # characters that must come out of a text read as Latin-1 before it is taken for one
_MIN_GBK = 6  # characters of a run read as GBK: shorter ones may be valid UTF-8 by chance (联通)
LATIN_LEAD = re.compile("[ã-ï]")  # UTF-8's first bytes of ideographs and their punctuation
_MANY = 3  # runs of a text read as GBK from which on its short runs are read again too
GBK_SIGNS = re.compile("[锛銆鐨鏄涓鍦鏈浠]")  # UTF-8's ， 。 的 是 中 在 有 今 begin so when read as GBK
_GBK_RUN = re.compile(r"[^\x00-\x7f]+")


@cache
def _latin() -> tuple[re.Pattern[str], dict[str, int]]:
    """UTF-8 sequences of three bytes as Windows-1252 or Latin-1 shows them, and the byte of each character."""
    byte_of = {chr(b): b for b in range(0x80, 0x100)}
    for b in range(0x80, 0xA0):
        shown = bytes([b]).decode("cp1252", "ignore")
        if shown:
            byte_of[shown] = b
    follow = "".join(c for c, b in byte_of.items() if b < 0xC0)
    return re.compile(f"[à-ï][{re.escape(follow)}]{{2}}|[Â-ß][{re.escape(follow)}]"), byte_of


def latin_mojibake(text: str) -> list[Edit]:
    """UTF-8 that was read as Latin-1 or Windows-1252."""
    if not LATIN_LEAD.search(text):
        return []
    pattern, byte_of = _latin()
    edits, chinese = list[Edit](), 0
    for match in pattern.finditer(text):
        try:
            right = bytes(byte_of[c] for c in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        chinese += right >= "\u2e80"
        edits.append((match.start(), match.end(), right))
    return edits if chinese >= _MIN_LATIN else []


def gbk_mojibake(text: str) -> list[Edit]:
    """UTF-8 that was read as GBK; what the wrong reading lost is left out."""
    if len(GBK_SIGNS.findall(text)) < 2:
        return []
    runs = [(m.start(), m[0]) for m in _GBK_RUN.finditer(text)]
    reread = {at: _reread(run, at) for at, run in runs if len(run) >= _MIN_GBK}
    if sum(map(bool, reread.values())) >= _MANY:  # the whole text is so, its short runs too
        reread |= {at: _reread(run, at) for at, run in runs if at not in reread}
    return [edit for at, _ in runs for edit in reread.get(at, [])]


def _reread(run: str, offset: int) -> list[Edit]:
    try:
        codes = [b"\xff" if c == "\ufffd" else c.encode("gb18030") for c in run]
    except UnicodeEncodeError:
        return []
    data = b"".join(codes)
    right = data.decode("utf-8", "ignore")
    if len(right.encode()) < 0.5 * len(data) or readability(right) < readability(run) + 0.15:
        return []
    return _aligned(codes, data, offset)


def _aligned(codes: list[bytes], data: bytes, offset: int) -> list[Edit]:
    """One edit for every character as read wrong: the characters whose UTF-8 begins in its bytes."""
    begins = list[int]()  # the byte at which each of the wrong characters begins
    at = 0
    for code in codes:
        begins.append(at)
        at += len(code)
    edits, position, chosen = list[Edit](), 0, [""] * len(codes)
    wrong = 0
    while position < len(data):
        lead = data[position]
        size = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        piece = data[position : position + size].decode("utf-8", "ignore")
        while wrong + 1 < len(begins) and begins[wrong + 1] <= position:
            wrong += 1
        chosen[wrong] += piece[:1]
        position += size if piece else 1
    for i, piece in enumerate(chosen):
        edits.append((offset + i, offset + i + 1, piece))
    return edits
