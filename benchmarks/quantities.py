"""How well and how fast numbers, dates and quantities are read.

usage: python benchmarks/quantities.py [FOLDER_OF_ARTICLES]

Prints the share of right cases of Recognizers-Text's Chinese specifications and of the project's own tables
(`tests/cases`), and, where a folder is given, the speed on its articles (entities and statements found before).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "claims")]

import test_numbers_forms as forms  # noqa: E402
import test_numbers_recognizers as outside  # noqa: E402

from kg.claims.attribution import attribute  # noqa: E402
from kg.claims.dates import find_dates  # noqa: E402
from kg.claims.numbers import find_amounts  # noqa: E402
from kg.claims.quantities import find_quantities  # noqa: E402
from kg.entities import recognise  # noqa: E402
from kg.reading import read_file  # noqa: E402
from kg.reading.script import analysis_text  # noqa: E402


def report(name: str, right: int, total: int) -> None:
    sys.stdout.write(f"{name:32} {right:4} of {total:4}  {right / total:.3f}\n")


def recognizers() -> None:
    readers = {
        "number": outside.reads_number,
        "percentage": outside.reads_percentage,
        "currency": outside.reads_currency,
        "dimension": outside.reads_dimension,
    }
    for section, reads in readers.items():
        cases = outside.TABLE[section]
        report(section, sum(reads(analysis_text(t), [float(w) for w in want]) for t, want in cases), len(cases))
    right = 0
    for text, reference, want in outside.TABLE["date"]:
        got = [d.value for d in find_dates(analysis_text(text), reference, loose=True)]
        right += len(got) == len(want) and all(g in w for g, w in zip(got, want, strict=True))
    report("date", right, len(outside.TABLE["date"]))
    right = 0
    for text, want in outside.TABLE["date_span"]:
        norm = analysis_text(text)
        right += [norm[d.start : d.end] for d in find_dates(norm, "2017-03-22", loose=True)] == list(
            map(analysis_text, want)
        )
    report("date spans", right, len(outside.TABLE["date_span"]))


def own() -> None:
    rows = forms.rows("number_forms.tsv")
    right = sum(
        [forms.shown(a) for a in find_amounts(t)] == [forms.canonical(e) for e in w.split("; ")] for t, w in rows
    )
    report("own forms of amounts", right, len(rows))
    rows = forms.rows("date_forms.tsv")
    right = sum(" ".join(d.value or "?" for d in find_dates(t, p or None)) == w for t, p, w in rows)
    report("own forms of dates", right, len(rows))


def speed(folder: Path) -> None:
    ready = []
    for path in sorted(folder.rglob("*.md"))[::12]:
        for document in read_file(path, source=path.name):
            ready += [(a, attribute(a)) for a in recognise(document)]
    size = sum(len(a.article.norm) for a, _ in ready)
    find_quantities(*ready[0])
    best, found = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        found = sum(len(find_quantities(a, at)) for a, at in ready)
        best = min(best, time.process_time() - start)
    sys.stdout.write(f"{len(ready)} articles, {size} characters, {found} quantities: {size / best:,.0f} characters/s\n")


if __name__ == "__main__":
    recognizers()
    own()
    if len(sys.argv) > 1:
        speed(Path(sys.argv[1]))
