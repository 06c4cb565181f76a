"""Readers that have nothing to do with this program read what it writes, and count what the contract says.

Debian's rapper (raptor2-utils) and serdi; npm's N3.js and jsonld.js; Comunica answers three of the shipped queries. What
is not installed is skipped, except in CI, where `npm ci` fetches what `tests/interop/package-lock.json` locks.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from kg import query as q
from kg.export.rdf import FORMATS, RdfDataset, write_rdf
from kg.export.rdf_terms import Literal
from kg.graph.build import build_graph
from kg.record import Record

HERE = Path(__file__).parent
RECORDS = HERE / "export" / "rdf_records.jsonl"
INTEROP = HERE / "interop"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RdfDataset]:
    records = [Record.from_json(json.loads(line)) for line in RECORDS.read_text(encoding="utf-8").splitlines()]
    folder = tmp_path_factory.mktemp("interop")
    return folder, write_rdf(build_graph(records), folder, FORMATS, rdf12=True)


@pytest.fixture(scope="module")
def node() -> str:
    """The path of node, with the locked packages installed; in CI they are fetched, elsewhere the test is skipped."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program:
        if os.environ.get("CI"):
            pytest.fail("node is not installed")
        pytest.skip("node is not installed")
    if not (INTEROP / "node_modules" / "n3").is_dir():
        if not os.environ.get("CI"):
            pytest.skip("run `npm ci` in tests/interop to compare with N3.js, jsonld.js and Comunica")
        assert npm, "npm is not installed"
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=INTEROP, check=True, timeout=570)
    return program


def tool(name: str) -> str:
    path = shutil.which(name)
    if not path:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed (Debian: raptor2-utils, serdi)")
    return path


def counts(dataset: RdfDataset) -> dict[str, int]:
    """How many statements each file must hold: the union, or all quads."""
    quads = sum(len(triples) for _, triples in dataset.plain)
    return {f: quads if f in ("trig", "nq") else len(dataset.union) for f in FORMATS}


@pytest.mark.parametrize(
    ("format_", "syntax"), [("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads"), ("rdf", "rdfxml")]
)
def test_rapper_reads_every_statement(written: tuple[Path, RdfDataset], format_: str, syntax: str) -> None:
    folder, dataset = written
    command = [tool("rapper"), "-i", syntax, "-c", str(folder / f"graph.{format_}")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "rror" not in done.stderr and "arning" not in done.stderr, done.stderr
    assert f"returned {counts(dataset)[format_]} triples" in done.stderr


@pytest.mark.parametrize(("format_", "syntax"), [("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads")])
def test_serdi_reads_every_statement(written: tuple[Path, RdfDataset], format_: str, syntax: str) -> None:
    folder, dataset = written
    command = [tool("serdi"), "-i", syntax, "-o", "nquads", str(folder / f"graph.{format_}")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert len(set(done.stdout.splitlines())) == counts(dataset)[format_]


def read(node: str, reader: str, file: Path) -> dict[str, object]:
    done = subprocess.run(
        [node, "read.mjs", reader, str(file)], cwd=INTEROP, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("format_", ["ttl", "trig", "nq"])
def test_n3_js_reads_every_statement(node: str, written: tuple[Path, RdfDataset], format_: str) -> None:
    folder, dataset = written
    found = read(node, "n3", folder / f"graph.{format_}")
    assert found["quads"] == counts(dataset)[format_] and found["triples"] == len(dataset.union)
    assert found["graphs"] == (0 if format_ == "ttl" else 3) and found["bad"] == []


def test_n3_js_reads_rdf_1_2(node: str, written: tuple[Path, RdfDataset]) -> None:
    folder, dataset = written
    found = read(node, "n3", folder / "graph.rdf12.ttl")
    relations = sum(1 for _, _, o in dataset.union if str(o).endswith("#RelationClaim") and isinstance(o, str)) - 1
    assert found["triples"] == len(dataset.all_distinct)
    assert found["reifies"] == relations > 0  # one class partition names the class too


def test_jsonld_js_expands_and_compacts_without_the_network(node: str, written: tuple[Path, RdfDataset]) -> None:
    folder, dataset = written
    found = read(node, "jsonld", folder / "graph.jsonld")
    assert found["triples"] == len(dataset.union) and found["bad"] == []


QUESTIONS = [("numbers-of", {"subject": "DeepSeek-V3"}), ("who-develops-what", {}), ("most-cited-sources", {})]


@pytest.mark.parametrize(("name", "params"), QUESTIONS, ids=[n for n, _ in QUESTIONS])
def test_comunica_gives_the_same_rows(
    node: str, written: tuple[Path, RdfDataset], tmp_path: Path, name: str, params: dict[str, str]
) -> None:
    folder, _ = written
    text = q.named_query(name, params)
    (tmp_path / "query.rq").write_text(text, encoding="utf-8")
    command = [node, "ask.mjs", str(folder / "graph.ttl"), str(tmp_path / "query.rq")]
    done = subprocess.run(command, cwd=INTEROP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    theirs = Counter(tuple(sorted(row.items())) for row in json.loads(done.stdout))
    result = q.run(q.load(folder), text)
    ours = Counter(
        tuple(
            sorted(
                (v, t.value if isinstance(t, Literal) else str(t))
                for v, t in zip(result.variables, row, strict=True)
                if t
            )
        )
        for row in result.rows
    )
    assert ours and theirs == ours
