"""Breaks texts as real pages are broken: pinyin behind characters, and the byte shift that it causes in GBK."""

from __future__ import annotations

import random

from kg.reading.pinyin import characters_of

_PRIVATE = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))


def reading_of(character: str) -> str:
    """One reading with a tone mark, or an empty string."""
    return next((r for r, cs in sorted(characters_of().items()) if character in cs and not r.isascii()), "")


def break_run(text: str, at: int, length: int | None = None) -> tuple[str, str] | None:
    """Put pinyin between the bytes of `text[at]`, which shifts the bytes up to the next ASCII character.

    With a `length` the last of so many characters gets its own (rightly placed) pinyin, whose `(` the shift swallows.
    Returns what a reader of the page sees and what stood there, or None where GBK cannot be broken so.
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
    shown, rest = decode_page(stream, tail)
    if shown is None:
        return None
    return text[:at] + "?" + pinyin + ")" + shown + rest, text


def decode_page(stream: bytes, tail: str) -> tuple[str | None, str]:
    """What a browser shows of shifted bytes: private-use pairs vanish, a lone byte takes the next ASCII one along."""
    out, i = [], 0
    while i < len(stream):
        lead = stream[i]
        if lead < 0x80:
            out.append(chr(lead))
            i += 1
            if i < len(stream):
                return None, tail  # back in step inside the run: not the damage that is meant here
            continue
        if i + 1 == len(stream):
            if not tail:
                return None, tail
            following = ord(tail[0])
            if following >= 0x80:
                return None, tail
            try:
                out.append(bytes((lead, following)).decode("gbk"))
            except UnicodeDecodeError:
                out.append("?")
            return "".join(out), tail[1:]
        pair = stream[i : i + 2]
        if lead in _PRIVATE and pair[1] >= 0xA1:
            i += 2
            continue
        try:
            out.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            return None, tail
        i += 2
    return "".join(out), tail


def sample_breaks(text: str, count: int, seed: int) -> list[tuple[str, str]]:
    """Broken and whole forms of pieces of a text, up to `count` of them."""
    rng, out = random.Random(seed), list[tuple[str, str]]()
    for _ in range(count * 30):
        at = rng.randrange(1, max(2, len(text) - 1))
        if len(out) < count and (broken := break_run(text, at, rng.randrange(4, 24) if rng.random() < 0.7 else None)):
            out.append((broken[0], broken[1]))
    return out
