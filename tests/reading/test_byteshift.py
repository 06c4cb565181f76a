"""Bytes of GBK that inserted pinyin shifted: broken texts come back, whole texts stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading import read_file
from kg.reading.byteshift import shifted_bytes
from kg.reading.offsets import Mapped
from kg.reading.pinyin import inserted_pinyin
from tests.reading.breaker import Damage, break_page, come_back, sample_pages, table_of

# Runs as they stand in a page of the web, and what stood there before they were broken.
WILD = [
    ("陷入了恐慌。”因?yàn)樵谇罢叩牡统杀靖吒杳瓦M(jìn)之下", "陷入了恐慌。”因為在前者的低成本高歌猛進之下"),
    (
        "AI觀察家們?cè)尞惒⑶腋械骄趩实氖牵酝鶠榱俗柚怪袊?guó)在人工智能",
        "AI觀察家們詫異并且感到沮喪的是，以往為了阻止中國在人工智能",
    ),
    ("而且因?yàn)樗峭耆_源的,它與美國的它們", "而且因為它是完全開源的,它與美國的它們"),
    # A letter that makes a character of the table with the byte before it: only pinyin was put in.
    ("在自O(shè)penAI離職之后，F(xiàn)acebook的第一款A(yù)I，", "在自OpenAI離職之后，Facebook的第一款AI，"),
    # Ended by a character with pinyin; by a line end that is lost.
    ("一個恰當?shù)念惐染褪侨祟悓?duì)待動(dòng)物的方式。", "一個恰當的類比就是人類對待動物的方式。"),
    ("而且他們?nèi)蝿谌卧埂?追求極致的人會(kuò)收穫(huò)成果。", "而且他們任勞任怨。\n追求極致的人會收穫成果。"),
    # A pair of the run is no character.
    ("我們從(zōng)每?cōng)?说囊?shì)角看這個問題。", "我們從每個人的視角看這個問題。"),
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
    page = break_page("因為在前者的低成本高歌猛進之下，", {"驗": "yàn", "進": "jìn"})
    assert page.shown == "因?yàn)樵谇罢叩牡统杀靖吒杳瓦M(jìn)之下，"
    assert page.runs == (Damage(1, 13, 0, swallowed=False),)
    page = break_page("為了阻止中國在人工智能領域", {"國": "guó", "現": "xiàn"})
    assert page.shown == "為了阻止中國(guó)在人工智能領域"
    assert page.runs == ()
    page = break_page("，Facebook，", {"現": "xiàn"})
    assert page.shown == "，F(xiàn)acebook，"
    assert page.runs == (Damage(2, 2, 0, swallowed=False),)


SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.mark.skipif(not SEEDS, reason="needs the seeds")
def test_pages_of_news():
    """Pages broken with tables drawn at random; what a lost digit was cannot be told, all else mostly."""
    from opencc import OpenCC

    texts = [a.text for path in SEEDS for d in read_file(path, source=path.name) for a in d.articles]
    pages = sample_pages(OpenCC("s2t").convert("\n".join(texts)), 30, seed=11)
    runs = [(r, whole) for page in pages for r, whole in zip(page.runs, come_back(page, read(page.shown)), strict=True)]
    kept = [whole for run, whole in runs if not run.lost and not run.swallowed]
    assert len(pages) == 30
    assert len(kept) >= 40
    assert sum(kept) >= 0.98 * len(kept)
    assert sum(whole for _, whole in runs) >= 0.9 * len(runs)


def test_a_page_shows_its_table():
    page = "中國(guó)的(AI)陷入了恐慌。”因?yàn)樵谇罢叩模^察家們?cè)尞惒⑶?"
    assert table_of(page) == {"國": "guó", "驗": "yàn", "冊": "cè"}
