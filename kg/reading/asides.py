"""Lines beside the body that state facts all the same: captions that report, notes on the author, signed employers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.reading.blocks import Block, Line
from kg.reading.bylines import POST, byline
from kg.reading.furniture import is_promotion, line_effect
from kg.reading.script import analysis_text

_LEAST = 12  # characters of a caption that says something
_LEAST_EMPLOYER = 3
_CLERK = re.compile(rf"\s*(?:{POST}|编译|特派员)")
_BRACKETS = " \u3000()（）[]【】"


@dataclass(frozen=True, slots=True)
class _Asides:
    """The patterns of `kg/data/reading/asides.toml`."""

    lead: re.Pattern[str]
    credit: re.Pattern[str]
    reports: re.Pattern[str]
    label: re.Pattern[str]
    note: re.Pattern[str]
    name: re.Pattern[str]


@cache
def _asides() -> _Asides:
    data = tomllib.loads(files("kg").joinpath("data/reading/asides.toml").read_text(encoding="utf8"))
    caption, note = data["caption"], data["note"]
    return _Asides(
        re.compile(caption["lead"]),
        re.compile(caption["credit"]),
        re.compile("|".join(caption["reports"])),
        re.compile(caption["label"]),
        re.compile(rf"[(\[【]\s*{note['lead']}[^。;]{{0,50}}?(?:{note['institution']})[^。;]{{0,40}}。?\s*[)\]】]$"),
        re.compile(note["name"]),
    )


def caption(line: Line) -> Block | None:
    """What a caption reports, without its mark and credit, or None where the line is a mere label or no caption."""
    rule = line_effect(line)
    if rule is None or rule.effect != "caption" or line.size > len(line.norm) or is_promotion(line):
        return None
    asides = _asides()
    lead, credit = asides.lead.match(line.norm), asides.credit.search(line.norm)
    start = lead.end() if lead else 0
    end = credit.start() if credit else line.size
    words = line.norm[start:end]
    if not start or len(words) < _LEAST or asides.label.match(words) or not asides.reports.search(words):
        return None
    return Block("caption", line.block.line.piece(start, end).strip())


def note(line: Line) -> Block | None:
    """What a note says of the author's institution (`(作者系某大学教授)`), without its brackets, or None."""
    if line.size > len(line.norm) or not _asides().note.match(line.norm):
        return None
    return Block("caption", line.block.line.strip(_BRACKETS + "。"))


def noted_author(block: Block) -> list[str]:
    """The author whom a note names (`作者王明系北京大学教授`), or nobody."""
    norm = analysis_text(block.line.text)
    match = _asides().name.search(norm)
    found = re.search(r"[一-鿿·]+$", match[0].removeprefix("作者").removeprefix("笔者")) if match else None
    if match is None or found is None:
        return []
    return [block.line.text[match.end() - len(found[0]) : match.end()]]


def speaks_of(block: Block, authors: Sequence[str]) -> bool:
    """Whether a note speaks of all the article's authors without naming them: of the only one, or of `均` all."""
    return (len(authors) == 1 or "均" in block.line.text) and not noted_author(block)


def employer(line: Line) -> Block | None:
    """A byline that states for whom its author works (`极目新闻评论员 徐汉雄`), or None."""
    found = byline(line)
    if found is None or len(found.publisher) < _LEAST_EMPLOYER:
        return None
    own = line.block.line.strip(_BRACKETS)
    left = line.text.find(own.text)
    if not own.text.startswith(found.publisher) or not _CLERK.match(line.norm, left + len(found.publisher)):
        return None
    end = own.text.rfind(found.authors[-1]) + len(found.authors[-1])
    return Block("caption", own.piece(0, end))


def signature(lines: Sequence[Line], authors: Sequence[str]) -> list[Block]:
    """The authors' names out of the bylines that hold them, for a text that else speaks of `作者` alone."""
    for line in lines:
        at = [line.text.find(name) for name in authors]
        if at and min(at) >= 0:
            return [Block("caption", line.block.line.piece(a, a + len(n))) for a, n in zip(at, authors, strict=True)]
    return []


def insert(body: list[Block], block: Block, after: int) -> None:
    """Put a block where it stands in the file; one that stands before `after` or within another block is left out."""
    start, end = block.line.span(0, len(block.line.text))
    at = next((i for i, b in enumerate(body) if b.line.raws[0] >= start), len(body))
    before = body[at - 1].line.ends[-1] if at else after
    if start >= before and (at == len(body) or end <= body[at].line.raws[0]):
        body.insert(at, block)
