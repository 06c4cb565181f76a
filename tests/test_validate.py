"""`kg validate`: one failing example for every check, the same by SHACL and by queries; integrity of the directory."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import UserError
from kg.export.directory import Options, write_directory
from kg.export.rdf import FORMATS
from kg.pipeline import Outcome
from kg.query import load
from kg.record import Record
from kg.validate import shacl_problems, shape_messages, validate
from kg.validate_rules import SHAPES, failures, node_checks, shapes_graph

HERE = Path(__file__).parent
RECORDS = HERE / "export" / "rdf_records.jsonl"
CASES = tomllib.loads((HERE / "test_validate_cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [Record.from_json(json.loads(line)) for line in RECORDS.read_text(encoding="utf-8").splitlines()]
    out = tmp_path_factory.mktemp("validate") / "out"
    write_directory(out, records)
    return out


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copy"))


def test_a_sound_graph_conforms_either_way(built: Path) -> None:
    by_shacl, by_queries = validate(built), validate(built, shacl_limit=0)
    assert (by_shacl.method, by_queries.method) == ("SHACL", "queries")
    assert by_shacl.conforms and by_queries.conforms, (by_shacl.text, by_queries.text)
    assert by_shacl.triples == by_queries.triples == len(set(rdflib.Graph().parse(built / "graph.ttl")))
    assert by_shacl.text.endswith("checked by SHACL: conforms")


@pytest.mark.parametrize("case", CASES, ids=[f"{c['check']}: {c['what']}" for c in CASES])
def test_every_check_finds_its_failing_example(case: dict[str, str], built: Path, tmp_path: Path) -> None:
    """The sound graph with one SPARQL update that breaks it fails by SHACL and by queries, in that check."""
    store = ox.Store()
    store.load(path=str(built / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    before = set(store)
    store.update(case["update"], prefixes=dict(load(built).prefixes))
    assert set(store) != before, "the update changes nothing"
    text = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode()
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    for name in ("start", "end"):  # the store forgets that offsets are not negative
        lines = [
            line.replace(integer, integer.replace("integer", "nonNegativeInteger")) if f"/oa#{name}>" in line else line
            for line in text.split("\n")
        ]
        text = "\n".join(lines)
    broken = rdflib.Graph().parse(data=text, format="nt")
    by_shacl = {(p.check, p.where) for p in shacl_problems(broken)}
    by_queries = set(failures(store))
    assert {check for check, _ in by_shacl} >= {case["check"]}
    assert {w for c, w in by_queries if c == case["check"]} == {w for c, w in by_shacl if c == case["check"]}
    assert {c for c, _ in by_queries} == {c for c, _ in by_shacl}


def test_every_shape_has_a_failing_example_and_a_message() -> None:
    shapes = {str(s).removeprefix(SHAPES) for s in shapes_graph().subjects(rdflib.RDF.type, rdflib.SH.NodeShape)}
    assert {c["check"] for c in CASES} == shapes == set(shape_messages())
    assert set(node_checks()) < shapes


def test_the_shapes_are_shacl() -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes_graph(), meta_shacl=True)
    assert conforms, text


def test_a_report_lists_problems_but_not_all_of_one_kind(built: Path, tmp_path: Path) -> None:
    lines = (built / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "no-modality.nq").write_text("".join(x for x in lines if "#modality>" not in x), encoding="utf-8")
    report = validate(tmp_path / "no-modality.nq")
    assert not report.conforms
    assert sum(p.check == "claim-modality" for p in report.problems) == 19
    assert "claim-modality: … and 9 more" in report.text


# --- integrity of the directory


def checks(out: Path) -> set[tuple[str, str]]:
    return {(p.check, p.where) for p in validate(out).problems}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_missing_or_broken_manifest_is_named(copy: Path) -> None:
    (copy / "manifest.json").write_text("{", encoding="utf-8")
    assert ("manifest", "manifest.json") in checks(copy)
    (copy / "manifest.json").unlink()
    assert ("manifest", "manifest.json") in checks(copy)


def test_a_manifest_that_lists_other_inputs_or_counts_is_named(copy: Path) -> None:
    edit(copy / "manifest.json", "a1" * 32, "c3" * 32)
    edit(copy / "manifest.json", '"claims": 19', '"claims": 20')
    assert {("manifest", "甲.txt"), ("manifest", "claims")} <= checks(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "graph.gexf").unlink()
    assert checks(copy) == {("files", "graph.gexf")}


@pytest.mark.parametrize("format_", FORMATS[1:])
def test_a_file_that_holds_another_graph_is_named(copy: Path, format_: str) -> None:
    edit(copy / f"graph.{format_}", "2048", "2049")
    assert ("files", f"graph.{format_}") in checks(copy)


def test_a_file_that_does_not_parse_is_named(copy: Path) -> None:
    edit(copy / "graph.rdf", "</rdf:RDF>", "")
    assert ("files", "graph.rdf") in checks(copy)


def test_a_record_with_a_reference_to_nothing_or_a_span_outside_its_article_is_named(copy: Path) -> None:
    edit(copy / "records.jsonl", '"subject":"model/deepseek-v3","predicate"', '"subject":"model/none","predicate"')
    edit(copy / "records.jsonl", '{"start":430,"end":450', '{"start":30,"end":50')
    messages = [p.message for p in validate(copy).problems if p.check == "records"]
    assert any("model/none" in m for m in messages) and any("outside its article" in m for m in messages)


def test_a_broken_line_of_records_is_named(copy: Path) -> None:
    with (copy / "records.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    assert any("line 3" in p.message for p in validate(copy).problems)


@pytest.mark.parametrize("make", [lambda p: p / "none", lambda p: p])
def test_what_is_no_build_is_a_users_mistake(tmp_path: Path, make: object) -> None:
    with pytest.raises(UserError):
        validate(make(tmp_path))  # type: ignore[operator]


def test_a_store_alone_is_checked_too(tmp_path: Path) -> None:
    records = [Record.from_json(json.loads(line)) for line in RECORDS.read_text(encoding="utf-8").splitlines()]
    out = tmp_path / "out"
    write_directory(out, records, options=Options(formats=(), store=True))
    report = validate(out)
    assert report.conforms and report.method == "queries"


def test_the_seeds_conform_to_the_shapes(seed_outcomes: list[Outcome], tmp_path: Path) -> None:
    out = tmp_path / "seeds"
    write_directory(out, [r for o in seed_outcomes for r in o.records], options=Options(formats=FORMATS))
    report = validate(out)
    assert report.method == "SHACL" and report.conforms, report.text
