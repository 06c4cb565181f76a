"""A headless chromium, and the pages that the browser tests open in it.

The tests are skipped where Debian's chromium or chromedriver is missing, and fail there in CI (`CI=true`).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.export.page import write_page
from kg.graph.build import KnowledgeGraph, build_graph
from kg.pipeline import Outcome

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


# The middle of the largest square of one colour on the canvas, in its own pixels.
LARGEST_MARK = """(colour) => {
  const canvas = document.querySelector('#network canvas');
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const run = new Uint16Array(width * height);
  let best = [0, 0, 0];
  for (let y = 1; y < height; y += 1) for (let x = 1; x < width; x += 1) {
    const at = y * width + x;
    if (colour.some((c, k) => data[4 * at + k] !== c)) continue;
    run[at] = 1 + Math.min(run[at - 1], run[at - width], run[at - width - 1]);
    if (run[at] > best[0]) best = [run[at], x, y];
  }
  const scale = canvas.clientWidth / width;
  return best[0] > 4 ? [(best[1] - best[0] / 2) * scale, (best[2] - best[0] / 2) * scale] : null;
}"""


class Page:
    """One tab: opens addresses, runs scripts, and remembers what the browser complained of or asked the network for."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, file: Path, hash_: str = "", *, width: int = 1440, height: int = 900, dark: bool = False) -> None:
        scheme = "dark" if dark else "light"
        media = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get("about:blank")
        self.driver.get(file.as_uri() + hash_)
        self.wait("return document.documentElement.dataset.ready === 'yes'")

    def remember(self, file: Path, **settings: str) -> None:
        """Set what the page keeps between visits (language, theme)."""
        self.driver.get(file.as_uri())
        for key, value in settings.items():
            self.run("localStorage.setItem('newskg.' + arguments[0], arguments[1])", key, value)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, script: str, seconds: float = 10) -> Any:
        from selenium.webdriver.support.wait import WebDriverWait

        return WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda d: d.execute_script(script))

    def css(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def text(self, selector: str) -> str:
        """The text of an element, with every run of white space as one space."""
        return " ".join(str(self.run("return document.querySelector(arguments[0]).textContent", selector)).split())

    def keys(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def click_mark(self, colour: tuple[int, int, int], *, double: bool = False) -> None:
        """Click the largest mark of a colour on the canvas."""
        from selenium.webdriver.common.action_chains import ActionChains

        x, y = self.wait(f"return ({LARGEST_MARK})({json.dumps(colour)})")
        canvas = self.css("#network canvas")
        size = canvas.size
        actions = ActionChains(self.driver).move_to_element_with_offset(
            canvas, round(x - size["width"] / 2), round(y - size["height"] / 2)
        )
        (actions.double_click() if double else actions.click()).perform()

    def complaints(self) -> list[str]:
        """Errors and warnings in the console, without the driver's own remarks on software WebGL."""
        logged = [entry["message"] for entry in self.driver.get_log("browser")]
        return [m for m in logged if "WebGL" not in m and "GL Driver" not in m]

    def requests(self) -> list[str]:
        """Addresses asked for since the last call, without the page itself and what it carries inside."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return [u for u in found if not u.startswith(("data:", "blob:", "about:")) and not u.endswith(".html")]

    def island(self) -> Any:
        return self.run("return JSON.parse(document.getElementById('data').textContent)")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        missing = "chromium or chromedriver is missing: the page is not tested in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(tmp_path_factory.mktemp("downloads"))})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    """A tab. After each test: no complaint in the console, and no request that left the page."""
    browser.get("about:blank")
    tab = Page(browser)
    tab.complaints(), tab.requests()
    yield tab
    assert tab.complaints() == []
    assert tab.requests() == []


@pytest.fixture(scope="session")
def seed_graph(seed_outcomes: list[Outcome]) -> KnowledgeGraph:
    return build_graph([r for o in seed_outcomes for r in o.records])


@pytest.fixture(scope="session")
def seed_page(
    seed_graph: KnowledgeGraph, seed_outcomes: list[Outcome], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The page of the five seed files."""
    file = tmp_path_factory.mktemp("seeds") / "graph.html"
    write_page(seed_graph, file, articles=[t for o in seed_outcomes for t in o.texts])
    return file
