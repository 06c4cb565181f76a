"""The same inputs give the same bytes; the committed exports and the installed wheel give them too."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
EXPORTS = ROOT / "exports"


def build(out: Path, *args: str, paths: tuple[str, ...] = (str(SEEDS),), **env: str) -> dict[str, bytes]:
    """`kg build` in a process of its own; the bytes of every file that it wrote."""
    command = [sys.executable, "-m", "kg.cli", "build", *paths, "-o", str(out), "-q", *args]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | env, cwd=out.parent, check=False)
    assert done.returncode == 0, done.stderr
    return {p.name: p.read_bytes() for p in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("build") / "out", PYTHONHASHSEED="0")


def different(a: dict[str, bytes], b: dict[str, bytes]) -> list[str]:
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def test_exports_are_what_the_seeds_give(reference: dict[str, bytes]) -> None:
    committed = {p.name: p.read_bytes() for p in EXPORTS.iterdir()}
    assert different(reference, committed) == [], "run `make demo` and commit exports/"


def test_hash_seed_jobs_and_processor_change_nothing(reference: dict[str, bytes], tmp_path: Path) -> None:
    again = build(tmp_path / "out", "--jobs", "2", PYTHONHASHSEED="1", OPENBLAS_CORETYPE="Nehalem")
    assert different(reference, again) == []


def test_order_of_arguments_changes_nothing(reference: dict[str, bytes], tmp_path: Path) -> None:
    files = tuple(str(p) for p in sorted(SEEDS.iterdir(), reverse=True))
    assert different(reference, build(tmp_path / "out", paths=files)) == []


def test_other_tools_load_the_graph_files(reference: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in reference.items():
        (tmp_path / name).write_bytes(data)
    import json

    loaded = [
        nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True),
        nx.read_gexf(tmp_path / "graph.gexf"),
        nx.node_link_graph(json.loads(reference["graph.json"]), edges="edges"),
    ]
    sizes = {(g.number_of_nodes(), g.number_of_edges()) for g in loaded}
    assert len(sizes) == 1
    assert min(sizes.pop()) > 50
    assert json.loads(loaded[2].nodes["organization/deepseek"]["aliases"])


def test_nothing_of_the_machine_goes_into_an_output(reference: dict[str, bytes]) -> None:
    for name, data in reference.items():
        assert str(ROOT).encode() not in data, name
        assert nx.__version__.encode() not in data or name in ("graph.html", "records.jsonl"), name


@pytest.mark.slow
def test_the_wheel_builds_from_an_empty_environment(reference: dict[str, bytes], tmp_path: Path) -> None:
    """The wheel carries its data: installed without the checkout, it builds the same graph from another folder."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("newskg-*.whl")
    assert wheel.stat().st_size < 60e6
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*install, "-r", str(ROOT / "requirements.lock")], check=True, capture_output=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True, capture_output=True)
    away = tmp_path / "away"
    away.mkdir()
    command = [str(tmp_path / "venv" / "bin" / "kg"), "build", str(SEEDS), "-o", "out", "-q"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(command, cwd=away, capture_output=True, text=True, env=clean, check=False)
    assert done.returncode == 0, done.stderr
    assert different(reference, {p.name: p.read_bytes() for p in (away / "out").iterdir()}) == []
