"""The rules of `kg/data/reading/furniture.toml`: which lines belong to no article, and which advertise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Effect = Literal["drop", "cut", "end", "caption"]
_LONGEST = 120  # a line longer than this is text whatever it begins with, but for disclaimers


@dataclass(frozen=True, slots=True)
class LineRule:
    """One pattern for the beginning of lines of up to `longest` characters; `match` and `passes` are its examples.

    What it matches holds one of the words of `needs` and ends with one of the characters of `ends`, where they are
    given: so that costly patterns are tried on few lines.
    """

    id: str
    effect: Effect
    pattern: re.Pattern[str]
    longest: int
    needs: tuple[str, ...]
    ends: tuple[str, ...]
    match: tuple[str, ...]
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promotion:
    """Words by which a line advertises (section `promotion`)."""

    pattern: re.Pattern[str]
    match: tuple[str, ...]
    passes: tuple[str, ...]


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(files("kg").joinpath("data/reading/furniture.toml").read_text(encoding="utf8"))


@cache
def line_rules() -> tuple[LineRule, ...]:
    """The rules in the order of the file. Raises re.error where a pattern is broken."""
    return tuple(
        LineRule(
            id=str(r["id"]),
            effect=r["effect"],  # type: ignore[arg-type]
            pattern=re.compile(str(r["pattern"])),
            longest=int(str(r.get("longest", _LONGEST))),
            needs=_strings(r.get("needs")),
            ends=_strings(r.get("ends")),
            match=_strings(r["match"]),
            passes=_strings(r["pass"]),
        )
        for r in _data()["line"]
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Sequence) else ()


@cache
def promotion() -> Promotion:
    """The words of advertising as one pattern."""
    (data,) = _data()["promotion"]
    pattern = re.compile("|".join(_strings(data["words"])))
    return Promotion(pattern, _strings(data["match"]), _strings(data["pass"]))
