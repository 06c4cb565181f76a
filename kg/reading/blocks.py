"""What the format readers hand on: the blocks of a page in order, with the file's own metadata beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.reading.offsets import Mapped
from kg.reading.rules import LineRule
from kg.reading.script import analysis_text

BlockKind = Literal["heading", "text", "list", "quote", "table", "break", "caption"]
SENTENCE_END = re.compile(r"[。！？!?…;；][”’\"'」』）)】》\s]*(?:[(（][^()（）]{1,8}[)）])?$")
_NORM_LENGTH = 120  # characters of a line that are looked at to tell what it is


@dataclass(slots=True)  # not frozen, for speed (see `Mapped`)
class Block:
    """A line or paragraph of a page, its markup read through; never changed. `level` is 1-6 for headings, else 0.

    `image` says that an image stands in the block, so that a short text in it may be a caption; `linked` is the share
    of its text that is the text of links.
    """

    kind: BlockKind
    line: Mapped
    level: int = 0
    image: bool = False
    linked: float = 0.0


@dataclass(frozen=True)
class Page:
    """The blocks of a file, and what its front matter or head says of it (`title`, `author`, `publisher`, `date`)."""

    blocks: list[Block]
    declared: Mapping[str, str] = field(default_factory=dict)
    marked: bool = True  # headings are marked as such (Markdown, HTML); in plain text they are short lines


def _is_closed(text: str) -> bool:
    if not text or text[-1].isalnum():  # the common cases, without the pattern
        return False
    if text[-1] in "。！？":
        return True
    return SENTENCE_END.search(text, max(0, len(text) - 16)) is not None


@dataclass(slots=True)
class Line:
    """A block beside its beginning, as written (`text`) and for analysis (`norm`, of the same length).

    `size` is the length of the whole line, `closed` whether it ends as a sentence does.
    """

    block: Block
    norm: str
    size: int
    closed: bool
    text: str
    judged: bool = False  # whether `rule` has been looked for (see `kg.reading.furniture`)
    rule: LineRule | None = None

    @classmethod
    def of(cls, block: Block) -> Line:
        return cls.all_of([block])[0]

    @classmethod
    def all_of(cls, blocks: Sequence[Block]) -> list[Line]:
        """The blocks as lines. Their analysis text is made in one go, much faster than line by line."""
        starts = [block.line.text[:_NORM_LENGTH] for block in blocks]
        norms = analysis_text("\n".join(starts)).split("\n")
        if len(norms) != len(starts):  # a line with a line end in it
            norms = [analysis_text(start) for start in starts]
        return [
            cls(block, norm, len(block.line.text), _is_closed(block.line.text), start)
            for block, norm, start in zip(blocks, norms, starts, strict=True)
        ]

    @property
    def is_sentence(self) -> bool:
        """Whether the line reads as running text."""
        return self.block.kind != "heading" and (self.closed and self.size >= 12 or self.size >= 60)

    def is_heading(self, marked: bool) -> bool:
        """Whether the line is a heading: marked as one, or in plain text a short line that ends no sentence."""
        if self.block.kind == "heading":
            return True
        if marked or self.block.kind != "text":
            return False
        return self.size <= 40 and not self.closed and self.norm[-1] not in ",、:"
