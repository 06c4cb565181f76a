# ruff: noqa: T201
"""The speed of recognition and resolution, references included, in characters a second of processor time.

    OPENBLAS_NUM_THREADS=1 python benchmarks/entities.py FOLDER... [--limit N] [--tagger]

The .md and .txt files of the folders are measured together, the first N of them with `--limit`. Reading files into
clean text and loading lexicons and rules (once a process) do not count; all that is worked out for an article does, in
every round anew. Without `--tagger` the tagger's network reads nothing, so that its people are missing; the choice of
the sentences that it would read is part of the time.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from kg.document import Document
from kg.entities import recognise, tagged
from kg.reading import read_file

ROUNDS = 5


def anew(documents: Sequence[Document]) -> list[Document]:
    """The same documents without what earlier rounds left in caches: where sentences begin, regexes of their own."""
    re.purge()
    return [dataclasses.replace(d, articles=tuple(dataclasses.replace(a) for a in d.articles)) for d in documents]


def seconds(documents: Sequence[Document]) -> float:
    start = time.process_time()
    for document in documents:
        recognise(document)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--tagger", action="store_true")
    args = parser.parse_args()
    if not args.tagger:
        tagged.tag = lambda texts: [() for _ in texts]
    paths = [p for folder in args.folders for p in sorted([*folder.glob("*.md"), *folder.glob("*.txt")])][: args.limit]
    documents = [document for path in paths for document in read_file(path, source=path.name)]
    size = sum(len(article.text) for document in documents for article in document.articles)
    seconds(documents)  # loads lexicons, rules and the network
    times = [seconds(anew(documents)) for _ in range(ROUNDS)]
    print(f"{len(paths)} files, {size} characters, characters/s of {ROUNDS} rounds:")
    print(f"best {size / min(times):,.0f}, median {size / statistics.median(times):,.0f}")


if __name__ == "__main__":
    main()
