"""Every rule of `furniture.toml` passes its own examples."""

from __future__ import annotations

import pytest

from kg.reading.blocks import Block, Line
from kg.reading.furniture import inline_caption, line_effect
from kg.reading.offsets import Mapped
from kg.reading.rules import line_rules, promotion

RULES = line_rules()


def line(text: str) -> Line:
    return Line.of(Block("text", Mapped.of(text)))


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES for t in r.match], ids=lambda v: getattr(v, "id", v))
def test_matches(rule, text):
    assert rule.pattern.match(line(text).norm), f"{rule.id} does not match its own example"
    assert not rule.ends or text.endswith(rule.ends), f"{rule.id} needs what its own example has not"
    assert not rule.needs or any(word in text for word in rule.needs), f"{rule.id} needs what its own example has not"
    assert line_effect(line(text)) is not None


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES for t in r.passes], ids=lambda v: getattr(v, "id", v))
def test_passes(rule, text):
    assert line_effect(line(text)) is None


def test_rules_are_named_once_and_capture_nothing():
    assert len({r.id for r in RULES}) == len(RULES)
    assert all(r.pattern.groups == 0 for r in RULES)


@pytest.mark.parametrize("text", promotion().match)
def test_promotion(text):
    assert promotion().pattern.search(text)


@pytest.mark.parametrize("text", promotion().passes)
def test_no_promotion(text):
    assert not promotion().pattern.search(text)


def test_caption_at_the_front_of_a_paragraph():
    block = Block("text", Mapped.of("DeepSeek火出了圈(视频截图)在中国传统文化中,蛇是智慧与吉祥的象征。"))
    assert inline_caption(block).line.text == "在中国传统文化中,蛇是智慧与吉祥的象征。"
    assert inline_caption(block).line.span(0, 1) == (18, 19)
    untouched = Block("text", Mapped.of("模型(来源:开源社区)的代码很长,读起来并不容易,但是值得。"))
    assert inline_caption(untouched).line.text.endswith("值得。")
