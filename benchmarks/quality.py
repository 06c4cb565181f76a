"""The figures of `kg evaluate` on the seeds, the articles, the development set, and articles no rule was made on.

usage: python benchmarks/quality.py [--shared ../shared] [--misses]

The development set, the unseen articles, and those whose figures or comparisons alone are annotated are the beginnings
of articles of `shared/corpus/wechat`, as long as their gold in `tests/gold` says. What a set does not annotate is not
printed.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from kg import evaluate as ev
from kg.gold import load_gold
from kg.pipeline import Settings, process
from kg.reading import find_sources

ROOT = Path(__file__).resolve().parent.parent
PARTLY = {  # sets of which only some sections are annotated
    "figures": ("entities", "quantity values", "quantities"),
    "figures_unseen": ("entities", "quantity values", "quantities", "comparisons"),
    "comparisons": ("comparisons",),
}


def figures(gold_dir: Path, texts: Path) -> ev.Figures:
    """Read and extract the texts that the gold annotates, and score them."""
    gold = load_gold(gold_dir, texts)
    with tempfile.TemporaryDirectory() as folder:
        for g in gold:
            raw = (texts / g["doc"]).read_bytes()
            length = g.get("length")
            beginning = raw.decode("utf-8-sig")[:length].encode() if length else raw
            (Path(folder) / g["doc"]).write_bytes(beginning)
        outcomes = [process(path, source, Settings()) for path, source in find_sources([folder])]
        records = ev.by_file_name(r.to_json() for o in outcomes for r in o.records)
        return ev.evaluate(gold, records, Path(folder))


def sets(shared: Path) -> dict[str, tuple[Path, Path]]:
    """The gold and texts of every set that can be measured here."""
    known = {
        "seeds": (ROOT / "tests/gold/seeds", ROOT / "seeds"),
        "articles": (shared / "gold/articles", shared / "gold/articles"),
        "development": (ROOT / "tests/gold/development", shared / "corpus/wechat"),
        "unseen": (ROOT / "tests/gold/unseen", shared / "corpus/wechat"),
    } | {name: (ROOT / "tests/gold" / name, shared / "corpus/wechat") for name in PARTLY}
    return {name: (gold, texts) for name, (gold, texts) in known.items() if gold.is_dir() and texts.is_dir()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--misses", action="store_true", help="list what was missed and what was extra")
    args = options.parse_args()
    for name, (gold, texts) in sets(args.shared).items():
        found = figures(gold, texts)
        if name in PARTLY:
            scores = {section: found.scores[section] for section in PARTLY[name]}
            shares = {k: v for k, v in found.details.items() if k.startswith("quantity") and "quantities" in scores}
            found = ev.Figures(scores, shares, found.counts)
        print(f"\n== {name}\n{ev.table(found, misses=args.misses)}")


if __name__ == "__main__":
    main()
