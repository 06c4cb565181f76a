"""Who speaks in the first person, and for whom. All texts are made up; `[…]` marks what must be resolved."""

from __future__ import annotations

import pytest

from kg.claims.attribution import attribute
from kg.claims.voices import Voices, with_voices
from kg.identity import entity_id
from tests.claims.annotated import annotate

NAMES = {
    "李雷": "Person",
    "韩梅": "Person",
    "曙光科技": "Organization",
    "星河动力源": "Organization",
    "晨报社": "Organization",
}
TURNS = """{intro}
晨报社:{asked}
李雷:{told}
晨报社:以后的计划是什么?
李雷:我们会继续做下去,这个方向没有变。
晨报社:谢谢你的时间。
李雷:也谢谢大家一直以来的关注。"""


def interview(told: str, intro: str = "曙光科技创始人李雷接受了采访。", asked: str = "公司最早是怎么开始的?") -> str:
    return TURNS.format(intro=intro, asked=asked, told=told)


def voices(text: str) -> list[tuple[str, str]]:
    a = annotate(text, NAMES)
    found = with_voices(a, attribute(a)).mentions
    return [(text[m.start : m.end], m.entity) for m in found if m.rule.startswith("voice.")]


@pytest.mark.parametrize(
    "intro",
    [
        "曙光科技创始人李雷接受了采访。",
        "曙光科技的联合创始人兼CEO李雷接受了采访。",
        "李雷,曙光科技创始人,从业二十年。",
        "嘉宾:李雷(曙光科技CEO)",
        "2018年,李雷离开大学,创办了曙光科技。",
        "前星河动力源CEO李雷如今是曙光科技总裁。李雷是曙光科技董事长。",
    ],
)
def test_we_are_the_organisation_of_the_speaker(intro: str) -> None:
    text = interview("我们发布了三款芯片。", intro)
    assert ("我们", entity_id("Organization", "曙光科技")) in voices(text)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("我在2011年开始做火箭。", [("我", "李雷")]),
        ("这也是我待了三十年的原因。", [("我", "李雷")]),
        ("我们的收入涨了一倍。", [("我们", "曙光科技")]),
        ("我认为市场有一百亿元。", []),  # what is thought is not of the one who thinks
        ("我们人类花了一百年才明白。", []),
        ("如果我们有一百个人就好了。", []),
        ("客户告诉我他们需要一百台。", []),
        ("我国有一百家这样的公司。", []),
    ],
)
def test_first_persons_of_a_turn(told: str, found: list[tuple[str, str]]) -> None:
    known = [(words, entity_id(NAMES[name], name)) for words, name in found]
    assert [v for v in voices(interview(told)) if v != ("我们", entity_id("Organization", "曙光科技"))] == [
        v for v in known if v[0] != "我们"
    ]
    start = interview(told).index(told)
    a = annotate(interview(told), NAMES)
    here = [m for m in Voices(a, attribute(a)).mentions() if start <= m.start < start + len(told)]
    assert [(a.article.norm[m.start : m.end], m.entity) for m in here] == known


def test_you_are_the_organisation_of_who_answers() -> None:
    text = interview("我们发布了三款芯片。", asked="你们是2018年成立的吗?")
    assert ("你们", entity_id("Organization", "曙光科技")) in voices(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们发布过三款芯片的评测。",  # who writes is nobody
        interview("我们发布了三款芯片。", "曙光科技创始人李雷和星河动力源创始人李雷接受了采访。"),  # which of two?
        interview("我们发布了三款芯片。", "前曙光科技CEO李雷接受了采访。"),
    ],
)
def test_where_it_is_open_nobody_speaks(text: str) -> None:
    assert [v for v in voices(text) if v[0] == "我们"] == []


def test_a_title_names_the_organisation_of_who_speaks_most() -> None:
    text = interview("我们发布了三款芯片。", "李雷接受了采访。")
    assert ("我们", entity_id("Organization", "曙光科技")) not in voices(text)
    titled = "曙光科技:芯片应该这样做\n" + text
    a = annotate(titled, NAMES)
    first, *rest = a.article.sentences
    title = type(first)(first.start, first.end, "title", first.paragraph)
    object.__setattr__(a.article, "sentences", (title, *rest))
    assert Voices(a, attribute(a)).organization(entity_id("Person", "李雷")) == entity_id("Organization", "曙光科技")
