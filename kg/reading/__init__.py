"""Bytes -> clean articles: every format, encoding and kind of noise ends in `kg.document.Document`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.document import CleanArticle, Document
from kg.reading.articles import find_articles
from kg.reading.assemble import assemble
from kg.reading.byteshift import repair_byte_shift
from kg.reading.characters import repair_lookalikes, repair_unseen
from kg.reading.markdown import read_markdown
from kg.reading.offsets import Mapped
from kg.reading.pinyin import repair_pinyin
from kg.reading.plain import read_plain

MAX_SIZE = 64 * 2**20


class UnreadableInput(ValueError):
    """A source that cannot be read; the message names it, the place, the reason and what to do."""


def read_file(path: Path, *, source: str, encoding: str | None = None, max_size: int = MAX_SIZE) -> Iterator[Document]:
    """The documents of a file."""
    yield from read_bytes(path.read_bytes(), source=source, encoding=encoding, max_size=max_size)


def read_bytes(
    data: bytes, *, source: str, encoding: str | None = None, max_size: int = MAX_SIZE
) -> Iterator[Document]:
    """The documents of a file's bytes; `source` names it and its extension tells the format."""
    text = data.decode(encoding or "utf-8-sig")
    yield read_text(text, source=source, sha256=hashlib.sha256(data).hexdigest())


def read_text(text: str, *, source: str, sha256: str) -> Document:
    """The document of a decoded text."""
    mapped = Mapped.of(text)
    mapped, _ = repair_unseen(mapped)
    mapped, _ = repair_lookalikes(mapped)
    mapped, _ = repair_byte_shift(mapped)
    mapped, _ = repair_pinyin(mapped)
    page = read_markdown(mapped) if source.endswith((".md", ".markdown")) else read_plain(mapped)
    articles: Sequence[CleanArticle] = assemble(find_articles(page))
    return Document(source, sha256, tuple(articles))


def find_sources(paths: Sequence[str | Path]) -> list[tuple[Path, str]]:
    """The files under the given paths, with the names that their records bear."""
    out = list[tuple[Path, str]]()
    for p in map(Path, paths):
        if p.is_dir():
            out += [(q, q.relative_to(p).as_posix()) for q in sorted(p.rglob("*")) if q.suffix in (".txt", ".md")]
        else:
            out.append((p, p.name))
    return sorted(out, key=lambda item: item[1])
