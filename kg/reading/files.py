"""Paths -> documents: folders, formats, compression, limits; every format ends in `read_text`."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from kg.document import Document
from kg.errors import UserError
from kg.reading.articles import find_articles
from kg.reading.assemble import assemble
from kg.reading.blocks import Page
from kg.reading.encodings import decode
from kg.reading.html import read_html
from kg.reading.markdown import read_markdown
from kg.reading.plain import read_plain
from kg.reading.repair import repair

MAX_SIZE = 64 * 2**20  # bytes
FORMATS = {
    ".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_MAGIC = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP or Office file", b"\xd0\xcf\x11\xe0": "an Office file",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"\x7fELF": "a program",
    b"SQLite": "a database", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip", b"Rar!": "a RAR archive",
}  # fmt: skip
_GZIP = b"\x1f\x8b"
_ODD = re.compile("[\x01-\x08\x0e-\x1f\ufffd]")  # what no text is full of
_SHOWN = 5  # bad lines of a .jsonl file that are named one by one


class UnreadableInput(UserError):
    """A source that cannot be read; the message names it, the place, the reason and what to do."""


def find_sources(paths: Sequence[str | Path]) -> list[tuple[Path, str]]:
    """The files under the given paths, each with the name that its records bear, sorted by that name.

    Folders are searched for files of known formats (hidden ones left out); a file named itself is always taken, `-` is
    standard input. The name is the path relative to the folder given, or the file's name.
    """
    found: dict[str, Path] = {}
    for given in paths:
        path = Path(given)
        if str(given) != "-" and path.is_dir():
            for file in path.rglob("*"):
                relative = file.relative_to(path)
                if file.is_file() and format_of(file.name) and not any(p.startswith(".") for p in relative.parts):
                    found.setdefault(_free(relative.as_posix(), file, found), file)
        else:
            found.setdefault(_free(path.name if str(given) != "-" else "-", path, found), path)
    return [(path, name) for name, path in sorted(found.items())]


def _free(name: str, path: Path, taken: Mapping[str, Path]) -> str:
    """The name, or with the folder before it where another file has it already."""
    parents = [p for p in path.resolve().parts[:-1] if p != "/"]
    while name in taken and taken[name].resolve() != path.resolve() and parents:
        name = f"{parents.pop()}/{name}"
    return name


def format_of(name: str) -> str | None:
    """`plain`, `markdown`, `html` or `jsonl` by a file's extension (`.gz` looked through), None for others."""
    path = PurePath(name.lower())
    return FORMATS.get(PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix)


def read_file(path: Path, *, source: str, encoding: str | None = None, max_size: int = MAX_SIZE) -> Iterator[Document]:
    """The documents of a file: one, or for .jsonl one a line (`file.jsonl#L12`).

    `max_size` is in bytes, also of what a .gz unpacks to. Raises UnreadableInput.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableInput(f"{source}: is a folder, not a file")
        if size > max_size:
            raise UnreadableInput(_too_large(source, size, max_size))
        with path.open("rb") as file:
            data = file.read(max_size + 1)
    except OSError as problem:
        raise UnreadableInput(f"{source}: cannot be opened: {problem.strerror or problem}") from problem
    return read_bytes(data, source=source, encoding=encoding, max_size=max_size)


def _too_large(source: str, size: int, max_size: int) -> str:
    return f"{source}: has {size} bytes, more than --max-size {max_size}; raise the limit or split the file"


def read_bytes(
    data: bytes, *, source: str, encoding: str | None = None, max_size: int = MAX_SIZE
) -> Iterator[Document]:
    """The documents of a file's bytes. `source` names it; its extension, or else its content, tells the format.

    Raises UnreadableInput.
    """
    if len(data) > max_size:
        raise UnreadableInput(_too_large(source, len(data), max_size))
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith(_GZIP):
        data = _unpack(data, source, max_size)
    kind = next((what for magic, what in _MAGIC.items() if data.startswith(magic)), None)
    if kind is not None:
        raise UnreadableInput(f"{source}: byte 0: is {kind}, not text; convert it to text, Markdown or HTML first")
    format_ = format_of(source) or _sniff(data)
    try:
        decoded = decode(data, encoding=encoding, declares=format_ == "html")
    except LookupError as problem:
        raise UnreadableInput(
            f"{source}: --encoding {encoding}: no such encoding; try utf-8, gb18030 or big5"
        ) from problem
    if _is_binary(decoded.text):
        raise UnreadableInput(f"{source}: is not text; name its encoding with --encoding if it is")
    warnings = tuple(f"{source}: {w}" for w in decoded.warnings)
    if format_ == "jsonl":
        return _read_lines(data, decoded.text, source, decoded.encoding, warnings)
    document = read_text(decoded.text, source=source, sha256=sha256, format_=format_)
    return iter((replace(document, warnings=warnings + document.warnings),))


def _unpack(data: bytes, source: str, max_size: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(max_size + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise UnreadableInput(f"{source}: cannot be unpacked: {problem}; compress it again") from problem
    if len(unpacked) > max_size:
        raise UnreadableInput(
            f"{source}: unpacks to more than --max-size {max_size} bytes; raise the limit or split it"
        )
    return unpacked


def _sniff(data: bytes) -> str:
    """The format of a file without an extension."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<div", b"<article", b"<!--")):
        return "html"
    if head.startswith(b"{") and b'"text"' in head:
        return "jsonl"
    return "markdown" if head.startswith((b"# ", b"---\n", b"---\r\n")) or b"](http" in head else "plain"


def _is_binary(text: str) -> bool:
    sample = text[:4096]
    return len(_ODD.findall(sample)) > 0.1 * len(sample)


def read_text(
    text: str, *, source: str, sha256: str, format_: str = "plain", declared: Mapping[str, str] | None = None
) -> Document:
    """The document of a decoded text, its offsets into that text."""
    mapped, repairs = repair(text)
    reader = {"markdown": read_markdown, "html": read_html}.get(format_, read_plain)
    page = reader(mapped)
    if declared:
        page = Page(page.blocks, {**page.declared, **declared}, page.marked)
    articles = tuple(assemble(find_articles(page)))
    warnings = () if articles else (f"{source}: holds no article",)
    return Document(source, sha256, articles, repairs, warnings)


def _read_lines(data: bytes, text: str, source: str, encoding: str, warnings: tuple[str, ...]) -> Iterator[Document]:
    """The documents of a .jsonl file. A wrong line is a warning; UnreadableInput where no line is right."""
    bad, documents = list[str](), list[Document]()
    lines = (
        data.split(b"\n") if encoding in ("utf-8", "gb18030", "big5hkscs") else [s.encode() for s in text.split("\n")]
    )
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name = f"{source}#L{number}"
        fields = _fields(line, encoding)
        if isinstance(fields, str):
            bad.append(f"{name}: {fields}")
            continue
        content = str(fields.pop("text"))
        format_ = "markdown" if "](http" in content or content.startswith(("# ", "---\n")) else "plain"
        sha256 = hashlib.sha256(line.rstrip(b"\r")).hexdigest()
        documents.append(read_text(content, source=name, sha256=sha256, format_=format_, declared=fields))
    if bad and not documents:
        raise UnreadableInput("; ".join(bad[:_SHOWN]) + '; give one JSON object with a "text" a line')
    notes = (
        warnings
        + tuple(bad[:_SHOWN])
        + ((f"{source}: {len(bad) - _SHOWN} more such lines",) if len(bad) > _SHOWN else ())
    )
    if documents and notes:
        documents[0] = replace(documents[0], warnings=notes + documents[0].warnings)
    return iter(documents)


def _fields(line: bytes, encoding: str) -> dict[str, str] | str:
    """The string fields of a line, or what is wrong with it."""
    try:
        data = json.loads(line.decode(encoding if encoding != "utf-16" else "utf-8", "replace").lstrip("\ufeff"))
    except (ValueError, RecursionError) as problem:
        return f"is not JSON ({problem})"
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return 'has no "text"'
    out = dict[str, str]()
    for key, value in data.items():
        if isinstance(value, list):
            value = "、".join(str(v) for v in value if isinstance(v, str))
        if isinstance(value, str) and value.strip():
            out[key.casefold()] = value.encode("utf-8", "replace").decode("utf-8") if key == "text" else value.strip()
    return out if "text" in out else 'has an empty "text"'
