"""Noise does not change the graph: the seeds' articles, disturbed, give the entities and relations of the clean text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.document import CleanArticle
from kg.pipeline import extract
from kg.reading import read_bytes, read_file
from kg.reading.script import simplify
from tests.reading.breaker import sample_pages
from tests.reading.test_noise import NOISE, traditional

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ARTICLES = [a for path in SEEDS for d in read_file(path, source=path.name) for a in d.articles]
pytestmark = pytest.mark.skipif(not ARTICLES, reason="needs the seeds")


def other_script(article: CleanArticle) -> str:
    return simplify(article.text) if article.meta.language == "zh-Hant" else traditional(article.text)


def shifted(article: CleanArticle) -> str:
    text = article.text if article.meta.language == "zh-Hant" else traditional(article.text)
    pages = sample_pages(text, 1, seed=2, window=2 * len(text))
    return pages[0].shown if pages else text


KINDS = {"other script": other_script, "bytes shifted": shifted} | {
    kind: (lambda article, noise=NOISE[kind]: noise(article.text)) for kind in ("pinyin", "wrapped at 30", "wide latin")
}


def graph(text: str) -> Counter[tuple[str, ...]]:
    """The mentions and the relations of a text, as often as it has them."""
    (document,) = read_bytes(text.encode(), source="a.txt")
    record = extract(document)
    mentions = [("mention", e.id, m.kind) for e in record.entities for m in e.mentions]
    relations = [(r.subject, r.predicate, r.object, r.modality, r.holder) for r in record.relations]
    return Counter(mentions + relations)


@pytest.fixture(scope="module")
def undisturbed() -> list[Counter[tuple[str, ...]]]:
    return [graph(article.text) for article in ARTICLES]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_noise_does_not_change_the_graph(kind, undisturbed):
    disturbed = [graph(KINDS[kind](article)) for article in ARTICLES]
    for only in (True, False):
        same = size = 0
        for before, after in zip(undisturbed, disturbed, strict=True):
            a, b = (Counter({k: n for k, n in g.items() if (k[0] == "mention") == only}) for g in (before, after))
            same, size = same + (a & b).total(), size + a.total() + b.total()
        assert size
        assert 2 * same / size >= 0.98
