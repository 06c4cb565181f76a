"""Repair of GBK pages whose bytes were shifted by pinyin put between the two bytes of a character.

How the damage comes about: a tool that put `(pinyin)` behind the characters of a table looked for their bytes anywhere
in a page in GBK. In `因為` (D2 F2 · 9E E9) it saw F2 9E, 驗, and wrote `(yàn)` between 9E and E9. Read as GBK, the lone
9E takes the `(` with it and becomes `?`; from the `)` on every pair is read one byte off, until the pinyin of the next
character of the table, whose `(` goes the same way, or an ASCII byte puts it right; pairs that fall into GBK's
private-use zones vanish, and an ASCII byte that makes no pair is lost in a `?`. The way back: the lone byte is known
(with the last byte of 因 it forms a character that is read yàn); the run is encoded again, decoded behind that byte,
and where a pair may have vanished the one is filled in that makes words. The page itself tells more: a character that
carries pinyin is in the table, so it ends a run; one that stands without is not. All of it needs `?` + pinyin + `)`
without its `(`, which no undamaged text has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from kg.reading.offsets import Edit
from kg.reading.pinyin import TONED, characters_of, is_reading
from kg.reading.wordmodel import UNKNOWN_DIGIT, Inner, Place, WordModel, commonest, strangeness

_ANCHOR = re.compile(rf"\?(?P<pinyin>[a-zü]{{0,4}}[{TONED}][a-zü]{{0,4}})\)")
_INSERTED = re.compile(rf"\((?P<pinyin>[a-zü]{{0,4}}[{TONED}][a-zü]{{0,4}})\)")
_CARRIED = re.compile(rf"(.){_INSERTED.pattern}")  # a character with its pinyin
_PAIRED = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"), ("（", "）"))
_ASCII_MARKS = ((",", "，"), (".", "。"), (":", "："), (";", "；"), ("!", "！"), ("(", "（"), (")", "）"), ('"', "“"))
_LOOK_BACK = 200  # characters before a run in which an open quotation is looked for
_LOOK_AHEAD = 100  # characters behind a run that tell what it says
_MAX_RUN = 200  # characters; a longer run is no run
_MAX_WORK = 600  # characters of runs of one file that are read; more would take long
_WORK = 3  # characters that take as long as the rest of a run
_COMMON = 1000  # characters that may have stood before an ASCII character that is lost, behind a pair that vanished
_UNEXPLAINED = 40  # steps a character for pinyin behind what is not read so
_MAX_ENDS = 4  # ends that a run may have, each of them tried
_STRETCH = 8  # characters behind a run and before it that tell whether it is read right
_LEADS = range(0x81, 0xFF)  # first bytes of a character
_TRAILS = range(0x80, 0xFF)  # second bytes of a character that are not ASCII

_Zone = tuple[Sequence[int], Sequence[int]]  # lead bytes, and the trail bytes behind any of them
_VANISHING: tuple[_Zone, ...] = (  # the private-use zones of GBK
    ((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), range(0xA1, 0xFF)),
    (range(0xA1, 0xA8), range(0x81, 0xA1)),
)
_NONE: tuple[_Zone, ...] = (((), ()),) * len(_VANISHING)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two bytes of a character that is shown in a run, and where it stands.

    `gap`: a pair that is no character is lost before it. `carries`: it has pinyin, being read as one of the table.
    """

    code: bytes
    at: int
    gap: bool
    carries: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A shifted run: raw text [start, end), its pairs behind the lone first byte, and how it ends.

    `last` is the ASCII byte that completes its last character, `reading` the pinyin that this character carries,
    `swallowed` whether an ASCII character is lost behind it, `gap` whether a pair that is no character is before it.
    """

    start: int
    end: int
    pairs: list[_Pair]
    last: int | None = None
    reading: str = ""
    swallowed: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its model, and what it tells of the table: characters that always carry pinyin, that never do."""

    text: str
    model: WordModel
    tabled: frozenset[str]
    bare: frozenset[str]


def shifted_bytes(text: str) -> list[Edit]:
    """The runs of a text whose bytes are shifted, read right; nothing where a run cannot be read."""
    if not _ANCHOR.search(text):
        return []
    page, edits, before, position, work = _page(text), list[Edit](), "", 0, 0
    while match := _ANCHOR.search(text, position):
        before = (before + _without_pinyin(text[position : match.start()]))[-_LOOK_BACK:]
        firsts = _lone_bytes(before[-1:], match["pinyin"], page)
        runs = _find_runs(page, match) if firsts else []
        work += sum(len(run.pairs) + _WORK for run in runs)
        if work > _MAX_WORK:
            break
        if not runs:
            before, position = before + match[0], match.end()
            continue
        run, repaired = _likeliest([(run, _decode(run, firsts, page, before)) for run in runs], text, before)
        before += "".join(new for _, _, new in repaired)
        edits += [(a, b, new) for a, b, new in repaired if text[a:b] != new]
        position = run.end
    return edits


def _likeliest(readings: list[tuple[_Run, list[Edit]]], text: str, before: str) -> tuple[_Run, list[Edit]]:
    """The reading of a run that ends where it and what follows read best, a run being shifted to its end."""
    end = max(run.end for run, _ in readings)

    def strange(reading: tuple[_Run, list[Edit]]) -> float:
        run, edits = reading
        new = before[-_STRETCH:] + "".join(new for _, _, new in edits)
        read_on = _CARRIED.sub(_carrier, new + text[run.end : end + _STRETCH])
        return strangeness(read_on) + _UNEXPLAINED * len(_INSERTED.findall(read_on))

    return min(readings, key=strange) if len(readings) > 1 else readings[0]


def _carrier(carried: re.Match[str]) -> str:
    return carried[1] if is_reading(carried[1], carried["pinyin"]) else carried[0]


def _page(text: str) -> _Page:
    carrying = {m[1] for m in _CARRIED.finditer(text) if is_reading(m[1], m["pinyin"])}
    bare = frozenset(_CARRIED.sub("", text))
    return _Page(text, WordModel(_without_pinyin(text)), frozenset(carrying) - bare, bare)


def _without_pinyin(text: str) -> str:
    return _ANCHOR.sub("", _INSERTED.sub("", text))


def _gbk(character: str) -> bytes:
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return code if len(code) == 2 else b""


def _find_runs(page: _Page, anchor: re.Match[str]) -> list[_Run]:
    """The run behind an anchor, with each end that it may have: a `?` may be one, or a pair that is no character."""
    text, pairs, i, gap, runs = page.text, list[_Pair](), anchor.end(), False, list[_Run]()
    while i < len(text) and len(pairs) < _MAX_RUN and len(runs) < _MAX_ENDS:
        code, at = _gbk(text[i]), i
        if text[i] == "?" and not gap and not _ANCHOR.match(text, i):
            runs.append(_Run(anchor.start(), i + 1, list(pairs), swallowed=True))
            i, gap = i + 1, True
            continue
        if not code or text[i] == "€":
            break
        carried = _INSERTED.match(text, i + 1)
        carries = carried is not None and is_reading(text[i], carried["pinyin"])
        pairs.append(_Pair(code, at, gap, carries))
        i, gap = i + 1, False
        if code[1] < 0x80:  # the second byte was an ASCII character of the page: all is right again behind it
            return [*runs, _Run(anchor.start(), i, pairs)]
        if carried and carries:
            i = carried.end()
    ended = _ended(text, anchor.start(), i, pairs, gap=gap) if len(pairs) < _MAX_RUN else None
    return [*runs, ended] if ended else runs


def _ended(text: str, start: int, i: int, pairs: list[_Pair], *, gap: bool) -> _Run | None:
    """A run that ends in front of `text[i]`, or with it."""
    following = text[i : i + 1]
    if hidden := _ANCHOR.match(text, i):
        return _Run(start, hidden.end(), pairs, reading=hidden["pinyin"], gap=gap)
    if following == "?":
        return _Run(start, i + 1, pairs, swallowed=True, gap=gap)
    if "@" <= following < "\x7f" or following == "€":  # 0x80, which is no first byte
        carried = _INSERTED.match(text, i + 1)
        last = 0x80 if following == "€" else ord(following)
        return _Run(start, i + 1, pairs, last=last, reading=carried["pinyin"] if carried else "", gap=gap)
    return _Run(start, i, pairs, gap=gap) if pairs and not gap else None


def _lone_bytes(before: str, pinyin: str, page: _Page) -> list[int]:
    """The bytes that form, behind the last byte of a character, a character read as the pinyin says."""
    code = _gbk(before)
    if not code or code[1] < 0x81:
        return []
    read_so = sorted(characters_of().get(pinyin, frozenset()))
    fitting = [c for c in read_so if (shape := _gbk(c)) and shape[0] == code[1] and shape[1] > 0x80]
    return sorted({_gbk(c)[1] for c in _but(fitting, page.bare)})


def _but(characters: list[str], others: frozenset[str]) -> list[str]:
    """The characters without some others, unless that leaves none."""
    return [c for c in characters if c not in others] or characters


def _decode(run: _Run, firsts: list[int], page: _Page, before: str) -> list[Edit]:
    """The edits that put a run right: every character stands for the one that its first byte was read in."""
    pairs = run.pairs
    if pairs:
        places = [_from_lone([_between(lone, pairs[0].code[0], gap=pairs[0].gap) for lone in firsts])]
        for a, b in zip(pairs, pairs[1:], strict=False):
            place = _between(a.code[1], b.code[0], gap=b.gap)
            places.append(place if a.carries else _outside(page.tabled, place))
        places.append(_close(pairs[-1].code[1], run, page))
    else:
        places = [_from_lone([_close(lone, run, page) for lone in firsts])]
    if run.swallowed:
        places.append(Place(_swallowed(page.text, run.end)))
    after = _without_pinyin(page.text[run.end : run.end + _LOOK_AHEAD])
    chosen = page.model.best_path(places, before, after, _misplaced(before))
    if run.swallowed and chosen:
        chosen[-2:] = ["".join(chosen[-2:])]
    bounds = [run.start, *(pair.at for pair in pairs), run.end]
    return list(zip(bounds, bounds[1:], chosen, strict=False))


def _misplaced(before: str) -> frozenset[str]:
    """The marks of a pair that hardly follow a text: the opening one where it is open, else the closing one."""
    return frozenset(a if before.rfind(a) > before.rfind(b) else b for a, b in _PAIRED)


def _from_lone(places: list[Place]) -> Place:
    """The place of the lone byte, which may be one of several."""
    whole = list(chain.from_iterable(place.whole for place in places))
    first = [list(chain.from_iterable(zone)) for zone in zip(*(place.first for place in places), strict=True)]
    return Place(whole, first, places[0].last, places[0].inner)


def _outside(table: frozenset[str], place: Place) -> Place:
    """A place inside a run, where no character of the table stands: it would have ended the run."""
    last = [_but(list(zone), table) for zone in place.last]
    return Place(_but(list(place.whole), table), place.first, last, place.inner)


def _between(left: int, right: int, *, gap: bool = False) -> Place:
    """What may stand where one pair ends with `left` and the next begins with `right`: one character, or two or three
    around pairs that vanished; with a `gap` two around a pair that is no character, or three, another having vanished.
    """
    whole = [one] if not gap and (one := _character(left, right)) else []
    last = [[c for trail in trails if (c := _character(trail, right))] for _, trails in _zones_after(gap=gap)]
    return Place(whole, _first(left, gap=gap), last, _inner(gap=gap))


def _first(left: int, *, gap: bool) -> list[list[str]]:
    """What may stand before the pairs that are lost, by the zone of the first of them."""
    return [[c for lead in leads if (c := _character(left, lead))] for leads, _ in _zones_before(gap=gap)]


def _zones_before(*, gap: bool) -> tuple[_Zone, ...]:
    """The zones that the first of the pairs lost at a place may be in; one to which none belongs stands for itself."""
    return (*_undefined(), *_VANISHING, *_NONE) if gap else _VANISHING


def _zones_after(*, gap: bool) -> tuple[_Zone, ...]:
    """Those of the last of them: with a `gap` not both are of those that vanish."""
    return (*_undefined(), *_NONE, *_VANISHING) if gap else _VANISHING


@cache
def _undefined() -> tuple[_Zone, ...]:
    """The pairs that GBK has no character for, by lead byte."""
    zones = {lead: [trail for trail in _LEADS if not _defined(lead, trail)] for lead in _TRAILS}
    return tuple(((lead,), tuple(trails)) for lead, trails in zones.items() if trails)


def _defined(lead: int, trail: int) -> bool:
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return any(lead in leads and trail in trails for leads, trails in _VANISHING)
    return True


@cache
def _inner(*, gap: bool) -> Inner:
    """The characters between two pairs that are lost, by the zones of both; with a `gap` just one of them vanished."""
    vanishing = frozenset(_VANISHING)
    return tuple(
        tuple(_spanning(a, b) if not gap or (a in vanishing) != (b in vanishing) else () for b in _zones_after(gap=gap))
        for a in _zones_before(gap=gap)
    )


def _spanning(before: _Zone, after: _Zone) -> tuple[str, ...]:
    return tuple(c for a in before[1] for b in after[0] if (c := _character(a, b)))


def _close(left: int, run: _Run, page: _Page) -> Place:
    """What may stand at the end of a run: its last byte `left` with what the run ended at."""
    if left < 0x80:
        return Place([chr(left)])
    if run.last is not None:
        place = _between(left, run.last, gap=run.gap)
        last = [_read_so(zone, run.reading) for zone in place.last]
        read_so = Place(_read_so(place.whole, run.reading), place.first, last, place.inner)
        return read_so if read_so.whole or any(read_so.last) else place
    whole = [] if run.gap else [c for right in _TRAILS if (c := _character(left, right))]
    zones = _zones_after(gap=run.gap)
    last = [_ends(_of_rows(tuple(trails), all_of_them=bool(run.reading)), run, page) for _, trails in zones]
    return Place(_ends(whole, run, page), _first(left, gap=run.gap), last, _inner(gap=run.gap))


@cache
def _of_rows(leads: tuple[int, ...], *, all_of_them: bool) -> list[str]:
    """The characters with some first bytes: all of them, which only pinyin can choose from, or the commonest."""
    characters = list(chain.from_iterable(map(_row, leads)))
    return characters if all_of_them else [c for c in characters if c in commonest(_COMMON)]


def _read_so(characters: Iterable[str], reading: str) -> list[str]:
    return [c for c in characters if not reading or is_reading(c, reading)]


def _ends(characters: list[str], run: _Run, page: _Page) -> list[str]:
    """Those that may end a run with their pinyin, and begin the next one if it follows at once."""
    found = _but(_read_so(characters, run.reading), page.bare) if run.reading else characters
    following = _ANCHOR.match(page.text, run.end)
    return [c for c in found if not following or _lone_bytes(c, following["pinyin"], page)]


def _swallowed(text: str, end: int) -> list[str]:
    """What an ASCII character that is lost may have been, from what follows it."""
    following = text[end : end + 4]
    year = re.match(r"(0\d\d|9\d\d)(?!\d)", following)
    digit = UNKNOWN_DIGIT if not year else "2" if following[0] == "0" else "1"
    marks = [mark for mark, wide in _ASCII_MARKS if text.count(mark) > text.count(wide)]
    return ["\n", digit, *([" "] if re.match("[A-Za-z]", following) else []), *marks]


@cache
def _row(lead: int) -> list[str]:
    """The characters with a first byte whose second one is not ASCII."""
    return [c for trail in _TRAILS if (c := _character(lead, trail))]


@cache
def _character(lead: int, trail: int) -> str:
    """The ideograph or punctuation mark of two bytes of GBK, or an empty string."""
    if lead < 0x81:
        return ""
    try:
        text = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return (
        text if len(text) == 1 and (text >= "\u3000" and not "\ue000" <= text < "\uf900" or text in "“”‘’…—·×°") else ""
    )
