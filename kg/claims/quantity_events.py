"""Dates that are claims of their own: when something was released, founded, or happened."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.claims.attribution import Attribution
from kg.claims.dates import Date
from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context, evidence_span
from kg.claims.quantity_patterns import pattern
from kg.claims.quantity_phrases import phrase
from kg.claims.quantity_rivals import GENERIC_SUBJECT
from kg.claims.quantity_speakers import VOICES
from kg.claims.quantity_subjects import subject_of
from kg.document import EntityMention
from kg.record import CORE_TYPES, Quantity

_RELEASE = pattern("release")
_FOUNDED = pattern("founded")
_PERIOD = pattern("period-after")
_BARE = re.compile(
    r"..?|[份初底末]?的(?:时候|那天)|[份初底末]?(?:早些时候|晚些时候|稍早|时候|左右|前后|这天|那天|当天)|", re.S
)  # a clause that is no more than a date
_SHOWN = re.compile(r"(?:展示|演示|曝光|预告|预览|公开亮相)了?")
_WHY = re.compile(r"因(?!此)|由于|凭借?|作为|为了")
_STARTED = re.compile(r"(?:开始|起)[,]?(?!至今|到)[^,。;]{2}")
_AND_WAS = re.compile(  # X 2015年由Y在纽约 | 成立
    r"(?:自|早|也|就|则|才|又|正式|一起|共同|联合|[于在由][^,。;]{1,24}|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[初底末]?|[去今前]年(?:\d{1,2}月)?|\s)*"
)
_BORN = re.compile(r"诞生|(?:成立|创立|创办)(?=时|后|之|以|[,。;]|$)")
_ABOUT = re.compile(r"(?:大概|大约|约|差不多|将近|近)(?:在|是)?\s?$")
_FOUNDS = re.compile(  # 2010年,他创立DeepMind
    r"(?:创立|创办|创建|成立|组建|筹组|筹建)(?:了|起|出)?(?:[^,。;的]{0,12}(?:公司|企业|实验室|机构|组织|品牌|工作室|团队|名为|叫做?))?[“「]?$"
)
_WEAK = re.compile(
    r"(?:公布|披露|公开|发布)的|拥有|已经?有|达到|突破|实现|进入"
)  # with a figure they say what was measured, not what happened
_TODAY = pattern("today-event")
_VAGUELY = pattern("vague-day")
_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|自|从|到|直到|至|比|较|相比|与)\s?$")
_EVENT = pattern("event")
_DEED = pattern("dated-deed")
_OF_PERSONS = pattern("event-of-persons")
_WE = re.compile(r"[初底末]?(?:的时候|时|份|左右)?[,]?\s?(?:我们|咱们|我)(?![国省市校方家])")
_SINCE = re.compile(r"[从自]\s?$")
_FAINT = pattern("faint-event")
_MEASURED_FROM = re.compile(r"(?:比|较|相比)\s?$")


def date_claims(
    everything: list[Context], i: int, dates: list[Date], amounts: list[Amount], attribution: Attribution
) -> list[tuple[int, Quantity]]:
    """The dates of a sentence that say when something of a named entity happened, each with its position."""
    out: list[tuple[int, Quantity]] = []
    for date in dates:
        if date.value is None:
            continue
        d = _dated(everything, i, date, amounts, attribution.holder(date.start))
        found = _claim(d)
        if found is None:
            continue
        attribute, subjects = found
        out += [(date.start, _quantity(d, attribute, s, attribution)) for s in subjects]
    return out


@dataclass(frozen=True, slots=True)
class _Dated:
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

    def subject(self, attribute: str) -> EntityMention | None:
        if told := _WE.match(self.ctx.norm, self.date.end):  # 2021年6月,我们上线了…
            return next((m for m in self.ctx.mentions if m.end == told.end() and m.rule in VOICES), None)
        return subject_of(self.everything, self.index, (self.date.start, self.date.end), attribute)


Found = tuple[str, list[EntityMention]]  # attribute and subjects


def _claim(d: _Dated) -> Found | None:
    if _bounds(d):
        return None
    if born := _born(d):
        return born
    if _FOUNDED.search(d.text):
        return _founding(d)
    return _founders(d) or (None if _spans(d) or _measures(d) else _shown(d) or _event(d))


def _dated(everything: list[Context], i: int, date: Date, amounts: list[Amount], holder: str) -> _Dated:
    ctx = everything[i]
    clause = ctx.clause(date.start)
    start, end = ctx.clauses[clause]
    only = _BARE.fullmatch(ctx.norm, date.end, end) is not None
    if only and clause + 1 < len(ctx.clauses):  # 去年12月,这家公司推出…
        end = ctx.clauses[clause + 1][1]
        if clause + 2 < len(ctx.clauses) and _WHY.search(ctx.norm, date.end, end) and not amounts:
            end = ctx.clauses[clause + 2][1]  # 2018年,X因…的贡献,与Y获得了…
    core = [m for m in ctx.mentions if start <= m.start < end and m.type in CORE_TYPES]
    return _Dated(everything, i, date, amounts, holder, start, end, only and date.start - start <= 2, core)


def _bounds(d: _Dated) -> bool:
    """Whether the date only bounds something: `截至2024年底`, `从…到2024年2月14日`, `比2023年`, `从2020年`."""
    if d.date.form != "ago" and _UNTIL.search(d.before) and "截" in d.before:
        return True
    sentence = d.ctx.norm[d.ctx.sentence.start : d.date.start]
    if re.search(r"[到至]\s?$", d.before) and re.search(r"[从自][^。;]{0,40}$", sentence):
        return True
    begun = _RELEASE.search(d.text) or _FOUNDED.search(d.text) or d.started
    return _MEASURED_FROM.search(d.before) is not None or (_SINCE.search(d.before) is not None and not begun)


def _born(d: _Dated) -> Found | None:
    """`早在2017年X诞生时`, `2023年,X在巴黎成立`."""
    born = _BORN.search(d.ctx.norm, d.date.end, d.end)
    named = [m for m in d.core if born and m.type == "Organization" and m.end <= born.start()]
    named = [m for m in named if born and _AND_WAS.fullmatch(d.ctx.norm, m.end, born.start())]
    return ("founding_date", named[:1]) if named else None


def _founding(d: _Dated) -> Found | None:
    """`X成立于2019年`: of a company that the sentence itself names."""
    if d.date.start == d.start and re.match(r"(?:成立|创立|创办|创建)的", d.after) and not d.core:
        return None
    subject = d.subject("founding_date")
    return ("founding_date", [subject]) if subject and subject.start >= d.ctx.sentence.start else None


def _founders(d: _Dated) -> Found | None:
    """`2010年,他创立X`."""
    founded = [
        m
        for m in (d.ctx.mentions if d.bare else d.core)
        if m.type == "Organization" and m.start > d.date.end and _FOUNDS.search(d.ctx.norm, d.date.end, m.start)
    ]
    if not founded or _dated_again(d.ctx, d.date, founded[0].start):
        return None
    return "founding_date", founded[:1]


def _spans(d: _Dated) -> bool:
    """Whether the date is an end of a span, or too vague to date anything: `2010年至`, `20年前`, `今天` as nowadays."""
    date = d.date
    if re.match(r"起", d.after) or (_SPAN.search(d.before + "|" + d.after) and not (d.core and _EVENT.search(d.text))):
        return True
    written = d.ctx.norm[date.start : date.end]
    if date.form == "ago" and date.precision == "year" and not re.match(r"[一二两三1-3]", written):
        return True
    if date.form == "relative-day" and not _TODAY.search(d.text):
        return True
    if date.vague and (_VAGUELY.search(d.before) or d.after.startswith("的")):
        return True
    return re.search(r"发表于$", d.before) is not None and not any(m.type == "Person" for m in d.ctx.mentions)


def _measures(d: _Dated) -> bool:
    """Whether the date says when a figure was measured, or dates one too vaguely: `4个月前完成6000万融资的X`."""
    if _PERIOD.match(d.after) or _figure_of(d.ctx, d.date, d.amounts, d.end):
        return True
    return d.date.form == "ago" and any(d.date.end <= x.start < d.end and x.unit != "rank" for x in d.amounts)


def _shown(d: _Dated) -> Found | None:
    """What was released then, or first shown."""
    if _RELEASE.search(d.text) and (released := _released(d.everything, d.index, d.start, d.end)):
        return "release_date", released
    shown = _SHOWN.search(d.ctx.norm, d.date.end, d.end)
    things = [m for m in d.ctx.mentions if shown and m.type in _THINGS and shown.end() <= m.start < d.end]
    return ("event_date", things[:1]) if things else None


def _event(d: _Dated) -> Found | None:
    """What else happened then to a named thing."""
    ctx, date = d.ctx, d.date
    if any(
        ctx.norm[date.end : x.lead] in ("", "的", " ") and x.kind != "time" for x in d.amounts if x.lead >= date.end
    ):
        return None  # 4月份的400万美元: the date of a figure
    if _figures(date, d.amounts, d.end) and not _EVENT.search(_WEAK.sub("", d.text)):
        return None
    actor = None
    told = _FAINT.sub("", d.text) if date.precision == "year" and not d.started else d.text
    if not (_EVENT.search(told) or re.search(r"是在?\s?$", d.before) or (actor := _actor(d))):
        return None
    if not d.core and GENERIC_SUBJECT.search(ctx.norm, d.start, d.end):
        return None
    subject = actor or d.subject("event_date")
    carried = subject is not None and subject.start < ctx.sentence.start and not d.core
    if carried and (date.vague or not _TODAY.search(d.text) or GENERIC_SUBJECT.search(d.text)):
        subject = None
    if subject is not None and subject.type == "Organization" and _AT.search(ctx.norm, d.start, subject.start):
        subject = _who(d) if _CAREER.search(d.text) else subject
    subject = subject or _topic(d)
    if subject is None:
        return None
    following = min(ctx.clause(date.start) + 1, len(ctx.clauses) - 1)
    near = ctx.norm[d.start : max(d.end, ctx.clauses[following][1])]
    if subject.type == "Person" and not (_OF_PERSONS.search(near) or _of_another_year(d)):
        return None  # what a person says on a day is no event of the person, but what it said years ago is
    return "event_date", [subject]


_CAREER = re.compile(r"毕业|学位|博士|硕士|学士|任教|任职|担任|出任|就读|攻读|入学|考入|执教|访问学者|院士|从事")
_AT = re.compile(
    r"(?:毕业于|就读于|考入|加入|进入|入职|任教于|任职于|取得了?|获得?了?|前往|赴|在|从|任|于)[^,。;的]{0,8}$"
)
_MAIN = 0.4  # the share of the names of organisations and persons that are of whom an article is about
_SPAN = re.compile(r"[年月日]\s?[至到—-]\s?\||\|\s?[至到—-]")  # the bar stands for the date
_STANDING = re.compile(r"[是为有在]|[在位属]于|来自|[将会能要想]|可能|可以|应该|需要|必须|希望|觉得|认为|以为|仍|显得")
_AHEAD = re.compile(r"将|会|可能|有望|预计|应该|或许|注定|仍")


def _actor(d: _Dated) -> EntityMention | None:
    """The named subject of the date's clause, if it did something then, whatever the verb: `X早在2015年就注意到了Y`."""
    ctx, date = d.ctx, d.date
    named = next((m for m in d.core if ctx.role(m) in ("subject", "coordinated", "possessor")), None)
    owned = [m for m in d.core if named and ctx.role(named) == "possessor" and ctx.norm[named.end : m.start] == "的"]
    named = owned[0] if owned else named
    if named is None or d.after.startswith("的") or date.form in ("relative-day", "week"):
        return None
    gap = sorted((named.start, named.end, date.start, date.end))[1:3]
    verbs = [w for w in ctx.words if w.tag == "v" and gap[0] <= w.start and w.end <= d.end]
    does = next((w for w in verbs if not _STANDING.fullmatch(ctx.norm, w.start, w.end)), None)
    if does is None or any(w.end <= gap[1] for w in verbs) or _AHEAD.search(ctx.norm, gap[0], does.end):
        return None
    return named


def _who(d: _Dated) -> EntityMention | None:
    """The person last named before the date, whose school or employer the clause names: `1986年获X博士学位`."""
    for other in reversed(d.everything[max(0, d.index - 2) : d.index + 1]):
        if other.sentence.paragraph != d.ctx.sentence.paragraph:
            return None
        persons = [m for m in other.mentions if m.type == "Person" and m.start < d.date.end]
        if persons:
            return persons[-1]
    return None


def _topic(d: _Dated) -> EntityMention | None:
    """Whom the article is about, for an event in a clause that names nobody: `2019年加入星河计划`."""
    ctx = d.ctx
    clause = ctx.clause(d.date.start)
    told = {phrase(ctx, c, d.end) for c in (clause, clause + 1 if d.bare else clause) if c < len(ctx.clauses)}
    if d.core or not told <= {"empty", "reference", "company"} or d.date.vague or d.date.form == "ago":
        return None
    named = [m for m in ctx.a.mentions if m.type in ("Organization", "Person") and m.rule not in VOICES]
    counts = Counter(m.entity for m in named)
    main = max(counts, key=lambda entity: counts[entity], default="")
    if counts[main] < max(3, _MAIN * len(named)):
        return None
    return max((m for m in named if m.entity == main), key=lambda m: (m.start < d.date.start, m.start))


def _of_another_year(d: _Dated) -> bool:
    """Whether the date lies in a year before the article's."""
    published = d.ctx.a.article.meta.published
    told = d.date.value if d.date.form != "ago" else None
    return bool(published and told and told[0] != "-" and told[:4] < published[:4])


def _dated_again(ctx: Context, date: Date, position: int) -> bool:
    """Whether another year or month stands between a date and what it might date."""
    return re.search(r"\d\s?[年月]|[去今明前]年", ctx.norm[date.end : position]) is not None


def _figure_of(ctx: Context, date: Date, amounts: list[Amount], end: int) -> bool:
    """Whether the date only says when a figure was measured, not when something was done (`2018年以189亿美元收购X`)."""
    if date.precision != "year" or not _figures(date, amounts, end):
        return False
    return _DEED.search(ctx.norm, date.end, end) is None


def _figures(date: Date, amounts: list[Amount], end: int) -> bool:
    return any(date.end <= x.start < end and x.kind not in ("time", "rank", "item", "people") for x in amounts)


_LIST = re.compile(r"\s?(?:、|和|与|及|以及|,|/)\s?(?:其|以及)?")
_ANNOUNCED = re.compile(r"[两三四五六七八九\d](?:个|款|种|大|项)[^,。;]{0,8}$")
_ITEMS = re.compile(r"\s*(?:一个|一款|分别|其一|包括|其中)")
_THINGS = ("Model", "Product", "Hardware", "Work", "Policy")


def _released(everything: list[Context], i: int, start: int, end: int) -> list[EntityMention]:
    """What a clause says was released: what follows the verb, else what precedes it, else the list that comes next."""
    ctx = everything[i]
    verb = _RELEASE.search(ctx.norm, start, end)
    if verb is None:
        return []
    things = [m for m in ctx.mentions if m.type in _THINGS and start <= m.start < end]
    after = [m for m in things if m.start >= verb.end()]
    if after:
        out = after[:1]
        for m in [m for m in ctx.mentions if m.type in _THINGS and m.start > after[0].start]:
            if not _LIST.fullmatch(ctx.norm, out[-1].end, m.start):
                break
            out.append(m)
        return out
    following = everything[i + 1] if i + 1 < len(everything) else None
    if following and _ANNOUNCED.search(ctx.norm, start, end) and _ITEMS.match(ctx.norm, following.sentence.start):
        stop = ctx.norm.find(";", following.sentence.start, following.sentence.end)
        stop = following.sentence.end if stop < 0 else stop
        listed = [m for m in following.mentions if m.type == "Model" and m.start < stop and m.kind == "name"]
        return list({m.entity: m for m in listed}.values())
    return things[-1:]


def _quantity(d: _Dated, attribute: str, subject: EntityMention, attribution: Attribution) -> Quantity:
    ctx, date = d.ctx, d.date
    start, end = evidence_span(ctx, date.start, date.end, subject.start)
    if end - date.end <= 2 and ctx.clause(date.start) + 1 < len(ctx.clauses):
        end = ctx.clauses[ctx.clause(date.start) + 1][1]
    return Quantity(
        subject=subject.entity,
        attribute=attribute,
        op="~" if date.form == "ago" and _ABOUT.search(ctx.norm, ctx.sentence.start, date.start) else "=",
        number=date.value or "",
        unit="date",
        unit_text="",
        relative_to=None,
        time=date.value,
        holder=d.holder,
        modality=attribution.modality(start, end, date.start),
        evidence=ctx.a.article.evidence(start, end),
        rule=f"quantity.date.{date.form}",
    )
