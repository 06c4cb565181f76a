"""`kg query`: loading, asking, what may not be asked, what is said about mistakes, and the shipped queries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import query as q
from kg import query_nquads
from kg.errors import UserError
from kg.export.rdf import FORMATS, write_rdf
from kg.export.rdf_terms import Literal
from kg.graph.build import build_graph
from kg.query_check import blank, prepare
from kg.query_named import parse_named
from kg.record import Record

RECORDS = Path(__file__).parent / "export" / "rdf_records.jsonl"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [Record.from_json(json.loads(line)) for line in RECORDS.read_text(encoding="utf-8").splitlines()]
    folder = tmp_path_factory.mktemp("query")
    write_rdf(build_graph(records), folder, FORMATS)
    return folder


@pytest.fixture(scope="module")
def loaded(out: Path) -> q.Loaded:
    return q.load(out)


def ask(loaded: q.Loaded, sparql: str) -> list[tuple[str, ...]]:
    """Rows as plain strings."""
    rows = q.run(loaded, sparql, timeout=20).rows
    return [tuple("" if t is None else t.value if isinstance(t, Literal) else str(t) for t in row) for row in rows]


# --- loading


@pytest.mark.parametrize("format_", FORMATS)
def test_any_rdf_file_is_loaded_with_the_union_as_default_graph(out: Path, format_: str) -> None:
    found = q.load(out / f"graph.{format_}")
    count = len(set(rdflib.Graph().parse(out / "graph.ttl")))
    assert ask(found, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [(str(count),)]


def test_a_triple_of_two_graphs_counts_once_and_graph_works(loaded: q.Loaded, out: Path) -> None:
    deepseek = "organization:deepseek kg:develops model:deepseek-v3"
    assert ask(loaded, f"SELECT (COUNT(*) AS ?n) {{ {deepseek} }}") == [("1",)]
    assert len(ask(loaded, f"SELECT ?g {{ GRAPH ?g {{ {deepseek} }} }}")) == 2
    assert ask(loaded, f"SELECT (COUNT(*) AS ?n) {{ {deepseek} }}") == [("1",)]
    (graph,) = ask(loaded, "SELECT ?g { GRAPH ?g { ?c kg:predicate kg:supplies } }")
    assert ask(loaded, f"SELECT (COUNT(*) AS ?n) FROM <{graph[0]}> {{ ?c a kg:QuantityClaim }}") == [("1",)]


@pytest.mark.parametrize("kept", [("nq",), ("trig",), ("jsonld",), ("rdf", "nq")])
def test_a_directory_with_only_some_formats_gives_the_same(out: Path, tmp_path: Path, kept: tuple[str, ...]) -> None:
    for format_ in kept:
        (tmp_path / f"graph.{format_}").write_bytes((out / f"graph.{format_}").read_bytes())
    count = len(set(rdflib.Graph().parse(out / "graph.ttl")))
    assert ask(q.load(tmp_path), "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [(str(count),)]


def test_a_store_on_disk_is_used_where_there_is_one(out: Path, tmp_path: Path) -> None:
    records = [Record.from_json(json.loads(line)) for line in RECORDS.read_text(encoding="utf-8").splitlines()]
    write_rdf(build_graph(records), tmp_path, set(), store=True)
    assert [p.name for p in tmp_path.iterdir()] == ["store"]
    found = q.load(tmp_path)
    assert len(ask(found, "SELECT ?g { GRAPH ?g { organization:deepseek kg:develops model:deepseek-v3 } }")) == 2
    assert len(ask(found, "SELECT ?m { organization:deepseek kg:develops ?m }")) == 2


def test_rdflib_is_an_api_to_the_same_store(out: Path) -> None:
    data = q.as_rdflib(q.load(out))
    count = len(set(rdflib.Graph().parse(out / "graph.ttl")))
    assert len(list(data.query("SELECT * { ?s ?p ?o }"))) == count
    kg = rdflib.Namespace("https://w3id.org/newskg/ontology#")
    deepseek = rdflib.URIRef("https://w3id.org/newskg/id/organization/deepseek")
    assert len(set(data.objects(deepseek, kg.develops))) == 2
    named = [g for g in data.graphs() if (deepseek, kg.develops, None) in g and "/graph/" in str(g.identifier)]
    assert len(named) == 2
    assert type(data.store).__module__.startswith("oxrdflib"), "rdflib's own store is too slow for real graphs"


TRICKY = ['<a:s> <a:p> "x <a:g> ." <a:g> .', '<a:s> <a:p> "x <a:g>" .', '<a:s> <a:p> <a:o> .', '<a:s> <a:p> <a:o> <a:g> .',
          '<a:s> <a:p> "a <b"^^<a:t> .', '<a:s> <a:p> "a <b"@en <a:g> .', '_:b <a:p> _:c <a:g> .', '_:b <a:p> "." _:g .',
          '<a:s>\t<a:p>\t"t" <a:g> .', '# <a:s> <a:p> <a:o> <a:g> .', '<a:s> <a:p> "c" <a:g> . # <a:x> .', "",
          '<a:s> <a:p> "d"<a:g>.', '<a:s> <a:p> <a:h> .', '<a:s> <a:p> "e"^^ <a:h> .']  # fmt: skip


@pytest.mark.parametrize("line", TRICKY)
def test_any_spelling_of_n_quads_has_the_right_union_and_graphs(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.nq").write_text(f'<a:1> <a:2> "first" <a:h> .\n{line}\n', encoding="utf-8")
    quads = list(ox.parse(path=str(tmp_path / "x.nq")))
    found = q.load(tmp_path / "x.nq")
    assert len(ask(found, "SELECT * { ?s ?p ?o }")) == len({q.triple for q in quads})
    named = {q for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)}
    assert len(ask(found, "SELECT * { GRAPH ?g { ?s ?p ?o } }")) == len(named)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(st.sampled_from([*TRICKY[:6], TRICKY[9], TRICKY[11]]), st.integers(0, 4)), max_size=40),
    repeat=st.integers(1, 9),
    end=st.sampled_from(["\n", "\r\n"]),
    chunk=st.integers(1, 300),
    part=st.integers(1, 900),
)
def test_the_union_is_right_wherever_parts_of_a_file_begin_and_end(
    tmp_path: Path, lines: list[tuple[str, int]], repeat: int, end: str, chunk: int, part: int
) -> None:
    """Graphs in blocks, and interleaved; parts of a few bytes instead of megabytes."""
    text = [line.replace("<a:s>", f"<a:s{i}>").replace("<a:g> .", f"<a:g{g}> .")
            for line, g in lines for i in range(repeat)]  # fmt: skip
    path = tmp_path / "x.nq"
    path.write_bytes(end.join(text).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query_nquads, "_CHUNK", chunk)
        patch.setattr(query_nquads, "_PART", part)
        store = query_nquads.union_store(path)
    assert store is not None
    assert {quad.triple for quad in store} == {quad.triple for quad in ox.parse(path=str(path))}


def test_blank_nodes_are_the_same_in_the_whole_file(tmp_path: Path) -> None:
    (tmp_path / "x.nq").write_text("_:b <a:p> <a:g> <a:g> .\n" * 3 + "<a:s> <a:p> _:b <a:g> .\n", encoding="utf-8")
    assert query_nquads.union_store(tmp_path / "x.nq") is None
    assert ask(q.load(tmp_path / "x.nq"), "SELECT ?s { ?s ?p ?b . ?b ?p ?g }") == [("a:s",)]


@pytest.mark.parametrize(
    "break_", ["<a:s> x <a:o> <a:g> .", "<a:s> <a:p> <a:o", "<a:s> <a:p> .", "words", '<a:s> <a:p> "x .']
)
def test_a_large_file_that_is_broken_in_the_middle_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_: str
) -> None:
    monkeypatch.setattr(query_nquads, "_CHECKED", 10)
    monkeypatch.setattr(query_nquads, "_PART", 200)
    good = [f"<a:s> <a:p> <a:o{i}> <a:g> ." for i in range(50)]
    (tmp_path / "x.nq").write_text("\n".join([*good, break_, *good]), encoding="utf-8")
    with pytest.raises(q.LoadError, match=r"x\.nq, line 5[12], column"):
        q.load(tmp_path / "x.nq")


BROKEN = {
    "string.ttl": ('<a:b> <a:c> "x .\n', "line 1, column 13"),
    "iri.nq": ("<a:b> <a:c> <d:e> .\n<a:b> <a:c> <d: e> <a:g> .", "line 2, column 13"),
    "middle.nq": ("<a:b> <a:c> <d:e> .\n<a:b> x <d:e> .", "line 2, column 7"),
    "words.ttl": ("深度 求索", "line 1, column 1"),
    "open.jsonld": ('{"@id":', "line 1, column 8"),
    "cut.rdf": ('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<r:Description>', "line 2, column 16"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_rdf_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    text, place = BROKEN[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(q.LoadError) as problem:
        q.load(tmp_path / name)
    assert f"{name}, {place}: " in str(problem.value) and str(problem.value).endswith("^")


@pytest.mark.parametrize("make", [lambda p: p / "none", lambda p: p, lambda p: p / "a.pdf"])
def test_what_holds_no_rdf_is_named(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(q.LoadError, match=r"no such file|no RDF graph|not known as RDF"):
        q.load(make(tmp_path))


# --- what may not be asked


@pytest.mark.parametrize(
    "sparql",
    ["INSERT DATA { <a:b> <a:b> 1 }", "# x\nPREFIX a: <a:>\ndelete where { ?a ?b ?c }", "DROP ALL", "CLEAR DEFAULT",
     "LOAD <http://localhost/x>", "WITH <a:g> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }"],
)  # fmt: skip
def test_updates_are_refused(loaded: q.Loaded, sparql: str) -> None:
    with pytest.raises(q.QueryError, match="is an update, and kg query only reads"):
        q.run(loaded, sparql)


@pytest.mark.parametrize(
    "sparql",
    ["SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }", "SELECT * { service silent <http://localhost:9/> {} }",
     "SELECT * { BIND(<http://localhost:9/> AS ?x) SERVICE ?x { ?s ?p ?o } }", "SELECT * { SERVICE# c\n<a:b> { } }",
     "SELECT * { \\u0053ERVICE <http://localhost:9/> { ?s ?p ?o } }",
     "PREFIX x: <http://l/> SELECT * { SERVICE x:y {} }"],
)  # fmt: skip
def test_service_is_refused_unless_allowed(sparql: str) -> None:
    with pytest.raises(q.QueryError, match="--allow-service"):
        prepare(sparql, allow_service=False)
    assert prepare(sparql, allow_service=True) == sparql


@pytest.mark.parametrize(
    "sparql",
    ["SELECT ?service { ?service ?p 'SERVICE <http://x/>' }",
     "PREFIX service: <http://x/> SELECT * { service:a ?p ?o }",
     "SELECT * { ?s ?p ?o } # SERVICE <http://x/>", "SELECT * { ?s <http://x/service> ?o }",
     "SELECT ?insert { ?insert ?delete 'DROP' }"],
)  # fmt: skip
def test_harmless_words_are_not_refused(sparql: str) -> None:
    assert prepare(sparql, allow_service=False) == sparql


def test_the_time_limit_holds(loaded: q.Loaded) -> None:
    with pytest.raises(q.QueryTimeout, match=r"longer than 0\.3 s"):
        q.run(loaded, SLOW, timeout=0.3)


def test_blanking_keeps_every_place() -> None:
    text = "SELECT * { ?s <http://x/#y> \"a # b\" , '''c\nd''' } # end\n"
    assert len(blank(text)) == len(text) and blank(text).count("\n") == text.count("\n")
    assert "x/" not in blank(text) and "end" not in blank(text)


# --- mistakes


MISTAKES = {
    "SELECT * {\n  ?s foo:bar ?o }": ("line 2, column 6:\n    ?s foo:bar ?o }\n       ^\nunknown prefix foo:", "kg:, "),
    "SELECT * { ?x schema:name '深度求索' . ?x foo:a ?y }": ("column 39", "unknown prefix foo:"),
    "SELECT * { ?s ?p ?o ": ("line 1, column 21", "expected one of"),
    "hello": ("line 1, column 1", "SELECT, ASK, CONSTRUCT, DESCRIBE"),
    "# c\n helo": ("line 2, column 2", "SELECT, ASK, CONSTRUCT, DESCRIBE"),
    "": ("line 1, column 1", "SELECT, ASK, CONSTRUCT, DESCRIBE"),
    "SELECT ?x { ?x ?y ?z } LIMITS 3": ("line 1, column 30", "expected one of HAVING"),
    "SELECT ?a (COUNT(?b) AS ?c) { ?a ?b ?c }": ("line 1", "variable that is unbound"),
}


@pytest.mark.parametrize("sparql", MISTAKES)
def test_a_syntax_error_shows_line_column_and_a_caret(loaded: q.Loaded, sparql: str) -> None:
    with pytest.raises(q.QueryError) as problem:
        q.run(loaded, sparql)
    message = str(problem.value)
    assert all(part in message for part in MISTAKES[sparql]), message
    assert "\n" in message and message.split("\n")[2].strip() == "^"


def test_prefixes_of_a_foreign_file_are_known(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\n", encoding="utf-8")
    assert ask(q.load(tmp_path / "x.ttl"), "SELECT ?o { ex:a ex:b ?o }") == [("http://example.org/c",)]


# --- language tags and names


@pytest.mark.parametrize(
    "condition",
    [
        'LANG(?l) = "zh-Hant"',
        "lang( ?l )='zh-Hant'",
        'LANG(?l) IN ("en-GB", "zh-Hant")',
        'LANGMATCHES(LANG(?l), "zh-Hant")',
    ],
)
def test_language_tags_compare_as_they_are_written(loaded: q.Loaded, condition: str) -> None:
    query = f"SELECT ?l {{ organization:nvidia skos:prefLabel ?l FILTER({condition}) }}"
    ((label,),) = q.run(loaded, query).rows
    assert isinstance(label, Literal) and label.language == "zh-Hant"


@pytest.mark.parametrize("name", ["深度求索", "DeepSeek", "deepseek", "ＤｅｅｐＳｅｅｋ"])
def test_any_name_in_either_script_finds_the_same_entity(loaded: q.Loaded, name: str) -> None:
    rows = ask(loaded, q.named_query("who-develops-what", {"developer": name, "product": "deepseek-v3"}))
    assert rows == [("DeepSeek", "DeepSeek-V3", "Model", "2")]


@pytest.mark.parametrize("name", ["輝達", "英偉達", "英伟达", "NVIDIA", "nvidia"])
def test_all_names_of_nvidia_are_one(loaded: q.Loaded, name: str) -> None:
    assert {r[0] for r in ask(loaded, q.named_query("names-of", {"entity": name}))} == {"NVIDIA"}


@pytest.mark.parametrize("name", ["輝達", "英偉達", "英伟达", "NVIDIA"])
def test_a_label_in_plain_sparql_finds_it_too(loaded: q.Loaded, name: str) -> None:
    query = f"SELECT DISTINCT ?x {{ ?x skos:prefLabel|skos:altLabel ?l FILTER(STR(?l) = '{name}') }}"
    assert [r[0].rpartition("/")[2] for r in ask(loaded, query)] == ["nvidia"]


# --- results


ROWS = (
    "SELECT ?x ?l ?n ?none { VALUES (?x ?l ?n) { (kg:Model '深,度\"求'@zh-Hans 2.5) } OPTIONAL { ?none kg:never ?x } }"
)


def test_csv_tsv_json_and_xml_are_as_the_w3c_has_them(loaded: q.Loaded) -> None:
    result = q.run(loaded, ROWS)
    model = "https://w3id.org/newskg/ontology#Model"
    assert list(csv.reader(io.StringIO(q.format_result(result, "csv")))) == [
        ["x", "l", "n", "none"],
        [model, '深,度"求', "2.5", ""],
    ]
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    assert q.format_result(result, "tsv").split("\n")[1].split("\t") == [
        f"<{model}>", '"深,度\\"求"@zh-Hans', f'"2.5"^^<{decimal}>', "",
    ]  # fmt: skip
    assert json.loads(q.format_result(result, "json"))["results"]["bindings"] == [
        {
            "x": {"type": "uri", "value": model},
            "l": {"type": "literal", "value": '深,度"求', "xml:lang": "zh-Hans"},
            "n": {"type": "literal", "value": "2.5", "datatype": decimal},
        }
    ]
    xml = ElementTree.fromstring(q.format_result(result, "xml"))
    assert [e.text for e in xml.iter("{http://www.w3.org/2005/sparql-results#}uri")] == [model]
    for format_, name in (("json", "JSON"), ("xml", "XML"), ("tsv", "TSV")):
        read = ox.parse_query_results(
            q.format_result(result, format_).encode(), format=getattr(ox.QueryResultsFormat, name)
        )
        assert [[t.value if t else None for t in row] for row in read] == [[model, '深,度"求', "2.5", None]]


def test_a_table_lines_up_wide_characters(loaded: q.Loaded) -> None:
    from rich.cells import cell_len

    table = q.format_result(q.run(loaded, "SELECT ?a ?b { VALUES (?a ?b) { ('深度求索' 'x') ('a' 'y') } }"), "table")
    lines = table.splitlines()
    assert cell_len(lines[2].split("x")[0]) == cell_len(lines[3].split("y")[0])
    assert lines[-1] == "(2 rows)"


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "json", "xml"])
def test_ask_answers_true_or_false(loaded: q.Loaded, format_: str) -> None:
    assert "true" in q.format_result(q.run(loaded, "ASK { ?x a kg:Model }"), format_)
    assert "false" in q.format_result(q.run(loaded, "ASK { ?x a kg:Modl }"), format_)


def test_construct_gives_turtle(loaded: q.Loaded) -> None:
    result = q.run(loaded, "CONSTRUCT { ?o kg:developedBy ?s ; kg:n [] } WHERE { ?s kg:develops ?o }")
    text = q.format_result(result, "turtle")
    assert "model:deepseek-v3\n" in text and "@prefix kg:" in text
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(result.rows) == 6


def test_turtle_of_a_select_is_refused(loaded: q.Loaded) -> None:
    with pytest.raises(UserError, match="CONSTRUCT and DESCRIBE"):
        q.format_result(q.run(loaded, "SELECT * { ?s ?p ?o } LIMIT 1"), "turtle")


def test_a_query_file_must_be_text(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes(b"\xff\xfe\x00")
    for name in ("a.rq", "none.rq"):
        with pytest.raises(q.QueryError, match=name):
            q.read_query(tmp_path / name)


# --- the shipped queries


def test_there_are_enough_queries_with_descriptions_in_both_languages() -> None:
    queries = q.named_queries()
    assert len(queries) >= 25
    for query in queries.values():
        assert any("\u4e00" <= c <= "\u9fff" for c in query.zh) and query.en.isascii()
        assert query.name in q.describe(query) and query.zh in q.describe(query)


@pytest.mark.parametrize("name", list(q.named_queries()))
def test_every_query_runs_with_and_without_its_parameters(loaded: q.Loaded, name: str) -> None:
    query = q.named_queries()[name]
    optional = {p.name: p.example for p in query.parameters if not p.required}
    required = {p.name: p.example for p in query.parameters if p.required}
    for params in (required, required | optional):
        text = q.named_query(name, params)
        assert q.run(loaded, text, timeout=20).variables
        assert "ORDER BY" in text, "rows without an order differ from run to run"


@pytest.mark.parametrize("name", list(q.named_queries()))
def test_every_query_stands_alone_and_uses_what_it_declares(name: str) -> None:
    """rdflib parses it without kg's prefixes, and every declared parameter has a line."""
    from rdflib.plugins.sparql import prepareQuery

    query = q.named_queries()[name]
    prepareQuery(query.text)
    for parameter in query.parameters:
        assert f"#? {parameter.name}: " in query.text and f"${parameter.name}" in query.text


@pytest.mark.parametrize("value", ['x" } ; DROP ALL', "a\nb", "\\", "?s", '") . ?s ?p ?o . ("', "𝕏" * 500])
def test_a_parameter_cannot_change_the_query(loaded: q.Loaded, value: str) -> None:
    assert q.run(loaded, q.named_query("numbers-of", {"subject": value})).rows == ()


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [("nothing", {}, "no query is named 'nothing'; there are acquisitions"),
     ("numbers-of", {}, "needs --param subject=…"),
     ("numbers-of", {"subject": "x", "color": "y"}, "has no parameter 'color'; its parameters are subject, attribute"),
     ("numbers-of", {"subject": "x", "attribute": "a b"}, "must be one word")],
)  # fmt: skip
def test_mistakes_with_names_and_parameters_are_explained(name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(UserError) as problem:
        q.named_query(name, params)
    assert message in str(problem.value)


@pytest.mark.parametrize("pair", ["subject", "=x", "subject="])
def test_a_parameter_is_key_and_value(pair: str) -> None:
    with pytest.raises(UserError, match="KEY=VALUE"):
        q.parse_params([pair])


def test_a_query_file_needs_both_descriptions() -> None:
    with pytest.raises(ValueError, match="zh"):
        parse_named("x", "# en: something\nSELECT * {}")
