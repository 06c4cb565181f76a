"""Precision and recall of reconciling on the labelled pairs: `python benchmarks/pairs.py`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.graph.test_reconcile import PAIRS, verdict  # noqa: E402


def main() -> None:
    got = Counter((p["expect"], verdict(p)) for p in PAIRS)
    for kind in ("agree", "contradict", "different"):
        right = got[kind, kind]
        said = sum(n for (_, v), n in got.items() if v == kind)
        wanted = sum(n for (e, _), n in got.items() if e == kind)
        sys.stdout.write(f"{kind:11} precision {right / said:.3f} recall {right / wanted:.3f} of {wanted}\n")


if __name__ == "__main__":
    main()
