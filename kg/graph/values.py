"""Whether two claims about the same subject and attribute agree, contradict or are about different things."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kg.claims.wording import patterns
from kg.graph.reprints import ArticleKey
from kg.identity import simplify
from kg.record import Comparison, Quantity, Relation

ABOUT = 0.10  # 约 and 近 allow so much on either side
ROUNDED = 0.05  # how far a value written in large units (5亿) may be from the exact one; 超过 and 不到 are as loose
FAR = 0.25  # values further apart than this share do not agree even as estimates
NEAR_BOUND = 1.5  # a value beyond a bound by more than this factor is allowed by it, but no support for it
SAME_FIGURE = 1.07  # factor between two figures of other times that are still one, rounded
VARIANT = 1.5  # factor between two sizes of one model family
MODELS = 10  # factor between what the training of two models of one organisation takes
ONE_RELEASE = 100  # days between two dates that could be of one release or event
TIME_ZONES = 2  # days that separate reports of one event around the world
SAME_SENTENCE = 0.8  # likeness of sentences that say the same but for the figure
MIN_BIGRAMS = 5  # shorter sentences are alike by chance
ALIKE = 0.5  # share of common bigrams of two sentences without their figures, for attributes that say little
SAME_TIME = 31  # days between two articles whose undated figures hold at the same time

_DAYS = {"days": 1.0, "months": 30.44, "years": 365.25}
_UNITS = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4,
    "千": 1e3, "百": 1e2, "兆": 1e12, "B": 1e9, "b": 1e9, "M": 1e6, "m": 1e6, "K": 1e3, "k": 1e3, "T": 1e12, "t": 1e12,
    "": 1.0,
}  # fmt: skip
_NUMERAL = re.compile(
    r"(?<![\d.A-Za-z-])(\d[\d,]*(?:\.\d+)?)\s*(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|兆|[BbMmKkTt](?![A-Za-z]))?"
)
_VAGUE_AMOUNT = re.compile(r"[数几][十百千万亿]|[十百千万亿](?:多|余|几)|上[百千万亿]|[成近][百千万]上[千万]")
_CHIP = re.compile(r"[AHBV]\d{2,3}|GB\d{3}|MI\d{3}|昇腾\s*\d*|TPU|\d{4}\s?Ti|RTX\s?\d+")
_SCALE = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z-]*(?:[- ]?\d+)?|[A-Z]{3,}\d*")

_MODEL_WORD = re.compile(r"GPT|OpenAI|DeepSeek|LLM|LLaMA|AI$|AGI|GPU|MiniMax|ChatGPT|API|xAI|RL|SFT|MoE|CoT")

Kind = Literal["agree", "contradict", "different"]


@dataclass(frozen=True, slots=True)
class Side:
    """A claim with its article and the day, month or year when that was published."""

    claim: Quantity | Comparison | Relation
    article: ArticleKey
    published: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`different` means that the two are not about the same thing, or not enough so to be compared."""

    kind: Kind
    reason: str


@cache
def _attributes(name: str) -> frozenset[str]:
    return frozenset(patterns("reconcile")["attributes"][name])


@cache
def _qualifiers(attribute: str) -> tuple[dict[str, Any], ...]:
    return tuple(q for q in patterns("reconcile")["qualifier"] if attribute in q["attributes"])


def judge_quantities(a: Side, b: Side) -> Verdict:
    """Two quantities of one subject and attribute. Both sides must hold quantities."""
    p, q = a.claim, b.claim
    assert isinstance(p, Quantity) and isinstance(q, Quantity)
    if hindrance := _not_comparable(a, b, p, q):
        return Verdict("different", hindrance)
    verdict = _dates(p, q) if p.unit == "date" else _amounts(p, q)
    if verdict.kind == "contradict" and (doubt := _doubtful(a, b, p, q)):
        return Verdict("different", doubt)
    if "denied" in (p.modality, q.modality):
        return _denied(p, q, verdict)
    if verdict.kind == "contradict" and "reported" in (p.modality, q.modality) and p.modality != q.modality:
        return Verdict("contradict", verdict.reason + "; one is hearsay, the other is asserted")
    return verdict


def _doubtful(a: Side, b: Side, p: Quantity, q: Quantity) -> str | None:
    """Why two values that exclude each other may still be about different things; None where nothing says so."""
    if "hedged" in (p.modality, q.modality) and p.modality != q.modality:
        return "one is a forecast or a plan, the other is not"
    texts = _clause(p), _clause(q)
    if p.attribute in _attributes("vague") and not (_likeness(*texts) >= SAME_SENTENCE and _near_in_time(a, b)):
        return "the sentences are not enough alike to speak of one thing"
    named = any(_measure(p, x["groups"]) for x in _qualifiers(p.attribute))
    dated = bool(p.time and q.time)
    if p.attribute in _attributes("varying") and not (named or dated or p.relative_to):
        return "nothing says that both figures are of one time and one measure"
    if p.attribute in _attributes("events") and not named:
        return "nothing says that both are of one round, deal or event"
    if p.attribute == "benchmark_score" and not _scales(p, texts[0]) & _scales(q, texts[1]):
        return "the two do not name one benchmark"
    first, second = sorted((_middle(p), _middle(q))) if p.unit != "date" else (1.0, 1.0)
    kind = (p.subject or "").partition("/")[0]
    if p.attribute == "parameter_count" and second > VARIANT * first:
        return "sizes so far apart are of different variants of a model"
    if p.attribute in _attributes("of_models") and second > MODELS * first and kind == "organization":
        return "an organisation trains many models, and sums so far apart are of different ones"
    if p.unit == "date":
        return _doubtful_dates(p, q)
    if p.attribute == "hardware_count" and kind == "hardware":
        return "a count of parts or of pieces"
    return None


def _doubtful_dates(p: Quantity, q: Quantity) -> str | None:
    days = _days_apart(str(p.number), str(q.number))
    if p.attribute == "founding_date":
        return None
    if days is None:
        return "a year alone may be of another event"
    if any(_measure(x, y["groups"]) for x in (p, q) for y in _qualifiers(p.attribute)):
        return "a new version or a part may have its own date"
    if days <= TIME_ZONES and len(str(p.number)) == len(str(q.number)) == len("2025-01-20"):
        return "a day or two apart: time zones, or the day of the report"
    return "dates so far apart are of different releases" if days > ONE_RELEASE else None


def _denied(p: Quantity, q: Quantity, verdict: Verdict) -> Verdict:
    if p.modality == q.modality:
        return Verdict("different", "both deny")
    if verdict.kind == "agree":
        return Verdict("contradict", "one denies the value that the other gives")
    return Verdict("different", "a denial of another value")


def _not_comparable(a: Side, b: Side, p: Quantity, q: Quantity) -> str | None:
    """Why two quantities cannot be compared; None where they can."""
    if "question" in (p.modality, q.modality):
        return "a question states nothing"
    if _basis(p) != _basis(q):
        return f"different units or bases: {_basis_words(p)} and {_basis_words(q)}"
    if p.unit != "date" and p.time and q.time and not _same_period(p.time, q.time):
        return f"different periods: {p.time} and {q.time}"
    texts = _clause(p), _clause(q)
    for qualifier in _qualifiers(p.attribute):
        words = [_measure(x, qualifier["groups"]) for x in (p, q)]
        if words[0] != words[1] and (all(words) or qualifier["must"] and not _equal(p, q)):
            return f"different measures: {words[0] or 'no qualifier'} and {words[1] or 'no qualifier'}"
    if p.attribute in ("hardware_count", "benchmark_score"):
        names = [frozenset((_CHIP if p.attribute == "hardware_count" else _SCALE).findall(t)) for t in texts]
        if all(names) and not any(x.startswith(y) or y.startswith(x) for x in names[0] for y in names[1]):
            return f"about different things: {', '.join(sorted(names[0]))} and {', '.join(sorted(names[1]))}"
    if p.attribute in _attributes("vague") and _likeness(*texts) < ALIKE:
        return f"the sentences speak of different things, and {p.attribute} alone does not say what is measured"
    if p.attribute in _attributes("varying") and not _nearly_equal(p, q) and not _near_in_time(a, b):
        return "the figure changes with time, and the two are not of the same time"
    return None


def _near_in_time(a: Side, b: Side) -> bool:
    """Whether both hold at one time: the time that they name, else that of their articles."""
    times = []
    for side in (a, b):
        assert isinstance(side.claim, Quantity)
        times.append(side.claim.time or side.published)
    first, second = times
    if not first or not second:
        return False
    days = _days_apart(first, second)
    return _same_period(first, second) if days is None else days <= SAME_TIME


def _basis(p: Quantity) -> tuple[str, str | None]:
    unit = "ratio" if p.unit == "percent" else "days" if p.unit in _DAYS else p.unit
    return unit, p.relative_to


def _basis_words(p: Quantity) -> str:
    return f"{p.unit} of {p.relative_to}" if p.relative_to else p.unit


# ---------------------------------------------------------------------- values


def _dates(p: Quantity, q: Quantity) -> Verdict:
    first, second = str(p.number), str(q.number)
    if p.op != "=" or q.op != "=":
        return Verdict("different", "dates with bounds")
    short, long = sorted((first, second), key=lambda d: (len(d.removeprefix("--")), d))
    if short.startswith("--") or long.startswith("--"):
        days = {d[-5:] for d in (first, second) if len(d) >= 7}
        return _told(len(days) == 1 and len(short) >= 7 and len(long) >= 7, short, long, "month and day")
    return _told(long.startswith(short), short, long, "dates")


def _told(same: bool, first: str, second: str, what: str) -> Verdict:
    return Verdict("agree" if same else "contradict", f"{what}: {first} and {second}")


def _amounts(p: Quantity, q: Quantity) -> Verdict:
    first, second = _span(p), _span(q)
    if first is None or second is None:
        return Verdict("different", "a value that is no number")
    (low1, high1), (low2, high2) = first, second
    said = f"{_said(p)} and {_said(q)}"
    if low1 > high2 or low2 > high1:
        gap = max(low1 - high2, low2 - high1) / max(_size(low1, high1), _size(low2, high2), 1e-12)
        if "~" in (p.op, q.op) and gap <= FAR - ABOUT:
            return Verdict("different", f"estimates that neither agree nor exclude each other: {said}")
        return Verdict("contradict", f"cannot both hold: {said}")
    return _support(p, q, said)


def _support(p: Quantity, q: Quantity, said: str) -> Verdict:
    """Values that can both hold agree where they are near each other."""
    first, second = _middle(p), _middle(q)
    factor = max(first, second) / max(min(first, second), 1e-12) if first != second else 1.0
    if p.op == q.op and p.op in (">=", "<="):
        near = factor <= 1 + ABOUT
    elif p.op in (">=", "<=") or q.op in (">=", "<="):
        near = factor <= NEAR_BOUND
    else:
        near = True
    return Verdict("agree" if near else "different", f"{'agree' if near else 'both can hold'}: {said}")


def _numbers(p: Quantity) -> list[float]:
    """The value, or both ends of a range, in base units; empty for what is no number."""
    values = p.number if isinstance(p.number, list) else [p.number]
    scale = 0.01 if p.unit == "percent" else _DAYS.get(p.unit, 1.0)
    return [float(v) * scale for v in values if not isinstance(v, str)]


def _span(p: Quantity) -> tuple[float, float] | None:
    """The values that a quantity allows, lowest and highest."""
    values = _numbers(p)
    if not values:
        return None
    low, high = min(values), max(values)
    slack = min(_grain(p) * _DAYS.get(p.unit, 1.0), ROUNDED * abs(high))
    if p.unit in ("months", "years") and p.op == "=":
        slack = max(slack, ABOUT * high)
    if p.op == ">=":
        return low * (1 - ROUNDED), math.inf
    if p.op == "<=":
        return -math.inf, high * (1 + ROUNDED)
    if p.op == "~":
        if _VAGUE_AMOUNT.search(_clause(p)):
            return low, high * 10
        return low * (1 - ABOUT), high * (1 + ABOUT)
    return low - slack / 2, high + slack


def _grain(p: Quantity) -> float:
    """What one more of the last written digit adds, where a larger unit stands after it: 557万 is written in 万."""
    if isinstance(p.number, list | str) or p.unit == "rank":
        return 0.0
    if p.unit in ("percent", "ratio"):
        return 0.0005 * abs(float(p.number)) * (0.01 if p.unit == "percent" else 1.0)
    for m in _NUMERAL.finditer(simplify(p.evidence.text)):
        digits, unit = m.group(1).replace(",", ""), m.group(2) or ""
        if unit and math.isclose(float(digits) * _UNITS[unit], float(p.number), rel_tol=1e-9):
            decimals = len(digits.partition(".")[2])
            return float(_UNITS[unit] * 10.0**-decimals)
    return 0.0


def _middle(p: Quantity) -> float:
    values = _numbers(p)
    return sum(values) / max(1, len(values))


def _size(low: float, high: float) -> float:
    return max(abs(x) for x in (low, high) if not math.isinf(x))


def _said(p: Quantity) -> str:
    number = p.number if isinstance(p.number, list | str) else f"{p.number:g}" if abs(p.number) < 1 else f"{p.number:,}"
    return f"{p.op} {number} {p.unit}"


def _nearly_equal(p: Quantity, q: Quantity) -> bool:
    """Whether two figures are so near that they are one at whatever time: 估值78亿 and 近80亿."""
    if _equal(p, q):
        return True
    values = sorted((_middle(p), _middle(q)))
    exact = p.op in ("=", "~") and q.op in ("=", "~")
    return exact and values[0] > 0 and values[1] / values[0] <= SAME_FIGURE and _amounts(p, q).kind == "agree"


def _equal(p: Quantity, q: Quantity) -> bool:
    return p.number == q.number and p.unit == q.unit


# ---------------------------------------------------------------------- periods and sentences


def _same_period(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def distance(a: Side, b: Side) -> float:
    """How far the values of two quantities are from each other, as a logarithm; 0 for claims without a number."""
    if not isinstance(a.claim, Quantity) or not isinstance(b.claim, Quantity) or a.claim.unit == "date":
        return 0.0
    first, second = _middle(a.claim), _middle(b.claim)
    return abs(math.log(first / second)) if first > 0 and second > 0 else math.inf


def published_together(a: Side, b: Side) -> bool:
    """Whether two articles appeared within a month of each other."""
    days = _days_apart(a.published, b.published)
    return days is not None and days <= SAME_TIME


def same_sentence(a: Side, b: Side) -> bool:
    """Whether two claims stand in what is one sentence but for its figures."""
    return _likeness(simplify(a.claim.evidence.text), simplify(b.claim.evidence.text)) >= SAME_SENTENCE


def _days_apart(a: str | None, b: str | None) -> int | None:
    """Days between two publications, counted by months of 30 where a day is not given; None where a year is all."""
    if not a or not b or len(a) < 7 or len(b) < 7:
        return None
    first, second = ([int(x) for x in d.split("-")] for d in (a[:10], b[:10]))
    for d in (first, second):
        d += [15] * (3 - len(d))
    return abs((first[0] - second[0]) * 365 + (first[1] - second[1]) * 30 + first[2] - second[2])


def _clause(p: Quantity) -> str:
    """The clause of the evidence that holds the figure, simplified; the whole where the figure is not found."""
    text = simplify(p.evidence.text)
    if isinstance(p.number, int | float):
        for m in _NUMERAL.finditer(text):
            value = float(m.group(1).replace(",", "")) * _UNITS[m.group(2) or ""]
            if math.isclose(value, float(p.number), rel_tol=1e-9):
                start = max(text.rfind(c, 0, m.start()) for c in ",，;；。") + 1
                ends = [
                    i for c in ",，;；。" if (i := text.find(c, m.end())) >= 0 and not text[i + 1 : i + 2].isdigit()
                ]
                return text[start : min(ends, default=len(text))]
    return text


def _scales(p: Quantity, text: str) -> frozenset[str]:
    """The benchmarks that a clause may name: its words in capitals, without those of makers and models."""
    own = simplify(p.subject or "").casefold()
    found = (w for w in _SCALE.findall(text) if w.casefold() not in own and not _MODEL_WORD.match(w))
    return frozenset(w.casefold() for w in found)


def _measure(p: Quantity, groups: list[list[str]]) -> str:
    """The word of a qualifier in the figure's clause, else in the whole evidence; empty where there is none."""
    return _group(_clause(p), groups) or _group(simplify(p.evidence.text), groups)


def _group(text: str, groups: list[list[str]]) -> str:
    return next((g[0] for g in groups if any(w in text for w in g)), "")


def _likeness(a: str, b: str) -> float:
    """The share of the longer sentence's bigrams that the other has, figures left out; 0 for very short ones."""
    first, second = (_bigrams(re.sub(r"[\d\W_一二两三四五六七八九十百千万亿]+", "", t)) for t in (a, b))
    sizes = sum(first.values()), sum(second.values())
    return sum((first & second).values()) / max(sizes) if min(sizes) >= MIN_BIGRAMS else 0.0


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


# ---------------------------------------------------------------------- comparisons

_INVERSE = {"better": "worse", "cheaper": "dearer", "larger": "smaller", "faster": "slower", "equal": "equal"}
_INVERSE |= {v: k for k, v in _INVERSE.items()}
_ALIKE = {"overall": "performance"}


def judge_comparisons(a: Side, b: Side) -> Verdict:
    """Two comparisons of the same two things. Both sides must hold comparisons."""
    p, q = a.claim, b.claim
    assert isinstance(p, Comparison) and isinstance(q, Comparison)
    dimensions = [_ALIKE.get(c.dimension, c.dimension) for c in (p, q)]
    if dimensions[0] != dimensions[1]:
        return Verdict("different", f"different dimensions: {p.dimension} and {q.dimension}")
    if "question" in (p.modality, q.modality):
        return Verdict("different", "a question states nothing")
    second = q.direction if p.subject == q.subject else _INVERSE[q.direction]
    said = f"{p.direction} and {second} on {p.dimension}"
    if second == p.direction:
        kind: Kind = "contradict" if (p.modality == "denied") != (q.modality == "denied") else "agree"
        return Verdict(kind, f"{'one denies' if kind == 'contradict' else 'both say'}: {p.direction} on {p.dimension}")
    if "denied" in (p.modality, q.modality) or "equal" in (second, p.direction):
        return Verdict("different", f"{said} need not exclude each other")
    if ("hedged" in (p.modality, q.modality)) and p.modality != q.modality:
        return Verdict("different", "one is a forecast or a guess, the other is not")
    return Verdict("contradict", f"opposite directions: {said}")
