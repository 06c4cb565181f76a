"""Which lines of a page belong to no article: navigation, credits, captions, related links, advertisements."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.reading.blocks import Block, Line
from kg.reading.rules import LineRule, line_rules, promotion


def line_effect(line: Line) -> LineRule | None:
    """The rule that a line falls under, or None."""
    if line.judged:
        return line.rule
    line.judged = True
    norm, size = line.norm, line.size
    if size <= _limits()[-1]:
        needs, ends = _demands()
        limit = next(limit for limit in _limits() if size <= limit)
        pattern, rules = _beginnings(limit, norm.rstrip().endswith(ends) or needs.search(norm) is not None)
        if match := pattern.match(norm):
            line.rule = rules[int(str(match.lastgroup)[1:])]
    return line.rule


@cache
def _beginnings(size: int, demanding: bool) -> tuple[re.Pattern[str], tuple[LineRule, ...]]:
    """The rules for lines of up to a size as one pattern, with or without those that need something of a line beside
    its beginning; the group that matched says which rule it is."""
    rules = tuple(r for r in line_rules() if r.longest >= size and (demanding or not (r.needs or r.ends)))
    return re.compile("|".join(f"(?P<r{i}>{rule.pattern.pattern})" for i, rule in enumerate(rules)) or "(?!)"), rules


@cache
def _demands() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What demanding rules need: one of these words in a line, or one of these characters at its end."""
    words = [re.escape(word) for rule in line_rules() for word in rule.needs]
    return re.compile("|".join(words) or "(?!)"), tuple(end for rule in line_rules() for end in rule.ends)


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
