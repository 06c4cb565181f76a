"""Which lines of a page belong to no article: navigation, credits, captions, related links, advertisements."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from kg.reading.blocks import Block, Line

Effect = Literal["drop", "cut", "end", "caption"]
_LONGEST = 120  # a line longer than this is text whatever it begins with, but for disclaimers


@dataclass(frozen=True, slots=True)
class LineRule:
    """One pattern of `kg/data/reading/furniture.toml`; `match` and `passes` are its examples."""

    id: str
    effect: Effect
    pattern: re.Pattern[str]
    longest: int
    match: tuple[str, ...]
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promotion:
    """Words by which a line advertises (`kg/data/reading/furniture.toml`, section `promotion`)."""

    pattern: re.Pattern[str]
    match: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(files("kg").joinpath("data/reading/furniture.toml").read_text(encoding="utf8"))


@cache
def line_rules() -> tuple[LineRule, ...]:
    """The rules in the order of the file. Raises re.error where a pattern is broken."""
    rules = list[LineRule]()
    for r in _data()["line"]:
        pattern = re.compile(str(r["pattern"]))
        longest = int(str(r.get("longest", _LONGEST)))
        rules.append(LineRule(str(r["id"]), r["effect"], pattern, longest, _strings(r["match"]), _strings(r["pass"])))  # type: ignore[arg-type]
    return tuple(rules)


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Sequence) else ()


@cache
def promotion() -> Promotion:
    """The words of advertising as one pattern."""
    (data,) = _data()["promotion"]
    pattern = re.compile("|".join(_strings(data["words"])))
    return Promotion(pattern, _strings(data["match"]), _strings(data["pass"]))


@cache
def _starts(size: int) -> tuple[re.Pattern[str], tuple[LineRule, ...]]:
    """The rules for lines of up to a size as one pattern; the group that matched says which rule it is."""
    rules = tuple(rule for rule in line_rules() if rule.longest >= size)
    return re.compile("|".join(f"(?P<r{i}>{rule.pattern.pattern})" for i, rule in enumerate(rules)) or "(?!)"), rules


def line_effect(line: Line) -> LineRule | None:
    """The rule that a line falls under, or None."""
    if line.judged:
        return line.rule
    line.judged = True
    size = next((limit for limit in _limits() if line.size <= limit), 0)
    if size:
        pattern, rules = _starts(size)
        if match := pattern.match(line.norm):
            line.rule = rules[int(str(match.lastgroup)[1:])]
    return line.rule


@cache
def _limits() -> list[int]:
    return sorted({rule.longest for rule in line_rules()})


def is_promotion(line: Line) -> bool:
    """Whether a line advertises an account, a group, an event or a product."""
    return line.size <= 200 and promotion().pattern.search(line.norm) is not None


_INLINE_CAPTION = re.compile(
    r"[^。,，!！?？;；\n()（）]{2,36}[(（](?:视频截图|視頻截圖|资料图|資料圖|图片来源|圖片來源|图源|圖源|图片?[:：/]|圖片?[:：/]|来源[:：]|來源[:：])[^()（）]{0,30}[)）]"
)


def inline_caption(block: Block) -> Block:
    """A paragraph without the caption that is glued to its front (`DeepSeek火出了圈(视频截图)在中国…`)."""
    text = block.line.text
    match = _INLINE_CAPTION.match(text)
    if not match or match.end() > len(text) - 8:
        return block
    return replace(block, line=block.line.piece(match.end(), len(text)).strip())
