"""The union of the graphs of an N-Quads file: its lines without graph names, loaded as N-Triples.

Twice as fast as loading quads and merging their graphs. What a line is cannot be told without parsing it, so the cut is
a guess; but a triple has no term to spare: what was cut wrongly is no N-Triples, and the reader refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph

_PART = 1 << 24  # bytes that are cut while those before are being loaded
_CHUNK = 1 << 16  # bytes; a named graph of an article is about as large
_CHECKED = 1 << 26  # bytes of a file up to which every IRI is checked by its grammar, a quarter of the time of loading
_BLOCKS = 8  # of one graph each, that are looked for in a chunk: more cost more than going line by line


def union_store(path: Path) -> pyoxigraph.Store | None:
    """A store with the union of all graphs as default graph, or None where the file is for the full reader: one with
    mistakes, blank nodes (each part would have its own), blank graphs, tabs or the like.

    In large files what stands between `<` and `>` is taken for an IRI as it is; all else is checked in all files."""
    import pyoxigraph

    store, format_ = pyoxigraph.Store(), pyoxigraph.RdfFormat.N_TRIPLES
    trusting = path.stat().st_size > _CHECKED
    loading: Future[None] | None = None
    with ThreadPoolExecutor(1) as thread:  # the store works outside Python's lock
        try:
            for part in _parts(path):
                if b" _:" in part or b"\n_:" in part:
                    return None
                if loading:
                    loading.result()
                loading = thread.submit(store.load, part, format=format_, lenient=trusting)
            if loading:
                loading.result()
        except SyntaxError:
            return None
    return store


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            part: list[bytes] = []
            end = file.tell() + _PART
            while chunk:
                part.extend(_cut(chunk + file.readline()))
                chunk = file.read(_CHUNK) if file.tell() < end else b""
            yield b"".join([b"\n", *part])


def _cut(chunk: bytes) -> Iterator[bytes]:
    """Files keep the lines of a graph together: all that end in the same graph name are cut at once."""
    for _ in range(_BLOCKS):
        line = chunk[: chunk.find(b"\n") + 1]
        short = _without_graph(line)
        if short == line:
            break
        end = line[len(short.rpartition(b" ")[0]) :]
        block, _, rest = chunk.rpartition(end)
        lines = block.split(end)
        if len(lines) != block.count(b"\n") + 1:
            break  # lines of other graphs stand in between
        yield end[end.rfind(b" ") :].join([*lines, b""])
        chunk = rest
    yield from map(_without_graph, chunk.splitlines(keepends=True))


def _without_graph(line: bytes) -> bytes:
    """A line of N-Quads without its fourth term, where that is plain to see."""
    parts = line.rsplit(b" ", 2)
    if len(parts) != 3:
        return line
    triple, last, stop = parts
    named = last[:1] == b"<" and last[-1:] == b">" and b'"' not in last and triple.count(b" ") > 1
    return triple + b" " + stop if named else line
