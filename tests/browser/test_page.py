"""The page of the seeds, used as a reader uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

BLUE = (0, 114, 178)  # organisations, in light
EACH = "((css, take) => [...document.querySelectorAll(css)].map(take))"
NAME = "document.querySelector('#panel .entity-name').textContent"


@pytest.fixture
def seeds(page: Any, seed_page: Path) -> Any:
    page.remember(seed_page, language="zh-Hans", theme="light")
    page.open(seed_page)
    return page


def search(page: Any, text: str) -> list[str]:
    box = page.css("#search")
    box.click()
    box.send_keys(text)
    return [row.text for row in page.all("#suggestions [role=option]")]


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "entity"),
        [
            ("深度求索", "organization/deepseek"),
            ("deepseek", "organization/deepseek"),
            ("輝達", "organization/nvidia"),
            ("英偉達", "organization/nvidia"),
            ("英伟达", "organization/nvidia"),
            ("NVIDIA", "organization/nvidia"),
        ],
    )
    def test_finds_an_entity_by_any_name(self, seeds: Any, words: str, entity: str) -> None:
        assert search(seeds, words)
        seeds.css("#search").send_keys(Keys.ENTER)
        seeds.wait("return location.hash.includes('entity=')")
        assert seeds.run("return decodeURIComponent(location.hash)") == f"#entity={entity}"

    def test_arrow_keys_choose_among_suggestions(self, seeds: Any) -> None:
        rows = search(seeds, "DeepSeek")
        assert len(rows) > 2
        seeds.css("#search").send_keys(Keys.ARROW_DOWN)
        chosen = seeds.css("#suggestions [aria-selected=true]")
        assert chosen.text == rows[1]
        assert seeds.css("#search").get_attribute("aria-activedescendant") == chosen.get_attribute("id")

    def test_says_when_nothing_is_found(self, seeds: Any) -> None:
        assert search(seeds, "没有这样的名字") == []
        assert "没有找到" in seeds.text("#suggestions")

    def test_slash_goes_to_the_search_box(self, seeds: Any) -> None:
        seeds.keys("/")
        assert seeds.run("return document.activeElement.id") == "search"


class TestFollow:
    def test_from_a_node_to_the_highlighted_sentence(self, seeds: Any) -> None:
        seeds.click_mark(BLUE)
        seeds.wait(f"return {NAME} === 'DeepSeek'")
        seeds.css("#panel .ties .support").click()
        seeds.wait("return document.querySelector('#panel .triple')")
        assert "DeepSeek" in seeds.text("#panel .triple")
        marked = seeds.text("#panel .passage mark")
        island = seeds.island()
        assert marked in {" ".join(c["text"].split()) for c in island["claims"]}
        seeds.css("#panel .evidence footer .link").click()
        seeds.wait("return location.hash.startsWith('#claim=')")
        assert seeds.text("#panel .facts code")

    def test_a_number_leads_to_its_sentence_and_citation(self, seeds: Any, seed_page: Path) -> None:
        island = seeds.island()
        i, claim = next((i, c) for i, c in enumerate(island["claims"]) if c["kind"] == "quantity" and c["place"])
        seeds.open(seed_page, f"#claim={claim['id']}")
        assert seeds.run(
            "return [...document.querySelectorAll('#panel .passage mark')].map((m) => m.textContent).join('')"
        )
        article = island["articles"][claim["article"]]
        seeds.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
        seeds.css("#cite").click()
        copied = seeds.wait("return window.copied")
        assert claim["text"] in copied and article["source"] in copied
        assert f"#char={claim['span'][0]},{claim['span'][1]}" in copied

    def test_every_place_shows_the_words_of_its_evidence(self, seeds: Any) -> None:
        island = seeds.island()
        claims = [c for c in island["claims"] if c["place"]]
        assert len(claims) == len(island["claims"])
        for c in claims:
            rows = island["articles"][c["article"]]["sentences"]
            first, begin, last, end = c["place"]
            text = "".join(row[4] for row in rows[first : last + 1])
            tail = len(rows[last][4]) - end
            shown = text[begin : len(text) - tail]
            assert "".join(shown.split()) == "".join(c["text"].split())

    def test_an_article_underlines_its_claims(self, seeds: Any, seed_page: Path) -> None:
        seeds.open(seed_page, "#article=0")
        links = seeds.all("#panel .claimed")
        assert links
        links[0].click()
        seeds.wait("return location.hash.startsWith('#claim=')")

    def test_an_entity_lists_its_other_names(self, seeds: Any, seed_page: Path) -> None:
        seeds.open(seed_page, "#entity=organization/deepseek")
        assert "深度求索" in seeds.text("#panel .aliases")

    def test_double_click_shows_the_neighbourhood_alone(self, seeds: Any) -> None:
        before = seeds.text("#notice")
        seeds.click_mark(BLUE, double=True)
        seeds.wait("return location.hash.includes('focus=')")
        assert "DeepSeek" in seeds.text("#trail")
        assert seeds.text("#notice") != before
        seeds.css("#trail .leave").click()
        seeds.wait("return !location.hash.includes('focus=')")

    def test_path_between_two_entities(self, seeds: Any, seed_page: Path) -> None:
        seeds.open(seed_page, "#entity=organization/openai")
        seeds.css("#path-from").click()
        seeds.css("#search").send_keys("英伟达", Keys.ENTER)
        seeds.wait("return location.hash.includes('path=')")
        steps = seeds.run("return [...document.querySelectorAll('#trail .step')].map((s) => s.textContent)")
        assert steps[0] == "OpenAI" and steps[-1] == "英伟达" and len(steps) >= 2

    def test_back_and_forward(self, seeds: Any) -> None:
        search(seeds, "OpenAI")
        seeds.css("#search").send_keys(Keys.ENTER)
        seeds.wait(f"return {NAME} === 'OpenAI'")
        seeds.css("#back").click()
        seeds.wait("return document.getElementById('panel').dataset.kind === 'overview'")
        seeds.css("#forward").click()
        seeds.wait(f"return {NAME} === 'OpenAI'")


class TestFilters:
    def count(self, page: Any, key: str) -> tuple[int, int]:
        shown = page.text(f'output[data-count="{key}"]')
        numbers = [int(n.replace(",", "")) for n in shown.split(" / ")]
        return numbers[0], numbers[-1]

    def toggle(self, page: Any, key: str, value: str) -> None:
        page.run("document.querySelector(arguments[0]).click()", f'input[data-key="{key}"][data-value="{value}"]')

    def test_types_change_the_counts_of_relations(self, seeds: Any) -> None:
        shown, total = self.count(seeds, "predicates:develops")
        assert shown == total > 0
        self.toggle(seeds, "types", "Model")
        less, still = self.count(seeds, "predicates:develops")
        assert less < total == still
        assert self.count(seeds, "types:Model")[0] == 0
        seeds.css("#reset").click()
        assert self.count(seeds, "predicates:develops") == (total, total)

    def test_filters_combine(self, seeds: Any) -> None:
        self.toggle(seeds, "types", "Model")
        alone = self.count(seeds, "types:Organization")[0]
        self.toggle(seeds, "articles", "0")
        both = self.count(seeds, "types:Organization")[0]
        assert both < alone
        assert "no-types=Model" in seeds.run("return location.hash")
        assert "no-articles=0" in seeds.run("return location.hash")

    def test_at_least_two_sources(self, seeds: Any) -> None:
        seeds.run("const r = document.getElementById('least'); r.value = 2; r.dispatchEvent(new Event('input'))")
        island = seeds.island()
        wanted = sum(1 for e in island["entities"] if e["type"] == "Organization" and len(e["articles"]) >= 2)
        assert self.count(seeds, "types:Organization")[0] == wanted

    def test_dates(self, seeds: Any) -> None:
        seeds.run(
            "const r = document.querySelector('[data-date=to]'); r.value = 0; r.dispatchEvent(new Event('input'))"
        )
        island = seeds.island()
        first = min(a["published"][:7] for a in island["articles"] if a["published"])
        inside = {i for i, a in enumerate(island["articles"]) if (a["published"] or "").startswith(first)}
        wanted = sum(1 for c in island["claims"] if c["article"] in inside and c["modality"] == "asserted")
        assert self.count(seeds, "modalities:asserted")[0] == wanted

    def test_show_all_and_the_word_about_what_is_hidden(self, seeds: Any) -> None:
        total = len(seeds.island()["entities"])
        assert str(total) in seeds.text("#notice")
        seeds.css("#notice .link").click()
        assert f"图中有全部 {total} 个实体" in seeds.text("#notice")


class TestAddress:
    def test_restores_the_view(self, seeds: Any, seed_page: Path) -> None:
        hash_ = "#entity=organization/openai&focus=organization/openai&no-types=Hardware,Person&min=2"
        seeds.open(seed_page, hash_)
        assert seeds.text("#panel .entity-name") == "OpenAI"
        assert "OpenAI" in seeds.text("#trail")
        assert not seeds.run("return document.querySelector('[data-key=types][data-value=Person]').checked")
        assert seeds.run("return document.getElementById('least').value") == "2"
        assert seeds.run("return location.hash") == hash_

    @pytest.mark.parametrize(
        "hash_",
        ["#entity=nobody", "#claim=%E0%A4%A", "#path=a|b", "#no-types=<b>", "#open=x&article=99999&min=-3", "#="],
    )
    def test_nonsense_shows_the_overview(self, seeds: Any, seed_page: Path, hash_: str) -> None:
        seeds.open(seed_page, hash_)
        assert seeds.run("return document.getElementById('panel').dataset.kind") == "overview"


class TestTables:
    def test_disagreements_open_their_sentences(self, seeds: Any) -> None:
        seeds.css("#tab-compare").click()
        rows = seeds.all("table.compare tbody tr.contradicts, table.compare tbody tr.corroborates")
        island = seeds.island()
        assert len(rows) == len(island["links"])
        shared = [e for e in island["edges"] if e["independent"] > 1 and not e.get("compares")]
        assert len(seeds.all("table.compare tbody tr")) == len(rows) + len(shared) > len(rows)
        seeds.css("table.compare .side-claim").click()
        seeds.wait("return document.querySelector('#panel .passage mark')")

    def test_timeline_stands_in_the_order_of_dates(self, seeds: Any) -> None:
        seeds.css("#tab-timeline").click()
        years = [
            int(n)
            for n in seeds.run("return [...document.querySelectorAll('.year h2')].map((n) => n.firstChild.textContent)")
        ]
        assert years == sorted(years) and len(years) > 2
        dates = seeds.run(
            "return [...document.querySelectorAll('.events time')].map((n) => n.getAttribute('datetime'))"
        )
        assert dates == sorted(dates)


class TestLook:
    def test_english_and_back(self, seeds: Any, seed_page: Path) -> None:
        seeds.css("#language").click()
        [item for item in seeds.all("#language-menu button") if item.text == "English"][0].click()
        assert seeds.text("#tab-graph") == "Graph"
        assert seeds.run("return document.documentElement.lang") == "en"
        seeds.open(seed_page)
        assert seeds.text("#tab-graph") == "Graph"
        seeds.remember(seed_page, language="zh-Hant")
        seeds.open(seed_page)
        assert seeds.text("#tab-graph") == "圖譜"

    def test_dark_follows_the_system_and_the_button(self, page: Any, seed_page: Path) -> None:
        page.driver.get(seed_page.as_uri())
        page.run("localStorage.clear()")
        page.open(seed_page, dark=True)
        background = "return getComputedStyle(document.body).backgroundColor"
        assert page.run(background) == "rgb(23, 24, 26)"
        page.css("#theme").click()
        assert page.run(background) == "rgb(251, 250, 247)"

    def test_phone_width_has_no_sideways_scroll(self, seeds: Any, seed_page: Path) -> None:
        seeds.open(seed_page, "#entity=organization/deepseek", width=390, height=844)
        assert seeds.run("return document.documentElement.scrollWidth") <= 390
        wide = (
            "return [...document.querySelectorAll('#bar *, #panel *')]"
            ".filter((n) => n.checkVisibility() && n.getBoundingClientRect().right > 391)"
            ".map((n) => n.outerHTML.slice(0, 90))"
        )
        assert seeds.run(wide) == []
        seeds.css("#filter-toggle").click()
        seeds.wait("return document.querySelector('#filters input').getBoundingClientRect().left >= 0")

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("hash_", ["", "#entity=organization/deepseek", "#view=compare", "#view=timeline"])
    def test_contrast(self, page: Any, seed_page: Path, theme: str, hash_: str) -> None:
        page.remember(seed_page, theme=theme)
        page.open(seed_page, hash_)
        assert page.run(CONTRAST) == []

    def test_no_layout_shift_while_opening(self, page: Any, seed_page: Path) -> None:
        page.open(seed_page)
        shift = page.driver.execute_async_script(
            "const done = arguments[0]; let sum = 0;"
            "new PerformanceObserver((l) => l.getEntries().forEach((e) => { sum += e.value; }))"
            ".observe({ type: 'layout-shift', buffered: true });"
            "setTimeout(() => done(sum), 300);"
        )
        assert shift < 0.01


# Texts whose contrast with what lies behind them is under WCAG's AA (4.5, or 3 for large ones).
CONTRAST = """
const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
const behind = (n) => {
  for (let at = n; at; at = at.parentElement) {
    const c = parse(getComputedStyle(at).backgroundColor);
    if (c[3] === 1) return c;
  }
  return [255, 255, 255, 1];
};
const bad = [];
for (const n of document.querySelectorAll('#app *')) {
  const own = [...n.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
  if (!own || !n.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
  if (n.closest('[disabled], #status')) continue;
  const style = getComputedStyle(n);
  const [a, b] = [light(parse(style.color)), light(behind(n))].sort((x, y) => y - x);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < (large ? 3 : 4.5)) bad.push([n.textContent.slice(0, 30), n.className, ratio.toFixed(2)]);
}
return bad;
"""


class TestKeyboard:
    def test_graph_by_arrow_keys(self, seeds: Any) -> None:
        seeds.run("document.getElementById('network').focus()")
        seeds.keys(Keys.ARROW_RIGHT)
        seeds.wait("return document.getElementById('status').textContent.includes('DeepSeek')")
        seeds.keys(Keys.ENTER)
        seeds.wait(f"return {NAME} === 'DeepSeek'")
        seeds.keys(Keys.ESCAPE)
        seeds.wait("return document.getElementById('panel').dataset.kind === 'overview'")

    def test_tabs_by_arrow_keys(self, seeds: Any) -> None:
        seeds.run("document.getElementById('tab-graph').focus()")
        seeds.keys(Keys.ARROW_RIGHT)
        assert seeds.css("#tab-compare").get_attribute("aria-selected") == "true"

    def test_everything_pressable_has_a_name(self, seeds: Any, seed_page: Path) -> None:
        seeds.open(seed_page, "#entity=organization/deepseek")
        nameless = (
            "return [...document.querySelectorAll('button, input, a, [role=application], aside, nav')]"
            ".filter((n) => !(n.getAttribute('aria-label') || n.textContent.trim() || (n.labels && n.labels.length)))"
            ".map((n) => n.outerHTML.slice(0, 80))"
        )
        assert seeds.run(nameless) == []


class TestTakeAlong:
    """Downloads are caught where the page hands them to the browser."""

    CATCH = """
    window.taken = {};
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { const url = make(blob); window.taken[url] = blob; return url; };
    HTMLAnchorElement.prototype.click = function () {
      window.blob = window.taken[this.href];
      window.file = this.download;
    };
    """

    def take(self, page: Any, label: str) -> tuple[str, str]:
        page.run(self.CATCH)
        page.css("#export").click()
        [item for item in page.all("#export-menu button") if label in item.text][0].click()
        page.wait("return window.blob")
        read = (
            "const done = arguments[0]; const f = new FileReader();"
            "f.onload = () => done(f.result); f.readAsDataURL(window.blob);"
        )
        url = page.driver.execute_async_script(read)
        return page.run("return window.file"), url

    def text(self, url: str) -> str:
        import base64

        return base64.b64decode(url.partition(",")[2]).decode("utf-8")

    def test_png(self, seeds: Any) -> None:
        name, url = self.take(seeds, "PNG")
        assert name == "graph.png" and url.startswith("data:image/png;base64,") and len(url) > 20000

    def test_svg(self, seeds: Any) -> None:
        import xml.etree.ElementTree as ET

        name, url = self.take(seeds, "SVG")
        root = ET.fromstring(self.text(url))
        labels = [n.text for n in root.iter("{http://www.w3.org/2000/svg}text")]
        assert name == "graph.svg" and "DeepSeek" in labels and len(labels) > 20

    def test_csv(self, seeds: Any, seed_page: Path) -> None:
        import csv
        import io

        seeds.open(seed_page, "#entity=organization/deepseek")
        _, url = self.take(seeds, "CSV")
        rows = list(csv.DictReader(io.StringIO(self.text(url).removeprefix("\ufeff"))))
        island = seeds.island()
        by_id = {c["id"]: c for c in island["claims"]}
        assert rows and all(by_id[r["claim"]]["text"].replace("\n", " ") == r["evidence"].lstrip("'") for r in rows)

    def test_turtle_and_json_ld_say_the_same(self, seeds: Any, seed_page: Path) -> None:
        from pyoxigraph import RdfFormat, parse

        seeds.open(seed_page, "#entity=model/deepseek-v3")
        turtle = set(parse(self.text(self.take(seeds, "Turtle")[1]), format=RdfFormat.TURTLE))
        jsonld = set(parse(self.text(self.take(seeds, "JSON-LD")[1]), format=RdfFormat.JSON_LD))
        assert len(turtle) > 50
        assert {str(t) for t in turtle} == {str(t) for t in jsonld}

    def test_turtle_agrees_with_the_exported_graph(
        self, seeds: Any, seed_page: Path, seed_graph: Any, tmp_path: Path
    ) -> None:
        from pyoxigraph import RdfFormat, parse

        from kg.export.rdf import write_rdf

        write_rdf(seed_graph, tmp_path, ["ttl"], base_iri=seeds.island()["base"])
        exported = set(parse(path=str(tmp_path / "graph.ttl"), format=RdfFormat.TURTLE))
        seeds.open(seed_page, "#entity=model/deepseek-v3")
        taken = set(parse(self.text(self.take(seeds, "Turtle")[1]), format=RdfFormat.TURTLE))
        missing = sorted(str(q.triple) for q in taken - exported)
        assert missing == []


def test_the_legend_has_a_shape_for_every_type(seeds: Any) -> None:
    island = seeds.island()
    types = {e["type"] for e in island["entities"]}
    shapes = seeds.run(f"return {EACH}('[data-group=types] .glyph path', (p) => p.getAttribute('d'))")
    assert len(shapes) == len(types) == len(set(shapes))
