# ruff: noqa: T201
"""The tagger's speed on one core, in characters a second of processor time (other processes hardly count).

    OPENBLAS_NUM_THREADS=1 python benchmarks/tagger.py FOLDER

FOLDER holds .txt or .md files. "together": all texts in one call; "apart": one call a text.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

from kg.entities.tagger import tag

LIMIT = 400_000  # characters; enough for stable figures
ROUNDS = 5


def best(task: Callable[[], object]) -> float:
    """Seconds of the quickest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    texts: list[str] = []
    for path in sorted([*folder.glob("*.md"), *folder.glob("*.txt")]):
        if sum(map(len, texts)) < LIMIT:
            texts.append(path.read_text(encoding="utf-8"))
    size = sum(map(len, texts))
    start = time.process_time()
    tag(["加载"])
    print(f"load       {time.process_time() - start:8.2f} s")
    print(f"together   {size / best(lambda: tag(texts)):8.0f} characters/s   ({len(texts)} texts, {size} characters)")
    print(f"apart      {size / best(lambda: [tag([t]) for t in texts]):8.0f} characters/s")
    print(f"memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:8d} MB at most")


if __name__ == "__main__":
    main()
