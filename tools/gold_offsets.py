"""Turn gold annotations with quotes into gold with offsets, so that no article's text is kept beside them.

usage: python tools/gold_offsets.py GOLD_DIR TEXTS_DIR OUT_DIR

Every quote (`evidence`, `content`, `title`, `first`, `last`, `boilerplate`) becomes `[start, end]` in code points of
the text file; names and surfaces stay, they are facts. `kg.gold.load_gold` reads them back with the texts at hand.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from kg.evaluate import plain
from kg.gold import MARKUP, PINYIN


class Text:
    """A raw text and its letters and digits, each with its place."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        hidden = {i for regex in (MARKUP, PINYIN) for m in regex.finditer(raw) for i in range(*m.span())}
        self.letters, self.places = "", []
        for i, c in enumerate(raw):
            folded = plain(c) if i not in hidden else ""
            if folded and unicodedata.category(c)[0] in "LNS":
                self.letters += folded
                self.places += [i] * len(folded)

    def span(self, quote: str) -> list[int]:
        wanted = "".join(plain(c) for c in quote if unicodedata.category(c)[0] in "LNS")
        at = self.letters.find(wanted)
        if not wanted or at < 0:
            sys.exit(f"not in the text: {quote!r}")
        return [self.places[at], self.places[at + len(wanted) - 1] + 1]


def with_offsets(gold: dict[str, Any], text: Text) -> dict[str, Any]:
    for article in gold["articles"]:
        for key in ("title", "first", "last"):
            article[key] = text.span(article[key]) if article[key] else ""
    gold["boilerplate"] = [text.span(b) for b in gold["boilerplate"]]
    for section in ("relations", "quantities", "comparisons"):
        for item in gold[section]:
            item["evidence"] = text.span(item["evidence"])
    for item in gold["statements"]:
        item["content"] = text.span(item["content"])
    return gold | {"length": len(text.raw)}


def main(gold_dir: Path, texts: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(gold_dir.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = Text((texts / gold["doc"]).read_text(encoding="utf-8"))
        lines = json.dumps(with_offsets(gold, text), ensure_ascii=False, indent=1)
        (out / path.name).write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
