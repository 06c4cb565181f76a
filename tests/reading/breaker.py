"""Breaks texts as real pages are broken: pinyin behind characters, and the byte shift that it causes in GBK."""

from __future__ import annotations

import random

from kg.reading.pinyin import characters_of

_PRIVATE = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))


def reading_of(character: str) -> str:
    """The reading of a character with one reading only (a tool would write the usual one), else an empty string."""
    found = [reading for reading, characters in characters_of().items() if character in characters]
    return found[0] if len(found) == 1 and not found[0].isascii() else ""


def break_run(text: str, at: int, length: int | None = None) -> tuple[str, str, int] | None:
    """Put pinyin between the bytes of `text[at]`, which shifts the bytes up to the next ASCII character.

    With a `length` the last of so many characters gets its own (rightly placed) pinyin, whose `(` the shift swallows.
    Returns what a reader of the page sees, what stood there, and how many pairs of bytes vanished; None where GBK
    cannot be broken so.
    """
    end = next((i for i in range(at, len(text)) if text[i].isascii()), len(text))
    if length is not None:
        end = min(end, at + length)
    try:
        codes = [c.encode("gbk") for c in text[at - 1 : end]]
    except UnicodeEncodeError:
        return None
    if any(len(c) != 2 for c in codes) or end - at < 2 or codes[0][1] < 0x81:
        return None
    try:
        seen = bytes((codes[0][1], codes[1][0])).decode("gbk")
    except UnicodeDecodeError:
        return None
    pinyin = reading_of(seen)
    if not pinyin or codes[1][1] < 0x81:
        return None
    stream = b"".join(codes[1:])[1:]
    tail = text[end:]
    if length is not None:
        own = reading_of(text[end - 1])
        if not own:
            return None
        tail = f"({own})" + tail
    shown, rest, vanished = decode_page(stream, tail)
    if shown is None:
        return None
    return text[:at] + "?" + pinyin + ")" + shown + rest, text, vanished


def decode_page(stream: bytes, tail: str) -> tuple[str | None, str, int]:
    """What a browser shows of shifted bytes: private-use pairs vanish, a lone byte takes the next ASCII one along."""
    out, i, vanished = [], 0, 0
    while i < len(stream):
        lead = stream[i]
        if lead < 0x80:
            out.append(chr(lead))
            i += 1
            if i < len(stream):
                return None, tail, 0  # back in step inside the run: not the damage that is meant here
            continue
        if i + 1 == len(stream):
            if not tail:
                return None, tail, 0
            following = ord(tail[0])
            if following >= 0x80:
                return None, tail, 0
            try:
                out.append(bytes((lead, following)).decode("gbk"))
            except UnicodeDecodeError:
                if tail[0] != "(":
                    return None, tail, 0  # it would take a digit or a line end along for good
                out.append("?")
            return "".join(out), tail[1:], vanished
        pair = stream[i : i + 2]
        if lead in _PRIVATE and pair[1] >= 0xA1:
            i, vanished = i + 2, vanished + 1
            continue
        try:
            out.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            return None, tail, 0
        i += 2
    return "".join(out), tail, vanished


def sample_breaks(text: str, count: int, seed: int, *, vanishing: bool) -> list[tuple[str, str]]:
    """Broken and whole forms of a text, up to `count`: those in which pairs of bytes vanished, or the others."""
    rng, out = random.Random(seed), list[tuple[str, str]]()
    for _ in range(count * 200):
        at = rng.randrange(1, max(2, len(text) - 1))
        broken = break_run(text, at, rng.randrange(3, 20))
        if len(out) < count and broken and bool(broken[2]) == vanishing:
            out.append(broken[:2])
    return out


def break_page(text: str, at: int) -> tuple[str, int] | None:
    """What a page shows of a traditional text with pinyin put between the bytes of `text[at]`, as the tool did it.

    It looked for traditional characters at every byte, so that what it saw is one; every character's bytes are then
    read one off up to the first that is ASCII, be it a character of its own or the second byte of one. Returns the
    page's text and how many pairs of bytes vanished, None where nothing or other damage would come of it.
    """
    try:
        before, code = text[at - 1].encode("gbk"), text[at].encode("gbk")
        seen = (before[1:] + code[:1]).decode("gbk")
    except UnicodeError:
        return None
    if len(code) < 2 or len(seen) != 1 or seen.isascii() or not _traditional_only(seen) or not reading_of(seen):
        return None
    try:
        last = next(i for i in range(at, len(text)) if text[i].isascii() or text[i].encode("gbk")[1] < 0x80)
        stream = text[at:last].encode("gbk")[1:]
    except (StopIteration, UnicodeEncodeError):
        return None
    if last == at:
        return None
    if not text[last].isascii():
        stream += text[last].encode("gbk")
        last += 1
    shown, rest, vanished = decode_page(stream, text[last:])
    return None if shown is None else (text[:at] + f"?{reading_of(seen)})" + shown + rest, vanished)


def _traditional_only(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def sample_pages(text: str, count: int, seed: int, window: int = 1200) -> list[tuple[str, str, int]]:
    """`count` broken pages, each a stretch of a text with one run drawn at random; what stood there; pairs lost."""
    rng, out = random.Random(seed), list[tuple[str, str, int]]()
    for _ in range(count * 1000):
        at = rng.randrange(1, len(text) - 1)
        start = max(0, at - window // 2)
        whole = text[start : start + window]
        if found := break_page(whole, at - start):
            out.append((found[0], whole, found[1]))
        if len(out) == count:
            break
    return out
