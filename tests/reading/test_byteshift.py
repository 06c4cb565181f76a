"""Bytes of GBK that inserted pinyin shifted: broken texts come back, whole texts stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading import read_file
from kg.reading.byteshift import shifted_bytes
from kg.reading.offsets import Mapped
from kg.reading.pinyin import inserted_pinyin
from kg.reading.script import simplify
from tests.reading.breaker import break_run, sample_breaks, sample_pages

# Runs as they stand in a page of the web, and what stood there before they were broken.
WILD = [
    ("陷入了恐慌。”因?yàn)樵谇罢叩牡统杀靖吒杳瓦M(jìn)之下", "陷入了恐慌。”因為在前者的低成本高歌猛進之下"),
    (
        "AI觀察家們?cè)尞惒⑶腋械骄趩实氖牵酝鶠榱俗柚怪袊?guó)在人工智能",
        "AI觀察家們詫異并且感到沮喪的是，以往為了阻止中國在人工智能",
    ),
    ("而且因?yàn)樗峭耆_源的,它與美國的它們", "而且因為它是完全開源的,它與美國的它們"),
]


def read(text: str) -> str:
    mapped = Mapped.of(text)
    mapped = mapped.edit(shifted_bytes(mapped.text))
    return mapped.edit(inserted_pinyin(mapped.text)).text


@pytest.mark.parametrize(("broken", "whole"), WILD)
def test_in_the_wild(broken, whole):
    assert read(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "他问:这是什么?(笑)",
        "什么是guó)?没有人知道。",
        "為什麼?因為中國(guó)很大。",
        "OpenAI(AI)的模型(1.5b)有(圖源:網路)三個?",
        "真的嗎?yes) 是的",
        "",
    ],
)
def test_whole_texts_stay(text):
    assert shifted_bytes(text) == []


def test_a_run_without_end_stays():
    assert shifted_bytes("因?yàn)") == []
    assert shifted_bytes("因?yàn)" + "中" * 1000) == []


def test_map_of_a_run_is_monotone_and_inside():
    broken, whole = WILD[0]
    mapped = Mapped.of(broken)
    mapped = mapped.edit(shifted_bytes(broken))
    spans = [mapped.span(i, i + 1) for i in range(len(mapped.text))]
    assert all(x[0] <= y[0] and x[1] <= y[1] for x, y in zip(spans, spans[1:], strict=False))
    at = mapped.text.index("之下")
    assert broken[slice(*mapped.span(at, at + 2))] == "之下"


def test_the_breaker_breaks_as_the_page_did():
    broken = break_run("因為在前者的低成本高歌猛進,", 1)
    assert broken is not None
    assert broken[0].startswith("因?yàn)樵谇罢叩牡统杀靖吒杳")


TEXT = (
    "然而有一種可能是，基礎算力的無窮堆積不排除是階段性浪費，這種浪費不僅是芯片的過量使用，還有對電力的過量消耗。"
    "一個實際情況是，人類的現實需求是有限的，而且是獨特的，基礎算力應當與算法、數據形成最佳組合，而實現這樣的最優解，是真正的考驗。"
    "它以極低成本打開了探索的一個新方向，展示了新的可能性，在具體落地實現和理論創新之間找到了一個平衡路徑。"
)


@pytest.mark.parametrize("traditional", [True, False])
def test_synthetic_breaks_come_back(traditional):
    cases = sample_breaks(TEXT if traditional else simplify(TEXT), 20, seed=3, vanishing=False)
    assert len(cases) >= 10
    assert all(read(broken) == whole for broken, whole in cases)


def test_breaks_in_which_pairs_vanished_mostly_come_back():
    """What vanished is guessed from words, and two guesses may read as well (只能, 不能): a floor, not a promise."""
    cases = sample_breaks(TEXT, 12, seed=5, vanishing=True)
    assert len(cases) == 12
    assert sum(read(broken) == whole for broken, whole in cases) >= 11


SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.skipif(not SEEDS, reason="needs the seeds")
def test_runs_drawn_at_random_from_news():
    """Runs of any length wherever they fall: whole where no pair of bytes vanished, else as often as words tell."""
    from opencc import OpenCC

    texts = [a.text for path in SEEDS for d in read_file(path, source=path.name) for a in d.articles]
    pages = sample_pages(OpenCC("s2t").convert("\n".join(texts)), 40, seed=11)
    assert len(pages) == 40
    kept = [read(broken) == whole for broken, whole, vanished in pages if not vanished]
    lost = [read(broken) == whole for broken, whole, vanished in pages if vanished]
    assert len(kept) >= 15
    assert len(lost) >= 8
    assert sum(kept) >= 0.97 * len(kept)
    assert sum(lost) >= 0.9 * len(lost)
