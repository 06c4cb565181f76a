"""A date with the words that it dates, and who did what they tell, where the text makes that sure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.claims.dates import Date
from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context
from kg.claims.quantity_doers import Doer, Kind, begins, doer, opens, referring
from kg.claims.quantity_patterns import pattern
from kg.claims.quantity_phrases import phrase
from kg.claims.quantity_speakers import VOICES
from kg.claims.quantity_subjects import preferences, subject_of
from kg.document import EntityMention
from kg.record import CORE_TYPES

_BARE = re.compile(
    r"..?|[份初底末]?的(?:时候|那天)|[份初底末]?(?:早些时候|晚些时候|稍早|时候|左右|前后|这天|那天|当天)|", re.S
)  # a clause that is no more than a date
_WHY = re.compile(r"因(?!此)|由于|凭借?|作为|为了")
_STARTED = re.compile(r"(?:开始|起)[,]?(?!至今|到)[^,。;]{2}")
_DATE = r"(?:\d{4}年?(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日)?"
_JOINED_BEFORE = re.compile(rf"{_DATE}\s?[至到—~-]\s?$")  # 2010年至|2012年
_JOINED_AFTER = re.compile(rf"\s?[至到—~-]\s?{_DATE}(?:年?间|期间|之间)?")
_STANDING = re.compile(r"[是为有在]|[在位属]于|来自|[将会能要想]|可能|可以|应该|需要|必须|希望|觉得|认为|以为|仍|显得")
_AHEAD = re.compile(r"会|可能|有望|应该|或许|注定|仍")
_BY_THEN = re.compile(r"(?<!直)[到至]\s?$")
_MEASURING = pattern("measuring-verb")
_UNDERGONE = pattern("undergone")
_FUNDED = pattern("funded")
_PERSONAL = pattern("personal-verb")
_SHEET = re.compile(r"(?:最新|目前)?(?:融资|轮次|投资)(?:状态|情况|阶段|历程|轮次|进展|记录)?\s?:")
_ROUND = re.compile(r"\s?[,:]?\s?(?:Series [A-G]|Seed|Pre-?Seed|种子轮|天使轮|Pre-?[A-G]轮|[A-G]\d?\+*轮)")
_SHEET_HEAD = re.compile(r"(?:公司|企业|机构|项目|品牌)(?:名称|全称|名)?\s?:\s?")
_INVESTS = re.compile(r"领投|跟投|参投")
_ACTING = ("subject", "coordinated", "label")
_LEADING = ("subject", "coordinated", "possessor", "introduced")
_MAIN = 0.4  # the share of the names of organisations and persons that are of whom an article is about


@dataclass(frozen=True)
class Dated:
    """A date and the words that it dates: its clause, and the ones after it where that holds no more than the date."""

    everything: list[Context]
    index: int
    date: Date
    amounts: list[Amount]  # of the sentence
    holder: str
    start: int
    end: int
    bare: bool  # the date opens its clause and is all of it
    core: list[EntityMention]

    @property
    def ctx(self) -> Context:
        return self.everything[self.index]

    @property
    def text(self) -> str:
        return self.ctx.norm[self.start : self.end]

    @property
    def before(self) -> str:
        return self.ctx.norm[max(self.start, self.date.start - 4) : self.date.start]

    @property
    def after(self) -> str:
        return self.ctx.norm[self.date.end : self.end]

    @property
    def started(self) -> bool:
        """Whether something began then: `从2009年开始关注…`."""
        return self.date.precision in ("year", "month") and _STARTED.match(self.after) is not None

    @property
    def joined(self) -> re.Match[str] | None:
        """The date before, of a span that ends with this one."""
        return _JOINED_BEFORE.search(self.ctx.norm, self.ctx.sentence.start, self.date.start)

    @cached_property
    def doer(self) -> Doer:
        """Who did it, as the clause says."""
        joined = self.joined
        more = _JOINED_AFTER.match(self.ctx.norm, self.date.end, self.ctx.sentence.end)
        return doer(self.ctx, joined.start() if joined else self.date.start, more.end() if more else self.date.end)

    @cached_property
    def who(self) -> EntityMention | None:
        """The named one who did it, where the text makes sure who that is."""
        return _resolved(self, self.doer)

    @cached_property
    def acted(self) -> bool:
        """Whether that one did something: 是, 有 and 达到 tell a state and no deed."""
        ctx, at = self.ctx, self.doer.at
        word = next((w for w in ctx.words if w.start <= at < w.end), None)
        if self.who is None or word is None or _STANDING.fullmatch(ctx.norm, at, word.end):
            return False
        by_then = _BY_THEN.search(self.before) and not self.joined
        if by_then or _AHEAD.search(self.before):
            return False
        return not _MEASURING.match(ctx.norm, at) and not _AHEAD.search(ctx.norm, self.date.end, at)

    def subject(self, attribute: str) -> EntityMention | None:
        """The likeliest name near the date."""
        return subject_of(self.everything, self.index, (self.date.start, self.date.end), attribute)

    def guess(self) -> EntityMention | None:
        """That name where the clause does not say who did it, but not what it was done to or by."""
        if self.doer.kind in ("self", "pronoun", "company"):
            return None
        found = self.subject("event_date")
        if found is None or self.doer.kind == "unknown":
            return found
        ctx, start = self.ctx, self.date.start
        if self.doer.kind == "left-out" and ctx.clause(found.start) < ctx.clause(start) and not begins(ctx, start):
            return None  # 那些期望回报能在2023年实现的人
        behind = found.start >= self.date.end and self.ctx.role(found) not in ("subject", "coordinated", "possessor")
        return None if behind or (self.doer.kind == "others" and found.start < self.ctx.sentence.start) else found


def dated(everything: list[Context], i: int, date: Date, amounts: list[Amount], holder: str) -> Dated:
    """A date of the sentence at index `i` with the words that it dates."""
    ctx = everything[i]
    clause = ctx.clause(date.start)
    start, end = ctx.clauses[clause]
    only = any(r.fullmatch(ctx.norm, date.end, end) for r in (_BARE, _JOINED_AFTER))
    if only and clause + 1 < len(ctx.clauses):  # 去年12月,这家公司推出…
        end = ctx.clauses[clause + 1][1]
        if clause + 2 < len(ctx.clauses) and _WHY.search(ctx.norm, date.end, end) and not amounts:
            end = ctx.clauses[clause + 2][1]  # 2018年,X因…的贡献,与Y获得了…
    if ctx.norm.startswith("——", end) and ctx.clause(end - 1) + 1 < len(ctx.clauses):
        end = ctx.clauses[ctx.clause(end - 1) + 1][1]  # 发布了新作——X
    core = [m for m in ctx.mentions if start <= m.start < end and m.type in CORE_TYPES]
    return Dated(everything, i, date, amounts, holder, start, end, only and date.start - start <= 2, core)


def topic(d: Dated) -> EntityMention | None:
    """Whom the article is about, for an event in a clause that names nobody: `2019年加入星河计划`."""
    ctx = d.ctx
    clause = ctx.clause(d.date.start)
    told = {phrase(ctx, c, d.end) for c in (clause, clause + 1 if d.bare else clause) if c < len(ctx.clauses)}
    if d.core or not told <= {"empty", "reference", "company"} or d.date.vague or d.date.form == "ago":
        return None
    return _main(d, ("Organization", "Person"))


def _person(d: Dated) -> EntityMention | None:
    """The person last named before the date in its paragraph."""
    for other in reversed(d.everything[max(0, d.index - 2) : d.index + 1]):
        if other.sentence.paragraph != d.ctx.sentence.paragraph:
            return None
        persons = [m for m in other.mentions if m.type == "Person" and m.start < d.date.end]
        if persons:
            return persons[-1]
    return None


def _back(d: Dated, *, sentences: int, paragraphs: int) -> Iterator[Context]:
    """The sentence of the date and those before it, as far back as so many of each and no heading between."""
    for other in reversed(d.everything[max(0, d.index - sentences) : d.index + 1]):
        if d.ctx.sentence.paragraph - other.sentence.paragraph > paragraphs:
            return
        if other.sentence.kind in ("title", "heading"):
            return
        yield other


def _main(d: Dated, types: tuple[str, ...]) -> EntityMention | None:
    """Of whom the names of these types in an article mostly are."""
    named = [m for m in d.ctx.a.mentions if m.type in types and m.rule not in VOICES]
    counts = Counter(m.entity for m in named)
    main = max(counts, key=lambda entity: counts[entity], default="")
    of = [m for m in named if m.entity == main]
    if not of or counts[main] < max(3, _MAIN * len(named)):
        return None
    return max(of, key=lambda m: (m.start < d.date.start, m.start))


def _name(d: Dated, told: Doer) -> EntityMention | None:
    """A name, but nobody sure where it leads the round of another."""
    ctx, named = d.ctx, told.mention
    if named is None or named.type not in preferences()["event_date"]:
        return None
    others = [m for m in ctx.mentions if m.entity != named.entity and m.type in ("Organization", "Product")]
    return None if others and told.at >= 0 and _INVESTS.match(ctx.norm, told.at) else named


def _speaker(d: Dated, told: Doer) -> EntityMention | None:
    """Who says 我; of 我们 nobody is sure who has no name yet (`kg.claims.voices`)."""
    if told.word.startswith("我们") or not d.holder.startswith("person/"):
        return None
    return next((m for m in d.ctx.a.mentions if m.entity == d.holder), None)


def sheet(d: Dated) -> EntityMention | None:
    """The company of a fact sheet one line of which is the date's: `公司:X`, `融资状态:A轮(2021.11)`.

    In a list of rounds (`2018年Series A由Y领投`) it is whom the article is about.
    """
    if _ROUND.match(d.ctx.norm, d.date.end, d.end) and not d.acted:
        return _main(d, ("Organization", "Product"))
    if not _SHEET.match(d.ctx.norm, d.ctx.sentence.start, d.ctx.sentence.end):
        return None
    for other in reversed(d.everything[max(0, d.index - 6) : d.index]):
        if head := _SHEET_HEAD.match(other.norm, other.sentence.start, other.sentence.end):
            return next((m for m in other.mentions if m.start == head.end() and m.type == "Organization"), None)
    return None


def _antecedent(d: Dated, told: Doer) -> EntityMention | None:
    """Whom 他 or 他们 stands for: who was spoken of last."""
    if told.word in ("它", "它们", "其"):
        return None
    if told.word not in ("他", "她"):
        return _last(d, ("Organization",))
    for other in _back(d, sentences=6, paragraphs=2):
        persons = [m for m in other.mentions if m.type == "Person" and m.rule not in VOICES and m.end <= d.date.start]
        leading = [m for m in persons if other.role(m) in _LEADING]
        if len({m.entity for m in persons}) == 1:
            return persons[-1]
        if leading:
            return leading[-1]
    return None


def _company(d: Dated, told: Doer) -> EntityMention | None:
    return _last(d, ("Organization",)) or _main(d, ("Organization",))


def _last(d: Dated, types: tuple[str, ...]) -> EntityMention | None:
    """The subject last named before the date, in its sentence or the two before, in its paragraph or the one before."""
    for other in _back(d, sentences=2, paragraphs=1):
        named = [
            m
            for m in other.mentions
            if m.type in types
            and m.rule not in VOICES
            and (other is not d.ctx or m.end <= d.date.start)
            and other.role(m) in _LEADING
        ]
        if named:
            return named[-1]
    return None


def _left_out(d: Dated, told: Doer) -> EntityMention | None:
    """Who goes on in a clause without a subject: whom the sentence spoke of before the date."""
    ctx = d.ctx
    earlier = [m for m in ctx.mentions if m.end <= d.date.start and m.type in (*preferences()["event_date"], "Place")]
    acting = [m for m in earlier if ctx.role(m) in _ACTING]
    if _PERSONAL.match(ctx.norm, told.at):
        acting = [m for m in acting if m.type == "Person"]
        return acting[-1] if acting else _person(d)
    clause = ctx.clause(d.date.start)
    things = [m for m in earlier if m.type in ("Organization", "Product") and ctx.clause(m.start) >= clause - 1]
    things = [m for m in things if ctx.role(m) in ("object", "introduced")]
    funded = _FUNDED.match(ctx.norm, told.at) and all(m.type == "Person" for m in acting)
    if things and (_UNDERGONE.match(ctx.norm, told.at) or funded):
        return things[-1]  # 李雷创立了X,2021年上市
    asked = ctx.norm.endswith(("?", "?”"), ctx.sentence.start, ctx.sentence.end)
    acting = [m for m in acting if ctx.role(m) != "label" or not asked]  # who asks asks of others
    leading = [m for m in acting if ctx.role(m) == "label" or opens(ctx, m)] or acting[:1]
    since = leading[-1].end if leading else ctx.sentence.start
    for start, end in reversed(ctx.clauses[:clause]):
        word = referring(ctx, start, end) if start >= since else None
        if word is not None:  # 李雷:我们2018年成立,7月拿到融资
            return _resolved(d, word)
    if not leading or leading[-1].type == "Place":
        return None
    if ctx.clause(leading[-1].start) < clause and not begins(ctx, d.date.start):
        return None
    first = ctx.clause(leading[-1].end) + 1
    if ctx.role(leading[-1]) != "label":
        first = max(first, clause)
    others = any(phrase(ctx, c, d.date.start) in ("generic", "term", "owned") for c in range(first, clause + 1))
    return None if others else leading[-1]


def _undergoer(d: Dated, told: Doer) -> EntityMention | None:
    """What somebody did something to, where it is named: `X由李雷于2003年发布`; else who did it."""
    ctx = d.ctx
    clause = ctx.clause(d.date.start)
    before = [m for m in ctx.mentions if m.end <= d.date.start and m is not told.mention]
    before = [m for m in before if ctx.role(m) == "label" or (ctx.clause(m.start) == clause and ctx.role(m) in _ACTING)]
    return before[-1] if before else _name(d, told)


_RESOLVE: dict[Kind, Callable[[Dated, Doer], EntityMention | None]] = {
    "named": _name,
    "self": _speaker,
    "pronoun": _antecedent,
    "company": _company,
    "left-out": _left_out,
    "agent": _undergoer,
}


def _resolved(d: Dated, told: Doer) -> EntityMention | None:
    """The name that a doer stands for, None where nobody knows: speakers have theirs before (`kg.claims.voices`)."""
    return _RESOLVE[told.kind](d, told) if told.kind in _RESOLVE else None
