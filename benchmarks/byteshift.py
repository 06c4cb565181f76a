"""How many runs of bytes that pinyin shifted come back whole, in articles that the character model never saw.

usage: python benchmarks/byteshift.py [CORPUS] [--runs 400] [--seed 1] [--fold 0]

CORPUS (default: ../shared/corpus/wechat) holds the articles; `tools/build_ngrams.py` leaves every fifth of them out of
training, and it is those that are broken here (`tests/reading/breaker.py`). *Page*: a run as the tool of seed 001 made
them, at random, in a stretch of 1,200 characters of the articles in traditional script (in simplified text that tool
breaks next to nothing). *Short*: 2 to 19 characters whose last has its own pinyin, in either script. Prints the runs
that come back whole by how many pairs of bytes vanished, and the processor time for one.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from opencc import OpenCC

from kg.reading.byteshift import shifted_bytes
from kg.reading.offsets import Mapped
from kg.reading.pinyin import inserted_pinyin
from tests.reading.breaker import break_run, sample_pages
from tools.build_ngrams import article_text, held_out

ROOT = Path(__file__).resolve().parent.parent
WINDOW = 1200  # characters of a page
MANY = 3  # pairs that vanished, from which on they are counted together

Run = tuple[str, str, int]  # a page, what stood there, pairs that vanished


def read(text: str) -> str:
    """A page as it is read, only shifted bytes and inserted pinyin put right."""
    mapped = Mapped.of(text)
    mapped = mapped.edit(shifted_bytes(mapped.text))
    return mapped.edit(inserted_pinyin(mapped.text)).text


def sample_short(text: str, count: int, seed: int) -> list[Run]:
    """Pages of a text with one short run each, as the runs of seed 001 are, with the pinyin of its last character."""
    rng, out = random.Random(seed), list[Run]()
    while len(out) < count:
        at = rng.randrange(1, len(text) - 1)
        start = max(0, at - WINDOW // 2)
        if broken := break_run(text[start : start + WINDOW], at - start, rng.randrange(3, 20)):
            out.append(broken)
    return out


def report(name: str, runs: list[Run]) -> None:
    """Read the pages and print how many come back whole."""
    began, drawn, whole = time.process_time(), Counter[int](), Counter[int]()
    for broken, there, vanished in runs:
        drawn[min(vanished, MANY)] += 1
        whole[min(vanished, MANY)] += read(broken) == there
    spent = (time.process_time() - began) / len(runs)
    total = whole.total() / len(runs)
    split = ", ".join(f"{whole[n]} of {drawn[n]} with {n}{'+' * (n == MANY)} lost" for n in sorted(drawn))
    print(f"{name}: {whole.total()} of {len(runs)}, {total:.1%}; {split}; {spent:.2f} s each")


def main() -> None:
    """Break the articles and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=ROOT.parent / "shared" / "corpus" / "wechat")
    parser.add_argument("--runs", type=int, default=400, help="of pages; a quarter as many short ones in each script")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fold", type=int, default=0, help="which fifth of the articles")
    options = parser.parse_args()
    paths = [path for path in sorted(options.corpus.glob("w*.md")) if held_out(path, (options.fold,))]
    if not paths:
        parser.error(f"no article in {options.corpus}")
    simplified = "\n".join(map(article_text, paths))
    traditional = OpenCC("s2t").convert(simplified)
    report("page, traditional", sample_pages(traditional, options.runs, options.seed, WINDOW))
    report("short, traditional", sample_short(traditional, options.runs // 4, options.seed))
    report("short, simplified", sample_short(simplified, options.runs // 4, options.seed))


if __name__ == "__main__":
    main()
