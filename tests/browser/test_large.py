"""Graphs above what vis-network draws: sigma.js, and groups above that."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from kg.export.page import model, write_page
from kg.graph.build import KnowledgeGraph, build_graph

BENCHMARK = runpy.run_path(str(Path(__file__).parent.parent.parent / "benchmarks" / "page.py"))
NODES = 2400


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return build_graph(BENCHMARK["records"](BENCHMARK["edges_of"](NODES)))


@pytest.fixture(scope="module")
def large_page(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "graph.html"
    write_page(graph, file)
    return file


@pytest.fixture
def large(page: Any, large_page: Path) -> Any:
    page.remember(large_page, language="zh-Hans", theme="light")
    page.open(large_page)
    return page


def drawn(page: Any) -> int:
    """How many pixels of the canvases are not empty."""
    count = (
        "const c = document.createElement('canvas'); const all = [...document.querySelectorAll('#network canvas')];"
        "c.width = 400; c.height = 300; const x = c.getContext('2d');"
        "all.filter((k) => k.className.includes('labels')).forEach((k) => x.drawImage(k, 0, 0, 400, 300));"
        "return x.getImageData(0, 0, 400, 300).data.filter((v, i) => i % 4 === 3 && v).length"
    )
    return int(page.run(count))


def test_opens_with_the_strongest_part(large: Any) -> None:
    assert large.island()["engine"] == "sigma"
    assert "2,400" in large.text("#notice")
    assert drawn(large) > 100


def test_search_focus_and_all(large: Any) -> None:
    large.css("#search").send_keys("实体77号", "\ue007")
    large.wait("return location.hash.includes('entity=')")
    assert large.text("#panel .entity-name") == "实体77号"
    large.css("#focus-here").click()
    large.wait("return location.hash.includes('focus=')")
    assert "实体77号" in large.text("#trail")
    large.css("#trail .leave").click()
    large.css("#notice .link").click()
    assert "全部 2,400 个" in large.text("#notice")


def test_picture_holds_more_than_the_background(large: Any) -> None:
    large.run(
        "const make = URL.createObjectURL; URL.createObjectURL = (b) => { window.blob = b; return make(b); };"
        "HTMLAnchorElement.prototype.click = () => {};"
    )
    large.css("#export").click()
    large.css("#export-menu button").click()
    large.wait("return window.blob")
    assert large.run("return window.blob.size") > 20000


def test_very_large_graphs_open_on_groups_that_unfold(
    page: Any, graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "GROUP_LIMIT", 1000)
    file = tmp_path / "graph.html"
    write_page(graph, file)
    page.remember(file, language="zh-Hans")
    page.open(file)
    groups = page.island()["groups"]
    assert sum(g["n"] for g in groups) == NODES
    assert f"合成了 {len(groups)} 个群" in page.text("#notice")
    page.open(file, "#open=0")
    assert f"合成了 {len(groups) - 1} 个群" in page.text("#notice")
    [link for link in page.all("#notice .link") if link.text == "收起各群"][0].click()
    page.wait("return !location.hash.includes('open')")
