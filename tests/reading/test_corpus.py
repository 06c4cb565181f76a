"""What reading makes of the shared corpus and the gold annotations (skipped where they are not at hand)."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from kg.reading import read_file
from kg.reading.byteshift import shifted_bytes
from kg.reading.characters import lookalikes
from kg.reading.script import simplify

SHARED = Path(__file__).parents[3] / "shared"
CORPUS = sorted((SHARED / "corpus" / "wechat").glob("*.md"))
GOLD = [
    (
        path,
        (SHARED / "seeds" if path.parent.name == "seeds" else path.parent) / json.loads(path.read_text("utf8"))["doc"],
    )
    for path in sorted((SHARED / "gold").glob("*/*.gold.json"))
]


def plain(text) -> str:
    return re.sub(r"[\W_]+", "", simplify(str(text or ""))).casefold()


@pytest.mark.skipif(not CORPUS, reason="needs ../shared/corpus")
def test_every_text_of_the_corpus():
    for path in CORPUS:
        raw = path.read_bytes().decode("utf-8-sig")
        assert shifted_bytes(raw) == [], f"{path.name}: an undamaged text was changed"
        (document,) = read_file(path, source=path.name)
        (article,) = document.articles
        assert article.meta.title
        assert article.meta.published
        assert len(article.text) == len(article.norm)
        assert "mmbiz.qpic.cn" not in article.text
        last = (0, 0)
        for s in article.sentences:
            span = article.offsets.span(s.start, s.end)
            assert last[0] <= span[0] < span[1] <= len(raw)
            last = span
            first = article.text[s.start]
            there = unicodedata.normalize("NFKC", raw[span[0]])
            same = unicodedata.normalize("NFKC", first) == there or first == "，" or lookalikes(raw[span[0]])
            assert same, f"{path.name}: {article.text[s.start : s.end][:20]}"


@pytest.mark.skipif(not GOLD, reason="needs ../shared/gold")
@pytest.mark.parametrize(("gold", "path"), GOLD, ids=lambda p: p.name[:3])
def test_articles_and_metadata_as_in_the_gold(gold, path):
    wanted = json.loads(gold.read_text("utf8"))["articles"]
    (document,) = read_file(path, source=path.name)
    raw = path.read_bytes().decode("utf-8-sig")
    assert [plain(a.meta.title) for a in document.articles] == [plain(a["title"]) for a in wanted]
    for article, want in zip(document.articles, wanted, strict=True):
        assert list(map(plain, article.meta.authors)) == list(map(plain, want["authors"]))
        assert plain(article.meta.publisher) == plain(want["publisher"])
        assert article.meta.published == want["published"]
        body = plain([article.text[s.start : s.end] for s in article.sentences if s.kind not in ("title", "caption")])
        assert plain(want["first"])[:8] in body[:80]
        assert body.endswith(plain(want["last"])[-8:])
        assert raw[article.meta.start : article.meta.end].strip()


@pytest.mark.skipif(not GOLD, reason="needs ../shared/gold")
@pytest.mark.parametrize(("gold", "path"), GOLD, ids=lambda p: p.name[:3])
def test_no_boilerplate_is_left(gold, path):
    (document,) = read_file(path, source=path.name)
    texts = "\n".join(plain(a.text) for a in document.articles)
    titles = {plain(a.meta.title) for a in document.articles}
    left = [b for b in json.loads(gold.read_text("utf8")).get("boilerplate", []) if len(plain(b)) > 3]
    assert [b for b in left if plain(b) in texts and plain(b) not in titles] == []
