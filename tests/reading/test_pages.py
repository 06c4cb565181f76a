"""Whole pages as sites and papers give them (made up after real ones): what is read of each, as data (`pages.json`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.reading import read_bytes

PAGES = json.loads((Path(__file__).parent / "pages.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p["file"])
def test_page(page):
    (document,) = read_bytes(page["raw"].encode(), source=page["file"])
    got = [
        {
            "title": a.meta.title,
            "authors": list(a.meta.authors),
            "publisher": a.meta.publisher,
            "published": a.meta.published,
            "language": a.meta.language,
            "text": a.text.split("\n"),
        }
        for a in document.articles
    ]
    assert got == page["articles"]
