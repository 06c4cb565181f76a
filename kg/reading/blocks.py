"""What the format readers hand on: the blocks of a page in order, with the file's own metadata beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.reading.offsets import Mapped

BlockKind = Literal["heading", "text", "list", "quote", "table", "break"]


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of a page, its markup read through. `level` is 1-6 for headings, else 0.

    `image` says that the block begins or ends with an image, so that a short text in it may be a caption.
    """

    kind: BlockKind
    line: Mapped
    level: int = 0
    image: bool = False


@dataclass(frozen=True)
class Page:
    """The blocks of a file, and what its front matter or head says of it (`title`, `author`, `publisher`, `date`)."""

    blocks: list[Block]
    declared: Mapping[str, str] = field(default_factory=dict)
    marked: bool = True  # headings are marked as such (Markdown, HTML); in plain text they are short lines
