"""No input hangs or crashes reading, and whatever comes out is the image of spans of the file."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.reading import UnreadableInput, read_bytes

NAMES = ("x.txt", "x.md", "x.html", "x.jsonl", "x")
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class=nav>", "<!--", "-->", "<script>", "</script", "<a href='", '"', ">", "&amp;", "&#x4e2d;", "&",
        "# ", "## ", "**", "[", "](http://a/b)", "![", "> ", "* ", "|---|", "```", "---\n", "\n", "\n\n", "  \n", "\r\n", "\\",
        "國(guó)", "因?yàn)樵谇罢叩牡统杀", "?guó)", "(yàn)", "ä¸", "锛銆", "\u200b", "\0", "\ufeff", "\ue000", "⼯", "\u2028",
        "作者:张三", "来源:新华网 2025-01-27", "□ 陈杰", "新华社北京1月27日电（记者 张三）", "相关阅读", "— 完 —", "图1:架构", "“", "”", "「", "」", '"', "'",
        "。", "，", "……", "！", "这是一句话，很普通。", "OpenAI 发布了 GPT-5", "2025年1月27日", "　　", " ", "中", "a", "1.5", "{\"text\": \"这是一句话。\"}",
    ]
)  # fmt: skip


def check(document, text: str) -> None:
    for article in document.articles:
        assert len(article.text) == len(article.norm)
        assert 0 <= article.meta.start <= article.meta.end <= len(text)
        last = (0, 0)
        for i in range(len(article.text)):
            span = article.offsets.span(i, i + 1)
            assert 0 <= span[0] <= span[1] <= len(text)
            assert last[0] <= span[0] and last[1] <= span[1]
            last = span
        end = 0
        for s in article.sentences:
            assert end <= s.start < s.end <= len(article.text)
            assert all(s.start <= a < b <= s.end for a, b in s.quotes)
            end = s.end


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(NAMES[:3]))
def test_any_mixture_of_noise(text, name):
    try:
        (document,) = read_bytes(text.encode("utf-8", "replace"), source=name)
    except UnreadableInput:
        assert "\0" in text, "only NUL bytes make such a mixture anything but text"
        return
    check(document, text.removeprefix("\ufeff"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(NAMES))
def test_any_bytes(data, name):
    try:
        for document in read_bytes(data, source=name):
            assert document.source.startswith(name)
    except UnreadableInput as problem:
        assert str(problem).startswith(name)


LONG = {
    "open tags": "<div>" * 20_000,
    "open quote in a tag": '<a href="' * 20_000,
    "angle brackets": "<" * 60_000,
    "comments": "<!--" * 20_000,
    "ampersands": "&" * 60_000,
    "brackets": "[" * 60_000,
    "images": "![" * 30_000,
    "links": "[a](" * 20_000,
    "stars": "*" * 60_000,
    "quotation marks": "“" * 60_000,
    "straight quotation marks": '"' * 60_001,
    "closing marks": "”。" * 30_000,
    "spaces": "a" + " " * 60_000 + "中",
    "line ends": "\n" * 60_000,
    "one line": "中" * 60_000,
    "latin": "a" * 60_000,
    "digits": "1" * 60_000,
    "dates": "2025-01-27 " * 6_000,
    "colons": "作者:" * 20_000,
    "bylines": "张三 " * 20_000,
    "pinyin": "(guó)" * 12_000,
    "shifted": "因?yàn)樵" * 400,
    "latin mojibake": "ä" * 60_000,
    "gbk mojibake": "锛銆" * 30_000,
    "short lines": "中文,\n" * 15_000,
    "headings": "标题\n" * 15_000,
    "dotted": "." * 60_000,
    "front matter": "---\n" + "a: b\n" * 12_000,
    "tables": "|a" * 30_000,
    "block quotes": ">" * 60_000,
    "backticks": "`" * 60_000 + "\n",
    "captions": "图" * 50_000 + "(图片来源:",
    "parentheses": "（" * 60_000,
}


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html"])
@pytest.mark.parametrize("kind", LONG)
def test_long_and_hostile_inputs_take_no_long_time(kind, name):
    began = time.process_time()
    list(read_bytes(LONG[kind].encode(), source=name))
    assert time.process_time() - began < 60, "about 60 kB: what does not hang takes a second"
