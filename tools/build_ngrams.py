"""Train the character model that ranks readings of damaged runs: `python tools/build_ngrams.py DATA_DIR`.

DATA_DIR holds the sets as `kg/data/SOURCES.md` names them. Writes kg/data/reading/ngrams.gz: log probabilities of
n-grams of characters (interpolated Kneser-Ney smoothing with three discounts, as Chen and Goodman have it), rounded to
whole steps. What was seen too seldom is left out, so that none of the texts can be read out of it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.reading.ngrams import BASE, FILE, ORDER, START, STEPS, UNSEEN, normal
from kg.reading.wordmodel import plain

KEPT_FROM = {1: 1, 2: 1, 3: 2, 4: 2}  # times that an n-gram of so many characters was seen
CHARACTERS = 8000  # that may follow though no text has them
UD = "# text = "
END = "$"
MARKDOWN = re.compile(r"\(http[^)]*\)|https?:\S+|[*#|\[\]`]|<[^>]+>")
HAN = re.compile(r"[\u4e00-\u9fff]")


def texts(folder: Path) -> Iterator[str]:
    """The running Chinese text of the sets, in pieces."""
    for path in sorted((folder / "duee").glob("duee_dev.json")):
        yield from (json.loads(line)["text"] for line in _lines(path))
    for path in sorted((folder / "fewfc_events").glob("*.json")):
        yield from (json.loads(line)["content"] for line in _lines(path))
    for path in sorted((folder / "cluener2020").glob("*.json")):
        yield from (json.loads(line)["text"] for line in _lines(path))
    for path in sorted((folder / "cfbenchmark_ner").glob("*.jsonl")):
        for line in _lines(path):
            yield from re.split(r"\s{2,}|\n", json.loads(line)["input"])
    for path in sorted((folder / "finre").glob("t*.txt")) + sorted((folder / "finre").glob("valid.txt")):
        yield from (fields[3] for line in _lines(path) if len(fields := line.split("\t")) > 3)
    for path in sorted((folder / "recognizers_text_zh").glob("*.json")):
        specs = json.loads(path.read_text(encoding="utf-8-sig"))
        yield from (spec["Input"] for spec in specs if isinstance(spec, dict) and "Input" in spec)
    for path in sorted((folder / "ud_chinese").glob("*.conllu")) + sorted((folder / "uner_zh").rglob("*.iob2")):
        if "gsdsimp" not in path.name:  # the same in simplified characters
            yield from (line.removeprefix(UD) for line in _lines(path) if line.startswith(UD))
    for path in sorted((folder / "ai_people_companies_zh_en").rglob("*.md")) + sorted(folder.glob("cn_llm_list/*.md")):
        yield from (MARKDOWN.sub("", line) for line in _lines(path))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if line.strip()]


def prepared(folder: Path) -> list[str]:
    """Each piece of text once, as the model reads it, between marks of its start and end."""
    found = dict.fromkeys(plain(text.strip()) for text in texts(folder))
    return [START + normal(text) + END for text in found if HAN.search(text)]


def count(pieces: list[str]) -> tuple[list[Counter[str]], list[Counter[str]]]:
    """Times seen, and Kneser-Ney counts (below the highest order: after how many characters), by length."""
    seen = [Counter[str]() for _ in range(ORDER + 1)]
    for n in range(1, ORDER + 1):
        for piece in pieces:
            seen[n].update(piece[i : i + n] for i in range(len(piece) - n + 1))
    counts = [Counter[str]() for _ in range(ORDER)] + [seen[ORDER]]
    for n in range(1, ORDER):
        counts[n].update(gram[1:] for gram in seen[n + 1])
        counts[n].update(piece[:n] for piece in pieces)
    del counts[1][START]
    return seen, counts


def discounts(counts: Counter[str]) -> tuple[float, ...]:
    """What is taken off counts of one, two, and three or more."""
    n = Counter(min(c, 5) for c in counts.values())
    y = n[1] / (n[1] + 2 * n[2])
    return 0.0, 1 - 2 * y * n[2] / n[1], 2 - 3 * y * n[3] / n[2], 3 - 4 * y * n[4] / n[3]


def train(pieces: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Probabilities of the n-grams that are kept, and what is left to fall back with behind each history."""
    seen, counts = count(pieces)
    known, rest = dict[str, float](), {"": 1.0}

    def probability(gram: str) -> float:
        if gram in known or not gram:
            return known.get(gram, 1 / CHARACTERS)
        return rest.get(gram[:-1], 1.0) * probability(gram[1:])

    for n in range(1, ORDER + 1):
        off, total, left, kept = discounts(counts[n]), Counter[str](), dict[str, float](), dict[str, float]()
        for gram, c in counts[n].items():
            keep = seen[n][gram] >= KEPT_FROM[n]
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
    """Read the sets of the folder that is named, train, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    known, rest = train(prepared(parser.parse_args().folder))
    rows = dict[str, list[str]]()
    for gram in sorted(known):
        rows.setdefault(gram[:-1], []).append(gram[-1])
    lines = list[str]()
    for history, followers in sorted(rows.items()):
        scores = "".join(steps(known[history + c]) for c in followers)
        lines += [history, f"{steps(rest[history])}{''.join(followers)}\t{scores}"]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    Path(__file__).parent.parent.joinpath("kg", FILE).write_bytes(packed)


if __name__ == "__main__":
    main()
