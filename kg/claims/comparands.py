"""The parts of a comparison: its words from `data/patterns/comparisons.toml`, what is compared, and on what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.claims.clauses import Span
from kg.claims.wording import either, guarded, patterns
from kg.document import AnnotatedArticle, EntityMention

COMPARABLE = ("Model", "Product", "Organization", "Hardware")
MAX_GAP = 16  # characters between a trigger and its object: modifiers such as 美国最先进的
AXES = {
    "quality": ("better", "worse"),
    "size": ("larger", "smaller"),
    "cost": ("dearer", "cheaper"),
    "speed": ("faster", "slower"),
    "fault": ("worse", "better"),  # of errors, more is worse
}

_JOIN = re.compile(r"\s*[》”’)]?\s*(?:、|和|与|及|以及|或|,|/|甚至|还有)\s*(?:[\u4e00-\u9fff]{0,6}的)?\s*[《“‘]?\s*")
_OWNED = re.compile(
    r"\s*[》”’)]?\s*(?:公司|旗下|GPU|芯片|显卡)?(?:的|自家|自研|最新|最新的|开源|大模型|模型|版|系列|推出的|发布的|新|旗下)*+\s*[《“‘]?\s*"
)
_NOT_OBJECT = re.compile(r"以|在|并|成为|推出|发布|采用|使用|来自|通过|基于")
_COUNTED = re.compile(
    r"[\d一二三四五六七八九十百千万]+[多余]?[个万亿千百倍%张块家款种颗台名人枚辆架座条次项位只套部份所户]"
)
_ASIDE = re.compile(
    r"(?:(在|据|根据|相比|相比于|相较于|相对于|对于|比|对比|通过|除了|来自|与|和|跟|由)|使用|使用了|基于|用|采用)\s*[^,。;:的]{0,6}$"
)
_IT = re.compile(r"(?:但|但是|而|并且|而且|甚至|不过|且)?\s*(?:它|其)(?!中|他|实|们|次|余)")
_ETC = re.compile(r"\s*[》”]?(?:等[\u4e00-\u9fff]{0,8})?")
_HEADED = re.compile(r"\s*[》”]?\s*(?:等[^,。的]{0,10})?的[^,。;:、是为]{1,8}")
_COPULA = re.compile(r"是|成为|作为|推出|发布|训练|打造|开源|研发|实现|达到|获得|拥有|具备|取得")
_WISH = re.compile(r"目标|愿景|梦想|可能|机会|野心|潜力|希望|决心")
_OTHERS = re.compile(
    r"(?<![该这此款的])(?:企业|公司|厂商|模型|团队|用户|产品|机构|国家|学校|我们|他们?|她|人类|大家|玩家|选手|对手)"
)
_RELATIVE = re.compile(r"\s*[》”]?\s*(?:等[^,。的]{0,10})?的[^,。;:、是为]{0,8}")

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
def triggers() -> tuple[re.Pattern[str], tuple[dict[str, Any], ...]]:
    """Triggers between subject and object, one group for each entry."""
    entries = tuple(e for e in patterns("comparisons")["trigger"] if e["order"] == "svo")
    return re.compile("|".join(f"({guarded(e)})" for e in entries)), entries


@cache
def with_triggers() -> re.Pattern[str]:
    """Triggers after 与 and an object."""
    return re.compile(guarded(next(e for e in patterns("comparisons")["trigger"] if e["order"] == "with")))


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


@cache
def adjectives() -> tuple[re.Pattern[str], dict[str, str]]:
    """The adjectives of a comparison, each with its direction."""
    table = {form: a["direction"] for a in patterns("comparisons")["adjective"] for form in a["forms"]}
    adverbs = r"(?:更加|更为|更|还要|还|要|都|也|显得|略|稍|明显|远|大幅|显著|的|地|得|\s)*+"
    return re.compile(f"{adverbs}({either(list(table))})"), table


def comparable_mentions(a: AnnotatedArticle, start: int, end: int) -> list[EntityMention]:
    """The mentions of [start, end) that can be compared."""
    return [m for m in a.mentions_in(start, end) if m.type in COMPARABLE and m.end <= end]


def comparable(a: EntityMention, b: EntityMention) -> bool:
    """Hardware is set against hardware, and nothing else is."""
    return (a.type == "Hardware") == (b.type == "Hardware")


def head(
    norm: str, mentions: list[EntityMention], index: int, owners: tuple[str, ...] = ("Organization",)
) -> EntityMention:
    """The head of a chain of names: Meta Llama 3, OpenAI的GPT-5; with other `owners` also H100 GPU的Llama 3."""
    while index + 1 < len(mentions):
        m, following = mentions[index], mentions[index + 1]
        if m.type not in owners or not _OWNED.fullmatch(norm[m.end : following.start]):
            break
        index += 1
    return mentions[index]


def after(norm: str, m: EntityMention) -> int:
    """The position after a mention and its 等大模型."""
    etc = _ETC.match(norm, m.end)
    return etc.end() if etc else m.end


class Parts:
    """Finds subject, objects and dimension in one sentence; keeps the comparisons that it gave."""

    def __init__(
        self,
        a: AnnotatedArticle,
        span: Span,
        clauses: list[Span],
        mentions: list[EntityMention],
        topic: EntityMention | None,
    ) -> None:
        self.a = a
        self.norm = a.article.norm
        self.span = span
        self.clauses = clauses
        self.mentions = mentions
        self.topic = topic
        self.found: list[Found] = []

    def add(
        self,
        subject: EntityMention | None,
        direction: str,
        against: list[EntityMention],
        dimension: str,
        rule: str,
        at: int,
        clause: Span,
    ) -> None:
        """Keep a comparison with each object, once for each direction and dimension."""
        for o in against:
            if subject is None or subject.entity == o.entity or not comparable(subject, o):
                continue
            new = Found(subject, direction, o, dimension, rule, at, clause)
            if not any(_key(f) == _key(new) for f in self.found):
                self.found.append(new)

    def objects(self, start: int, end: int) -> list[EntityMention]:
        """The things right after a trigger, with those joined to them; empty where something else comes first."""
        later = [x for x in self.mentions if start <= x.start and x.end <= end]
        gap = self.norm[start : later[0].start] if later else ""
        if not later or len(gap) > MAX_GAP or _COUNTED.search(gap) or _NOT_OBJECT.search(gap):
            return []
        chosen = [head(self.norm, later, 0)]
        index = later.index(chosen[0])
        while index + 1 < len(later) and self.joined(later[index], later[index + 1]):
            chosen.append(head(self.norm, later, index + 1))
            index = later.index(chosen[-1])
        return chosen

    def joined(self, a: EntityMention, b: EntityMention) -> bool:
        """Whether two mentions stand side by side: A、B, A和B."""
        return bool(_JOIN.fullmatch(self.norm[a.end : b.start]))

    def unnamed(self, last: EntityMention, clause: Span) -> bool:
        """Whether a nameless thing is compared: 超越ChatGPT的传奇 says nothing of the sentence's subject."""
        m = _HEADED.match(self.norm, last.end, clause[1])
        if m is None or dimensions()[0].search(m.group()):
            return False
        return not _COPULA.search(self.norm[clause[0] : last.start])

    def relative(self, last: EntityMention, clause: Span) -> EntityMention | None:
        """The head of a relative clause: 超过Sora的可灵视频大模型 is of 可灵."""
        later = [x for x in self.mentions if x.start >= last.end and x.end <= clause[1]]
        if later and _RELATIVE.fullmatch(self.norm[last.end : later[0].start]):
            return head(self.norm, later, 0)
        return None

    def relative_after(self, position: int, clause: Span) -> EntityMention | None:
        """What a describing phrase that ends here describes: 比GPT-4更强的Claude."""
        later = [x for x in self.mentions if x.start >= position and x.end <= clause[1]]
        if later and re.fullmatch(r"的[^,。;:、是为]{0,8}", self.norm[position : later[0].start]):
            return head(self.norm, later, 0)
        return None

    def subject(self, before: int, clause: Span) -> EntityMention | None:
        """Who is compared: the last thing of the clause before the trigger, else of the clauses before it."""
        here = [
            x for x in self.mentions
            if clause[0] <= x.start and x.end <= before and not self._aside(x, clause, before)
        ]  # fmt: skip
        if here:
            last = ([x for x in here if x.type != "Organization"] or here)[-1]
            return next((f.subject for f in self.found if f.object == last and f.clause == clause), last)
        if it := _IT.match(self.norm, clause[0], before):
            return self._named_before(it.start())
        if _OTHERS.search(self.norm, clause[0], before):
            return None  # the clause has a subject of its own, without a name
        if self.found:
            return self.found[-1].subject
        earlier = [x for x in self.mentions if x.end <= clause[0] and not self._aside(x, self.span, clause[0])]
        return head(self.norm, earlier, 0, ("Organization", "Hardware")) if earlier else self.topic

    def _named_before(self, position: int) -> EntityMention | None:
        """What 它 and 其 stand for where no mention says so: the model or product named last."""
        earlier = comparable_mentions(self.a, self.span[0], position)
        objects = {f.object for f in self.found}
        named = [x for x in earlier if x.type in ("Model", "Product") and x not in objects]
        if named:
            return named[-1]
        return self.found[-1].subject if self.found else earlier[-1] if earlier else self.topic

    def _aside(self, x: EntityMention, clause: Span, before: int) -> bool:
        """Whether a thing is an adverbial and no subject: 在X上, 相比X; but 采用X的效率 is of X."""
        m = _ASIDE.search(self.norm[max(clause[0], x.start - 8) : x.start])
        if not m or self.norm.startswith("的", x.end):
            return False
        return bool(m.group(1)) or "的" not in self.norm[x.end : before]

    def dimension(self, start: int, end: int, trigger: str = "", nearest: int | None = None) -> tuple[str, str]:
        """What is compared, and its axis: the noun nearest before the end; of no noun it is the whole."""
        regex, table = dimensions()
        found = list(regex.finditer(self.norm, start, end))
        if nearest is not None:
            found = [m for m in found if m.end() <= nearest] or found
        if found:
            return table[found[-1].group()]
        return ("size", "size") if trigger in ("多于", "大于", "少于", "小于") else ("overall", "quality")

    def direction(self, direction: str, start: int, end: int, clause: Span) -> str | None:
        """高 and 低 by what is high or low: a price is dearer, a speed faster; None where nothing is named."""
        if direction not in ("high", "low"):
            return direction
        regex = dimensions()[0]
        start = start if regex.search(self.norm, start, end) else clause[0]
        if not regex.search(self.norm, start, end):
            return None
        axis = self.dimension(start, end)[1]
        return AXES[axis][0 if direction == "high" else 1]


def _key(f: Found) -> tuple[Span, str, str, str, str]:
    return f.clause, f.subject.entity, f.object.entity, f.direction, f.dimension
