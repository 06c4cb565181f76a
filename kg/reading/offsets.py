"""Text that remembers where each of its characters came from.

A `Mapped` is a string with a monotone map back to the raw file. The map is a list of segments; segment `i` covers the
clean positions `[starts[i], starts[i + 1])` and the raw positions `[raws[i], ends[i])`. Where both have the same length
the characters correspond one to one, otherwise every character of the segment stands for the whole raw span (`&amp;`
for `&`). Cleaning steps never search for an offset: they edit a `Mapped` and the maps compose by construction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]  # replace [start, end) by a string; sorted and disjoint where several are given


@dataclass(slots=True)  # not frozen: a frozen one takes three times as long to make, and files have many
class Mapped:
    """A string and its map to the raw file; also the `kg.document.Offsets` of a clean article. Never changed."""

    text: str
    starts: Sequence[int]
    raws: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str, offset: int = 0) -> Mapped:
        """The text as it stands in the raw file from `offset` on."""
        return cls(text, (0,), (offset,), (offset + len(text),)) if text else cls("", (), (), ())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span whose image is [start, end). Raises ValueError unless 0 <= start < end <= len(text)."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span [{start}, {end}) is empty or outside of a text of {len(self.text)} characters")
        return self._raw(start)[0], self._raw(end - 1)[1]

    def _raw(self, position: int) -> tuple[int, int]:
        i = bisect_right(self.starts, position) - 1
        start, raw, end = self.starts[i], self.raws[i], self.ends[i]
        stop = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        if end - raw == stop - start:
            return raw + position - start, raw + position - start + 1
        return raw, end

    def piece(self, start: int, end: int) -> Mapped:
        """The characters [start, end) with their map."""
        if start == 0 and end == len(self.text):
            return self
        if start >= end:
            return Mapped("", (), (), ())
        i = bisect_right(self.starts, start) - 1
        stop = self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)
        raw = self.raws[i]
        if end <= stop and self.ends[i] - raw == stop - self.starts[i]:  # within one segment, the common case
            raw += start - self.starts[i]
            return Mapped(self.text[start:end], (0,), (raw,), (raw + end - start,))
        builder = Builder()
        builder.add(self, start, end)
        return builder.build()

    def strip(self, characters: str | None = None) -> Mapped:
        """Without the white space (or the given characters) at both ends."""
        text = self.text
        if characters is None and text and not text[0].isspace() and not text[-1].isspace():  # the common case
            return self
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.piece(left, max(left, len(self.text.rstrip(characters))))

    def edit(self, edits: Sequence[Edit]) -> Mapped:
        """With each edit's span replaced by its string (which stands for the raw span of what it replaces)."""
        if not edits:
            return self
        if len(self.starts) == 1 and self.ends[0] - self.raws[0] == len(self.text):
            return self._edit_plain(edits)
        return self._edit_pieces(edits)

    def _edit_pieces(self, edits: Sequence[Edit]) -> Mapped:
        """The same for any text, in one pass over its segments."""
        builder, position = Builder(), 0
        i, last = 0, len(self.starts) - 1
        for start, end, replacement in edits:
            while i < last and self.starts[i + 1] <= position:
                i += 1
            builder.add(self, position, start, i)
            if replacement:
                builder.literal(replacement, *self.span(start, end))
            position = end
        builder.add(self, position, len(self.text))
        return builder.build()

    def _edit_plain(self, edits: Sequence[Edit]) -> Mapped:
        """The same for a text that stands in the raw file as it is, the common case, without the general machinery."""
        text, offset, position, length = self.text, self.raws[0], 0, 0
        parts, segments = list[str](), list[tuple[int, int, int]]()
        for start, end, replacement in edits:
            if start > position:
                parts.append(text[position:start])
                segments.append((length, offset + position, offset + start))
                length += start - position
            if replacement:
                parts.append(replacement)
                segments.append((length, offset + start, offset + end))
                length += len(replacement)
            position = end
        if position < len(text):
            parts.append(text[position:])
            segments.append((length, offset + position, offset + len(text)))
        return Mapped("".join(parts), *zip(*segments, strict=True)) if segments else Mapped("", (), (), ())


class Builder:
    """Puts a `Mapped` together from pieces of others, in the order of the raw file."""

    __slots__ = ("_ends", "_parts", "_raws", "_starts", "length")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0  # characters so far
        self._starts: list[int] = []
        self._raws: list[int] = []
        self._ends: list[int] = []

    def literal(self, text: str, raw_start: int, raw_end: int) -> None:
        """Append a text that stands, every character of it, for the raw span [raw_start, raw_end)."""
        size = len(text)
        by_chance = size > 1 and size == raw_end - raw_start  # would pass for one to one, though it is not
        starts = range(self.length, self.length + size) if by_chance else (self.length,)
        self._parts.append(text)
        self._starts += starts
        self._raws += [raw_start] * len(starts)
        self._ends += [raw_end] * len(starts)
        self.length += size

    def add(self, source: Mapped, start: int, end: int, segment: int = -1) -> None:
        """Append the characters [start, end) of a mapped text; `segment` holds the first of them, where it is known."""
        if start >= end:
            return
        starts, raws, ends = source.starts, source.raws, source.ends
        shift, size = self.length - start, len(source.text)
        self._parts.append(source.text[start:end])
        self.length += end - start
        if start == 0 and end == size:
            self._starts += [s + shift for s in starts] if shift else starts
            self._raws += raws
            self._ends += ends
            return
        i, count = segment if segment >= 0 else bisect_right(starts, start) - 1, len(starts)
        while i < count and (first := starts[i]) < end:
            stop = starts[i + 1] if i + 1 < count else size
            raw, raw_end = raws[i], ends[i]
            i += 1
            if first >= start and stop <= end:  # taken whole
                self._starts.append(first + shift)
                self._raws.append(raw)
                self._ends.append(raw_end)
                continue
            begin = start if start > first else first
            length = (end if end < stop else stop) - begin
            if raw_end - raw == stop - first:
                raw += begin - first
                raw_end = raw + length
            elif length == raw_end - raw and length > 1:  # part of a block that now would pass for one to one
                self._starts += range(begin + shift, begin + shift + length)
                self._raws += [raw] * length
                self._ends += [raw_end] * length
                continue
            self._starts.append(begin + shift)
            self._raws.append(raw)
            self._ends.append(raw_end)

    def gap(self, text: str, raw_end: int) -> None:
        """Append a text that stands for what lies between the last piece and `raw_end` (a paragraph break)."""
        if text:
            self.literal(text, self._ends[-1] if self._ends else raw_end, raw_end)

    def build(self) -> Mapped:
        """The pieces appended so far as one mapped text."""
        return Mapped("".join(self._parts), self._starts, self._raws, self._ends)
