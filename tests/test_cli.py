"""The commands as a user meets them: exit codes, streams, messages, and no traceback for a user's mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.export.directory import OURS

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SHORT = "深度求索(下称DeepSeek)于2025年1月20日发布DeepSeek-R1。梁文锋说:“DeepSeek-V3用了2048张英伟达H800。”\n"


def kg(*args: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cli") / "out"
    result = kg("build", SEEDS, "-o", out)
    assert result.exit_code == 0, result.output
    return out


def refused(result: Result, code: int, *words: str) -> None:
    """One clear line on stderr that holds the words, the exit code, no traceback."""
    assert result.exit_code == code, (result.exit_code, result.stderr)
    assert "Traceback" not in result.stderr
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    for word in words:
        assert word in result.stderr, result.stderr


def test_every_command_has_help_with_an_example() -> None:
    for name in main.commands:
        text = kg(name, "--help").output
        assert "Example:" in text, name
        assert f"kg {name} " in text, name


def test_build_writes_the_whole_directory(built: Path) -> None:
    names = {p.name for p in built.iterdir()}
    assert names == OURS - {"store", "graph.rdf12.ttl"}
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["inputs"]) == 5
    assert manifest["counts"]["articles"] == 9


def test_summary_goes_to_stderr_and_names_the_page(tmp_path: Path) -> None:
    result = kg("build", "-", "-o", tmp_path / "out", stdin=SHORT)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "Entities" in result.stderr
    assert "graph.html" in result.stderr


def test_missing_path(tmp_path: Path) -> None:
    refused(kg("build", tmp_path / "nothing.txt", "-o", tmp_path / "out"), 3, "nothing.txt")
    assert not (tmp_path / "out").exists()


def test_missing_path_among_good_ones_builds_the_rest(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(SHORT, encoding="utf-8")
    refused(kg("build", tmp_path / "nothing.txt", good, "-o", tmp_path / "out"), 3, "nothing.txt")
    assert (tmp_path / "out" / "graph.ttl").is_file()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("empty.txt", b"", "empty.txt"), ("binary.txt", bytes(range(256)) * 40, "binary.txt")],
)
def test_empty_and_binary_files(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(SHORT, encoding="utf-8")
    refused(kg("build", tmp_path / name, "-o", tmp_path / "out"), 3, word)
    refused(kg("build", tmp_path / name, tmp_path / "good.txt", "-o", tmp_path / "out"), 3, word)
    assert (tmp_path / "out" / "records.jsonl").is_file()


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    refused(kg("build", tmp_path / "in", "-o", tmp_path / "out"), 3, str(tmp_path / "in"))


def test_output_folder_of_others_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("mine")
    refused(kg("build", SEEDS, "-o", tmp_path / "out"), 2, "thesis.docx")
    assert (tmp_path / "out" / "thesis.docx").read_text() == "mine"


def test_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    refused(kg("build", SEEDS, "-o", tmp_path / "out"), 2, "out", "is a file")


def test_unwritable_output(tmp_path: Path) -> None:
    # Root may write anywhere, so the folder stands where no folder can be made.
    refused(kg("build", SEEDS, "-o", "/proc/kg-out"), 2, "/proc")


def test_a_failed_build_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    assert kg("build", "-", "-o", out, stdin=SHORT).exit_code == 0
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}

    def full_disk(*args: object, **kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.directory.manifest", full_disk)
    refused(kg("build", "-", "-o", out, stdin=SHORT + "又及。"), 2, "No space left")
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"type\tname\tnames\tweak\tcontext\twikidata\nOrganisation\tX\n", ["names.tsv:2", "Organisation"]),
        (b"name,type\nX,Person\n", ["names.tsv"]),
        (b"\xff\xfe\xff", ["names.tsv"]),
        (None, ["names.tsv"]),
    ],
)
def test_a_bad_lexicon_stops_before_anything_is_built(tmp_path: Path, content: bytes | None, words: list[str]) -> None:
    if content is not None:
        (tmp_path / "names.tsv").write_bytes(content)
    refused(kg("build", SEEDS, "-o", tmp_path / "out", "--lexicon", tmp_path / "names.tsv"), 2, *words)
    assert not (tmp_path / "out").exists()


def test_unknown_format(tmp_path: Path) -> None:
    refused(kg("build", SEEDS, "-o", tmp_path / "out", "--formats", "ttl,owl"), 2, "owl", "graphml")


def test_bad_sparql(built: Path) -> None:
    refused(kg("query", built, "SELECT ?x WHERE { ?x a kg:Model"), 2, "line 1")
    refused(kg("query", built, "SELECT ?x WHERE { ?x a nope:Model }"), 2, "nope", "kg:")
    refused(kg("query", built), 2, "--name")
    refused(kg("query", built, "--name", "no-such-query"), 2, "no-such-query")


def test_commands_on_a_folder_that_is_no_build(tmp_path: Path) -> None:
    for args in (["explain", tmp_path, "DeepSeek"], ["stats", tmp_path], ["view", tmp_path]):
        refused(kg(*args), 2, str(tmp_path))


def test_query_in_every_format(built: Path) -> None:
    question = "SELECT ?name WHERE { <https://w3id.org/newskg/id/organization/deepseek> skos:prefLabel ?name }"
    for format_, word in {
        "table": "DeepSeek",
        "csv": "name",
        "tsv": "?name",
        "json": '"bindings"',
        "xml": "<sparql",
    }.items():
        result = kg("query", built, question, "--format", format_)
        assert result.exit_code == 0, result.stderr
        assert word in result.stdout
    turtle = kg("query", built, "CONSTRUCT { ?s ?p ?o } WHERE { ?s a kg:Article ; ?p ?o }", "--format", "turtle")
    assert "kg:Article" in turtle.stdout


def test_named_queries_are_listed_with_both_languages(built: Path) -> None:
    listed = kg("query", built, "--list").stdout
    assert "disagreements" in listed
    assert "说" in listed


@pytest.mark.parametrize("name", ["深度求索", "DeepSeek", "deepseek", "organization/deepseek"])
def test_explain_finds_any_alias(built: Path, name: str) -> None:
    text = kg("explain", built, name).stdout
    assert "organization/deepseek" in text
    assert "DeepSeek-V3" in text
    assert "“" in text


def test_explain_of_a_claim(built: Path) -> None:
    records = [json.loads(line) for line in (built / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    claim = records[0]["relations"][0]
    text = kg("explain", built, claim["id"]).stdout
    assert claim["evidence"]["text"] in text
    assert claim["rule"] in text


def test_explain_of_nothing_suggests(built: Path) -> None:
    refused(kg("explain", built, "DeepSeeek"), 1, "DeepSeeek", "did you mean", "DeepSeek")


def test_extract_and_read(tmp_path: Path) -> None:
    seed = sorted(SEEDS.iterdir())[3]
    record = json.loads(kg("extract", seed).stdout)
    assert record["source"] == seed.name
    assert "# " in kg("read", seed).stdout
    assert "repaired:" in kg("read", sorted(SEEDS.iterdir())[1], "--steps").stdout


def test_stats_validate_export_view(built: Path, tmp_path: Path) -> None:
    assert json.loads(kg("stats", built, "--json").stdout)["articles"] == 9
    assert "Person" in kg("stats", built).stdout
    validated = kg("validate", built)
    assert validated.exit_code == 0, validated.output
    assert kg("export", built, "--format", "gexf", "-o", tmp_path / "g.gexf").exit_code == 0
    assert (tmp_path / "g.gexf").read_bytes() == (built / "graph.gexf").read_bytes()
    assert kg("view", built, "--no-browser").stdout.strip() == str(built / "graph.html")


def test_export_makes_again_what_was_not_built(tmp_path: Path) -> None:
    assert kg("build", "-", "-o", tmp_path / "a", "--formats", "ttl", stdin=SHORT).exit_code == 0
    assert kg("build", "-", "-o", tmp_path / "b", stdin=SHORT).exit_code == 0
    for format_ in ("nq", "graphml", "ttl", "json", "gexf", "jsonld", "rdf", "trig"):
        assert kg("export", tmp_path / "a", "--format", format_, "-o", tmp_path / "x").exit_code == 0
        assert (tmp_path / "x").read_bytes() == (tmp_path / "b" / f"graph.{format_}").read_bytes(), format_


def test_evaluate(built: Path) -> None:
    gold = Path(__file__).parent / "gold" / "seeds"
    figures = json.loads(kg("evaluate", built, "--gold", gold, "--texts", SEEDS, "--json").stdout)
    assert figures["table"]["articles"]["f1"] == 1
    assert "entities" in kg("evaluate", built, "--gold", gold).stdout
    refused(kg("evaluate", built, "--gold", SEEDS), 2, "gold.json")


def test_a_closed_pipe_is_no_error() -> None:
    script = f"{sys.executable} -m kg.cli extract {sorted(SEEDS.iterdir())[2]} | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True, env=os.environ, check=False
    )
    assert "Traceback" not in done.stderr
