"""Sentences: a saying and its speaker stay together; titles, headings and list items stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.sentences import outer_quotes, split_sentences

CASES = {
    "他来了。她走了。": ["他来了。", "她走了。"],
    "他说:“好的。我来。”然后走了。": ["他说:“好的。我来。”", "然后走了。"],
    "“好的。”他说。天黑了。": ["“好的。”他说。", "天黑了。"],
    "“好的。”天黑了,下起了雨,路上没有一个人。": ["“好的。”", "天黑了,下起了雨,路上没有一个人。"],
    "他说:“好的。”天黑了。": ["他说:“好的。”", "天黑了。"],
    "“好的。”李明对记者说,“我们会来。”天黑了。": ["“好的。”李明对记者说,“我们会来。”", "天黑了。"],
    "真的吗?真的!": ["真的吗?", "真的!"],
    "他说“可以”。她说“不行”。": ["他说“可以”。", "她说“不行”。"],
    "成本为3.5亿美元。": ["成本为3.5亿美元。"],
    "Yahoo!Japan来了。": ["Yahoo!Japan来了。"],
    "等等……还有呢": ["等等……", "还有呢"],
    "他问:“为什么?”": ["他问:“为什么?”"],
    "(据1月27日报道)": ["(据1月27日报道)"],
    "‘里面。’外面。": ["‘里面。’", "外面。"],
    "没有句号": ["没有句号"],
}


@pytest.mark.parametrize("text", CASES)
def test_split(text):
    assert [text[s.start : s.end] for s in split_sentences(text, [(0, len(text), "text")])] == CASES[text]


def test_titles_and_headings_are_one_sentence():
    text = "谷歌来了!性能翻倍"
    for kind in ("title", "heading"):
        (sentence,) = split_sentences(text, [(0, len(text), kind)])
        assert (sentence.start, sentence.end, sentence.kind) == (0, len(text), kind)


def test_quotes_are_the_outermost_ones():
    text = "他说“为世界贡献了‘智慧’。”又说“好”。"
    assert [text[a:b] for a, b in outer_quotes(text, 0, len(text))] == ["为世界贡献了‘智慧’。", "好"]
    text = "“这一段没有关上的引号,下一段还有"
    assert [text[a:b] for a, b in outer_quotes(text, 0, len(text))] == [text[1:]]


@given(st.text("他说,:。!?…“”‘’ aA1", max_size=60), st.integers(0, 60))
def test_sentences_cover_the_paragraphs(text, cut):
    cut = min(cut, len(text))
    sentences = split_sentences(text, [(0, cut, "text"), (cut, len(text), "list")])
    end = 0
    for s in sentences:
        assert text[end : s.start].strip() == ""
        assert s.start < s.end
        assert all(s.start <= a < b <= s.end for a, b in s.quotes)
        end = s.end
    assert text[end:].strip() == ""
