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


def test_a_talk_ends_where_its_speaker_is_spoken_of() -> None:
    text = f"以下是刘伟的演讲全文:\n{WORDS}\n刘伟的演讲结束以后,会场里响起了很长时间的掌声。\n{WORDS}"
    a = attribute(annotate(text, NAMES))
    assert len([s for s in a.statements if s.rule == "talk.sentence"]) == 3
    assert a.holder(text.index("掌声")) == "author"
