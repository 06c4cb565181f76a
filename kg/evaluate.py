"""Precision, recall and F1 of records against gold annotations.

The measure: gold items marked optional count neither for nor against; a prediction that repeats a matched item is
neutral, except for entities, where a second node for one thing is wrong; what is denied or only asked is no relation
and no comparison; a statement is found when a prediction of the same holder shares half of its words or contains it,
and right when half of it is covered by what the gold lets that holder say. All figures are over all files together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from kg.gold import BadGold, raw_text, read_through
from kg.identity import simplify
from kg.record import AUTHOR, CORE_TYPES, SYMMETRIC

Item = Mapping[str, Any]

OPPOSITE = {"better": "worse", "cheaper": "dearer", "larger": "smaller", "faster": "slower", "equal": "equal"}
OPPOSITE |= {v: k for k, v in OPPOSITE.items()}
UNSAID = ("denied", "question")
TOLERANCE = 0.005  # relative; dates, ranks and whole numbers below EXACT_BELOW compare exactly
EXACT_BELOW = 1000
SAME_READING = 0.8  # shared bigrams of an evidence text and what a reader reads at its span


@dataclass
class Score:
    """Counts of one section, with a note on every item missed or extra."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def found(self, yes: bool, note: str) -> None:
        """Count a required gold item as found or missed."""
        self.tp += yes
        self.fn += not yes
        if not yes:
            self.notes.append(f"missed  {note}")

    def extra(self, note: str) -> None:
        self.fp += 1
        self.notes.append(f"extra   {note}")


@dataclass
class Figures:
    """The scores by section, the shares of matched items whose details are right, and counts of plain mistakes."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    details: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    counts: Counter[str] = field(default_factory=Counter)

    def detail(self, name: str, right: bool) -> None:
        self.details[name][0] += right
        self.details[name][1] += 1

    @property
    def shares(self) -> dict[str, float]:
        return {name: right / total for name, (right, total) in sorted(self.details.items())}

    def to_json(self) -> dict[str, Any]:
        table = {
            name: {"p": s.precision, "r": s.recall, "f1": s.f1, "tp": s.tp, "fp": s.fp, "fn": s.fn}
            for name, s in self.scores.items()
        }
        return {"table": table, "shares": self.shares, "counts": dict(self.counts)}


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """One spelling for comparison: NFKC, simplified, case-folded; letters, digits and decimal points only."""
    text = simplify(unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"[\W_]+", "", re.sub(r"(?<=\d)\.(?=\d)", "点", text))


def bigrams(text: str) -> Counter[str]:
    text = plain(text)
    return Counter(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def overlap(a: str, b: str) -> float:
    """Shared character bigrams, as a share of the longer text's."""
    x, y = bigrams(a), bigrams(b)
    return (x & y).total() / max(1, x.total(), y.total())


def quoted(item: Item, key: str = "evidence") -> str:
    value = item.get(key)
    return str(value.get("text", "") if isinstance(value, Mapping) else value or "")


def entity_names(entity: Item) -> set[str]:
    mentions = [m.get("text") for m in entity.get("mentions", ()) if m.get("kind", "name") == "name"]
    return {n for n in (plain(str(x or "")) for x in (entity.get("name"), *entity.get("surfaces", ()), *mentions)) if n}


def same_amount(a: Item, b: Item) -> bool:
    """The same unit and number; percent and ratio are one unit."""
    (unit_a, values_a), (unit_b, values_b) = _amount(a), _amount(b)
    if unit_a != unit_b or len(values_a) != len(values_b):
        return False
    both = [*values_a, *values_b]
    numbers = [v for v in both if not isinstance(v, str)]
    if len(numbers) < len(both):
        return values_a == values_b
    whole = unit_a != "ratio" and all(v == int(v) and abs(v) < EXACT_BELOW for v in numbers)
    if unit_a == "rank" or whole:
        return values_a == values_b
    pairs = zip(numbers[: len(values_a)], numbers[len(values_a) :], strict=True)
    return all(abs(x - y) <= TOLERANCE * max(abs(x), abs(y), 1e-12) for x, y in pairs)


def _amount(item: Item) -> tuple[str, list[float] | list[str]]:
    unit, number = str(item.get("unit")), item.get("number")
    values = number if isinstance(number, list) else [number]
    if unit == "date":
        return unit, [str(v) for v in values]
    try:
        numbers = sorted(float(str(v)) for v in values)
    except (TypeError, ValueError):
        return unit, [str(v) for v in values]
    return ("ratio", [v / 100 for v in numbers]) if unit == "percent" else (unit, numbers)


def match(
    score: Score,
    gold: Iterable[Item],
    predicted: Iterable[Item],
    weight: Callable[[Item, Item], float],
    show: Callable[[Item], str],
    *,
    counts: Callable[[Item], bool] = lambda p: True,
    repeats_neutral: bool = True,
) -> list[tuple[Item, Item]]:
    """Count the largest one-to-one matching, required gold first; returns the matched (gold, predicted) pairs."""
    gold, predicted = list(gold), list(predicted)
    weights = [[weight(g, p) for p in predicted] for g in gold]
    choices = [sorted((j for j, w in enumerate(row) if w), key=lambda j, row=row: -row[j]) for row in weights]  # type: ignore[misc]
    partner: dict[int, int] = {}  # predicted -> gold

    def place(i: int, tried: set[int]) -> bool:
        for j in choices[i]:
            if j not in tried:
                tried.add(j)
                if j not in partner or place(partner[j], tried):
                    partner[j] = i
                    return True
        return False

    required = [i for i, g in enumerate(gold) if not g.get("optional")]
    for i in required:
        score.found(place(i, set()), show(gold[i]))
    for i, g in enumerate(gold):
        if g.get("optional"):
            place(i, set())
    matched = set(partner.values())
    for j, p in enumerate(predicted):
        repeat = repeats_neutral and any(weights[i][j] for i in matched)
        if j not in partner and counts(p) and not repeat:
            score.extra(show(p))
    return [(gold[i], predicted[j]) for j, i in partner.items()]


class References:
    """Decides whether a gold reference (entity id, author or words) and a predicted one mean the same."""

    def __init__(self, gold: Iterable[Item], predicted: Iterable[Item]) -> None:
        self.gold = {e["id"]: e for e in gold}
        self.predicted = {e["id"]: e for e in predicted}
        self.gold_names = {k: entity_names(e) for k, e in self.gold.items()}
        self.predicted_names = {k: entity_names(e) for k, e in self.predicted.items()}
        self.to_gold: dict[str, str] = {}

    def shared(self, gold_id: str, predicted_id: str) -> int:
        return len(self.gold_names[gold_id] & self.predicted_names[predicted_id])

    def same_entity(self, gold_id: str, predicted_id: str) -> bool:
        if predicted_id in self.to_gold:
            return self.to_gold[predicted_id] == gold_id
        return bool(self.shared(gold_id, predicted_id))

    def same(self, gold_ref: str | None, predicted_ref: str | None) -> bool:
        g, p = gold_ref or AUTHOR, predicted_ref or AUTHOR
        if AUTHOR in (g, p):
            return g == p
        if g in self.gold:
            return self.same_entity(g, p) if p in self.predicted else plain(p) in self.gold_names[g]
        a, b = plain(g), plain(str(self.predicted[p]["name"]) if p in self.predicted else p)
        close = min(len(a), len(b)) >= 0.6 * max(len(a), len(b))
        return bool(a and b) and (a in b or b in a) and close

    def name(self, ref: object) -> str:
        entity = self.gold.get(str(ref)) or self.predicted.get(str(ref))
        return str(entity["name"]) if entity else str(ref)


def evaluate(gold: Sequence[Item], records: Mapping[str, Item], texts: Path | None = None) -> Figures:
    """Score records (JSON form, by file name) against gold documents; a file without a record is all missed.

    With `texts`, the folder of the source files, article spans and evidence are checked against the files as well.
    """
    figures = Figures()
    for g in gold:
        record = records.get(g["doc"], {})
        refs = References(g["entities"], record.get("entities", ()))
        pairs = _score_articles(figures, g, record)
        if texts is not None:
            _check_spans(figures, raw_text(texts / g["doc"]), pairs, record)
        _score_entities(figures, g, refs)
        _score_pairs(figures, g, record, refs)
        _score_quantities(figures, g, record, refs)
        _score_statements(figures, g, record, refs)
    return figures


def by_file_name(records: Iterable[Item]) -> dict[str, Item]:
    """Records by the last part of their source. Raises BadGold where two share it."""
    named: dict[str, Item] = {}
    for r in records:
        name = PurePosixPath(r["source"]).name
        if name in named:
            raise BadGold(f"two records for {name}: gold files are told apart by their file names")
        named[name] = r
    return named


def _check_spans(figures: Figures, raw: str, articles: Iterable[tuple[Item, Item]], record: Item) -> None:
    for g, p in articles:
        body = plain(read_through(raw[p["start"] : p["end"]]))
        figures.detail("article spans", plain(g["first"]) in body[:300] and plain(g["last"]) in body[-300:])
    sections = ("relations", "quantities", "comparisons", "statements")
    spans = [x.get("evidence") for section in sections for x in record.get(section, ())]
    spans += [m for e in record.get("entities", ()) for m in e.get("mentions", ())]
    for e in spans:
        inside = isinstance(e, Mapping) and 0 <= e.get("start", -1) < e.get("end", -1) <= len(raw)
        figures.detail("grounding", inside and _reads_as(raw[e["start"] : e["end"]], e["text"]))


def _reads_as(raw: str, text: str) -> bool:
    read = plain(read_through(raw))
    return read == plain(text) or overlap(read, text) >= SAME_READING


def _score_articles(figures: Figures, gold: Item, record: Item) -> list[tuple[Item, Item]]:
    pairs = match(
        figures.scores["articles"],
        gold["articles"],
        record.get("articles", ()),
        lambda g, p: plain(g["title"]) == plain(p["title"]),
        lambda a: f"{gold['doc'][:7]} {a.get('title')}",
        repeats_neutral=False,
    )
    for g, p in pairs:
        for key in ("authors", "publisher", "published"):
            want, got = _values(g.get(key)), _values(p.get(key))
            if want or got:
                figures.detail("metadata", want == got)
    return pairs


def _values(value: object) -> set[str]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return {plain(str(v).split("T")[0]) for v in items if v}


def _score_entities(figures: Figures, gold: Item, refs: References) -> None:
    def weight(g: Item, p: Item) -> float:
        typed = g["type"] == p["type"] or (g.get("optional") and g["type"] not in CORE_TYPES)
        return refs.shared(g["id"], p["id"]) if typed else 0

    def show(e: Item) -> str:
        return f"{gold['doc'][:7]} {e['type']}: {e.get('name')}"

    def core(p: Item) -> bool:
        return p["type"] in CORE_TYPES

    golds, predicted = refs.gold.values(), refs.predicted.values()
    pairs = match(figures.scores["entities"], golds, predicted, weight, show, counts=core, repeats_neutral=False)
    match(
        figures.scores["entities (any type)"],
        golds,
        predicted,
        lambda g, p: refs.shared(g["id"], p["id"]),
        show,
        counts=core,
        repeats_neutral=False,
    )
    refs.to_gold = {p["id"]: g["id"] for g, p in pairs}
    known = set().union(*refs.gold_names.values()) if refs.gold_names else set()
    junk = [plain(b) for b in gold.get("boilerplate", ())]
    for id_, p in refs.predicted.items():
        names = refs.predicted_names[id_]
        twins = [g for g in golds if not g.get("optional") and g["type"] == p["type"] and refs.shared(g["id"], id_)]
        figures.counts["wrong merges"] += len(twins) > 1
        from_junk = core(p) and not names & known and any(len(n) > 1 and n in b for n in names for b in junk)
        figures.counts["entities from boilerplate"] += from_junk


def _score_pairs(figures: Figures, gold: Item, record: Item, refs: References) -> None:
    def pair(g: Item, p: Item, *, turned: bool = False) -> bool:
        s, o = (p["object"], p["subject"]) if turned else (p["subject"], p["object"])
        return refs.same(g["subject"], s) and refs.same(g["object"], o)

    def same_relation(g: Item, p: Item) -> bool:
        turned = g["predicate"] in SYMMETRIC and pair(g, p, turned=True)
        return g["predicate"] == p["predicate"] and (pair(g, p) or turned)

    def same_comparison(g: Item, p: Item) -> bool:
        straight = g["direction"] == p["direction"] and pair(g, p)
        return straight or (OPPOSITE.get(g["direction"]) == p["direction"] and pair(g, p, turned=True))

    def show(key: str) -> Callable[[Item], str]:
        return lambda x: f"{gold['doc'][:7]} {refs.name(x['subject'])} -{x[key]}-> {refs.name(x['object'])}"

    def said(items: Iterable[Item]) -> list[Item]:
        return [x for x in items if x.get("modality") not in UNSAID]

    relations = said(record.get("relations", ()))
    match(figures.scores["relations"], gold["relations"], relations, same_relation, show("predicate"))
    comparisons = said(record.get("comparisons", ()))
    match(figures.scores["comparisons"], said(gold["comparisons"]), comparisons, same_comparison, show("direction"))


def _score_quantities(figures: Figures, gold: Item, record: Item, refs: References) -> None:
    def value(g: Item, p: Item) -> float:
        return 0.01 + overlap(quoted(g), quoted(p)) if same_amount(g, p) else 0

    def whole(g: Item, p: Item) -> float:
        same = g["attribute"] == p["attribute"] and refs.same(g.get("subject"), p.get("subject"))
        return value(g, p) if same else 0

    def show(q: Item) -> str:
        about = f"{refs.name(q.get('subject'))} {q['attribute']} {q.get('op')} {q['number']} {q['unit']}"
        return f"{gold['doc'][:7]} {about}  [{quoted(q)[:40]}]"

    predicted = record.get("quantities", ())
    pairs = match(figures.scores["quantity values"], gold["quantities"], predicted, value, show)
    match(figures.scores["quantities"], gold["quantities"], predicted, whole, show)
    for g, p in pairs:
        figures.detail("quantity op", g.get("op") == p.get("op"))
        figures.detail("quantity holder", refs.same(g.get("holder"), p.get("holder")))
        figures.detail("quantity modality", g.get("modality") == p.get("modality"))
        figures.detail("quantity relative_to", refs.same(g.get("relative_to"), p.get("relative_to")))


def _score_statements(figures: Figures, gold: Item, record: Item, refs: References) -> None:
    score = figures.scores["statements"]
    predicted = [(p, bigrams(quoted(p, "content"))) for p in record.get("statements", ())]
    wanted = [(g, bigrams(quoted(g, "content"))) for g in gold["statements"]]

    def show(s: Item) -> str:
        return f"{gold['doc'][:7]} {refs.name(s['holder'])}: {quoted(s, 'content')[:40]}"

    for g, words in wanted:
        hits = []
        for k, (p, said) in enumerate(predicted):
            if refs.same(g["holder"], p["holder"]):
                common, size = (words & said).total(), max(1, words.total())
                hits.append((common / max(size, said.total()), common / size, k))
        best = max((h for h in hits if h[0] >= 0.5 or h[1] >= 0.9), default=None)
        if not g.get("optional"):
            score.found(best is not None, show(g))
        if best is not None:
            p = predicted[best[2]][0]
            figures.detail("statement mode", g.get("mode") == p.get("mode"))
            figures.detail("statement modality", g.get("modality") == p.get("modality"))
    for p, said in predicted:
        cover: Counter[str] = Counter()
        for g, words in wanted:
            if refs.same(g["holder"], p["holder"]):
                cover += words
        if (said & cover).total() < 0.5 * said.total():
            score.extra(show(p))


def table(figures: Figures, *, misses: bool = False) -> str:
    """The figures as text; with `misses`, also what was missed and what was extra."""
    lines = [f"{'':22} {'P':>6} {'R':>6} {'F1':>6} {'tp':>5} {'fp':>5} {'fn':>5}"]
    for name, s in figures.scores.items():
        lines.append(f"{name:22} {s.precision:6.3f} {s.recall:6.3f} {s.f1:6.3f} {s.tp:5} {s.fp:5} {s.fn:5}")
    lines += [f"{name:26} {share:6.3f} right" for name, share in figures.shares.items()]
    lines += [f"{name:26} {figures.counts[name]:6}" for name in ("wrong merges", "entities from boilerplate")]
    if misses:
        for name, s in figures.scores.items():
            lines += ["", f"== {name}", *s.notes]
    return "\n".join(lines)
