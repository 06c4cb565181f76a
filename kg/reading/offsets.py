"""Text that remembers where each of its characters came from.

A `Mapped` is a string with a monotone map back to the raw file. The map is a list of segments; segment `i` covers the
clean positions `[starts[i], starts[i + 1])` and the raw positions `[raws[i], ends[i])`. Where both have the same length
the characters correspond one to one, otherwise every character of the segment stands for the whole raw span (`&amp;`
for `&`). Cleaning steps never search for an offset: they edit a `Mapped` and the maps compose by construction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]  # replace [start, end) by a string; sorted and disjoint where several are given


@dataclass(frozen=True, slots=True)
class Mapped:
    """A string and its map to the raw file; also the `kg.document.Offsets` of a clean article."""

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
        builder = Builder()
        builder.add(self, start, end)
        return builder.build()

    def strip(self, characters: str | None = None) -> Mapped:
        """Without the white space (or the given characters) at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.piece(left, max(left, len(self.text.rstrip(characters))))

    def edit(self, edits: Iterable[Edit]) -> Mapped:
        """With each edit's span replaced by its string (which stands for the raw span of what it replaces)."""
        builder, position = Builder(), 0
        for start, end, replacement in edits:
            builder.add(self, position, start)
            if replacement:
                builder.literal(replacement, *self.span(start, end))
            position = end
        if position == 0:
            return self
        builder.add(self, position, len(self.text))
        return builder.build()


class Builder:
    """Puts a `Mapped` together from pieces of others, in the order of the raw file."""

    __slots__ = ("_ends", "_length", "_parts", "_raws", "_starts")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._raws: list[int] = []
        self._ends: list[int] = []

    def __len__(self) -> int:
        return self._length

    def literal(self, text: str, raw_start: int, raw_end: int) -> None:
        """Append a text that stands for the raw span [raw_start, raw_end)."""
        self._parts.append(text)
        self._starts.append(self._length)
        self._raws.append(raw_start)
        self._ends.append(raw_end)
        self._length += len(text)

    def add(self, source: Mapped, start: int, end: int) -> None:
        """Append the characters [start, end) of a mapped text."""
        if start >= end:
            return
        starts, raws, ends = source.starts, source.raws, source.ends
        shift = self._length - start
        last = len(starts) - 1
        i = bisect_right(starts, start) - 1
        while i <= last and starts[i] < end:
            first, raw, raw_end = starts[i], raws[i], ends[i]
            stop = starts[i + 1] if i < last else len(source.text)
            if raw_end - raw == stop - first:
                raw_end = raw + min(end, stop) - first
                raw += max(start, first) - first
            self._starts.append(max(start, first) + shift)
            self._raws.append(raw)
            self._ends.append(raw_end)
            i += 1
        self._parts.append(source.text[start:end])
        self._length += end - start

    def gap(self, text: str, raw_end: int) -> None:
        """Append a text that stands for what lies between the last piece and `raw_end` (a paragraph break)."""
        self.literal(text, self._ends[-1] if self._ends else raw_end, raw_end)

    def build(self) -> Mapped:
        """The pieces appended so far as one mapped text."""
        return Mapped("".join(self._parts), self._starts, self._raws, self._ends)
