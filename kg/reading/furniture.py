"""Which lines of a page belong to no article: navigation, credits, captions, related links, advertisements."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Effect = Literal["drop", "cut", "caption"]


@dataclass(frozen=True, slots=True)
class LineRule:
    """One pattern of `kg/data/reading/furniture.toml`; `match` and `passes` are its examples."""

    id: str
    effect: Effect
    pattern: re.Pattern[str]
    match: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def line_rules() -> tuple[LineRule, ...]:
    """The rules in the order of the file. Raises re.error where a pattern is broken."""
    data = tomllib.loads(files("kg.data").joinpath("reading/furniture.toml").read_text(encoding="utf8"))
    return tuple(
        LineRule(r["id"], r["effect"], re.compile(r["pattern"]), tuple(r["match"]), tuple(r["pass"]))
        for r in data["line"]
    )


def line_effect(norm: str) -> LineRule | None:
    """The first rule that a line (simplified, half-width, stripped) falls under."""
    for rule in line_rules():
        if rule.pattern.match(norm):
            return rule
    return None
