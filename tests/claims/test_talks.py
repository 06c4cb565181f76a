"""Talks given whole: whose they are, where they begin and end, and what is none. All texts are made up."""

from __future__ import annotations

import pytest

from kg.claims.attribution import attribute
from tests.claims.annotated import annotate, reference

NAMES = {"刘伟": "Person", "李国杰": "Person", "某某公司": "Organization"}
WORDS = """我从小就喜欢数学,后来才转到计算机这个行业里来,一做就是很多年。
我们花了十年时间才做出第一台机器,当时身边没有人相信我们能够成功。
如果重新来一次,我会把更多的时间留给年轻的工程师和他们的机器。"""
BROUGHT = (
    "以下是刘伟的演讲全文:",
    "以下为刘伟演讲全文",
    "下面是刘伟博客的译文。",
    "刘伟在年会上发表了关于机器的演讲。",
)


@pytest.mark.parametrize("line", BROUGHT)
def test_a_talk_is_said_by_its_speaker(line: str) -> None:
    text = f"大会在北京开了三天,来了很多人。\n{line}\n{WORDS}"
    a = attribute(annotate(text, NAMES))
    talk = [s for s in a.statements if s.rule == "talk.sentence"]
    assert {(s.holder, s.mode) for s in talk} == {(reference("刘伟", NAMES), "direct")}
    assert [s.content for s in talk] == WORDS.split("\n")
    assert a.holder(text.index("十年")) == reference("刘伟", NAMES)
    assert a.holder(text.index("三天")) == "author"


@pytest.mark.parametrize(
    "text",
    [
        WORDS,  # nobody is said to talk
        f"刘伟和李国杰在年会上发表了演讲。\n{WORDS}",  # which of two?
        f"以下是刘伟的采访全文:\n{WORDS}",
        "刘伟在年会上发表了演讲。\n" + WORDS.replace("我们", "公司").replace("我", "他"),
        "刘伟在年会上发表了演讲。\n" + "\n".join(f"{line}刘伟说到这里笑了。" for line in WORDS.split("\n")),
    ],
)
def test_what_is_no_talk(text: str) -> None:
    assert not [s for s in attribute(annotate(text, NAMES)).statements if s.rule == "talk.sentence"]


ESSAY = """我从小就喜欢数学,后来才转到计算机这个行业里来,一做就是很多年。
机器的价格一直在下降,十年以前要一百万元的机器,今天只要一万元就能买到。
很多人问机器会不会思考,这个问题其实没有什么意义,有意义的是它能做什么。
年轻的工程师应该多读一些老的书,书里的很多想法到今天还没有过时,这很可惜。"""


@pytest.mark.parametrize(
    "line",
    [
        "今天分享的内容来自于某某公司创始人刘伟。",
        "这篇文章的作者刘伟是某某公司的创始人。",
        "今天分享的内容和机器有关,作者刘伟创立了某某公司。",
        "本文选自刘伟2007年写的一组随笔。",
    ],
)
def test_an_essay_is_told_by_its_author(line: str) -> None:
    text = f"机器的历史很长,今天谈谈它。\n{line}\n{ESSAY}"
    a = attribute(annotate(text, NAMES))
    assert a.holder(text.index("十年以前")) == reference("刘伟", NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "今天分享的内容来自于刘伟和李国杰。",
        "推荐之前的一篇作品,来自于刘伟。",
        "他读完了畅销书《机器》的作者刘伟的信。",
        "机器的历史很长。",
    ],
)
def test_where_no_author_is_named_nobody_tells(line: str) -> None:
    text = f"机器的历史很长,今天谈谈它。\n{line}\n{ESSAY}"
    assert attribute(annotate(text, NAMES)).holder(text.index("十年以前")) == "author"


def test_a_talk_ends_where_its_speaker_is_spoken_of() -> None:
    text = f"以下是刘伟的演讲全文:\n{WORDS}\n刘伟的演讲结束以后,会场里响起了很长时间的掌声。\n{WORDS}"
    a = attribute(annotate(text, NAMES))
    assert len([s for s in a.statements if s.rule == "talk.sentence"]) == 3
    assert a.holder(text.index("掌声")) == "author"


def test_a_later_line_may_bring_a_talk() -> None:
    text = "刘伟在会上谈到了机器。\n" * 14 + f"以下是刘伟的演讲全文:\n{WORDS}"
    assert attribute(annotate(text, NAMES)).holder(text.index("十年")) == reference("刘伟", NAMES)


def test_a_talk_before_the_questions_is_told_by_its_speaker() -> None:
    asked = "\n".join(f"提问:第{n}个问题是什么?\n刘伟:机器的第{n}个问题是价格。" for n in "一二三四")
    text = f"以下是刘伟的演讲全文:\n{WORDS}\n{asked}"
    a = attribute(annotate(text, NAMES))
    assert a.holder(text.index("十年")) == reference("刘伟", NAMES)
    assert a.holder(text.index("第三个问题是什么")) == "提问"
    assert a.holder(text.index("机器的第三")) == reference("刘伟", NAMES)


def test_turns_may_run_on_within_a_paragraph() -> None:
    turns = [f"记者:第{n}个问题是什么?刘伟:机器的第{n}个问题是价格。" for n in "一二三四"]
    text = "刘伟接受了采访。\n" + "".join(turns[:2]) + "\n" + "".join(turns[2:])
    a = attribute(annotate(text, NAMES))
    assert [a.holder(text.index(f"机器的第{n}")) for n in "一二三四"] == [reference("刘伟", NAMES)] * 4
    assert a.holder(text.index("第四个问题是什么")) == "记者"
