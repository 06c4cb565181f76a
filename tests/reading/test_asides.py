"""Captions that report, notes on the author and signed employers are read; labels, credits and bare bylines are not."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from kg.reading import asides, read_bytes
from kg.reading.blocks import Block, Line
from kg.reading.offsets import Mapped

DATA = tomllib.loads(files("kg").joinpath("data/reading/asides.toml").read_text(encoding="utf8"))
READERS = {"caption": asides.caption, "note": asides.note, "byline": asides.employer}
MATCH = [(kind, line, text) for kind in READERS for line, text in DATA[kind]["match"]]
PASS = [(kind, line) for kind in READERS for line in DATA[kind]["pass"]]

TITLE = "大模型创新的另一种可能"
FIRST = "自大模型横空出世以来,算力一直被认为是人工智能发展的最大瓶颈,各家公司都在拼命购买芯片。"
SECOND = "这家公司的做法给出了另一种答案,它用更少的芯片训练出了同样好的模型,并不断突破边界。"
CAPTION = "▲扎克伯格2024年7月表示,开源是AI未来的方向。(图源:上观新闻)"
SAID = "扎克伯格2024年7月表示,开源是AI未来的方向。"


def line(text: str) -> Line:
    return Line.of(Block("text", Mapped.of(text)))


def read(*lines: str):
    raw = "\n".join(lines)
    ((article,),) = (d.articles for d in read_bytes(raw.encode(), source="x.txt"))
    for s in article.sentences:  # what is read stands in the file where the map says
        start, end = article.offsets.span(s.start, s.end)
        there = raw[start:end].replace(CAPTION, "")
        assert "".join(there.split()) == "".join(article.text[s.start : s.end].split())
    return article, [(s.kind, article.text[s.start : s.end]) for s in article.sentences]


@pytest.mark.parametrize(("kind", "text", "said"), MATCH)
def test_read(kind, text, said):
    block = READERS[kind](line(text))
    assert block is not None
    assert (block.kind, block.line.text) == ("caption", said)


@pytest.mark.parametrize(("kind", "text"), PASS)
def test_not_read(kind, text):
    assert READERS[kind](line(text)) is None


@pytest.mark.parametrize(("text", "name"), DATA["note"]["named"])
def test_the_author_that_a_note_names(text, name):
    block = asides.note(line(text))
    assert block is not None
    assert asides.noted_author(block) == ([name] if name else [])


def test_a_caption_stands_where_it_stands_in_the_file():
    article, sentences = read(TITLE, FIRST, CAPTION, SECOND)
    assert sentences == [("title", TITLE), ("text", FIRST), ("caption", SAID), ("text", SECOND)]
    starts = [article.offsets.span(s.start, s.end)[0] for s in article.sentences]
    assert starts == sorted(starts)


def test_a_caption_within_a_sentence_is_left_out():
    half = "这家公司的做法给出了另一种答案。它用更少的芯片训练出了同样好的模"
    _, sentences = read(TITLE, FIRST, SECOND, half, CAPTION, "型,并不断突破边界。", FIRST)
    assert [text for kind, text in sentences if kind == "caption"] == []
    assert ("text", "它用更少的芯片训练出了同样好的模型,并不断突破边界。") in sentences


def test_a_note_on_the_author_is_the_last_sentence_and_the_byline_names_the_author():
    article, sentences = read(TITLE, "□ 石玉若", FIRST, SECOND, "(作者系中国地质科学院地质研究所研究员)")
    assert article.meta.authors == ("石玉若",)
    assert sentences[1] == ("caption", "石玉若")
    assert sentences[-1] == ("caption", "作者系中国地质科学院地质研究所研究员")


def test_a_note_that_names_the_author_gives_the_author():
    article, sentences = read(TITLE, FIRST, SECOND, "(本文作者石玉若系清华大学教授)")
    assert article.meta.authors == ("石玉若",)
    assert [text for kind, text in sentences if kind == "caption"] == ["本文作者石玉若系清华大学教授"]


def test_a_note_behind_the_credits_is_read():
    _, sentences = read(TITLE, "□ 石玉若", FIRST, SECOND, "相关阅读", "(作者系清华大学教授)")
    assert sentences[-1] == ("caption", "作者系清华大学教授")


def test_captions_and_bylines_behind_the_article_are_not_its_own():
    _, sentences = read(TITLE, FIRST, SECOND, "相关阅读", CAPTION, "新京报记者 张三")
    assert sentences == [("title", TITLE), ("text", FIRST), ("text", SECOND)]


def test_a_byline_is_read_for_its_employer_only():
    article, sentences = read(TITLE, "极目新闻评论员 徐汉雄", FIRST, SECOND)
    assert (article.meta.publisher, article.meta.authors) == ("极目新闻", ("徐汉雄",))
    assert sentences[:3] == [("title", TITLE), ("caption", "极目新闻评论员徐汉雄"), ("text", FIRST)]
    _, sentences = read(TITLE, "□ 徐汉雄", FIRST, SECOND)
    assert sentences[:2] == [("title", TITLE), ("text", FIRST)]
