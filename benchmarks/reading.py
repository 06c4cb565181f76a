"""Speed of reading alone, on one core: MB of input a second of processor time.

Run by hand: `python benchmarks/reading.py [FOLDER ...]` (default: ../shared/corpus). Takes the best of five runs, since
other work on the machine only ever makes a run slower, and prints the speed of a plain Python loop beside it, by which
runs on different or busy machines can be compared (about 20 million additions a second on an idle core of 2024).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg.reading import find_sources, read_file

ROUNDS = 5
LOOP = 2_000_000


def main(folders: list[str]) -> None:
    """Read every file of the folders `ROUNDS` times and print the best speed."""
    files = find_sources(folders)
    if not files:
        sys.exit(f"no article in {', '.join(folders)}")
    size = sum(path.stat().st_size for path, _ in files)
    articles, characters = 0, 0
    best, loop = float("inf"), float("inf")
    for _ in range(ROUNDS):
        loop = min(loop, _loop())
        began = time.process_time()
        sizes = [len(a.text) for path, source in files for d in read_file(path, source=source) for a in d.articles]
        best = min(best, time.process_time() - began)
        articles, characters = len(sizes), sum(sizes)
    print(f"{len(files)} files, {size / 1e6:.2f} MB, {articles} articles, {characters} characters of clean text")
    print(f"{best:.2f} s of processor time: {size / 1e6 / best:.2f} MB/s; plain loop {LOOP / loop / 1e6:.1f} million/s")


def _loop() -> float:
    began, total = time.process_time(), 0
    for i in range(LOOP):
        total += i
    return time.process_time() - began


if __name__ == "__main__":
    main(sys.argv[1:] or [str(Path(__file__).resolve().parents[2] / "shared" / "corpus")])
