"""Every number of an article with its meaning: attribute, subject, operator, unit, time, holder and modality."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.claims.attribution import Attribution
from kg.claims.dates import Date, find_dates
from kg.claims.numbers import Amount, find_amounts
from kg.claims.quantity_attributes import attribute_of
from kg.claims.quantity_context import Context, contexts, evidence_span
from kg.claims.quantity_events import date_claims
from kg.claims.quantity_filter import idle, worth
from kg.claims.quantity_phrases import read_words
from kg.claims.quantity_ranks import find_ranks
from kg.claims.quantity_relative import bound, relative_to
from kg.claims.quantity_sharing import sharers
from kg.claims.quantity_subjects import carried_subject, preferences, subject_of
from kg.claims.quantity_units import carry_gpus, money_of, settle_unit, unit_for
from kg.document import AnnotatedArticle, EntityMention
from kg.record import Quantity

_NUMERIC = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿半倍首登榜番今昨明去前上下本当周月年日]")


def find_quantities(a: AnnotatedArticle, attribution: Attribution) -> list[Quantity]:
    """The quantities of one article, in order. Offsets of evidence are of the raw file."""
    everything = contexts(a)
    figures = _figures(a, everything)
    read_words(everything, sorted(figures))
    out: list[tuple[int, Quantity]] = []
    topic = Topic()
    for i, (amounts, dates) in figures.items():
        out += _amount_claims(everything, i, amounts, dates, attribution, topic)
        out += date_claims(everything, i, dates, amounts, attribution)
    return [q for _, q in sorted(out, key=lambda found: found[0])]


def _figures(a: AnnotatedArticle, everything: list[Context]) -> dict[int, tuple[list[Amount], list[Date]]]:
    """The amounts and dates of each sentence that has any, by the sentence's index."""
    dates = find_dates(a.article.norm, a.article.meta.published)
    out: dict[int, tuple[list[Amount], list[Date]]] = {}
    earlier: list[Amount] = []
    for i, ctx in enumerate(everything):
        if not _NUMERIC.search(ctx.norm, ctx.sentence.start, ctx.sentence.end):
            continue
        mine = [d for d in dates if ctx.sentence.start <= d.start and d.end <= ctx.sentence.end]
        mine = [d for d in mine if not ctx.is_masked(d.start, d.end)]
        amounts = _amounts(ctx, [d for d in dates if d.end > ctx.sentence.start and d.start < ctx.sentence.end])
        amounts = [
            money_of(ctx.norm, x, [*reversed(amounts[:k]), *reversed(earlier), *amounts[k + 1 :]])
            for k, x in enumerate(amounts)
        ]
        earlier = amounts or (earlier if ctx.sentence.kind == "list" else [])
        if amounts or mine:
            out[i] = amounts, mine
    return out


@dataclass
class Topic:
    """The named subject of the last figure, and the sentence that it stood in."""

    index: int = -9
    mention: EntityMention | None = None

    def note(self, index: int, mention: EntityMention | None) -> None:
        if mention is not None:
            self.index, self.mention = index, mention

    def at(self, everything: list[Context], index: int, span: tuple[int, int], attribute: str) -> EntityMention | None:
        """The subject carried on to a figure of this sentence or of the two after it, in one paragraph or list."""
        if self.mention is None or index - self.index > 2:
            return None
        here, there = everything[index].sentence, everything[self.index].sentence
        if there.kind in ("title", "heading") or (here.paragraph != there.paragraph and here.kind != "list"):
            return None
        found = carried_subject(everything[index], span, attribute, self.mention)
        self.index = index if found else self.index
        return found


def _amounts(ctx: Context, dates: list[Date]) -> list[Amount]:
    ranks = find_ranks(ctx)
    taken = [(d.start, d.end) for d in dates if d.value or d.form != "ago"] + [(r.start, r.end) for r in ranks]
    found = [
        settle_unit(ctx, x)
        for x in find_amounts(ctx.norm, ctx.sentence.start, ctx.sentence.end)
        if not any(x.start < e and s < x.end for s, e in taken)
    ]
    return sorted(carry_gpus(ctx, [x for x in found if worth(ctx, x)]) + ranks, key=lambda x: x.start)


def _amount_claims(
    everything: list[Context], i: int, amounts: list[Amount], dates: list[Date], attribution: Attribution, topic: Topic
) -> list[tuple[int, Quantity]]:
    """The claims of the amounts of a sentence, each with the position of its number."""
    ctx = everything[i]
    out: list[tuple[int, Quantity]] = []
    last: tuple[Amount, str] | None = None
    owner: EntityMention | None = None  # whose the last figure was
    for x in amounts:
        holder = attribution.holder(x.start)
        counter = last is not None and _counterpart(ctx, last[0], x)
        if counter and last is not None and x.kind == "bare":
            x = replace(x, unit=last[0].unit, kind=last[0].kind, unit_text=last[0].unit_text)
        versus = relative_to(ctx, (x.start, x.end)) if x.unit in ("ratio", "percent") else None
        attribute, rule = ("rank", x.form) if x.unit == "rank" else attribute_of(ctx, x, amounts, versus)
        series = last is not None and (
            _same_series(ctx, last[0], x)
            or rule.startswith("unit.")
            and (attribute in ("other", "amount") or x.unit == "ratio")
            and _compared(ctx, last, x)
        )
        if last is not None and (series or counter):
            attribute, rule = last[1], f"{rule}.series"
        if x.unit != "rank" and x.kind != "time":
            last = (x, attribute)
        wanted = f"{attribute}.{x.kind}" if f"{attribute}.{x.kind}" in preferences() else attribute
        if (series and not counter) or (counter and _names_nobody(ctx, x)):
            subject = None if counter else owner  # also where it has no name
        else:
            subject = subject_of(everything, i, (x.start, x.end), wanted, versus)
            subject = subject or topic.at(everything, i, (x.start, x.end), attribute)
        topic.note(i, subject)
        owner = subject if last is not None and last[0] is x else owner
        if attribute == "investment" and (funded := _led(ctx, x)):
            attribute, subject, rule = "funding", funded, f"{rule}.led"
        if attribute == "other" and _outpaces(ctx, x, subject):
            attribute, rule = "compute", f"{rule}.speed"
        if subject is None and idle(x, attribute):
            continue
        start, end = evidence_span(ctx, x.lead, x.tail, subject.start if subject else None)
        claim = Quantity(
            subject=subject.entity if subject else None,
            attribute=attribute,
            op=bound(ctx.norm, ctx.clauses[ctx.clause(x.start)][0], x) if versus or x.unit == "ratio" else x.op,
            number=x.number,
            unit=unit_for(attribute, x.unit),
            unit_text=x.unit_text,
            relative_to=versus,
            time=_time(ctx, x, dates),
            holder=holder,
            modality=attribution.modality(start, end, x.start),
            evidence=ctx.a.article.evidence(start, end),
            rule=f"quantity.{rule}",
        )
        whose = [m.entity for m in sharers(ctx, subject, x, amounts)] if subject else [None]
        out += [(x.start, replace(claim, subject=entity)) for entity in whose]
    return out


_FROM_TO = re.compile(
    r"[^,。;]{0,10}(?:降|升|增|涨|跃|跌|减|提高|扩大|缩|变)[^,。;]{0,6}(?:至|到|为|成)[^,。;]{0,14}|[,]?(?:和|与|及|以及|、)(?:近|约|超)?|\s?[(](?:约合?|合|折合|相当于)?(?:人民币|美元|约)?"
)


_LED = re.compile(r"[领参跟]投了?\s?$")  # 领投X 2.5亿: what X gets
_SPEED = re.compile(r"速度|性能|吞吐|快")


def _led(ctx: Context, x: Amount) -> EntityMention | None:
    """Who gets the money of an investor who leads the round: `领投X 2.5亿`."""
    near = [m for m in ctx.mentions if 0 <= x.lead - m.end <= 1]
    return next((m for m in near if _LED.search(ctx.norm, max(0, m.start - 3), m.start)), None)


def _outpaces(ctx: Context, x: Amount, subject: EntityMention | None) -> bool:
    """Whether a ratio tells how fast hardware computes: `晨星比夜星快4倍`."""
    hardware = subject is not None and subject.type == "Hardware"
    return hardware and x.unit == "ratio" and _SPEED.search(ctx.clause_text(x.start)) is not None


_COUNTERPART = re.compile(
    r"[将把][^,。;]{1,16}的|[^,。;]{0,8}(?:[高低多少大小优逊]于|仅次于|远?超过?了?|超越了?|领先于?|落后于?|不及|不如)[^,。;]{1,16}的(?:约|近)?"
)


def _counterpart(ctx: Context, last: Amount, x: Amount) -> bool:
    """`日活达5000万用户,仅次于X的3亿`: another's figure of the same sort, in the same unit where it names none."""
    clause = ctx.norm[ctx.clauses[ctx.clause(x.start)][0] : x.lead]
    return x.kind in (last.kind, "bare") and _COUNTERPART.fullmatch(clause) is not None


def _names_nobody(ctx: Context, x: Amount) -> bool:
    start = ctx.clauses[ctx.clause(x.start)][0]
    return not ctx.mentions_between(start, x.lead)


def _same_series(ctx: Context, a: Amount, b: Amount) -> bool:
    """`从36,599人下降至31,781人`, `4.5倍和近400倍`: two figures of one thing."""
    return a.kind == b.kind and _FROM_TO.fullmatch(ctx.norm, a.tail, b.lead) is not None


_REACHED = re.compile(
    r"(?:并|又|而|到|随后|此后|在|后来|预计|有望|将)?[^,。;]{0,12}(?:达到?|增至|升至|增长到|增长至|涨到|突破|超过|降至|跌至|为|是)了?"
)


def _compared(ctx: Context, last: tuple[Amount, str], x: Amount) -> bool:
    """`发表论文64万篇,是美国的1.6倍`: the ratio is one of what was counted."""
    clause = ctx.norm[ctx.clauses[ctx.clause(x.start)][0] : x.lead]
    if x.kind == last[0].kind == "money":
        return _REACHED.fullmatch(clause) is not None
    return (
        x.unit in ("ratio", "percent")
        and last[0].unit not in ("ratio", "percent")
        and ctx.clause(x.start) > ctx.clause(last[0].start)
        and _MULTIPLE.match(clause) is not None
    )


_MULTIPLE = re.compile(
    r"\s?(?:大概|大约|约|几乎|也|就)?(?:已?是|为|约为|不到|不足|仅|只有|相当于|仅为|达到?|约是|几乎是|超过|接近|比[^,。;]{1,20}(?:多|大|高|少|小|长)出?[了近约]?$)"
)


_OF_A_THING = re.compile(r"[^,。;]{0,2}(?:成立|创立|创办|发布|推出|上线|创建)的")


_BASE = re.compile(r"同期|同比|增长|增加|高出|相比")  # 比去年同期增长: the date is what it is compared with


def _time(ctx: Context, x: Amount, dates: list[Date]) -> str | None:
    """The date that a figure is of: the last one before it in its sentence."""
    before = [d for d in dates if d.end <= x.start and d.value and not d.vague]
    before = [d for d in before if ctx.clause(x.start) - ctx.clause(d.start) <= 2]
    before = [d for d in before if not _OF_A_THING.match(ctx.norm, d.end) and not _BASE.match(ctx.norm, d.end)]
    return before[-1].value if before else None
