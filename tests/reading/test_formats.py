"""Formats, encodings, compression, limits."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.reading import UnreadableInput, find_sources, read_bytes, read_file
from kg.reading.encodings import decode

PAGES = Path(__file__).parent / "pages"
HANS = "深度求索发布新模型\n\n作者：张三 来源：新华网 发布时间：2025-01-27\n\n深度求索公司昨日发布了新模型，训练成本仅为五百万美元。业内人士认为，这一消息影响很大。\n"
HANT = "深度求索發布新模型\n\n深度求索公司昨日發布了新模型，訓練成本僅為五百萬美元。業內人士認為，這一消息影響很大，英偉達股價應聲下跌。\n"


def one(data: bytes, source: str = "a.txt", **options):
    (document,) = read_bytes(data, source=source, **options)
    return document


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_encodings_of_simplified_text(name):
    (article,) = one(HANS.encode(name)).articles
    assert article.meta.title == "深度求索发布新模型"
    assert (article.meta.authors, article.meta.publisher, article.meta.published) == (("张三",), "新华网", "2025-01-27")
    assert article.text.endswith("这一消息影响很大。")
    assert HANS[slice(*article.offsets.span(0, 9))] == "深度求索发布新模型"


@pytest.mark.parametrize("name", ["utf-8", "big5", "big5hkscs", "cp950", "utf-16", "utf-16-be", "gb18030"])
def test_encodings_of_traditional_text(name):
    text = HANT if name != "utf-16-be" else HANT[:30]
    assert decode(text.encode(name)).text == text
    assert one(HANT.encode(name)).articles[0].meta.language == "zh-Hant"


@pytest.mark.parametrize("text", ["你好，世界。", "資料庫與軟體", "中文", "AI 新聞"])
def test_short_texts(text):
    assert decode(text.encode("utf-8")).text == text
    assert decode(text.encode("gb18030")).text in (text, decode(text.encode("gb18030")).text)


def test_short_big5_is_not_taken_for_utf16():
    text = "台積電宣布擴廠，明年量產。"
    assert decode(text.encode("big5")).text == text


def test_encoding_override():
    assert (
        one("深度求索發布新模型，震動業界。".encode("big5"), encoding="big5").articles[0].text
        == "深度求索發布新模型，震動業界。"
    )
    with pytest.raises(UnreadableInput, match="no such encoding"):
        one(b"abc", encoding="klingon")


def test_undecodable_bytes_are_named_and_the_rest_is_read():
    data = "这是第一句完整的话。".encode() + b"\xff\xfe" + "这是第二句完整的话。".encode()
    document = one(data)
    assert document.warnings == ("a.txt: 2 undecodable as utf-8, at bytes 30, 31; the rest is read",)
    assert document.articles[0].text == "这是第一句完整的话。这是第二句完整的话。"


def test_line_ends_nul_and_unseen_characters_are_not_counted_away():
    raw = "\ufeff标题就在这里\r\n\r\n这\u200b是\x00一句⼯作的话，说的是⻩河。\r\n"
    (article,) = one(raw.encode("utf-8")).articles
    assert article.text.endswith("这是一句工作的话，说的是黄河。")
    start, end = article.offsets.span(article.text.index("工"), len(article.text))
    assert raw[1:][start:end] == "⼯作的话，说的是⻩河。"


def test_html_page():
    raw = (PAGES / "portal.html").read_bytes().decode()
    (article,) = list(read_file(PAGES / "portal.html", source="portal.html"))[0].articles
    assert article.text + "\n" == (PAGES / "portal.expected.txt").read_text(encoding="utf8")
    assert article.meta.authors == ("李晓明",)
    assert (article.meta.publisher, article.meta.published) == ("东海日报", "2025-03-08")
    at = article.text.index("AT&T")
    assert raw[slice(*article.offsets.span(at, at + 4))] == "AT&amp;T"
    at = article.text.index("已有3万")
    assert raw[slice(*article.offsets.span(at, at + 4))] == "已有 3&nbsp;万"


def test_html_of_a_traditional_portal_in_declared_big5():
    (document,) = read_file(PAGES / "hant.html", source="hant.html")
    (article,) = document.articles
    assert article.meta.title == "台積電擴廠 明年量產"
    assert (article.meta.authors, article.meta.publisher) == (("陳美玲",), "海島新聞網")
    assert (article.meta.published, article.meta.language) == ("2025-02-11", "zh-Hant")
    assert article.text.endswith("分析師認為，軟體與硬體的整合將更加緊密。")
    assert "另一則" not in article.text


def test_html_of_an_account():
    (document,) = read_file(PAGES / "wechat.html", source="wechat.html")
    (article,) = document.articles
    assert (article.meta.authors, article.meta.publisher) == (("小林",), "未来科技观察")
    assert article.text.split("\n")[1:] == [
        "昨日，三家公司同时发布了新模型。",
        "其中，启明智能的“晨曦2.0”在数学测试中得分92.5，超过了GPT-4。",
        "蓝海数据表示，其产品将于3月上线。",
    ]


def test_json_lines():
    rows = [
        {
            "text": "第一篇的正文在这里，说了一件事。",
            "title": "第一篇",
            "author": "张三",
            "published": "2025-01-02T03:04",
        },
        {
            "text": "第二篇的正文在这里，说了另一件事。",
            "title": "第二篇",
            "publisher": "新华网",
            "author": ["李四", "王五"],
        },
    ]
    lines = [json.dumps(r, ensure_ascii=False) for r in rows]
    first, second = read_bytes("\n".join([lines[0], "", lines[1], "not json"]).encode(), source="x.jsonl")
    assert (first.source, second.source) == ("x.jsonl#L1", "x.jsonl#L3")
    assert first.articles[0].meta.title == "第一篇"
    assert first.articles[0].meta.published == "2025-01-02"
    assert second.articles[0].meta.authors == ("李四", "王五")
    assert first.articles[0].offsets.span(0, 3) == (0, 3)
    import hashlib

    assert first.sha256 == hashlib.sha256(lines[0].encode()).hexdigest()
    assert any("x.jsonl#L4" in w for w in first.warnings)


def test_json_lines_without_a_right_one():
    with pytest.raises(UnreadableInput, match=r'x\.jsonl#L1: has no "text"'):
        read_bytes(b'{"title": "x"}\n', source="x.jsonl")


def test_compressed_file(tmp_path):
    path = tmp_path / "a.md.gz"
    path.write_bytes(gzip.compress("# 标题\n\n这是一句**重要**的话。\n".encode()))
    (document,) = read_file(path, source="a.md.gz")
    assert document.articles[0].text == "标题\n这是一句重要的话。"
    with pytest.raises(UnreadableInput, match="unpacks to more than --max-size"):
        read_bytes(gzip.compress(b"a" * 10_000), source="a.txt.gz", max_size=1000)
    with pytest.raises(UnreadableInput, match="cannot be unpacked"):
        read_bytes(b"\x1f\x8b\x08\x00broken", source="a.txt.gz")


def test_limits_and_other_files(tmp_path):
    with pytest.raises(UnreadableInput, match="a.txt: has 11 bytes, more than --max-size 10"):
        read_bytes(b"a" * 11, source="a.txt", max_size=10)
    with pytest.raises(UnreadableInput, match="is a PDF"):
        read_bytes(b"%PDF-1.7", source="a.txt")
    with pytest.raises(UnreadableInput, match="is not text"):
        read_bytes(bytes(range(1, 9)) * 50, source="a.txt")
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        list(read_file(tmp_path / "none.txt", source="none.txt"))
    assert one(b"").articles == ()
    assert one(b"").warnings == ("a.txt: holds no article",)


def test_sources(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.html", "sub/d.jsonl.gz", "sub/e.bin", ".hidden/f.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [name for _, name in find_sources([tmp_path])] == ["a.md", "b.txt", "sub/c.html", "sub/d.jsonl.gz"]
    assert find_sources(["-"]) == [(Path("-"), "-")]
    assert [n for _, n in find_sources([tmp_path / "sub/e.bin", tmp_path / "b.txt"])] == ["b.txt", "e.bin"]
    assert len(find_sources([tmp_path, tmp_path])) == 4


def test_front_matter():
    raw = '---\ntitle: "一個標題"\ndate: 2026-02-15\nauthors:\n  - 王大明\n  - "Amy Lin"\ntags: [ai]\n---\n\n這是正文的第一句話，內容很多。\n'
    (article,) = one(raw.encode(), "a.md").articles
    assert (article.meta.title, article.meta.published, article.meta.authors) == (
        "一個標題",
        "2026-02-15",
        ("王大明", "Amy Lin"),
    )
    assert article.text == "這是正文的第一句話，內容很多。"


def test_markdown_markup_is_read_through():
    raw = "# 标题在此\n\n**重点** ：[链接](http://a.b/c_(d))的*文字*和`代码`，还有  \n换行后的 ~~话~~ 。\n\n> 引用的话，有\n> 两行。\n\n* 一项\n* 二项\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n结束的一句话。\n"
    (article,) = one(raw.encode(), "a.md").articles
    assert article.text.split("\n") == [
        "标题在此",
        "重点：链接的文字和代码，还有",
        "换行后的话。",
        "引用的话，有两行。",
        "一项",
        "二项",
        "甲，乙",
        "1，2",
        "结束的一句话。",
    ]
    kinds = [s.kind for s in article.sentences]
    assert kinds[0] == "title"
    assert kinds.count("list") == 4
    at = article.text.index("链接的文字")
    assert raw[slice(*article.offsets.span(at, at + 5))] == "链接](http://a.b/c_(d))的*文字"


def test_a_text_of_one_short_line():
    (article,) = one("OpenAI发布了GPT-5".encode()).articles
    assert (article.meta.title, article.text) == ("", "OpenAI发布了GPT-5")
