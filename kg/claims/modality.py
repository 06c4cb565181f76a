"""How surely something is said: asserted, reported, hedged, question or denied, from cue words and their scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.claims.clauses import Span, inside, segments
from kg.claims.wording import guarded, patterns

ASSERTED = "asserted"
_ORDER = {"question": 0, "reported": 1, "hedged": 2, "denied": 3}
_QUESTION = re.compile(r"(?:\?|[吗呢][。”’]*)[”’)\s]*$")
BEFORE = 4  # characters between a cue and what is said that it hedges: 可能认为…
TRAILING = 2  # characters of punctuation that may follow what is denied
DATE_CLAUSE = 12  # characters of a clause that is no more than a date: 2025年,英伟达的GB300可能会…
_FIGURE = re.compile(r"\s*[\d.,一二三四五六七八九十百千万亿两]+")  # what a word such as 预估的 reaches
_WHEN = re.compile(r"(?:\d{2,4}\s*年(?:\d+\s*月)?(?:\d+\s*日)?|\d+\s*月(?:\d+\s*日)?|[今明后]年|下个?[月周]|本[月周])")
# A clause that opens with one of these turns to what is already so, and a forecast before it does not reach it.
_TURNS = re.compile(
    r"(?:但|不过|而|目前|现在|如今|已|此前|之前|事实上|其中|因为|由于|当前|却|然而|这|去年|前年|上[年月周季]|昨|截至|截止|迄今|过去|早前|当时|高于|低于|在(?:之|此)前)"
)
_LEAD = re.compile(r"(?:\s|[“《]|同时|此外|另外|以及|并且|包括|且)*")
_SPOKEN = re.compile(r"[\s,。.!”)]*(?:对[^,。]{1,12})?(?:透露|表示|称|说|报道|指出|介绍|爆料)*[\s。.!”)]*")
_MATTERS = 3  # characters after a cue such as 看起来 that are words of its own clause
# 将 as 把, which moves a thing and says nothing of the future: 将风险与战争相比较, 将AI比作电力, 将模型用于写作.
_DISPOSES = re.compile(
    r"将[^,。;:!?]{1,30}?(?:[与和同跟][^,。;:!?]{1,30}?(?:相?比较|相?对比|类比|相提并论|相结合|结合起来|结合在一起|联系起来|联系在一起|混为一谈|区分开)"
    r"|比作|比喻|形容为|描述为|视为|视作|看作|看成|归因于|归咎于|归结为|归功于|称为|称作|定义为|分为|列为|转化为|转换为|变成|融入|应用于|应用到"
    r"|运用于|用于|纳入|嵌入|集成到|部署到|推向|带到|带入|引入|提升到|提升至|提高到|缩短到|缩短至|降低到|降至|压缩到|控制在|放在|置于|移植到|迁移到|交给|限制在)"
    r"(?!的)"
)
_ASKED = re.compile(
    r"吗|是否|如何|为何|为什么|什么|怎么|怎样|哪|谁|几|多少|有没有|能否|可否|会不会|是不是|何时|难道|如果"
)
_INTENDS = re.compile(r"\s*(?:要(?!求|么|不|是|知道|闻|点|想)|拟(?!人)|欲)")
_SUBJECT = re.compile(r"[^,。;:!?](?<![并且也还均都则即又此后外者司来])[”》]?\s*$")  # a subject's last character
_SERVES = re.compile(r"将(?:主要|全部|会|被|优先|同时)*(?:用于|用来|用作|服务于|支持)")
_DONE = re.compile(r"已经|已(?=[^经])|[^为除极罢公不忘完](?<!为)了(?=[^解不得如])")


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text in which a cue makes what is said less than asserted."""

    start: int
    end: int
    modality: str
    rule: str
    weak: bool = False


Named = tuple[int, int, str]


@cache
def _cues() -> tuple[re.Pattern[str], tuple[dict[str, Any], ...]]:
    entries = tuple(patterns("modality")["cue"])
    return re.compile("|".join(f"({guarded(e)})" for e in entries)), entries


def scopes(norm: str, sentence: Span, quotes: tuple[Span, ...], subjects: Sequence[Named] = ()) -> list[Scope]:
    """The scopes of all cues of a sentence, in order; a cue in a quotation reaches to the quotation's end.

    `subjects` are the names of the sentence that can do something: (start, end, whose).
    """
    regex, entries = _cues()
    found: list[Scope] = []
    parts: dict[Span, list[Span]] = {}
    for m in regex.finditer(norm, *sentence):
        entry = entries[(m.lastindex or 1) - 1]
        if m.group() == "将" and _DISPOSES.match(norm, m.start(), sentence[1]):
            continue
        quote = inside(m.start(), quotes)
        bounds = (max(sentence[0], quote[0]), min(sentence[1], quote[1])) if quote else sentence
        if bounds not in parts:
            parts[bounds] = segments(norm, *bounds, () if quote else quotes)
        start, end = _reach(norm, m.start(), m.end(), bounds, parts[bounds], entry["scope"], subjects)
        found.append(Scope(start, end, entry["modality"], entry["id"], entry.get("weak", False)))
        if entry["modality"] == "hedged" and entry["scope"] == "right":
            found += [Scope(*d, "hedged", entry["id"], True) for d in _dates_of(norm, m.start(), parts[bounds])]
    if _QUESTION.search(norm, max(sentence[0], sentence[1] - 4), sentence[1]):
        titled = norm.rfind("《", *sentence)  # 写在《…?》: the title asks, and not the sentence
        start = titled if titled >= 0 and "》" not in norm[titled : sentence[1]] else sentence[0]
        done = [b for _, b in segments(norm, *sentence, quotes)[:-1] if _DONE.search(norm, start, b)]
        if start == sentence[0] and done and not _ASKED.search(norm, start, done[-1]):
            start = done[-1]  # 公司已融资10亿美元,谁会跟进?: what has happened is not asked
        found.append(Scope(start, sentence[1], "question", "mod.question"))
    return found


def _dates_of(norm: str, cue: int, parts: list[Span]) -> list[Span]:
    """The dates before a cue in its clause, or in a clause before it that only dates it: they are as open as it is."""
    index = next((i for i, p in enumerate(parts) if p[0] <= cue < p[1]), None)
    if index is None:
        return []
    start = parts[index][0]
    if index and parts[index - 1][1] - parts[index - 1][0] <= DATE_CLAUSE:
        start = parts[index - 1][0]
    return [m.span() for m in _WHEN.finditer(norm, start, cue)]


def _reach(
    norm: str, start: int, end: int, bounds: Span, parts: list[Span], scope: str, subjects: Sequence[Named]
) -> Span:
    index = next((i for i, p in enumerate(parts) if p[0] <= start < p[1]), None)
    if scope == "sentence":
        return _heard(norm, end, bounds, parts, index)
    if scope == "near":
        figure = _FIGURE.match(norm, end, bounds[1])
        return start, figure.end() if figure else end
    if index is None:
        return start, end
    last = parts[index][1]
    if scope == "clause" and (of := norm.find("的", end, last)) >= 0:
        last = of  # 没有公布的…: what follows is not denied
    if scope == "seeming" and last - end < _MATTERS and index + 1 < len(parts):
        last = parts[index + 1][1]
    if scope == "right":
        own = {whose for x, _, whose in subjects if parts[index][0] <= x < start}
        for a, b in parts[index + 1 :]:
            if _TURNS.match(norm, a) or _DONE.search(norm, a, b) or own and _another(norm, a, own, subjects):
                break
            last = b
    return start, last


def _heard(norm: str, end: int, bounds: Span, parts: list[Span], index: int | None) -> Span:
    """What 据悉 and its like reach: the clause in which they stand and what follows; where they open the sentence, or
    close it as its last words, all of it."""
    if not index or parts[index][0] - bounds[0] <= DATE_CLAUSE or _SPOKEN.fullmatch(norm, end, bounds[1]):
        return bounds
    return parts[index][0], bounds[1]


def _another(norm: str, start: int, own: set[str], subjects: Sequence[Named]) -> bool:
    """Whether a clause opens with a name that the hedged clause does not have: it tells of something else."""
    lead = _LEAD.match(norm, start)
    begin = lead.end() if lead else start
    return any(x == begin and whose not in own for x, _, whose in subjects)


def strongest(found: list[Scope], start: int, end: int) -> str:
    """The modality of [start, end): of the scopes that touch it, question before reported, hedged, denied.

    A denial counts only where it reaches to the end: in 从未有过的峰值 the peak is not denied.
    """
    touching = [
        s.modality
        for s in found
        if s.start < end and start < s.end and (s.modality != "denied" or s.end >= end - TRAILING)
    ]
    return min(touching, key=_ORDER.__getitem__, default=ASSERTED)


def _own(norm: str, cue: int) -> bool:
    """Whether a 将 foretells something of a subject of its own: `市场将迎来爆发`; `并将发布`, `数据将用于训练` go with
    what is done before."""
    return _SUBJECT.search(norm[max(0, cue - DATE_CLAUSE) : cue]) is not None and not _SERVES.match(norm, cue)


def of_saying(norm: str, content: Span, kind: str, reported: bool, found: Sequence[Scope]) -> str:
    """The modality of a statement: of its content as a whole, seen with the verb that brings it."""
    if _QUESTION.search(norm, max(content[0], content[1] - 4), content[1]) or kind == "ask":
        return "question"
    if reported:
        return "reported"
    if kind == "deny":
        return "denied"
    intends = kind != "quote" and norm[content[0] - 1] not in ",: " and _INTENDS.match(norm, content[0])
    if kind == "predict" or intends:
        return "hedged"
    hedges = [s for s in found if s.modality == "hedged" and not s.weak and content[0] - BEFORE <= s.start < content[1]]
    first = norm.find(",", *content)
    if first > 0 and _DONE.search(norm, content[0], first):  # what is done comes first, what will come of it after
        hedges = [s for s in hedges if s.rule != "mod.hedge.future" or s.start < first or _own(norm, s.start)]
    return "hedged" if hedges else ASSERTED
