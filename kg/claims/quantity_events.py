"""Dates that are claims of their own: when something was released, founded, or happened."""

from __future__ import annotations

import re

from kg.claims.attribution import Attribution
from kg.claims.dates import Date
from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context, evidence_span
from kg.claims.quantity_dated import Dated, dated, sheet, topic
from kg.claims.quantity_patterns import pattern
from kg.claims.quantity_rivals import GENERIC_SUBJECT
from kg.claims.quantity_speakers import VOICES
from kg.document import EntityMention
from kg.record import Quantity

_RELEASE = pattern("release")
_SINCE_THEN = re.compile(
    r"了?(?:大?约|将?近|仅仅?|短短)?[\d一二两三四五六七八九十半几]+多?个?(?:年|月|周|天)(?:多|半)?(?:之|以)?[后前来]"
)
_FOUNDED = pattern("founded")
_PERIOD = pattern("period-after")
_REPORTED = re.compile(r"度?(?:第?[一二三四1-4]季度?)?(?:全年)?的?(?:财报|年报|季报|业绩|财年|财务|收入|营收|数据)")
_SHOWN = re.compile(r"(?:展示|演示|曝光|预告|预览|公开亮相)了?")
_AND_WAS = re.compile(  # X 2015年由Y在纽约 | 成立
    r"(?:自|早|也|就|则|才|又|正式|宣布|作为[^,。;]{1,10}?|一起|共同|联合|[于在由][^,。;]{1,24}|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[初底末]?|[去今前]年(?:\d{1,2}月)?|\s)*"
)
_BORN = re.compile(r"诞生|(?:成立|创立|创办)(?=时|后|之|以|[,。;]|$)")
_ABOUT = re.compile(r"(?:大概|大约|约|差不多|将近|近)(?:在|是)?\s?$")
_FOUNDS = re.compile(  # 2010年,他创立DeepMind
    r"(?:创立|创办|创建|成立|组建|筹组|筹建)(?:了|起|出)?(?:[^,。;的]{0,12}(?:公司|企业|实验室|机构|组织|品牌|工作室|团队|平台|社区|服务|产品|应用|名为|叫做?))?[“「]?$"
)
_YOU = re.compile(r"你|您")
_FIRST = re.compile(r"(?:离开|卖掉|出售|毕业|退出)[^。;]{0,16}(?:后|,)")  # 2024年离开X后创立Y
_WEAK = re.compile(
    r"(?:公布|披露|公开|发布)的|拥有|已经?有|达到|突破|实现|进入"
)  # with a figure they say what was measured, not what happened
_MADE = re.compile(r"(?:开发|研发|打造|训练|提出|发明)的")
_WAS = re.compile(r"是在\s?$|(?<!能)是\s?$")
_AHEAD = re.compile(r"(?:可能|或许|或将|有望|也许)(?:会)?(?:在|于|是)?\s?$")
_TODAY = pattern("today-event")
_VAGUELY = pattern("vague-day")
_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|自|从|到|直到|至|比|较|相比|与)\s?$")
_EVENT = pattern("event")
_DEED = pattern("dated-deed")
_OF_PERSONS = pattern("event-of-persons")
_UP_TO = re.compile(r"[初底末年]?\s?[到至]|[^,。;]{0,6}到(?:现在|今天|目前|如今)")
_SAYS = pattern("says")
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
        d = dated(everything, i, date, amounts, attribution.holder(date.start))
        found = _claim(d)
        if found is None:
            continue
        attribute, subjects = found
        out += [(date.start, _quantity(d, attribute, s, attribution)) for s in subjects]
    return out


Found = tuple[str, list[EntityMention]]  # attribute and subjects


def _claim(d: Dated) -> Found | None:
    if company := sheet(d):
        return "event_date", [company]
    if _bounds(d):
        return None
    if founded := _born(d) or _founders(d):
        return founded
    if _FOUNDED.search(d.text):
        return _founding(d)
    return None if _spans(d) or _measures(d) else _shown(d) or _event(d)


def _bounds(d: Dated) -> bool:
    """Whether the date only bounds something: `截至2024年底`, `从…到2024年2月14日`, `比2023年`, `从2020年`."""
    if d.date.form != "ago" and _UNTIL.search(d.before) and "截" in d.before:
        return True
    sentence = d.ctx.norm[d.ctx.sentence.start : d.date.start]
    if re.search(r"每[年月个]?\s?$", d.before):
        return True
    if re.search(r"[到至]\s?$", d.before) and re.search(r"[从自][^。;]{0,40}$", sentence):
        return not (d.after.startswith("才") and d.acted)
    if _SINCE.search(d.before) and _UP_TO.match(d.after):
        return True
    begun = _RELEASE.search(d.text) or _FOUNDED.search(d.text) or d.started or d.acted
    return _MEASURED_FROM.search(d.before) is not None or (_SINCE.search(d.before) is not None and not begun)


def _born(d: Dated) -> Found | None:
    """`早在2017年X诞生时`, `2023年,X在巴黎成立`."""
    born = _BORN.search(d.ctx.norm, d.date.end, d.end)
    named = [m for m in d.core if born and m.type == "Organization" and m.end <= born.start()]
    named = [m for m in named if born and _AND_WAS.fullmatch(d.ctx.norm, m.end, born.start())]
    return ("founding_date", named[:1]) if named else None


def _founding(d: Dated) -> Found | None:
    """`X成立于2019年`: of a company that the sentence itself names, or that speaks."""
    ctx = d.ctx
    if d.date.start == d.start and re.match(r"(?:成立|创立|创办|创建)的", d.after) and not d.core:
        return None
    if ctx.norm.endswith("(", d.start, d.date.start):  # X(2019年成立)
        named = [m for m in ctx.mentions if m.end == d.date.start - 1 and m.type == "Organization"]
        return ("founding_date", named) if named else None
    if d.who and d.who.type in ("Organization", "Product"):
        return "founding_date", [d.who]
    if d.doer.kind == "self" or _YOU.match(d.doer.word):
        return None
    subject = d.subject("founding_date")
    if subject and subject.start >= ctx.sentence.start:
        return "founding_date", [subject]
    return ("event_date", [d.who]) if d.who and d.acted else None  # 李雷在2004年创办了网店


def _founders(d: Dated) -> Found | None:
    """`2010年,他创立X`."""
    founded = [
        m
        for m in (d.ctx.mentions if d.bare else d.core)
        if m.type in ("Organization", "Product")
        and m.start > d.date.end
        and _FOUNDS.search(d.ctx.norm, d.date.end, m.start)
        and not _FIRST.search(d.ctx.norm, d.date.end, m.start)
    ]
    if not founded or _dated_again(d.ctx, d.date, founded[0].start):
        return None
    return "founding_date", founded[:1]


def _spans(d: Dated) -> bool:
    """Whether the date is an end of a span, or too vague to date anything: `2010年至`, `20年前`, `今天` as nowadays."""
    date = d.date
    joined = _SPAN.search(d.before + "|" + d.after) and not (d.core and _EVENT.search(d.text))
    if (d.after.startswith("起") or joined) and not d.acted:
        return True
    written = d.ctx.norm[date.start : date.end]
    if date.form == "ago" and date.precision == "year" and not re.match(r"[一二两三1-3]", written):
        return True
    if date.form == "relative-day" and not _TODAY.search(d.text):
        return True
    if date.vague and (_VAGUELY.search(d.before) or d.after.startswith("的")):
        return True
    return re.search(r"发表于$", d.before) is not None and not any(m.type == "Person" for m in d.ctx.mentions)


def _measures(d: Dated) -> bool:
    """Whether the date says when a figure was measured, or dates one too vaguely: `4个月前完成6000万融资的X`."""
    if d.acted:
        return _REPORTED.match(d.after) is not None
    if _PERIOD.match(d.after):
        return True
    if _figure_of(d.ctx, d.date, d.amounts, d.end):
        return True
    return d.date.form == "ago" and any(d.date.end <= x.start < d.end and x.unit != "rank" for x in d.amounts)


def _shown(d: Dated) -> Found | None:
    """What was released then, or first shown."""
    if d.doer.kind == "named" and d.doer.at == d.date.end and _MADE.match(d.ctx.norm, d.doer.at):
        made = d.doer.mention  # 2022年开发的X
        if made and made.start > d.doer.at and made.type in ("Model", "Product", "Hardware"):
            return "release_date", [made]
    if _RELEASE.search(d.text) and (released := _released(d)):
        return "release_date", released
    shown = _SHOWN.search(d.ctx.norm, d.date.end, d.end)
    things = [m for m in d.ctx.mentions if shown and m.type in _THINGS and shown.end() <= m.start < d.end]
    return ("event_date", things[:1]) if things else None


def _event(d: Dated) -> Found | None:
    """What else happened then to a named thing."""
    ctx, date = d.ctx, d.date
    if any(
        ctx.norm[date.end : x.lead] in ("", "的", " ") and x.kind != "time" for x in d.amounts if x.lead >= date.end
    ):
        return None  # 4月份的400万美元: the date of a figure
    if not d.acted and _figures(date, d.amounts, d.end) and not _EVENT.search(_WEAK.sub("", d.text)):
        return None
    told = _FAINT.sub("", d.text) if date.precision == "year" and not d.started else d.text
    if not (d.acted or _EVENT.search(told) or _WAS.search(d.before)):
        return None
    subject = d.who or _guessed(d)
    if subject is None:
        return None
    if subject.type == "Person" and not _happened(d):
        return None
    return "event_date", [subject]


def _happened(d: Dated) -> bool:
    """Whether it is an event of a person: what one says on a day is none, but what one said years ago is."""
    ctx = d.ctx
    dated_deed = d.acted and d.doer.kind in ("named", "pronoun") and not d.date.vague and d.date.form != "ago"
    spoken = d.who is not None and d.who.rule in VOICES
    if _of_another_year(d) or (dated_deed and not spoken and not _SAYS.match(ctx.norm, d.doer.at)):
        return True
    following = min(ctx.clause(d.date.start) + 1, len(ctx.clauses) - 1)
    return _OF_PERSONS.search(ctx.norm, d.start, max(d.end, ctx.clauses[following][1])) is not None


def _guessed(d: Dated) -> EntityMention | None:
    """Whose event it is where nobody is sure to have done it: the likeliest name, else whom the article is about."""
    if _AHEAD.search(d.before) or (not d.core and GENERIC_SUBJECT.search(d.ctx.norm, d.start, d.end)):
        return None
    subject = d.guess()
    carried = subject is not None and subject.start < d.ctx.sentence.start and not d.core
    if carried and (d.date.vague or not _TODAY.search(d.text) or GENERIC_SUBJECT.search(d.text)):
        subject = None
    return subject or (topic(d) if d.doer.kind not in ("self", "others") else None)


_SPAN = re.compile(r"[年月日]\s?[至到—-]\s?\||\|\s?[至到—-]")  # the bar stands for the date


def _of_another_year(d: Dated) -> bool:
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


_LIST = re.compile(r"\s?(?:,|(?:、|和|与|及|以及|/)\s?(?:其|以及)?(?:(?![比超优对])[^,。;的]){0,8})\s?")
_PLACE = re.compile(r"(?:在|于)\s?[《“]?$|在|于")
_VERSION = re.compile(r"\s?的(?:升级|更新|新|后续|测试|正式|精简|轻量|多模态|开源)?[^,。;的]{0,6}版[^,。;]{0,6}——")
_ANNOUNCED = re.compile(r"[两三四五六七八九\d](?:个|款|种|大|项)[^,。;]{0,8}$")
_ITEMS = re.compile(r"\s*(?:一个|一款|分别|其一|包括|其中)")
_THINGS = ("Model", "Product", "Hardware", "Work", "Policy", "Benchmark")


def _released(d: Dated) -> list[EntityMention]:
    """What a clause says was released: what follows the verb, else what precedes it, else the list that comes next."""
    ctx = d.ctx
    verb = _RELEASE.search(ctx.norm, d.start, d.end)
    if verb is None or _SINCE_THEN.match(ctx.norm, verb.end(), d.end):
        return []
    things = [m for m in ctx.mentions if m.type in _THINGS and d.start <= m.start < d.end]
    after = [m for m in things if m.start >= verb.end() and not _PLACE.search(ctx.norm, verb.end(), m.start)]
    after = [m for m in after if not _VERSION.match(ctx.norm, m.end)] or after
    if after:
        out = after[:1]
        for m in [m for m in ctx.mentions if m.type in _THINGS and m.start > after[0].start]:
            if not _LIST.fullmatch(ctx.norm, out[-1].end, m.start):
                break
            out.append(m)
        return out
    everything, i = d.everything, d.index
    following = everything[i + 1] if i + 1 < len(everything) else None
    if following and _ANNOUNCED.search(ctx.norm, d.start, d.end) and _ITEMS.match(ctx.norm, following.sentence.start):
        stop = ctx.norm.find(";", following.sentence.start, following.sentence.end)
        stop = following.sentence.end if stop < 0 else stop
        listed = [m for m in following.mentions if m.type == "Model" and m.start < stop and m.kind == "name"]
        return list({m.entity: m for m in listed}.values())
    if ctx.norm.startswith("的", verb.end()) or _PLACE.match(ctx.norm, verb.end()):
        return []  # X在4个月前公布的客户数, 发表在《科学》
    itself = [d.who] if d.who and d.who.type in _THINGS and d.doer.at == verb.start() else []
    return things[-1:] or itself


def _quantity(d: Dated, attribute: str, subject: EntityMention, attribution: Attribution) -> Quantity:
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
