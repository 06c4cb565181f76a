"""Train the character model that reads damaged runs: `python tools/build_ngrams.py ../shared`.

The folder holds news articles (`corpus/wechat`) and sets of sentences (`data`), which `kg/data/SOURCES.md` names.
Writes kg/data/reading/ngrams.gz: log probabilities of n-grams of characters (interpolated Kneser-Ney smoothing with
three discounts, as Chen and Goodman have it), rounded to whole steps. What fewer than two documents have is left out,
so that none of the texts can be read out of it.

Every fifth article (those that `held_out` names), and what is much like one of them, like an annotated article
(`gold/articles`) or like a seed is never trained on, so that figures can be had on it: `benchmarks/byteshift.py`.
With `--leave-out 1` those of the next fifth are left out too: the weights of `kg.reading.wordmodel` are set there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from kg.reading import read_file
from kg.reading.ngrams import BASE, END, FILE, ORDER, START, STEPS, UNSEEN, normal
from kg.reading.wordmodel import plain

ROOT = Path(__file__).parent.parent
KEPT_FROM = {1: 1, 2: 2, 3: 2, 4: 2}  # documents that have an n-gram of so many characters
CHARACTERS = 8000  # that may follow though no text has them
FOLDS = 5  # of the articles, by their numbers
LIKE_HELD_OUT = 0.1  # share of an article's stretches of characters from which on it is much like those held out
LIKE_OTHERS = 0.3  # and like those before it, which would make two documents of one
STRETCH = 8  # characters
MARKDOWN = re.compile(r"\(http[^)]*\)|https?:\S+|[*#|\[\]`]|<[^>]+>")
HAN = re.compile(r"[\u4e00-\u9fff]")


def held_out(path: Path, folds: Sequence[int] = (0,)) -> bool:
    """Whether an article (`w005.md`) belongs to those that figures are reported on."""
    return int(path.stem[1:]) % FOLDS in folds


def article_text(path: Path) -> str:
    """The clean text of the articles of a file."""
    return "\n".join(a.text for d in read_file(path, source=path.name) for a in d.articles)


def articles(shared: Path, left_out: Sequence[int]) -> Iterator[str]:
    """The clean texts of the articles of the corpus that are trained on."""
    paths = sorted((shared / "corpus" / "wechat").glob("*.md"))
    apart = [p for p in paths if held_out(p, left_out)] + sorted((shared / "gold" / "articles").glob("*.md"))
    apart += sorted((ROOT / "seeds").glob("*.txt"))
    held, before = set[str]().union(*(_stretches(article_text(p)) for p in apart)), set[str]()
    for path in paths:
        text = article_text(path)
        own = _stretches(text)
        alike = len(own & held) > LIKE_HELD_OUT * len(own) or len(own & before) > LIKE_OTHERS * len(own)
        if not held_out(path, left_out) and not alike:
            before |= own
            yield text


def _stretches(text: str) -> set[str]:
    text = "".join(plain(text).split())
    return {text[i : i + STRETCH] for i in range(len(text) - STRETCH + 1)}


def sentences(folder: Path) -> Iterator[str]:
    """The running Chinese text of the sets (of permissive licences only), in pieces."""
    for path in sorted((folder / "cfbenchmark_ner").glob("*.jsonl")):
        for line in _lines(path):
            yield from re.split(r"\s{2,}|\n", json.loads(line)["input"])
    for path in sorted((folder / "finre").glob("t*.txt")) + sorted((folder / "finre").glob("valid.txt")):
        yield from (fields[3] for line in _lines(path) if len(fields := line.split("\t")) > 3)
    for path in sorted((folder / "recognizers_text_zh").glob("*.json")):
        specs = json.loads(path.read_text(encoding="utf-8-sig"))
        yield from (spec["Input"] for spec in specs if isinstance(spec, dict) and "Input" in spec)
    for path in sorted((folder / "ai_people_companies_zh_en").rglob("*.md")) + [
        folder / "cn_llm_list" / "wgwang_README.md"
    ]:
        yield from (MARKDOWN.sub("", line) for line in _lines(path))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if line.strip()]


def prepared(documents: Iterable[str]) -> list[list[str]]:
    """The paragraphs of documents, each once, as the model reads them, between marks of their start and end."""
    known, out = set[str](), list[list[str]]()
    for document in documents:
        found = dict.fromkeys(plain(text.strip()) for text in document.split("\n"))
        new = [text for text in found if text not in known and HAN.search(text)]
        known.update(new)
        out.append([START + normal(text) + END for text in new])
    return out


def count(documents: list[list[str]]) -> tuple[list[Counter[str]], list[Counter[str]]]:
    """Documents that have it, and Kneser-Ney counts (below the highest order: after how many characters), by length."""
    having = [Counter[str]() for _ in range(ORDER + 1)]
    counts = [Counter[str]() for _ in range(ORDER + 1)]
    for n in range(1, ORDER + 1):
        for pieces in documents:
            found = [piece[i : i + n] for piece in pieces for i in range(len(piece) - n + 1)]
            having[n].update(dict.fromkeys(found, 1))
            if n == ORDER:
                counts[n].update(found)
    for n in range(1, ORDER):
        counts[n].update(gram[1:] for gram in having[n + 1])
        counts[n].update(piece[:n] for pieces in documents for piece in pieces)
    del counts[1][START]
    return having, counts


def discounts(counts: Counter[str]) -> tuple[float, ...]:
    """What is taken off counts of one, two, and three or more."""
    n = Counter(min(c, 5) for c in counts.values())
    y = n[1] / (n[1] + 2 * n[2])
    return 0.0, 1 - 2 * y * n[2] / n[1], 2 - 3 * y * n[3] / n[2], 3 - 4 * y * n[4] / n[3]


def train(documents: list[list[str]]) -> tuple[dict[str, float], dict[str, float]]:
    """Probabilities of the n-grams that are kept, and what is left to fall back with behind each history."""
    having, counts = count(documents)
    known, rest = dict[str, float](), {"": 1.0}

    def probability(gram: str) -> float:
        if gram in known or not gram:
            return known.get(gram, 1 / CHARACTERS)
        return rest.get(gram[:-1], 1.0) * probability(gram[1:])

    for n in range(1, ORDER + 1):
        off, total, left, kept = discounts(counts[n]), Counter[str](), dict[str, float](), dict[str, float]()
        for gram, c in counts[n].items():
            keep = having[n][gram] >= KEPT_FROM[n]
            total[gram[:-1]] += c
            left[gram[:-1]] = left.get(gram[:-1], 0.0) + (off[min(c, 3)] if keep else c)
            if keep:
                kept[gram] = c - off[min(c, 3)]
        rest.update({history: left[history] / total[history] for history in total})
        known.update({g: kept[g] / total[g[:-1]] + rest[g[:-1]] * probability(g[1:]) for g in sorted(kept)})
    return known, rest


def steps(probability: float) -> str:
    """A probability as the model's file has it: its negative logarithm in whole steps, as a character."""
    return chr(BASE + min(UNSEEN, max(0, round(-math.log(probability) * STEPS))))


def main() -> None:
    """Read the texts of the folder that is named, train, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--leave-out", type=int, action="append", default=[0], help="a fifth of the articles")
    parser.add_argument("--to", type=Path, default=ROOT / "kg" / FILE)
    options = parser.parse_args()
    documents = chain(articles(options.shared, options.leave_out), sentences(options.shared / "data"))
    known, rest = train(prepared(documents))
    rows = dict[str, list[str]]()
    for gram in sorted(known):
        rows.setdefault(gram[:-1], []).append(gram[-1])
    lines = list[str]()
    for history, followers in sorted(rows.items()):
        scores = "".join(steps(known[history + c]) for c in followers)
        lines += [history, f"{steps(rest[history])}{''.join(followers)}\t{scores}"]
    options.to.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
