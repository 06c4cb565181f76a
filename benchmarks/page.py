"""How fast the page is made and how fast it opens: `python benchmarks/page.py [NODES ...]` (default 200 to 30,000).

A random graph in which important nodes gather ties, 1.5 edges a node, one sentence of evidence an edge. "Made" is
layout and writing; "layout" is the layout alone; "usable" is from the navigation until the page answers, in headless
chromium; "all" is how long showing all nodes takes; "frames" is how many frames a second panning gets with all of them.
"""

from __future__ import annotations

import dataclasses
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.export.page import write_page
from kg.graph.build import build_graph
from kg.graph.layout import layout
from kg.identity import claim_id
from kg.record import PREDICATES, TYPES, Article, Entity, Evidence, Mention, Record, Relation

EDGES_A_RECORD = 60
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SHOW_ALL = """
const start = performance.now();
document.querySelector('#notice .link').click();
return performance.now() - start;
"""
PAN = """
const done = arguments[0], canvas = document.querySelector('#network canvas:last-of-type') || document.querySelector('#network canvas');
const fire = (type, x) => canvas.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: 400, bubbles: true, pointerId: 1, button: 0, buttons: 1 }));
const mouse = (type, x) => canvas.dispatchEvent(new MouseEvent(type, { clientX: x, clientY: 400, bubbles: true, button: 0, buttons: 1 }));
let n = 0; const start = performance.now(); fire('pointerdown', 500); mouse('mousedown', 500);
function frame() {
  n += 1; fire('pointermove', 500 + n * 3); mouse('mousemove', 500 + n * 3);
  if (performance.now() - start < 2000) requestAnimationFrame(frame);
  else { fire('pointerup', 500); mouse('mouseup', 500); done(n / ((performance.now() - start) / 1000)); }
}
requestAnimationFrame(frame);
"""  # noqa: E501


def edges_of(n: int) -> list[tuple[int, int]]:
    chance = random.Random(1)
    return [(i, min(chance.randrange(i), chance.randrange(i))) for i in range(1, n) for _ in range(1 + i % 2)]


def records(edges: list[tuple[int, int]]) -> list[Record]:
    return [_record(k // EDGES_A_RECORD, edges[k : k + EDGES_A_RECORD]) for k in range(0, len(edges), EDGES_A_RECORD)]


def _record(number: int, edges: list[tuple[int, int]]) -> Record:
    entities: dict[int, Entity] = {}
    relations = []
    for a, b in edges:
        for i in (a, b):
            name, type_ = f"实体{i}号", TYPES[i % 5]
            mention = Mention(0, len(name), name, "name", "a1", "benchmark")
            entities.setdefault(i, Entity(f"{type_.lower()}/e{i}", type_, name, (name,), None, (mention,)))
        text = f"实体{a}号与实体{b}号宣布展开合作,共同研发新一代人工智能大模型。"
        evidence = Evidence(a * 40, a * 40 + len(text), text, "a1")
        predicate = PREDICATES[(a + b) % len(PREDICATES)]
        claim = Relation(entities[a].id, predicate, entities[b].id, "author", "asserted", evidence, "benchmark")
        relations.append(dataclasses.replace(claim, id=claim_id("relation", str(number), claim)))
    article = Article("a1", f"第{number}篇文章", (), "某报", f"2025-{number % 12 + 1:02}-01", "zh-Hans", 0, 1 << 30)
    return Record(
        f"{number:06}.txt", f"{number:064}", (article,), tuple(entities.values()), tuple(relations), (), (), ()
    )


def browser() -> Any:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*FLAGS, "--window-size=1440,900"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))


def measure(n: int, folder: Path) -> list[str]:
    edges = edges_of(n)
    start = time.perf_counter()
    layout(n, edges, [(90, 60)] * n if n <= 2000 else None)
    laid = time.perf_counter() - start
    graph = build_graph(records(edges))
    file = folder / f"{n}.html"
    start = time.perf_counter()
    write_page(graph, file)
    made = time.perf_counter() - start
    driver = browser()
    try:
        usable = []
        for _ in range(3):
            driver.get("about:blank")
            driver.get(file.as_uri())
            usable.append(driver.execute_script("return performance.now()"))
            assert driver.execute_script("return document.documentElement.dataset.ready") == "yes"
        show = (
            "const t = performance.now(); document.querySelector('#notice .link').click(); return performance.now() - t"
        )
        everything = driver.execute_script(show)
        frames = driver.execute_async_script(PAN)
    finally:
        driver.quit()
    size = file.stat().st_size / 1e6
    figures = (laid, made, size, sorted(usable)[1] / 1000, everything / 1000, frames)
    return [f"{n:,}", *(f"{x:.2f}" for x in figures)]


def main() -> None:
    sizes = [int(a) for a in sys.argv[1:]] or [200, 1000, 2000, 5000, 20000, 30000]
    sys.stdout.write(
        "| nodes | layout s | made s | MB | usable s | all s | frames/s |\n|---|---|---|---|---|---|---|\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        for n in sizes:
            sys.stdout.write(f"| {' | '.join(measure(n, Path(folder)))} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
