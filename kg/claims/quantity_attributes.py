"""What a number measures: the attribute of an amount by the cue words near it and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context
from kg.claims.units import data_rows
from kg.record import CORE_TYPES

_GROUPS = {
    "money": ("money", "coin"),
    "share": ("percent", "ratio", "times"),
    "percent": ("percent",),
    "count": ("item", "event", "bare", "people", "user", "words", "level", "classifier"),
    "time": ("time", "age"),
    "token": ("token",),
    "storage": ("storage",),
    "flops": ("flops",),
    "power": ("power",),
    "gpu": ("gpu",),
    "gpuhours": ("gpuhours",),
    "param": ("param",),
    "people": ("people",),
    "item": ("item",),
    "words": ("words",),
    "event": ("event",),
    "download": ("download",),
    "user": ("user",),
    "score": ("score",),
    "bare": ("bare",),
    "age": ("age",),
}
_DEFAULT = {
    "money": ("amount", 20), "coin": ("amount", 20), "percent": ("other", 15),
    "ratio": ("other", 15), "times": ("other", 15),
    "time": ("duration", 38), "age": ("duration", 60), "gpu": ("hardware_count", 70), "gpuhours": ("compute", 35),
    "param": ("parameter_count", 90), "token": ("amount", 20), "tokenrate": ("other", 90), "user": ("user_count", 45),
    "download": ("download_count", 80), "people": ("count", 20), "item": ("count", 25), "bare": ("count", 15),
    "flops": ("compute", 70), "score": ("benchmark_score", 40), "words": ("count", 25), "level": ("other", 30),
    "storage": ("other", 30), "classifier": ("count", 25), "event": ("count", 25), "share": ("other", 30),
}  # fmt: skip
_FOLLOWING = 40  # how far words that must follow at once may go on
_REACH = 40  # how many characters away a cue may stand


@dataclass(frozen=True, slots=True)
class Cue:
    id: str
    attribute: str
    kinds: frozenset[str]
    weight: int
    side: str
    pattern: re.Pattern[str]


@cache
def cues() -> tuple[Cue, ...]:
    """The rules of `kg/data/quantities/attributes.tsv`."""
    out = []
    for id_, attribute, kinds, weight, side, words, _ in data_rows("attributes.tsv", 7):
        group = frozenset(k for g in kinds.split(",") for k in _GROUPS[g])
        out.append(Cue(id_, attribute, group, int(weight), side, re.compile(words)))
    return tuple(out)


_DIFFERS = re.compile(r"(?:快|慢|多|少|(?<![提增升调])高|大|小|强|长|短)出?[了上]?$")
_COMPARAND = re.compile(  # 比传统方法快20倍, not 比去年快20%
    r"(?:(?<![同环占对])比(?![例重率较])|相较于?)(?!(?:去|上|前|往|同|此前|之前|以前|年初|当时|原来|最初|预期|\d)[^,。;]{0,6})[^,。;]{1,24}$"
)
_YARDSTICK = re.compile(r"(?:占|[^,。;]{2}(?:是|为|相当于|等于|达到?了?|仅有|只有))(?P<base>[^,。;、是为]{1,24}的)$")
_SPENT, _TRAINING = re.compile(r"耗时|历时|用时|花费|花了"), re.compile(r"训练")
_COSTS = re.compile(r"\s?(?:且|而|但)?(?:总|其)?(?:成本|费用|花费|开销|造价)")
_GETS = re.compile(r"(?:获|获得|得到|拿到|接受|收到|吸引|引入|迎来)了?[^,。;(]{0,16}$")
_LED = re.compile(r"(?:领投|投资?|参投|跟投|注资)了?$")
_OF_COMPANY = re.compile(r"\s?(?:[A-Za-z]轮)?的\s?")
_PRICE_OF_A_DEAL = 10**7  # no product that the news speaks of costs as much
_ONE = re.compile(r"[他她我你](?!们)|[这那]位|创始人|CEO|年仅|才|已经?|作者|选手|创业者|少年|男子|女子|老人|博士|教授")
_AROUND = 120  # characters before a sentence that still tell what it speaks of
_TOO_MANY_FOR_A_CONTEXT = 10**8
_CONTEXT = re.compile(r"上下文|窗口|序列|长文本|[Cc]ontext")
_NEXT_NUMBER = re.compile(r"\s?(?:为|达到?|约|超过?|近|是|高达)?\s?\d")  # the cue is the next number's


def attribute_of(ctx: Context, amount: Amount, others: list[Amount], versus: str | None = None) -> tuple[str, str]:
    """(attribute, rule) of an amount; `others` are the amounts of its sentence, which may stand nearer to a cue.

    `versus` is what a ratio is measured against: then it tells of what is compared (`价格比X便宜30%`), not of a change.
    """
    start = ctx.clauses[ctx.clause(amount.start)][0]
    compared = versus is not None or _COMPARAND.search(ctx.norm, start, amount.lead)
    differs = compared and _DIFFERS.search(ctx.norm, max(ctx.sentence.start, amount.lead - 4), amount.lead)
    if amount.unit == "ratio" and ctx.norm.startswith("翻", amount.start):
        return "change", "unit.doubled"
    attribute, default = _DEFAULT.get(amount.kind, ("other", 30))
    score = float(default)
    rule = f"unit.{amount.kind}"
    for cue in cues():
        if amount.kind in cue.kinds and not (differs and cue.attribute == "change"):
            found = _strength(ctx, amount, cue, others)
            if found > score:
                attribute, score, rule = cue.attribute, found, f"cue.{cue.id}"
    if rule.startswith("unit.") and (whole := _whole(ctx, amount, others)):
        return attribute_of(ctx, whole, others, versus)[0], "unit.part"
    return _settled(ctx, amount, attribute, rule)


def _whole(ctx: Context, amount: Amount, others: list[Amount]) -> Amount | None:
    """The amount right before the brackets that an amount stands in as one of its parts: `900亿元(国内400亿元)`."""
    opened = ctx.norm.rfind("(", ctx.sentence.start, amount.lead)
    if opened < 0 or ")" in ctx.norm[opened : amount.lead]:
        return None
    return next((o for o in others if o.kind == amount.kind and o.end <= opened and o.tail >= opened - 8), None)


def _settled(ctx: Context, amount: Amount, attribute: str, rule: str) -> tuple[str, str]:
    """The attribute that the cues give, where what else the clause says does not change it."""
    start = ctx.clauses[ctx.clause(amount.start)][0]
    if (
        attribute == "duration"
        and _SPENT.search(ctx.clause_text(amount.start))
        and _TRAINING.search(ctx.norm, ctx.sentence.start, amount.start)
    ):
        return "training_time", "cue.train-spent"  # 训练成本为…,耗时不到两个月
    if rule == "cue.invest-obj" and _got(ctx, amount, start):
        return "funding", "cue.got-invested"  # 获得4亿元的投资
    if attribute == "investment" and _led(ctx, amount, start):
        return "funding", "cue.led-into"
    if rule == "cue.price" and amount.kind == "money" and _large(amount):
        return "amount", "cue.deal-price"  # 这个价格是10亿美元: of no product
    if rule == "unit.token" and (told := _of_tokens(ctx, amount)):
        return told, "unit.token-near"
    if rule == "unit.percent" and _in_brackets_after_model(ctx, amount):
        return "benchmark_score", "unit.score-in-brackets"  # 星河3(79.8%)比大鹏4(62%)高
    if rule == "cue.data-points" and amount.style == "chinese":
        return "count", "unit.item"  # 两类数据
    if attribute == "duration" and amount.kind == "age" and not _somebody(ctx, amount, start):
        return "other", "unit.age-of-anyone"
    if attribute == "count" and any(m.type == "Hardware" and 0 <= m.start - amount.tail <= 1 for m in ctx.mentions):
        return "hardware_count", "unit.hardware"  # 4组GH200
    if (
        attribute in ("other", "amount")
        and _COSTS.match(ctx.norm, start, amount.lead)
        and _TRAINING.search(ctx.norm, ctx.sentence.start, amount.start)
    ):
        return "training_cost", "cue.train-cost"  # 训练只用了2048块GPU,成本不到X的十分之一
    return attribute, rule


def _of_tokens(ctx: Context, amount: Amount) -> str | None:
    """What tokens are that no word of their clause explains: of a context, if not too many for one, or of training."""
    near = ctx.norm[max(0, ctx.sentence.start - _AROUND) : ctx.sentence.end]
    largest = amount.number[-1] if isinstance(amount.number, list) else amount.number
    if largest >= _TOO_MANY_FOR_A_CONTEXT:
        return "data_size" if _TRAINING.search(near) else None
    return "context_length" if _CONTEXT.search(near) else None


def _in_brackets_after_model(ctx: Context, amount: Amount) -> bool:
    before, after = ctx.norm[amount.lead - 1 : amount.lead], ctx.norm[amount.tail : amount.tail + 1]
    return before == "(" and after == ")" and any(m.type == "Model" and m.end == amount.lead - 1 for m in ctx.mentions)


def _got(ctx: Context, amount: Amount, start: int) -> bool:
    """Whether the money is received: `获得4亿元的投资`, also with the giver right before it."""
    gets = _GETS.search(ctx.norm, start, amount.lead)
    if gets is None:
        return False
    givers = ctx.mentions_between(gets.start(), amount.lead)
    return not givers or 0 <= amount.lead - givers[-1].end <= 2


def _led(ctx: Context, amount: Amount, start: int) -> bool:
    """Whether the money is told as a feature of the company that has it: `领投1亿美元的曙光科技`."""
    led = _LED.search(ctx.norm, start, amount.lead)
    of = _OF_COMPANY.match(ctx.norm, amount.tail) if led else None
    return of is not None and any(m.type in ("Organization", "Product") and m.start == of.end() for m in ctx.mentions)


def _large(amount: Amount) -> bool:
    low = amount.number[0] if isinstance(amount.number, list) else amount.number
    return amount.unit in ("USD", "CNY", "EUR", "GBP") and low >= _PRICE_OF_A_DEAL


def _somebody(ctx: Context, amount: Amount, start: int) -> bool:
    """Whether an age is of someone or something in particular: named near it, or spoken of with a pronoun."""
    end = ctx.clauses[ctx.clause(amount.start)][1]
    named = ctx.mentions_between(start, end)
    return (
        bool(_ONE.search(ctx.norm, start, end))
        or any(m.type in CORE_TYPES or m.type == "Event" for m in named)
        or any(m.type == "Person" for m in ctx.mentions)
    )


def _strength(ctx: Context, amount: Amount, cue: Cue, others: list[Amount]) -> float:
    norm, best = ctx.norm, 0.0
    if (
        cue.pattern.pattern.endswith("$")
        or cue.pattern.pattern.startswith("^")
        or cue.side == "before"
        and ")*$" in cue.pattern.pattern
    ):
        return _adjacent(ctx, amount, cue)
    reach = _REACH if amount.kind != "bare" else _REACH // 2  # a number without a unit says least
    low = max(ctx.sentence.start, amount.start - reach)
    high = min(ctx.sentence.end, amount.end + (_REACH if cue.side != "before" else 0))
    for m in cue.pattern.finditer(norm, low, high):
        if (
            m.start() < amount.end
            and m.end() > amount.start
            and not (m.start() >= amount.start and m.end() <= amount.end)
        ):
            continue
        if cue.side == "before" and m.start() >= amount.end or cue.side == "after" and m.end() <= amount.start:
            continue
        if (
            amount.kind in _GROUPS["share"]
            and cue.attribute not in ("market_share", "benchmark_score")
            and ctx.clause(m.start()) != ctx.clause(amount.start)
        ):
            continue
        if _taken(ctx, amount, m.start(), others):
            continue
        yardstick = _in_yardstick(ctx, amount, m.start()) if amount.kind in _GROUPS["share"] else 0
        best = max(best, cue.weight - yardstick - _distance(ctx, amount, m.start(), m.end(), others))
    return best


def _in_yardstick(ctx: Context, amount: Amount, position: int) -> int:
    """How little a cue says that names what a ratio is a multiple or a part of: `估值是收入的50倍`, `占营收的15%`."""
    start = ctx.clauses[ctx.clause(amount.start)][0]
    told = _YARDSTICK.search(ctx.norm, start, amount.lead)
    if told is None or not told.start("base") <= position < amount.lead:
        return 0
    return 60 if told[0].startswith("占") else 20


def _taken(ctx: Context, amount: Amount, position: int, others: list[Amount]) -> bool:
    """Whether a cue of another clause belongs to a number of the same kind that stands there with it."""
    clause = ctx.clause(position)
    return clause > ctx.clause(amount.start) and any(
        o is not amount and o.kind == amount.kind and ctx.clause(o.start) == clause for o in others
    )


def _adjacent(ctx: Context, amount: Amount, cue: Cue) -> float:
    """Cues that must touch the amount (`增长近15倍`, `20%的增长`)."""
    if cue.side == "before":
        window = ctx.norm[max(ctx.sentence.start, amount.lead - 24) : amount.lead]
        return cue.weight if cue.pattern.search(window.rstrip("+-− ")) else 0.0
    window = ctx.norm[amount.tail : min(ctx.sentence.end, amount.tail + _FOLLOWING)]
    m = cue.pattern.match(window)
    return cue.weight if m and not _NEXT_NUMBER.match(window, m.end()) else 0.0


def _distance(ctx: Context, amount: Amount, start: int, end: int, others: list[Amount]) -> float:
    after = start >= amount.end
    gap = max(0, start - amount.end if after else amount.start - end)
    low, high = (amount.end, start) if after else (end, amount.start)
    between = ctx.norm[low:high]
    penalty = gap * (0.6 if after else 0.4)
    penalty += (14 if amount.kind in _GROUPS["share"] else 7) * len(re.findall(r"[,;]", between)) + 20 * len(
        re.findall(r"[。!?]", between)
    )
    penalty += sum(10 for o in others if low <= o.start and o.end <= high and o.kind != "time")
    return penalty + (6 if after else 0)
