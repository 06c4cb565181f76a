"""How many runs of bytes that pinyin shifted come back whole, in articles that the character model never saw.

usage: python benchmarks/byteshift.py [CORPUS] [--pages 250] [--seed 1] [--fold 0] [--like PAGE]

CORPUS (default: ../shared/corpus/wechat) holds the articles; `tools/build_ngrams.py` leaves every fifth of them out of
training, and it is those that are broken here (`tests/reading/breaker.py`), in traditional script, in stretches of
1,200 characters with damage, drawn at random, each with a table of characters of its own, as the tool of seed 001
did it. With `--like`, all of them are broken, stretch by stretch, with the table that a broken page shows (seed 001:
`--like seeds/001_7c4ef5b37159f653.txt`). Every run of a page counts. Prints those that come back whole: with no, one,
two, three or more pairs of bytes lost; those in which an ASCII character is lost too, by whether it was a line end or
(a digit or a letter, which nothing can tell) another; letters that only have pinyin behind them; and the processor
time for one.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from opencc import OpenCC

from kg.reading.byteshift import shifted_bytes
from kg.reading.offsets import Mapped
from kg.reading.pinyin import inserted_pinyin
from tests.reading.breaker import Damage, Page, break_page, come_back, sample_pages, table_of
from tools.build_ngrams import article_text, held_out

ROOT = Path(__file__).resolve().parent.parent
STRETCH = 1200  # characters of a page
MANY = 3  # pairs that vanished, from which on they are counted together


def read(text: str) -> str:
    """A page as it is read, only shifted bytes and inserted pinyin put right."""
    mapped = Mapped.of(text)
    mapped = mapped.edit(shifted_bytes(mapped.text))
    return mapped.edit(inserted_pinyin(mapped.text)).text


def kind(run: Damage, page: Page) -> str:
    """What the figures are split by."""
    if run.start == run.end:
        return "pinyin behind a letter"
    if run.swallowed:
        lost = "".join(c for c in page.whole[run.start : run.end] if c.isascii())
        return "a line end lost too" if lost == "\n" else "a digit, letter or mark lost too"
    return f"{min(run.lost, MANY)}{'+' * (run.lost >= MANY)} pairs lost"


def report(pages: list[Page]) -> None:
    """Read the pages and print how many runs come back whole."""
    began, drawn, whole, elsewhere = time.process_time(), Counter[str](), Counter[str](), 0
    for page in pages:
        there = read(page.shown)
        right = come_back(page, there)
        for run, back in zip(page.runs, right, strict=True):
            drawn[kind(run, page)] += 1
            whole[kind(run, page)] += back
        elsewhere += all(right) and there != page.whole
    spent = time.process_time() - began
    total = drawn.total()
    print(
        f"{len(pages)} pages: {whole.total()} of {total} runs, {whole.total() / total:.1%}; {spent / total:.2f} s each"
    )
    for name in sorted(drawn):
        print(f"  {name}: {whole[name]} of {drawn[name]}")
    print(f"  pages changed elsewhere: {elsewhere}")


def main() -> None:
    """Break the articles and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=ROOT.parent / "shared" / "corpus" / "wechat")
    parser.add_argument("--pages", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fold", type=int, default=0, help="which fifth of the articles")
    parser.add_argument("--like", type=Path, help="a broken page whose table is used")
    options = parser.parse_args()
    paths = [path for path in sorted(options.corpus.glob("w*.md")) if held_out(path, (options.fold,))]
    if not paths:
        parser.error(f"no article in {options.corpus}")
    texts = [OpenCC("s2t").convert(article_text(path)) for path in paths]
    if options.like:
        table = table_of(options.like.read_text(encoding="utf-8"))
        stretches = (text[i : i + STRETCH] for text in texts for i in range(0, len(text), STRETCH))
        report([page for stretch in stretches if (page := break_page(stretch, table)).runs])
    else:
        report(sample_pages("\n".join(texts), options.pages, options.seed))


if __name__ == "__main__":
    main()
