"""Whatever an article contains is shown as text and does nothing else."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from kg.export.page import write_page
from kg.graph.build import build_graph

HOSTILE = runpy.run_path(str(Path(__file__).parent.parent / "export" / "hostile.py"))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("hostile") / "graph.html"
    write_page(build_graph([HOSTILE["record"]()]), file, title="</title><script>window.hacked='title'</script>")
    return file


@pytest.mark.parametrize(
    "hash_",
    ["", "#all=1", "#view=compare", "#view=timeline", "#article=0"]
    + [f"#entity=organization/e{i}" for i in range(len(HOSTILE["TEXTS"]))]
    + ["#claim=r0", "#claim=q1", "#claim=c2", "#claim=s3", "#claim=s7", "#claim=s8"],
)
def test_nothing_runs_and_nothing_breaks(page: Any, hostile_page: Path, hash_: str) -> None:
    page.open(hostile_page, hash_)
    assert page.run("return window.hacked === undefined")
    assert page.run("return document.querySelectorAll('script').length") == 4
    assert page.run("return document.querySelectorAll('img, iframe, object, embed, form, base').length") == 0
    links = page.run("return [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
    assert all(x.startswith(("#claim=", "https://www.wikidata.org/wiki/Q1")) for x in links)
    assert not any("onclick" in x for x in links)
    if hash_.startswith(("#entity", "#claim", "#article")):
        assert page.run("return document.getElementById('panel').dataset.kind") == hash_[1:].partition("=")[0]
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")


def test_texts_are_shown_as_they_are(page: Any, hostile_page: Path) -> None:
    page.open(hostile_page, "#claim=s0")
    assert HOSTILE["TEXTS"][0] in page.run("return document.querySelector('#panel .saying').textContent")


def test_the_policy_forbids_what_the_page_does_not_use(page: Any, hostile_page: Path) -> None:
    page.open(hostile_page)
    ran = page.run(
        "try { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
        " document.body.append(s); } catch (e) {} return window.hacked === undefined"
    )
    assert ran
    blocked = page.driver.execute_async_script(
        "const done = arguments[0]; fetch('https://example.com/').then(() => done(false), () => done(true));"
    )
    assert blocked
    # These two trials are what the console now complains of.
    assert page.complaints()
    page.requests()
