"""Whom a clause speaks of before it comes to its figure: nobody anew, a name, what a pronoun stands for, or others.

`写作工作的数量下降了33%` has a subject without a name, so that the figure is of no name said before. `收入增长20%` has
none of its own: an income is somebody's, whoever was spoken of. Words and parts of speech come from the tagger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kg.claims.quantity_context import Context
from kg.claims.quantity_patterns import pattern
from kg.document import EntityMention
from kg.entities.tagger import Word, words
from kg.record import CORE_TYPES

Phrase = Literal["empty", "named", "owned", "term", "reference", "generic", "company", "model", "hardware"]

# what words such as 公司 stand for
KINDS: dict[Phrase, tuple[str, ...]] = {
    "company": ("Organization", "Product"),
    "model": ("Model", "Product"),
    "hardware": ("Hardware", "Product"),
}
_KINDS: tuple[tuple[Phrase, re.Pattern[str]], ...] = (
    ("company", re.compile(r".*(?:公司|企业|团队|集团|机构|基金|创始人|管理层|高管|股价|市值)")),
    ("model", re.compile(r".*模型")),
    ("hardware", re.compile(r".*(?:芯片|显卡|手机|汽车|集群)")),
)

_NOUNS = frozenset(("n", "nz", "nt", "ns", "nr", "nw", "vn", "s", "LOC", "ORG", "PER"))
_RELATIONAL = pattern("relational-noun")  # an income, a price: somebody's
_REFERRING = pattern("referring-word")
_QUANTIFIED = pattern("quantified-noun")
_ADVERBS = frozenset(("t", "TIME", "d", "c", "ad", "w", "xc", "f", "an"))
_SOURCE = re.compile(r"(?:此前|曾|也|均)?(?:显示|估计|称|表示|认为|指出|说|预测|预计|透露|报道)")
_ACTORS = frozenset((*CORE_TYPES, "Place"))
_JOINT = re.compile(r"\s?(?:和|与|及|以及|、|跟)\s?")
_RELATIVE = re.compile(r"[到了出过]?的")
_MEASURE = re.compile(
    r".*(?:成本|开销|开支|费用|价格|内存|显存|速度|性能|效率|精度|能力|延迟|时延|吞吐|带宽|功耗|准确率|得分|分数|质量|时间|.率|.度|.费)"
)
_COUNTED = re.compile(r"数|规模|总量|占比|比例|份额|需求|市场|普及率|渗透率|失业率|利率|汇率|用户|客户")
_COVERBS = frozenset("被把将由给向对以用按比较与跟和同为让使")


def read_words(everything: Sequence[Context], indices: Sequence[int]) -> None:
    """Give these sentences their words; all at once, which is how the tagger is fast."""
    texts = [everything[i].norm[everything[i].sentence.start : everything[i].sentence.end] for i in indices]
    for i, found in zip(indices, words(texts), strict=True):
        start = everything[i].sentence.start
        everything[i].words = [Word(w.start + start, w.end + start, w.tag) for w in found]
        _read_roles(everything[i])
        _shift_to_heads(everything[i])


def _read_roles(ctx: Context) -> None:
    """The last name of the nouns that open a clause is its subject: `AI超算系统X被评价为…`."""
    for start, end in ctx.clauses:
        head = _head(ctx, [w for w in ctx.words if start <= w.start and w.end <= end])
        inside = [m for m in ctx.mentions if head and head[0].start <= m.start and m.end <= head[-1].end]
        if not inside or ctx.role(inside[-1]) not in ("object", "oblique") or inside[-1].type not in _ACTORS:
            continue
        if inside[-1].end == head[-1].end < end:
            joined = len(inside) > 1 and _JOINT.fullmatch(ctx.norm, inside[-2].end, inside[-1].start)
            ctx.roles[inside[-1].start] = "coordinated" if joined else "subject"
            if joined and ctx.role(inside[0]) == "object":
                ctx.roles[inside[0].start] = "subject"
        elif ctx.norm.startswith("的", inside[-1].end):
            ctx.roles[inside[-1].start] = "possessor"


def _shift_to_heads(ctx: Context) -> None:
    """A name in a relative clause gives its role to the name that the clause describes: `X创立的初创公司Y`."""
    opening: list[EntityMention] = []  # the names of a noun phrase that opens a clause, such as X and Y in X总裁Y
    names = [m for m in ctx.mentions if m.type in CORE_TYPES]
    for m, head in zip(names, names[1:], strict=False):
        if ctx.role(m) in ("subject", "possessor", "coordinated"):
            opening = [m]
        elif opening and _nouns_only(ctx, opening[-1].end, m.start):
            opening.append(m)
        else:
            opening = []
        if opening and _describes(ctx, m.end, head.start):
            for modifier in opening:
                ctx.roles[modifier.start] = "modifier"
            ctx.roles[head.start] = "subject"


def _nouns_only(ctx: Context, start: int, end: int) -> bool:
    return all(w.tag in _NOUNS for w in ctx.words if start <= w.start and w.end <= end)


def _describes(ctx: Context, start: int, end: int) -> bool:
    """Whether a verb and 的, and then no more than nouns, stand between two names: `…创立的对话式AI客服…`."""
    between = [w for w in ctx.words if start <= w.start and w.end <= end]
    of = next((i for i, w in enumerate(between) if ctx.norm[w.start : w.end] == "的"), 0)
    verbs = [i for i, w in enumerate(between) if w.tag == "v"]
    return (
        of > 0
        and verbs[:1] in ([of - 1], [of - 2])
        and len(verbs) == 1
        and all(w.tag not in ("w", "p", "c", "d", "r") for w in between)
        and ctx.norm[between[of - 1].start] not in "是为有"
    )


def phrase(ctx: Context, clause: int, stop: int) -> Phrase:
    """What stands before the verb of a clause, as far as `stop` (the figure, or the end of the clause)."""
    start, end = ctx.clauses[clause]
    tokens = [w for w in ctx.words if start <= w.start and w.end <= min(end, stop)]
    head = _head(ctx, tokens)
    if not head or (head[-1] is tokens[-1] and stop > end) or _SOURCE.match(ctx.norm, head[-1].end, end):
        return "empty"  # 公开资料显示; no verb, as in 采访中
    low, high = head[0].start, head[-1].end
    inside = [m for m in ctx.mentions if m.start < high and low < m.end]
    if any(m.type in _ACTORS for m in inside):
        last = ctx.norm[head[-1].start : head[-1].end]
        owned = not any(m.end > head[-1].start for m in inside) and head[-1].tag in _NOUNS
        return "owned" if owned and not _RELATIONAL.fullmatch(last) and not _MEASURE.fullmatch(last) else "named"
    if any(m.end >= high for m in inside):
        return "term"
    text = ctx.norm[low:high]
    if _QUANTIFIED.search(text):
        return "generic"
    if _REFERRING.search(text):
        return "reference"
    nouns = [
        ctx.norm[w.start : w.end] for w in head if w.tag in _NOUNS or _RELATIONAL.fullmatch(ctx.norm, w.start, w.end)
    ]
    if any(not _RELATIONAL.fullmatch(n) for n in nouns):
        measured = _MEASURE.fullmatch(nouns[-1]) and "的" not in text and not _COUNTED.search(nouns[-1])
        return "empty" if measured else "generic"  # GPU内存, 任务完成率: of what was spoken of
    return next((kind for kind, regex in _KINDS if any(regex.fullmatch(n) for n in nouns)), "empty")


def _head(ctx: Context, tokens: Sequence[Word]) -> list[Word]:
    """The words before the verb, without those of time and manner and without a phrase that a preposition opens."""
    out: list[Word] = []
    skipped = False
    for i, w in enumerate(tokens):
        word = ctx.norm[w.start : w.end]
        if w.tag == "p":
            if out:
                break
            if word in _COVERBS:
                return []
            close = next((j for j in range(i + 1, len(tokens)) if tokens[j].tag in ("f", "v", "w")), len(tokens))
            if close == len(tokens) or tokens[close].tag != "f":
                return []
            return _head(ctx, tokens[close + 1 :])
        if w.tag == "v" and not _RELATIONAL.fullmatch(word):
            following = "".join(ctx.norm[x.start : x.end] for x in tokens[i + 1 : i + 3])
            if _RELATIVE.match(following):
                skipped = True  # a relative clause: 投资的公司
                continue
            break
        if w.tag in _ADVERBS:
            continue
        if w.tag == "m" and out and _RELATIONAL.fullmatch(ctx.norm, out[-1].start, out[-1].end):
            break  # 融资10亿
        out.append(w)
    return out if not skipped or any(w.tag in _NOUNS for w in out) else []


def other_subject(ctx: Context, since: int, position: int, type_: str) -> bool:
    """Whether a clause that begins in [since, position] and leads to the figure at `position` speaks of something else.

    That is a subject without a name, or a word such as 芯片 that stands for things of other types than `type_`.
    """
    last = ctx.clause(position)
    found = False
    for clause, (start, _) in enumerate(ctx.clauses[: last + 1]):
        if start < since:
            continue
        kind = phrase(ctx, clause, position)
        if kind in KINDS:
            found = type_ not in KINDS[kind]
        elif kind != "empty":
            found = kind in ("generic", "term", "owned")
    return found
