"""Shared fixtures: the seeds, their records and a built directory (made once per test process)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import Outcome, Settings, process
from kg.reading import find_sources

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def seed_outcomes() -> list[Outcome]:
    """The seeds through reading and extraction."""
    files = find_sources([str(SEEDS)])
    return [process(path, source, Settings()) for path, source in files]
