"""The parts of a comparison: its words from `data/patterns/comparisons.toml`, what is compared, and on what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.claims.clauses import Span
from kg.claims.wording import either, guarded, patterns
from kg.document import AnnotatedArticle, EntityMention

COMPARABLE = ("Model", "Product", "Organization", "Hardware")
MAX_LIST = 12  # objects of one trigger
MAX_GAP = 16  # characters between a trigger and its object: modifiers such as 美国最先进的
AXES = {
    "quality": ("better", "worse"),
    "size": ("larger", "smaller"),
    "cost": ("dearer", "cheaper"),
    "speed": ("faster", "slower"),
    "delay": ("slower", "faster"),
    "fault": ("worse", "better"),  # of errors, more is worse
}

_JOIN = re.compile(
    r"\s*[》”’)]?(?:的?[\d.]+(?:%|分|万|亿|倍)*[\u4e00-\u9fff]{0,4}?)?\s*(?:,?\s*(?:以及|还有|甚至)|、|和|与|及|或|,|/)\s*(?:[\dBM.]*[\u4e00-\u9fff]{0,6}的)?\s*[《“‘]?\s*"
)
_OWNED = re.compile(
    r"\s*[》”’)]?\s*(?:公司|旗下|GPU|芯片|显卡|架构|最近|刚刚?|今年|最新|近日|近期|日前|此前|团队|自家|自研|自主)*"
    r"(?:的|最新的|开源|大模型|模型|版|系列|(?:推出|发布|开源|研发|开发|训练|打造|上线|公布)的|新|旗下)*\s*[《“‘]?\s*"
)
_NOT_OBJECT = re.compile(r"以|(?<!现)在|并|成为|推出|发布|采用|使用|来自|通过|基于")
_COUNTED = re.compile(
    r"[\d一二三四五六七八九十百千万]+[多余]?[个万亿千百倍%张块家款种颗台名人枚辆架座条次项位只套部份所户分年天小]|\d{2}|\d\s*$"
)
# 超过了一系列闭源模型,如X, 优于包括X在内的
_INTRODUCED = re.compile(
    r"[^,。;:]{0,16}?,?(?:其中|甚至|也|还)?(?:如|包括|例如|诸如|比如|比如说|像)(?:了|:)?(?:[^,。;:]{2,8}[如像])?\s*[《“‘]?"
)
_BEFORE_LIST = re.compile(r"(?:其中|甚至|也|还)?(?:例如|诸如|比如|比如说|包括|如|像)")
_AND_LIST = re.compile(r"(?:以及|和|及|还有|甚至|或)")
_MANY = re.compile(r"一(?=系列|众|些|票|批)|(?:排名|位列|位居)?第[一二三四五六七八九十]名?的?")
_PREDECESSOR = re.compile(
    r"的?(?:前身|前代|上一代|前一代|前辈|前作|同门|兄弟|兄长|老大哥|母公司|对手|竞争对手)?(?:产品|模型)?的?"
)
_ETC = re.compile(r"\s*[》”]?(?:等[\u4e00-\u9fff]{0,8})?")
# Who leads or works for a thing is not the thing; nor is a moment named after it.
_OTHER_HEAD = re.compile(
    r"\s*[》”]?(?:公司)?的?(?:联合|共同)?(?:创始人|创办人|CEO|CTO|首席|总裁|高管|董事|员工|老板|团队|工程师|研究员|投资人|股东|官网"
    r"|时刻|时代|包装器|套壳|时期|阶段|热潮|概念|工作\d|代币|概念股|股票)"
)
_TERM = r"(?:AI|API|APP|App|ARR|GMV|IPO|MAU|DAU|GPU|CPU|NPU|LLM|Agent|Token|PC|SaaS|MoE|FLOPS?|Elo|KV)(?![A-Za-z])"
_BROKEN = re.compile(rf"[+\-]?[A-Za-z0-9+]|\s?(?!{_TERM})[A-Z][A-Za-z]+(?!\w*(?:模型|API))")
_OF_UNKNOWN = re.compile(rf"\s*(?:公司)?(?:旗下|自家|最新)?的\s*(?=[A-Z])(?!{_TERM})")

Table = tuple[re.Pattern[str], dict[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A comparison in clean text; `at` is its trigger, `clause` the clause that holds it."""

    subject: EntityMention
    direction: str
    object: EntityMention
    dimension: str
    rule: str
    at: int
    clause: Span


@cache
def triggers() -> tuple[re.Pattern[str], tuple[dict[str, Any], ...], tuple[re.Pattern[str], ...]]:
    """Triggers between subject and object, one group for each entry, and what must not follow each but as a name."""
    entries = tuple(e for e in patterns("comparisons")["trigger"] if e["order"] == "svo")
    regex = re.compile("|".join(f"({guarded({**e, 'after': []})})" for e in entries))
    return regex, entries, tuple(re.compile(either(e["after"])) for e in entries)


@cache
def with_triggers() -> re.Pattern[str]:
    """Triggers after 与 and an object; what follows must not be a word that they only qualify (相当顺利)."""
    entry = next(e for e in patterns("comparisons")["trigger"] if e["order"] == "with")
    return re.compile(f"{guarded(entry)}(?=了|的|水平|或|并|且|但|而|甚至|[^\u4e00-\u9fff]|$)")


@cache
def like_words() -> re.Pattern[str]:
    """The words after an object that make something its like (GPT-4类似的性能)."""
    return re.compile(
        r"\s*(?:的)?" + either(next(e for e in patterns("comparisons")["trigger"] if e["order"] == "like")["forms"])
    )


@cache
def dimensions() -> Table:
    """The nouns that are compared, each with its dimension and axis."""
    table = {form: (d["id"], d["axis"]) for d in patterns("comparisons")["dimension"] for form in d["forms"]}
    return re.compile(either(list(table))), table


def axis_of(dimension: str) -> str:
    """The axis of a dimension: training_cost is of cost."""
    return next((axis for name, axis in dimensions()[1].values() if name == dimension), "quality")


@cache
def adjectives() -> tuple[re.Pattern[str], dict[str, str]]:
    """The adjectives of a comparison, each with its direction."""
    entries = patterns("comparisons")["adjective"]
    table = {form: a["direction"] for a in entries for form in a["forms"]}
    adverbs = r"(?:更加|更为|更|还要|还|要|都|也|显得|略|稍|明显|远|大幅|显著|的|地|得|\s)*+"
    one = "|".join(guarded(a) for a in entries)
    return re.compile(f"{adverbs}({one})"), table


def comparable_mentions(a: AnnotatedArticle, start: int, end: int) -> list[EntityMention]:
    """The mentions of [start, end) that can be compared."""
    return [m for m in a.mentions_in(start, end) if m.type in COMPARABLE and m.end <= end]


def comparable(a: EntityMention, b: EntityMention) -> bool:
    """Hardware is set against hardware, and nothing else is."""
    return (a.type == "Hardware") == (b.type == "Hardware")


def alike(a: EntityMention, b: EntityMention) -> bool:
    """Whether two things are of one kind: companies, pieces of hardware, or models and products."""
    kind = {"Product": "Model"}
    return kind.get(a.type, a.type) == kind.get(b.type, b.type)


def owners(norm: str, mentions: Sequence[EntityMention]) -> set[tuple[str, str]]:
    """The pairs of an organisation and what a text calls its own (谷歌的Gemini); they are no rivals."""
    return {
        (m.entity, following.entity)
        for m, following in zip(mentions, mentions[1:], strict=False)
        if m.type == "Organization" and following.start - m.end <= 12 and _owns(norm, m, following)
    }


def _owns(norm: str, m: EntityMention, following: EntityMention) -> bool:
    """Whether the words between two names make the second one the first one's: 谷歌的Gemini, OpenAI-o1."""
    between = norm[m.end : following.start]
    return bool(_OWNED.fullmatch(between)) or between == "-" and following.type == "Model"


def head(
    norm: str, mentions: list[EntityMention], index: int, owners: tuple[str, ...] = ("Organization",)
) -> EntityMention:
    """The head of a chain of names: Meta Llama 3, OpenAI的GPT-5; with other `owners` also H100 GPU的Llama 3."""
    while index + 1 < len(mentions):
        m, following = mentions[index], mentions[index + 1]
        if m.type not in owners or not _owns(norm, m, following):
            break
        index += 1
    return mentions[index]


def after(norm: str, m: EntityMention) -> int:
    """The position after a mention and its 等大模型."""
    etc = _ETC.match(norm, m.end)
    return etc.end() if etc else m.end


def broken(norm: str, m: EntityMention) -> bool:
    """Whether a name goes on after the mention (ControlNet++, Microsoft Access): it is then of something else."""
    return m.kind == "name" and bool(_BROKEN.match(norm, m.end))


def other_head(norm: str, m: EntityMention, mentions: Sequence[EntityMention]) -> bool:
    """Whether the mention only qualifies who or what is meant: OpenAI的CEO, 谷歌的Chrome where Chrome is unknown."""
    if _OTHER_HEAD.match(norm, m.end):
        return True
    unknown = _OF_UNKNOWN.match(norm, m.end)
    return unknown is not None and not any(x.start <= unknown.end() < x.end for x in mentions)


def joined(norm: str, a: EntityMention, b: EntityMention) -> bool:
    """Whether two mentions stand side by side: A、B, A和B."""
    return bool(_JOIN.fullmatch(norm[a.end : b.start]))


def objects(
    norm: str,
    mentions: list[EntityMention],
    start: int,
    clause: Span,
    following: Span,
    known: Sequence[EntityMention] = (),
) -> list[EntityMention]:
    """The things right after a trigger, with those joined to them; empty where something else comes first.

    A list that the next clause opens (超过一系列模型,如X) counts. `known` are the mentions of every type.
    """
    later = [x for x in mentions if start <= x.start and x.end <= clause[1]]
    if not later and following[0] >= clause[1] and _BEFORE_LIST.match(norm, following[0]):
        later = [x for x in mentions if following[0] <= x.start and x.end <= following[1]]
    if later and following[0] >= clause[1] and _AND_LIST.match(norm, following[0]):
        later += [x for x in mentions if following[0] <= x.start and x.end <= following[1]]
    while len(later) > 1 and later[0].kind != "name" and norm.startswith("其", later[0].start):
        if not _PREDECESSOR.fullmatch(norm[later[0].end : later[1].start]):
            break
        later.pop(0)  # 其前身X
    gap = norm[start : later[0].start] if later else ""
    if not later or not _fits(gap):
        return []
    chosen = [head(norm, later, 0)]
    index = later.index(chosen[0])
    while index + 1 < len(later) and len(chosen) < MAX_LIST and joined(norm, later[index], later[index + 1]):
        chosen.append(head(norm, later, index + 1))
        index = later.index(chosen[-1], index)
    return [x for x in chosen if not broken(norm, x) and not other_head(norm, x, known or mentions)]


def _fits(gap: str) -> bool:
    if _INTRODUCED.fullmatch(gap):
        return True
    if len(gap) > MAX_GAP or "," in gap or "—" in gap:
        return False
    return not _COUNTED.search(_MANY.sub("", gap)) and not _NOT_OBJECT.search(gap)
