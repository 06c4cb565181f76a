"""Markdown -> blocks: headings, paragraphs, lists, block quotes and tables, with inline markup read through."""

from __future__ import annotations

import html
import re

from kg.reading.blocks import Block, BlockKind, Page
from kg.reading.joins import wrapped_spaces
from kg.reading.offsets import Edit, Mapped

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|(?=[^\x00-\x7f#]))")
_ITEM = re.compile(r"[ \t]*(?:[*+•·-]|\d{1,3}[.)])(?:[ \t]+|$)")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}[-| :\t]*$")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_INLINE = re.compile(
    r"""(?P<image>!\[[^\]\n]{0,500}\]\([^)]{0,2000}\))
    |(?P<close>\]\((?:[^()\s]|\([^()\s]{0,500}\)){0,2000}(?:[ \t]{1,9}"[^"\n]{0,500}")?\))
    |(?P<open>\[)
    |(?P<escape>\\(?=[\\`*_{}\[\]()\#+\-.!|>~]))
    |(?P<strong>_{2,6}|(?<![A-Za-z0-9_])_(?=\S)|_(?![A-Za-z0-9_])|`+|~~)
    |(?P<url><(?=https?://[^\s>]{0,2000}>))
    |(?P<tag></?(?:br|p|b|i|em|strong|span|div|font|u|sup|sub|center|img|a|section|small|mark|strike|del|s)\b[^<>\n]{0,2000}>)
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)""",
    re.VERBOSE,
)
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"([A-Za-z_一-龥]+)[ \t]*:[ \t]*(.*)")
_FIELD_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_HEADER_LINE = re.compile(r"[一-鿿]{2,6}[ \t]?[:：][ \t]*\S")
_ONLY_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^()\s]{0,2000}\)[ \t]*$")
_WORD = re.compile(r"\S+")
_WRAPPED_AT = 72  # characters after which converters of HTML to Markdown break a line (html2text: 78 with its marks)
_LONGEST_HEADING = 500
_MARKS = frozenset("#*+-_=|`~•· \t0123456789")  # with these begin all lines that are no plain text
_SPECIAL = re.compile(r"[*_`\[\]!\\<&~\n]")
_BUT_STARS = re.compile(r"[_`\[\]!\\<&~\n]")
_STARS = re.compile(r"\*{1,6}")
_SIGNS = re.compile(r"\*{1,6}|\n(?:[ \t]*>)*[ \t]*|[_`\[\]!\\<&~]")  # the two frequent ones whole, the others begun


def read_markdown(source: Mapped) -> Page:
    """The page of a Markdown file. `source` is the file after the character repairs (LF line ends)."""
    declared, start = front_matter(source.text)
    return Page(list(_blocks(source, start)), declared)


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields of a YAML front matter (flat ones and lists, joined by 、) and where the body begins."""
    match = _FRONT.match(text)
    if not match:
        return {}, 0
    fields: dict[str, str] = {}
    key = ""
    for line in match[1].splitlines():
        if found := _FIELD.match(line):
            key = found[1].casefold()
            fields[key] = found[2].strip().strip("\"'")
        elif key and (item := _FIELD_ITEM.match(line)):
            fields[key] = "、".join(filter(None, (fields[key], item[1].strip().strip("\"'"))))
    return fields, match.end()


class _Open:
    """The block that is being collected: lines up to a blank line, a hard break or another kind of block."""

    __slots__ = ("end", "kind", "level", "start")

    def __init__(self, kind: BlockKind, start: int, end: int, level: int = 0) -> None:
        self.kind, self.start, self.end, self.level = kind, start, end, level


def _blocks(source: Mapped, position: int) -> list[Block]:
    text, blocks = source.text, list[Block]()
    current: _Open | None = None

    def close() -> None:
        nonlocal current
        if current is not None:
            blocks.append(_finish(source, current))
            current = None

    size = len(text)
    while position < size:
        end = text.find("\n", position)
        end = size if end < 0 else end
        start, quoted = position, False
        if position < end and text[position] in " \t>":
            prefix = _PREFIX.match(text, position, end)
            start = prefix.end() if prefix else position
            quoted = ">" in text[position:start]
        if (
            start >= end
            or text[start].isspace()
            and text[start:end].isspace()
            or text[start] == "!"
            and _ONLY_IMAGE.match(text, start, end)
        ):
            close()
        elif text[start] not in _MARKS:
            if current is None or _is_header(text, start, end) and _is_header(text, current.start, end):
                close()
                current = _Open("quote" if quoted else "text", start, end)
            else:
                current.end = end
        elif _FENCE.match(text, start, end):
            close()
            position = _skip_fence(text, end, size)
            continue
        elif heading := _HEADING.match(text, start, end):
            close()
            while _wraps(text, heading.end(), end):
                following = text.find("\n", end + 1)
                end = size if following < 0 else following
            current = _Open("heading", heading.end(), end, len(heading[1]))
            close()
        elif _RULE.match(text, start, end):
            close()
            blocks.append(Block("break", source.piece(start, start)))
        elif _TABLE_RULE.match(text, start, end):
            close()
        elif text[start] == "|":
            close()
            current = _Open("table", start, end)
            close()
        elif item := _ITEM.match(text, start, end):
            close()
            current = _Open("list", item.end(), end)
        elif current is None:
            current = _Open("quote" if quoted else "text", start, end)
        else:
            current.end = end
        if current is not None and text.endswith("  ", start, end):
            close()
        position = end + 1
    close()
    return blocks


def _is_header(text: str, start: int, end: int) -> bool:
    return _HEADER_LINE.match(text, start, end) is not None


def _wraps(text: str, start: int, end: int) -> bool:
    """Whether a heading goes on in the next line: within a link, or where a converter broke it between latin words."""
    if end + 1 >= len(text) or text[end + 1] in "\n#>" or end - start > _LONGEST_HEADING:
        return False
    if text.count("[", start, end) > text.count("]", start, end):
        return True
    word = _WORD.match(text, end + 1)
    before, after = text[end - 1], text[end + 1]
    both = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return both and word is not None and end - start + len(word[0]) >= _WRAPPED_AT


def _skip_fence(text: str, position: int, size: int) -> int:
    """Where the text goes on after a fenced code block that opens before `position`."""
    while position < size:
        start = position + 1
        position = text.find("\n", start)
        position = size if position < 0 else position
        if _FENCE.match(text, start, position):
            return position + 1
    return size


def _finish(source: Mapped, block: _Open) -> Block:
    line = source.piece(block.start, block.end)
    image, linked = False, 0.0
    if _SPECIAL.search(line.text):
        line, image, linked = inline(line)
    if block.kind == "table":
        line = line.strip("| \t")
        line = line.edit([(m.start(), m.end(), "，") for m in re.finditer(r"[ \t]*\|[ \t]*", line.text)])
    return Block(block.kind, line.strip(), block.level, image, linked)


def inline(line: Mapped) -> tuple[Mapped, bool, float]:
    """A block without its inline markup, whether an image stood in it, and the share of its text that was linked."""
    text, edits, opened, image, linked = line.text, list[Edit](), list[int](), False, 0
    if not _BUT_STARS.search(text):  # the most frequent case: nothing but emphasis
        return line.edit([(*stars.span(), "") for stars in _STARS.finditer(text)]), False, 0.0
    done = 0
    for sign in _SIGNS.finditer(text):  # the signs first: they are found much faster than the tokens
        start, end = sign.span()
        if start < done:
            continue
        if text[start] == "*":
            edits.append((start, end, ""))
            continue
        if text[start] == "\n":
            while start > 0 and text[start - 1] in " \t":
                start -= 1
            edits.append((start, end, wrapped_spaces(text, start, end)))
            continue
        match = _INLINE.match(text, start)
        if match is None:
            continue
        kind, end = match.lastgroup, match.end()
        done = end
        if kind == "open":
            opened.append(start)
        elif kind == "close":
            if opened:
                at = opened.pop()
                edits.append((at, at + 1, ""))
                edits.append((start, end, ""))
                linked += start - at - 1
        elif kind == "entity":
            plain = html.unescape(match[0])
            if plain != match[0]:
                edits.append((start, end, plain.replace("\xa0", " ")))
        elif kind == "tag":
            edits.append((start, end, " " if match[0].startswith("<br") else ""))
        else:
            image = image or kind == "image"
            edits.append((start, end, ""))
    plain_line = line.edit(sorted(edits))
    return plain_line, image, min(1.0, linked / max(1, len(plain_line.text)))
