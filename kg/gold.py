"""Gold annotations: their files, and quotes kept as offsets into texts that stand elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from kg.errors import UserError

QUOTED = {"relations": "evidence", "quantities": "evidence", "comparisons": "evidence", "statements": "content"}
PINYIN = re.compile(r"\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ][a-zü]*\)")
MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)\s]*\)")  # images and link targets of Markdown


class BadGold(UserError):
    """A gold folder or file that cannot be used: names the file and the reason."""


def load_gold(folder: Path, texts: Path | None = None) -> list[dict[str, Any]]:
    """The `*.gold.json` files of a folder, their quotes as text.

    Gold that keeps offsets for quotes (see `tools/gold_offsets.py`) needs `texts`, the folder of the source files.
    Raises BadGold where there is no gold, a file is not valid, or its text is missing or another one.
    """
    files = sorted(folder.glob("*.gold.json"))
    if not files:
        raise BadGold(f"{folder}: no *.gold.json file in it")
    gold = []
    for path in files:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise BadGold(f"{path}: not a gold file: {problem}") from problem
        gold.append(_with_quotes(data, path, texts) if "length" in data else data)
    return gold


def _with_quotes(gold: dict[str, Any], path: Path, texts: Path | None) -> dict[str, Any]:
    """Gold with offsets, its offsets replaced by what a reader reads there."""
    if texts is None:
        raise BadGold(f"{path}: keeps offsets, not quotes; name the folder of its texts with --texts")
    raw = raw_text(texts / gold["doc"])[: gold["length"]]
    if hashlib.sha256(raw.encode()).hexdigest() != gold["sha256"]:
        raise BadGold(f"{texts / gold['doc']}: not the text that {path} annotates (its hash differs)")

    def quote(span: Any) -> str:
        return read_through(raw[slice(*span)]) if span else ""

    for article in gold["articles"]:
        article |= {key: quote(article[key]) for key in ("title", "first", "last")}
    gold["boilerplate"] = [quote(b) for b in gold["boilerplate"]]
    for section, key in QUOTED.items():
        for item in gold[section]:
            item[key] = quote(item[key])
    return gold


def raw_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as problem:
        raise BadGold(f"{path}: the text behind a gold file cannot be read: {problem}") from problem


def read_through(raw: str) -> str:
    """Raw text as its reader reads it: without inserted pinyin, images and link targets."""
    return MARKUP.sub("", PINYIN.sub("", raw))
