"""Noise does not change what is read: the same sentences come out of a text however it was disturbed."""

from __future__ import annotations

import pytest

from kg.reading import read_bytes
from kg.reading.script import simplify
from tests.reading.breaker import reading_of

TEXT = """国产大模型的又一次突围

1月20日，星河科技公司发布了新一代开源模型“远帆-2”。公司首席执行官王远说：“我们用了不到600万美元，就训练出了这个模型。这在两年前是难以置信的。”

业内人士认为，该模型的性能接近GPT-4o，价格却只有后者的十分之一。截至2月8日，它的日活跃用户已经超过2000万人，Jack Clark等研究人员也公开称赞了它。

技术路线的选择

清华大学教授李明在接受《科学日报》采访时表示，“算法的优化能弥补算力的不足”，随着H800 GPU的出口受到限制，国内公司不得不另辟蹊径。

与此同时，百度、阿里巴巴和腾讯都宣布接入该模型；华为则用昇腾910B芯片完成了适配，训练成本比上一代降低了40%。

“开源不是目的，而是手段。”王远在社交平台上写道，“真正的竞争才刚刚开始。”分析师预计，到2026年，全球将有15%的企业采用类似的模型。
"""


def sentences(text: str) -> list[str]:
    (document,) = read_bytes(text.encode(), source="a.txt")
    (article,) = document.articles
    for s in article.sentences:
        start, end = article.offsets.span(s.start, s.end)
        assert 0 <= start < end <= len(text)
    return [simplify(article.norm[s.start : s.end]) for s in article.sentences]


def wrapped(text: str, size: int, gap: str = "\n") -> str:
    lines = text.split("\n")
    return "\n".join(gap.join(line[i : i + size] for i in range(0, len(line), size)) for line in lines)


def traditional(text: str) -> str:
    from opencc import OpenCC

    return OpenCC("s2t").convert(text)


def widened(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def with_pinyin(text: str) -> str:
    marked = [c + f"({reading_of(c)})" if reading_of(c) and i % 3 == 0 else c for i, c in enumerate(text)]
    return "".join(marked)


NOISE = {
    "traditional": traditional,
    "pinyin": with_pinyin,
    "pinyin in traditional": lambda t: with_pinyin(traditional(t)),
    "wrapped at 30": lambda t: wrapped(t, 30),
    "wrapped at 38": lambda t: wrapped(t, 38),
    "wide latin": widened,
    "spaces": lambda t: "".join(c + " " if "一" <= c <= "鿿" else c for c in t),
    "indented": lambda t: "\n".join("　　" + line if line else line for line in t.split("\n")),
    "one paragraph a line": lambda t: t.replace("\n\n", "\n"),
    "CRLF": lambda t: t.replace("\n", "\r\n"),
    "zero width": lambda t: "".join(c + "\u200b" if i % 5 == 0 else c for i, c in enumerate(t)),
    "NUL": lambda t: "".join(c + "\0" if i % 7 == 0 else c for i, c in enumerate(t)),
    "read as Latin-1": lambda t: t.encode().decode("latin-1"),
    "layout in a sentence": lambda t: t.replace("随着H800", "\n\n\n\n新模型发布会的现场。\n视觉中国供图\n\n随着H800"),
    "blank line in a sentence": lambda t: t.replace("随着H800", "\n\n随着H800"),
    "radicals": lambda t: t.replace("工", "⼯").replace("用", "⽤").replace("人", "⼈"),
}


@pytest.mark.parametrize("kind", NOISE)
def test_noise_changes_nothing(kind):
    assert sentences(NOISE[kind](TEXT)) == sentences(TEXT)


def test_the_undisturbed_text():
    read = sentences(TEXT)
    assert read[0] == "国产大模型的又一次突围"
    assert len(read) == 10
    assert read[2] == "公司首席执行官王远说:“我们用了不到600万美元,就训练出了这个模型。这在两年前是难以置信的。”"
    assert read[-2] == "“开源不是目的,而是手段。”王远在社交平台上写道,“真正的竞争才刚刚开始。”"
    assert read[5] == "技术路线的选择"
