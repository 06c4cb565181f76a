"""The README's pictures of the page: `python docs/pictures.py OUT/graph.html` writes docs/page*.png."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
DOCS = Path(__file__).parent


def browser() -> Any:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*FLAGS, "--hide-scrollbars"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))


def picture(driver: Any, page: Path, name: str, hash_: str, width: int, height: int, ratio: float, theme: str) -> None:
    """One picture of the page at an address, in a window of the given size (CSS pixels) and pixel ratio."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get(page.as_uri())
    for key, value in (("theme", theme), ("language", "zh-Hans")):
        driver.execute_script("localStorage.setItem('newskg.' + arguments[0], arguments[1])", key, value)
    driver.get("about:blank")
    driver.get(page.as_uri() + hash_)
    time.sleep(1)
    driver.save_screenshot(str(DOCS / f"{name}.png"))


def main() -> None:
    page = Path(sys.argv[1]).resolve()
    driver = browser()
    try:
        driver.get(page.as_uri())
        island = json.loads(driver.execute_script("return document.getElementById('data').textContent"))
        disputed = {link["a"] for link in island["links"] if link["kind"] == "contradicts"}
        exact = [i for i, c in enumerate(island["claims"]) if c.get("op") == "=" and c["s"] is not None]
        claim = island["claims"][next(iter([i for i in exact if i in disputed] + exact))]["id"]
        picture(driver, page, "page", "", 1440, 900, 1, "light")
        picture(driver, page, "page-entity", "#entity=organization/deepseek", 1440, 900, 1, "light")
        picture(driver, page, "page-compare", "#view=compare", 1440, 620, 1, "light")
        picture(driver, page, "page-dark", f"#claim={claim}", 1440, 900, 1, "dark")
        picture(driver, page, "page-phone", "#entity=model/deepseek-v3", 390, 844, 1.5, "light")
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
