"""The graph as RDF: the contract's vocabulary, the same triples in every format, the same bytes on every run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.export.rdf import FORMATS, check_base, rdf_dataset, write_rdf
from kg.export.rdf_terms import KG, XSD, Literal, Triple
from kg.graph.build import KnowledgeGraph, build_graph
from kg.pipeline import Outcome
from kg.record import SYMMETRIC, Record

RECORDS = Path(__file__).with_name("rdf_records.jsonl")
ID = "https://w3id.org/newskg/id/"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
A1 = f"{ID}article/{'a1' * 8}-a1"


def sample() -> list[Record]:
    return [Record.from_json(json.loads(line)) for line in RECORDS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return build_graph(sample())


@pytest.fixture(scope="module")
def union(graph: KnowledgeGraph) -> set[Triple]:
    return set(rdf_dataset(graph).union)


@pytest.fixture(scope="module")
def out(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rdf")
    write_rdf(graph, folder, FORMATS, rdf12=True, store=True)
    return folder


def values(union: set[Triple], subject: str, predicate: str) -> set[object]:
    return {o for s, p, o in union if s == subject and p == predicate}


def claims(union: set[Triple], **wanted: str) -> list[str]:
    """Claims whose properties have these values (local names)."""
    found = [s for s, p, _ in union if p == KG + "statedIn"]
    for key, value in wanted.items():
        found = [c for c in found if any(str(v).endswith(value) for v in values(union, c, KG + key))]
    return sorted(found)


# --- the contract's vocabulary


def test_an_entity_has_its_type_labels_in_both_scripts_and_wikidata_item(union: set[Triple]) -> None:
    nvidia = ID + "organization/nvidia"
    assert values(union, nvidia, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type") == {KG + "Organization"}
    labels = {o for p in ("prefLabel", "altLabel") for o in values(union, nvidia, SKOS + p)}
    assert {Literal("英伟达", language="zh-Hans"), Literal("輝達", language="zh-Hant")} <= labels
    assert any(isinstance(o, Literal) and o.language == "en" for o in labels)
    languages = Counter(o.language for o in values(union, nvidia, SKOS + "prefLabel") if isinstance(o, Literal))
    assert set(languages) == {"zh-Hans", "zh-Hant", "en"} and set(languages.values()) == {1}
    assert values(union, nvidia, "http://www.w3.org/2002/07/owl#sameAs") == {"http://www.wikidata.org/entity/Q182477"}


def test_every_name_finds_its_entity(union: set[Triple]) -> None:
    keys = {o.value for o in values(union, ID + "organization/nvidia", KG + "searchKey") if isinstance(o, Literal)}
    assert {"nvidia", "英伟达", "辉达"} <= keys


def test_an_asserted_relation_has_a_direct_triple_and_others_have_none(union: set[Triple]) -> None:
    deepseek, openai = ID + "organization/deepseek", ID + "organization/openai"
    assert (deepseek, KG + "develops", ID + "model/deepseek-v3") in union
    assert (deepseek, KG + "partnersWith", openai) not in union
    assert (deepseek, KG + "acquires", openai) not in union
    assert claims(union, predicate="acquires", modality="denied")


def test_a_symmetric_relation_stands_in_both_directions(union: set[Triple]) -> None:
    deepseek, openai = ID + "organization/deepseek", ID + "organization/openai"
    assert "competesWith" in SYMMETRIC
    assert {(deepseek, KG + "competesWith", openai), (openai, KG + "competesWith", deepseek)} <= union


def test_every_claim_has_article_holder_modality_evidence_and_rule(union: set[Triple], graph: KnowledgeGraph) -> None:
    found = claims(union)
    assert len(found) == len(graph.claims) == 19
    for claim in found:
        for name in ("statedIn", "modality", "evidence", "foundBy"):
            assert len(values(union, claim, KG + name)) == 1, (claim, name)
        holders = values(union, claim, KG + "holder") | values(union, claim, KG + "holderText")
        assert len(holders) == 1


def test_the_holder_is_the_article_an_entity_or_words(union: set[Triple]) -> None:
    (by_author,) = claims(union, predicate="affiliatedWith")
    assert values(union, by_author, KG + "holder") == {A1}
    (by_entity,) = claims(union, mode="#direct")
    assert values(union, by_entity, KG + "holder") == {ID + "person/%E6%A2%81%E6%96%87%E9%94%8B"}
    (by_words,) = claims(union, predicate="partnersWith")
    assert values(union, by_words, KG + "holderText") == {Literal("某知情人士", language="zh-Hans")}
    assert not values(union, by_words, KG + "holder")


def test_quantities_have_a_value_a_range_or_a_date(union: set[Triple]) -> None:
    decimal_type = XSD + "decimal"
    (count,) = claims(union, attribute="hardware_count", statedIn="a1a1-a1")
    assert values(union, count, KG + "value") == {Literal("2048", decimal_type)}
    assert values(union, count, KG + "unit") == {"https://w3id.org/newskg/unit#GPU"}
    assert values(union, count, KG + "operator") == {"https://w3id.org/newskg/operator#exactly"}
    (cost,) = claims(union, operator="between")
    assert values(union, cost, KG + "lowValue") == {Literal("5000000", decimal_type)}
    assert values(union, cost, KG + "highValue") == {Literal("5576000", decimal_type)}
    assert values(union, cost, KG + "time") == {Literal("2024-12", XSD + "gYearMonth")}
    (release,) = claims(union, attribute="release_date")
    assert values(union, release, KG + "dateValue") == {Literal("2024-12-26", XSD + "date")}
    (ratio,) = claims(union, unit="ratio")
    assert values(union, ratio, KG + "relativeTo") == {ID + "model/gpt-4o"}
    (open_date,) = claims(union, attribute="event_date")
    assert values(union, open_date, KG + "dateValue") == {Literal("--01-27", XSD + "gMonthDay")}
    assert not values(union, open_date, KG + "subject")


def test_evidence_has_source_scope_position_and_words_and_is_shared(union: set[Triple]) -> None:
    shared = {e for c in claims(union, statedIn="a1a1-a1") for e in values(union, c, KG + "evidence")}
    span = f"{ID}evidence/{'a1' * 8}-60-90"
    assert span in shared
    assert len([t for t in union if t[1] == KG + "evidence" and t[2] == span]) == 3
    assert values(union, span, OA + "hasSource") == {f"{ID}source/{'a1' * 8}"}
    assert values(union, span, OA + "hasScope") == {A1}
    selectors = values(union, span, OA + "hasSelector")
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    types = {t for s in selectors for t in values(union, str(s), rdf_type)}
    assert types == {OA + "TextPositionSelector", OA + "TextQuoteSelector"}
    (start,) = {o for s in selectors for o in values(union, str(s), OA + "start")}
    (words,) = {o for s in selectors for o in values(union, str(s), OA + "exact")}
    assert start == Literal("60", XSD + "nonNegativeInteger")
    assert words == Literal("DeepSeek推出DeepSeek-V3,用了2048张H800")


def test_an_article_has_its_data_and_leads_to_file_version_and_settings(graph: KnowledgeGraph) -> None:
    union = set(rdf_dataset(graph, settings={"encoding": None}).union)
    assert values(union, A1, SCHEMA + "headline") == {Literal("深度求索发布新模型", language="zh-Hans")}
    assert values(union, A1, SCHEMA + "datePublished") == {Literal("2025-01-27", XSD + "date")}
    assert values(union, A1, SCHEMA + "inLanguage") == {Literal("zh-Hans")}
    (source,) = values(union, A1, PROV + "wasDerivedFrom")
    assert values(union, str(source), SCHEMA + "sha256") == {Literal("a1" * 32)}
    (run,) = values(union, A1, PROV + "wasGeneratedBy")
    assert values(union, str(run), KG + "settings") == {Literal('{"encoding": null}')}
    (agent,) = values(union, str(run), PROV + "wasAssociatedWith")
    assert len(values(union, str(agent), SCHEMA + "softwareVersion")) == 1


def test_authors_are_entities_only_where_the_record_names_them(union: set[Triple]) -> None:
    (author,) = values(union, A1, SCHEMA + "author")
    assert str(author).startswith(ID + "byline/")
    assert values(union, str(author), SKOS + "prefLabel") == {
        Literal("张三", language="zh-Hans"),
        Literal("張三", language="zh-Hant"),
    }
    b1 = f"{ID}article/{'b2' * 8}-a1"
    assert values(union, b1, SCHEMA + "publisher") == {ID + "organization/openai"}


def test_contradicting_claims_point_at_each_other_with_a_reason(union: set[Triple]) -> None:
    a, b = claims(union, attribute="hardware_count")
    assert (a, KG + "contradicts", b) in union and (b, KG + "contradicts", a) in union
    (node,) = {s for s, p, o in union if p == KG + "between" and o == a}
    assert values(union, node, KG + "between") == {a, b}
    assert len(values(union, node, KG + "reason")) == 1


def test_there_is_one_named_graph_per_article_described_in_the_default_graph(graph: KnowledgeGraph) -> None:
    (first, default), *named = rdf_dataset(graph).graphs
    assert first == "" and len(named) == len(graph.articles) == 3
    described = {s: o for s, p, o in default if p == "http://xmlns.com/foaf/0.1/primaryTopic"}
    assert set(described) == {iri for iri, _ in named}
    counts = {s: o for s, p, o in default if p == "http://rdfs.org/ns/void#triples"}
    for iri, triples in named:
        assert counts[iri] == Literal(str(len(triples)), XSD + "integer")
        assert all(not p.startswith("http://rdfs.org/ns/void#") for _, p, _ in triples)


def test_void_counts_the_whole(graph: KnowledgeGraph) -> None:
    union = set(rdf_dataset(graph).union)
    assert values(union, ID + "dataset", "http://rdfs.org/ns/void#triples") == {
        Literal(str(len(union)), XSD + "integer")
    }


def test_no_blank_nodes_and_no_bad_iris(union: set[Triple]) -> None:
    good = re.compile(r"https?://[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+")
    iris = {t for s, p, o in union for t in (s, p, o) if isinstance(t, str)}
    assert not [i for i in iris if not good.fullmatch(i)]
    evil = [i for i in iris if i.startswith(ID + "product/evil")]
    assert len(evil) == 1 and len(evil[0]) < 1200


def test_adding_a_document_changes_no_iri() -> None:
    a, b = sample()
    alone = {t for s, p, o in rdf_dataset(build_graph([a])).union for t in (s, p, o) if isinstance(t, str)}
    both = {t for s, p, o in rdf_dataset(build_graph([a, b])).union for t in (s, p, o) if isinstance(t, str)}
    assert alone <= both


def test_another_base_moves_all_data(graph: KnowledgeGraph) -> None:
    base = "https://example.org/data#"
    moved = rdf_dataset(graph, base_iri=base).union
    assert not [t for t in moved if any(isinstance(x, str) and x.startswith(ID) for x in t)]
    assert len(moved) == len(rdf_dataset(graph).union)


@pytest.mark.parametrize("base", ["", "x", "http://a b/", "https://example.org/x", "ftp://example.org/", 'http://a/"/'])
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="no base IRI"):
        check_base(base)


# --- formats


def parsed(path: Path) -> set[tuple[str, str, str]]:
    """Triples of a file as text; language tags compare without case."""
    return {(str(q.subject), str(q.predicate), _lower(str(q.object))) for q in ox.parse(path=str(path))}


def _lower(term: str) -> str:
    head, at, tag = term.rpartition('"@')
    return f"{head}{at}{tag.lower()}" if at else term


def test_every_format_holds_the_same_triples(out: Path, graph: KnowledgeGraph) -> None:
    expected = parsed(out / "graph.ttl")
    assert len(expected) == len(rdf_dataset(graph).union)
    for format_ in FORMATS:
        assert parsed(out / f"graph.{format_}") == expected, format_
    assert set(ox.parse(path=str(out / "graph.trig"))) == set(ox.parse(path=str(out / "graph.nq")))


@pytest.mark.parametrize(("format_", "name"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml")])
def test_rdflib_reads_what_is_written(out: Path, format_: str, name: str) -> None:
    import rdflib

    found = rdflib.Graph().parse(out / f"graph.{format_}", format=name)
    assert len(found) == len(parsed(out / "graph.ttl"))
    nvidia = rdflib.URIRef(ID + "organization/nvidia")
    languages = {o.language for o in found.objects(nvidia, rdflib.SKOS.prefLabel) if isinstance(o, rdflib.Literal)}
    assert languages == {"zh-Hans", "zh-Hant", "en"}


def test_json_ld_is_compacted_and_carries_the_shipped_context(out: Path) -> None:
    document = json.loads((out / "graph.jsonld").read_text(encoding="utf-8"))
    shipped = json.loads(Path("ontology/context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert document["@context"] == {"@base": ID} | shipped
    (v3,) = [n for n in document["@graph"] if n["@id"] == "model/deepseek-v3"]
    assert v3["@type"] == "kg:Model" and v3["usesHardware"] == "hardware/h800"
    keys = {k for n in document["@graph"] for k in n}
    assert not {k for k in keys if k.startswith("http")}


def test_files_are_utf8_and_readable(out: Path) -> None:
    text = (out / "graph.ttl").read_text(encoding="utf-8")
    assert '"英伟达"@zh-Hans' in text and "organization:nvidia\n    a kg:Organization ;" in text
    assert "\\u" not in text


def test_rdf12_uses_the_claim_as_reifier(out: Path, graph: KnowledgeGraph) -> None:
    quads = list(ox.parse(path=str(out / "graph.rdf12.ttl")))
    reifies = [q for q in quads if q.predicate.value.endswith("#reifies")]
    assert len(reifies) == sum(1 for r in graph.claims.values() if r.kind == "relation")
    by_claim = {q.subject.value: q.object for q in reifies}
    for ref in graph.claims.values():
        if ref.kind == "relation":
            quoted = by_claim[f"{ID}claim/{ref.claim.id}"]
            assert quoted.subject.value == ID + ref.claim.subject
    assert "reifies" not in (out / "graph.ttl").read_text(encoding="utf-8")


def test_the_store_holds_the_union_and_the_named_graphs(out: Path, graph: KnowledgeGraph) -> None:
    store = ox.Store.read_only(str(out / "store"))
    assert len(list(store.named_graphs())) == 3
    default = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert default == len(rdf_dataset(graph, rdf12=True).all_distinct)


def test_an_unknown_format_is_refused_before_anything_is_written(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no RDF format: doc"):
        write_rdf(graph, tmp_path, {"ttl", "doc"})
    assert not list(tmp_path.iterdir())


SCRIPT = """
import json, sys
from pathlib import Path
from kg.export.rdf import FORMATS, write_rdf
from kg.graph.build import build_graph
from kg.record import Record
lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
records = [Record.from_json(json.loads(line)) for line in lines]
write_rdf(build_graph(records[:: int(sys.argv[3])]), Path(sys.argv[2]), FORMATS, rdf12=True)
"""


def test_the_same_bytes_whatever_the_hash_seed_and_the_order(out: Path, tmp_path: Path) -> None:
    for seed, step in (("0", "1"), ("1", "-1")):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", SCRIPT, str(RECORDS), str(folder), step]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, cwd=Path.cwd())
        for path in sorted(folder.iterdir()):
            assert path.read_bytes() == (out / path.name).read_bytes(), (seed, path.name)


# --- size and speed


def test_a_claim_costs_at_most_twenty_triples_on_average(seed_outcomes: list[Outcome]) -> None:
    """The claim's node, its evidence with both selectors, and its part in corroborations; on the seeds."""
    seeds = build_graph([r for o in seed_outcomes for r in o.records])
    nodes = ("claim/", "evidence/", "position/", "quote/", "contradiction/")
    union = rdf_dataset(seeds).union
    spent = sum(1 for s, _, _ in union if s.removeprefix(ID).startswith(nodes))
    assert seeds.claims and spent / len(seeds.claims) <= 20


def test_writing_does_not_need_rdflib(tmp_path: Path) -> None:
    """rdflib's store and writers take over ten times as long (benchmarks/RESULTS.md): building must not use them."""
    code = (
        "import sys; from pathlib import Path; from kg.cli import main\n"
        "main([*sys.argv[1:], '--no-validate', '-q'], standalone_mode=False)\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('rdflib', 'pyshacl', 'oxrdflib')))"
    )
    (tmp_path / "a.txt").write_text("OpenAI发布了GPT-4o。", encoding="utf-8")
    command = [sys.executable, "-c", code, "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
