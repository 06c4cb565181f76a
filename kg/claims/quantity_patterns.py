"""Word lists and wordings of quantities as data, compiled when first used.

They stand in `kg/data/quantities/patterns.toml`, those around dates in `dates.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def entries() -> dict[str, dict[str, Any]]:
    """The entries of the files by id. Raises ValueError where two have one id."""
    folder = files("kg").joinpath("data", "quantities")
    out: dict[str, dict[str, Any]] = {}
    for name in ("patterns.toml", "dates.toml"):
        for entry in tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))["pattern"]:
            if entry["id"] in out:
                raise ValueError(f"{name}: two patterns have the id {entry['id']!r}")
            out[entry["id"]] = entry
    return out


def words(id_: str) -> str:
    """The words of an entry as one alternation, for a larger expression. Raises KeyError for an unknown id."""
    return "|".join(entries()[id_]["words"])


@cache
def pattern(id_: str) -> re.Pattern[str]:
    """The compiled expression of an entry: its words in its `form`, where `{}` stands for them."""
    form = entries()[id_].get("form", "{}")
    return re.compile(form.replace("{}", f"(?:{words(id_)})"))
