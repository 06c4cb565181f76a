"""Repair of GBK pages whose bytes were shifted by pinyin put between the two bytes of a character.

How the damage comes about: a tool that put `(pinyin)` behind characters of a page in GBK looked at the bytes of two
neighbours one byte off. In `因為` (D2 F2 · 9E E9) it saw F2 9E, 驗, and wrote `(yàn)` between 9E and E9. Read as GBK,
the lone 9E takes the `(` with it and becomes `?`; from the `)` on every pair is read one byte off, until an ASCII
byte puts it right; pairs that fall into GBK's private-use zones vanish. The way back: the lone byte is known (with the
last byte of 因 it forms a character that is read yàn); the run is encoded again, decoded behind that byte, and where a
pair may have vanished the one is filled in that makes words. All of it needs `?` + pinyin + `)` without its `(`, which
no undamaged text has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from kg.reading.offsets import Edit
from kg.reading.pinyin import TONED, characters_of, is_reading

if TYPE_CHECKING:
    from kg.reading.wordmodel import WordModel

_ANCHOR = re.compile(rf"\?(?P<pinyin>[a-zü]{{0,4}}[{TONED}][a-zü]{{0,4}})\)")
_READ_ON = re.compile(r"\([^()]{1,8}\)|[\x00-\x7f]")  # what is left out of the words that follow a run
_PRIVATE_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))  # with trail bytes A1-FE: zones 1 and 2 of GBK
_PAIRED = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"), ("（", "）"))
_LOOK_BACK = 200  # characters before a run in which an open quotation is looked for
_LOOK_AHEAD = 100  # characters behind a run that tell what it says
_MAX_RUN = 200  # characters; a longer run is no run
_MAX_WORK = 300  # characters of runs of one file that are read; more is no page that a tool broke, and would take long


@dataclass(frozen=True, slots=True)
class _Run:
    """A shifted run: raw text [start, end), its bytes behind the lone first byte, and how it ends.

    `pairs` are the two bytes of each of its characters and where the character stands; `last` is the ASCII byte that
    completes its last character, `hidden` the pinyin of that character where a `?` hides its last byte.
    """

    start: int
    end: int
    pairs: list[tuple[bytes, int]]
    last: int | None = None
    hidden: str | None = None


def shifted_bytes(text: str) -> list[Edit]:
    """The runs of a text whose bytes are shifted, read right; nothing where a run cannot be read."""
    if not _ANCHOR.search(text):
        return []
    from kg.reading.wordmodel import WordModel

    model = WordModel(_READ_ON.sub("", text))
    edits, position, work = list[Edit](), 0, 0
    while match := _ANCHOR.search(text, position):
        position = match.end()
        run = _find_run(text, match)
        firsts = _lone_bytes(text[match.start() - 1], match["pinyin"]) if run and match.start() else []
        if run is None or not firsts:
            continue
        work += len(run.pairs)
        if work > _MAX_WORK:
            break
        repaired = _decode(run, firsts, text, model)
        if repaired:
            edits += repaired
            position = run.end
    return edits


def _gbk(character: str) -> bytes:
    try:
        code = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return code if len(code) == 2 else b""


def _find_run(text: str, anchor: re.Match[str]) -> _Run | None:
    pairs, i = list[tuple[bytes, int]](), anchor.end()
    while i < len(text) and len(pairs) < _MAX_RUN and len(code := _gbk(text[i])) == 2:
        pairs.append((code, i))
        i += 1
        if code[1] < 0x80:  # the second byte was an ASCII character of the page: all is right again behind it
            return _Run(anchor.start(), i, pairs)
    if len(pairs) == _MAX_RUN:
        return None
    if i < len(text) and text[i] == "?":
        hidden = _ANCHOR.match(text, i)
        if hidden:
            return _Run(anchor.start(), hidden.end(), pairs, hidden=hidden["pinyin"])
        return _Run(anchor.start(), i + 1, pairs, hidden="") if pairs else None
    if i < len(text) and 0x40 <= ord(text[i]) < 0x7F:
        return _Run(anchor.start(), i + 1, pairs, last=ord(text[i]))
    return _Run(anchor.start(), i, pairs, hidden="") if pairs else None


def _lone_bytes(before: str, pinyin: str) -> list[int]:
    """The bytes that form, behind the last byte of a character, a character read as the pinyin says."""
    code = _gbk(before)
    if len(code) < 2 or code[1] < 0x81:
        return []
    characters = characters_of().get(pinyin, frozenset())
    return sorted({c[1] for c in map(_gbk, characters) if len(c) == 2 and c[0] == code[1] and c[1] > 0x80})


def _decode(run: _Run, firsts: list[int], text: str, model: WordModel) -> list[Edit]:
    """The edits that put a run right: every character stands for the one that its first byte was read in."""
    from kg.reading.wordmodel import Place

    def from_lone(options: Callable[[int], _Options]) -> Place:
        """The place of the lone byte, which may be one of several."""
        whole, first, inner, last = zip(*map(options, firsts), strict=True)
        return Place(list(chain(*whole)), list(chain(*first)), inner[0], last[0])

    if run.pairs:
        places = [from_lone(lambda lone: _between(lone, run.pairs[0][0][0]))]
        places += [Place(*_between(a[1], b[0])) for (a, _), (b, _) in zip(run.pairs, run.pairs[1:], strict=False)]
        places.append(Place(*_close(run.pairs[-1][0][1], run)))
    else:  # all pairs of the run vanished
        places = [from_lone(lambda lone: _close(lone, run))]
    after = _READ_ON.sub("", text[run.end : run.end + _LOOK_AHEAD])
    before = text[max(0, run.start - _LOOK_BACK) : run.start]
    chosen = model.best_path(places, before, after, _misplaced(before))
    bounds = [run.start, *(at for _, at in run.pairs), run.end]
    return [
        (a, b, replacement)
        for a, b, replacement in zip(bounds, bounds[1:], chosen, strict=False)
        if text[a:b] != replacement
    ]


def _misplaced(before: str) -> frozenset[str]:
    """The marks of a pair that hardly follow a text: the opening one where it is open, else the closing one."""
    return frozenset(a if before.rfind(a) > before.rfind(b) else b for a, b in _PAIRED)


_Options = tuple[list[str], list[str], list[str], list[str]]  # the fields of a Place


def _between(left: int, right: int) -> _Options:
    """What may stand where one pair ends with `left` and the next begins with `right`: one character, or two or three
    around pairs that vanished."""
    whole = [one] if (one := _character(left, right)) else []
    first = [c for lead in _PRIVATE_LEADS if (c := _character(left, lead))]
    last = [c for trail in range(0xA1, 0xFF) if (c := _character(trail, right))]
    return whole, first, list(_inner()), last


@cache
def _inner() -> tuple[str, ...]:
    """The characters between two pairs that vanished."""
    return tuple(c for trail in range(0xA1, 0xFF) for lead in _PRIVATE_LEADS if (c := _character(trail, lead)))


def _close(left: int, run: _Run) -> _Options:
    """What may stand at the end of a run: its last byte `left` with what the run ended at."""
    if left < 0x80:
        return [chr(left)], [], [], []
    if run.last is not None:
        return _between(left, run.last)
    rights = range(0x40, 0xFF)
    whole = [c for right in rights if (c := _character(left, right)) and (not run.hidden or is_reading(c, run.hidden))]
    first = [c for lead in _PRIVATE_LEADS if (c := _character(left, lead))]
    last = [c for trail in range(0xA1, 0xFF) for c in _row(trail) if run.hidden and is_reading(c, run.hidden)]
    return whole, first, list(_inner()), last


@cache
def _row(lead: int) -> list[str]:
    return [c for trail in range(0x40, 0xFF) if (c := _character(lead, trail))]


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
