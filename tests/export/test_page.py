"""`graph.html` as bytes: the same for the same graph, self-contained, and readable again."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.page import ArticleText, TextSentence, page_html, read_articles, texts_from_records, write_page
from kg.export.page.assemble import as_island, read_island
from kg.export.page.drawing import Dot, Line, vis_network
from kg.export.page.groups import communities
from kg.export.page.model import VIS_LIMIT, island
from kg.graph import layout as layouts
from kg.graph.build import KnowledgeGraph, build_graph
from kg.graph.layout import layout
from kg.pipeline import Outcome
from kg.record import Evidence

HOSTILE = runpy.run_path(str(Path(__file__).parent / "hostile.py"))
PAGE = Path(__file__).parent.parent.parent / "kg" / "export" / "page"


@pytest.fixture(scope="module")
def graph(seed_outcomes: list[Outcome]) -> KnowledgeGraph:
    return build_graph([r for o in seed_outcomes for r in o.records])


@pytest.fixture(scope="module")
def texts(seed_outcomes: list[Outcome]) -> list[ArticleText]:
    return [t for o in seed_outcomes for t in o.texts]


@pytest.fixture(scope="module")
def html(graph: KnowledgeGraph, texts: list[ArticleText]) -> str:
    return page_html(graph, articles=texts)


class TestFile:
    def test_same_graph_same_bytes(self, graph: KnowledgeGraph, texts: list[ArticleText], html: str) -> None:
        assert page_html(graph, articles=list(reversed(texts))) == html

    def test_hash_seed_does_not_matter(self) -> None:
        script = (
            "import runpy, hashlib; from kg.export.page import page_html; from kg.graph.build import build_graph;"
            f"r = runpy.run_path({str(Path(__file__).parent / 'hostile.py')!r})['record']();"
            "print(hashlib.sha256(page_html(build_graph([r])).encode()).hexdigest())"
        )
        runs = [
            subprocess.run(
                [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
            )
            for seed in ("0", "1")
        ]
        assert runs[0].stdout == runs[1].stdout

    def test_small_and_without_escapes(self, html: str) -> None:
        assert len(html.encode()) < 1_200_000
        data = html.partition('id="data">')[2].partition("</script>")[0]
        assert set(re.findall(r"\\u....", data)) <= {"\\u003c"}

    def test_names_no_other_place(self, html: str) -> None:
        outside = html.partition('id="data">')[0] + html.partition('id="data">')[2].partition("</script>")[2]
        loaded = re.findall(r"""(?:src|href)=["']?(?!data:)(?:https?:)?//[^"'\s>]+""", outside)
        assert loaded == []
        assert "sourceMappingURL" not in html

    def test_policy_lists_exactly_its_own_scripts(self, html: str) -> None:
        scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
        allowed = re.findall(r"'sha256-([^']+)'", html.partition("script-src")[2].partition(";")[0])
        assert allowed == [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
        assert "unsafe" not in html.partition('Policy" content="')[2].partition('">')[0]

    def test_texts_come_back_out(self, graph: KnowledgeGraph, texts: list[ArticleText], tmp_path: Path) -> None:
        file = tmp_path / "graph.html"
        write_page(graph, file, articles=texts)
        again = read_articles(file)
        assert {(t.source, t.article_id): t for t in again} == {(t.source, t.article_id): t for t in texts}
        write_page(graph, tmp_path / "again.html", articles=again)
        assert (tmp_path / "again.html").read_bytes() == file.read_bytes()

    def test_no_page_no_articles(self, tmp_path: Path) -> None:
        (tmp_path / "x.html").write_text("<html></html>", encoding="utf-8")
        with pytest.raises(ValueError, match="no data island"):
            read_articles(tmp_path / "x.html")

    def test_empty_graph(self) -> None:
        assert read_island(page_html(build_graph([])))["entities"] == []

    def test_hostile_texts_stay_in_the_island(self) -> None:
        html = page_html(build_graph([HOSTILE["record"]()]), title="</title><b>")
        assert html.count("</script>") == 4
        assert "&lt;/title>" in html
        assert "hacked" not in re.sub(r'id="data">.*?</script>', "", html, flags=re.S)
        rules = {c["rule"] for c in read_island(html)["claims"]}
        assert rules == set(HOSTILE["TEXTS"])


class TestIsland:
    @given(st.text())
    def test_any_text_survives(self, text: str) -> None:
        data = {"x": text}
        html = f'<script type="application/json" id="data">{as_island(data)}</script>'
        assert read_island(html)["x"] == text

    def test_half_a_surrogate_pair_can_be_written(self) -> None:
        assert json.loads(as_island("half \ud83d pair")) == "half \ufffd pair"

    def test_every_reference_is_in_range(self, graph: KnowledgeGraph, texts: list[ArticleText]) -> None:
        data = island(graph, texts, base_iri="https://example.org/")
        entities, claims, articles = (range(len(data[k])) for k in ("entities", "claims", "articles"))
        for c in data["claims"]:
            assert c["article"] in articles
            assert all(c.get(k) is None or c[k] in entities for k in ("s", "o"))
            assert all(a in entities for a in c.get("about", ()))
            assert isinstance(c["holder"], str) or c["holder"] in entities
        for e in data["edges"]:
            assert e["s"] in entities and e["o"] in entities and all(c in claims for c in e["claims"])
        assert [n["id"] for n in data["drawing"]["nodes"]] == list(entities)
        assert all(link["a"] in claims and link["b"] in claims for link in data["links"])

    def test_important_entities_come_first(self, graph: KnowledgeGraph, texts: list[ArticleText]) -> None:
        data = island(graph, texts, base_iri="https://example.org/")
        assert data["entities"][0]["id"] == "organization/deepseek"


class TestLocate:
    TEXT = ArticleText(
        "x",
        "a1",
        tuple(
            TextSentence(10 * i, 10 * i + 9, t, "text", 0)
            for i, t in enumerate(["第一句,同样的话。", "第二句,同样的话。", "第三 句没有。"])
        ),
    )

    @pytest.mark.parametrize(
        ("start", "end", "words", "place"),
        [
            (4, 8, "同样的话", (0, 4, 0, 8)),
            (14, 18, "同样的话", (1, 4, 1, 8)),
            (4, 13, "同样的话。第二句", (0, 4, 1, 3)),
            (20, 24, "第三句没", (2, 0, 2, 5)),
            (20, 24, "别的话", None),
            (900, 901, "", None),
        ],
    )
    def test_places(self, start: int, end: int, words: str, place: tuple[int, ...] | None) -> None:
        assert self.TEXT.locate(Evidence(start, end, words, "a1")) == place

    def test_all_evidence_of_the_seeds_is_found(self, graph: KnowledgeGraph, texts: list[ArticleText]) -> None:
        by_key = {(t.source, t.article_id): t for t in texts}
        lost = [r.claim.evidence.text for r in graph.claims.values() if not by_key[r.article].locate(r.claim.evidence)]
        assert lost == []

    def test_records_alone_give_the_evidence(self, graph: KnowledgeGraph) -> None:
        texts = {(t.source, t.article_id): t for t in texts_from_records(graph.records)}
        found = [texts[r.article].locate(r.claim.evidence) is not None for r in graph.claims.values()]
        assert sum(found) > 0.9 * len(found)


class TestDrawing:
    def test_pyvis_gives_nodes_without_titles_or_labels(self) -> None:
        drawn = vis_network([Dot(0, 1, 2, 9), Dot(1, 3, 4, 9)], [Line(0, 0, 1, 1.2, True, False, 0.1)])
        assert drawn["nodes"][0] == {"x": 1, "y": 2, "size": 9, "id": 0, "shape": "custom"}
        assert "arrows" not in drawn["edges"][0] and drawn["edges"][0]["from"] == 0
        assert not {"title", "label"} & {k for item in (*drawn["nodes"], *drawn["edges"]) for k in item}
        assert drawn["options"]["physics"] == {"enabled": False}


def star(n: int, seed: int = 1) -> list[tuple[int, int]]:
    chance = random.Random(seed)
    return [(i, min(chance.randrange(i), chance.randrange(i))) for i in range(1, n)]


class TestLayout:
    def test_boxes_do_not_overlap(self) -> None:
        n = 150
        boxes = [(120, 60)] * n
        places = layout(n, star(n), boxes)
        hits = sum(
            abs(a[0] - b[0]) < 110 and abs(a[1] - b[1]) < 55 for i, a in enumerate(places) for b in places[i + 1 :]
        )
        assert hits <= 3

    def test_neighbours_are_nearer_than_others(self) -> None:
        for n in (120, 1500):
            edges = star(n)
            places = layout(n, edges)
            far = [(a, (a * 7 + 13) % n) for a in range(n)]

            def length(pairs: list[tuple[int, int]], p: list[tuple[int, int]] = places) -> float:
                return sum(abs(p[a][0] - p[b][0]) + abs(p[a][1] - p[b][1]) for a, b in pairs) / len(pairs)

            assert length(edges) < 0.6 * length(far)

    def test_order_of_edges_does_not_matter(self) -> None:
        edges = star(60)
        assert layout(60, edges) == layout(60, [(b, a) for a, b in reversed(edges)])

    @pytest.mark.parametrize(("n", "repulsion"), [(150, "_exact"), (900, "_mesh")])
    def test_the_last_bits_of_floats_do_not_matter(
        self, n: int, repulsion: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Processors differ in them: forces that are off by some units in the last place give the same picture."""
        edges = star(n)
        expected = layout(n, edges, [(80, 40)] * n)
        chance = random.Random(7)
        make = getattr(layouts, repulsion)

        def shaken(mass: object) -> object:
            repel = make(mass)
            return lambda points: repel(points) * (1.0 + chance.uniform(-1e-14, 1e-14))

        monkeypatch.setattr(layouts, repulsion, shaken)
        assert layout(n, edges, [(80, 40)] * n) == expected

    def test_nodes_without_edges_stand_apart(self) -> None:
        places = layout(30, [(0, 1), (1, 2)])
        assert len(set(places)) == 30
        assert layout(0, []) == []
        assert len(layout(3, [])) == 3

    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
    def test_any_small_graph_has_a_place_for_every_node(self, edges: list[tuple[int, int]]) -> None:
        places = layout(10, edges, [(80, 40)] * 10)
        assert len(places) == 10
        assert all(abs(x) < 10**6 and abs(y) < 10**6 for x, y in places)


class TestGroups:
    def test_two_cliques_make_two_groups(self) -> None:
        pairs = [(a, b) for base in (0, 10) for a in range(base, base + 10) for b in range(base, a)] + [(0, 10)]
        group = communities(20, pairs)
        assert len(set(group[:10])) == 1 and len(set(group[10:])) == 1 and group[0] != group[19]

    def test_no_group_holds_everything(self) -> None:
        n = 3000
        group = communities(n, [(0, i) for i in range(1, n)])
        sizes = [group.count(g) for g in sorted(set(group))[:-1]]
        assert max(sizes) <= 0.03 * n + 1


def test_strings_have_all_three_languages_and_are_all_used() -> None:
    strings = json.loads((PAGE / "strings.json").read_text(encoding="utf-8"))
    assert all(len(row) == 3 for group in strings.values() for row in group.values())
    scripts = "".join(f.read_text(encoding="utf-8") for f in sorted((PAGE / "js").glob("*.js")))
    template = (PAGE / "template.html").read_text(encoding="utf-8")
    unused = [k for k in strings["ui"] if f"'{k}'" not in scripts and f'"{k}"' not in template]
    computed = {"fromDate", "toDate", "direct", "indirect", "png", "svg", "csv", "turtle", "jsonld"}
    computed |= {"relation", "quantity", "comparison", "statement", "contradicts", "corroborates"}
    assert set(unused) <= computed
    asked = set(re.findall(r"\bt\('(\w+)'", scripts)) | set(re.findall(r'data-t(?:-\w+)?="(\w+)"', template))
    assert asked <= set(strings["ui"])


def test_closed_lists_are_named_in_full() -> None:
    from kg.record import ATTRIBUTES, DIRECTIONS, MODALITIES, PREDICATES, TYPES

    strings = json.loads((PAGE / "strings.json").read_text(encoding="utf-8"))
    assert set(strings["type"]) == set(TYPES)
    assert set(strings["attribute"]) == set(ATTRIBUTES)
    assert set(strings["modality"]) == set(MODALITIES)
    assert set(strings["predicate"]) == {*PREDICATES, *DIRECTIONS}
    assert set(strings["inverse"]) == set(PREDICATES)


def test_scripts_are_all_in_the_page_and_short() -> None:
    from kg.export.page.assemble import SCRIPTS

    files = sorted((PAGE / "js").glob("*.js"))
    assert sorted(SCRIPTS) == [f.stem for f in files]
    assert all(len(f.read_text(encoding="utf-8").splitlines()) < 400 for f in files)
    assert all("innerHTML" not in f.read_text(encoding="utf-8") for f in files)


def test_larger_graphs_get_the_other_engine() -> None:
    from kg.record import Article, Entity, Record

    n = VIS_LIMIT + 1
    entities = tuple(Entity(f"organization/e{i}", "Organization", f"e{i}", (), None, ()) for i in range(n))
    article = Article("a1", "t", (), None, None, "zh-Hans", 0, 1)
    record = Record("x.txt", "0" * 64, (article,), entities, (), (), (), ())
    html = page_html(build_graph([record]))
    assert "MultiDirectedGraph" in html and "@license\n * vis.js" not in html
    assert read_island(html)["engine"] == "sigma"
