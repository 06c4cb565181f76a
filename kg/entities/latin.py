"""Names in latin script that no list knows: found by their capitals, typed by the words beside them.

Startups, their products and their founders are named in latin script all over Chinese technology news (`CEO Hamze
Ghalebi`, `完成A轮融资的 Bland AI`). The cues are data (`latin.toml`); what all places of a name in a document say
together decides its type, and a name without cues stays unnamed.
"""

from __future__ import annotations

import bisect
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.entities.candidates import Candidate, Page, Rank
from kg.entities.lexicon import Lexicon, LexiconEntry
from kg.entities.money import said_of_money
from kg.record import CORE_TYPES

Weights = dict[str, tuple[tuple[str, int], ...]]  # types with their weights, by cue
Parts = dict[str, tuple[str, LexiconEntry | None]]  # a person's full name and entry by given or family name

_UPPER = "A-ZÀ-Þ" + "".join(c for c in map(chr, range(0x100, 0x17F)) if c.isupper())
_TOKEN = (
    rf"(?:[A-Z]\.|[{_UPPER}][A-Za-z0-9À-ž]*|\d{{1,2}}[A-Z][A-Za-z]*|[a-z]{{1,3}}[A-Z][A-Za-z0-9]*)"
    r"(?:[.'’&-][A-Za-z0-9À-ž]+)*(?:(?<=[a-z])\+{1,2})?"
)
_RUN = re.compile(
    rf"(?<![A-Za-z0-9À-ž.@/_-]){_TOKEN}(?: (?:(?:of|the|and|de|von|van|der|la|for|&) )?{_TOKEN}"
    r"| \d+(?:\.\d+)?(?![\w.]))*\.?(?![A-Za-z0-9À-ž@/_])"
)
# the characters of a run and one more; searched first, since most text is Chinese
_STRETCH = re.compile(r"[A-Za-zÀ-ž\d][A-Za-zÀ-ž\d.'’&+ -]*.?", re.DOTALL)
_WORD = re.compile(r"\S+")
_LOWER_BEFORE = re.compile(r"[a-z]{2,}[,;:]? $")
_LOWER_AFTER = re.compile(r"[,;:]? [a-z]{2,}")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ž.'’-]+(?: [A-Za-zÀ-ž.'’-]+)+")  # of a person, in two words or more
_PLAIN = re.compile(
    rf"[{_UPPER}][A-Z]?[a-zà-ž'’]+(?:-[{_UPPER}][a-zà-ž]+)?|[A-Z]\.|(?:Mc|De|Di|Le|La|Mac|O['’]|D['’])[A-Z][a-z]+"
)
_PARTICLES = ("of", "the", "and", "de", "von", "van", "der", "la", "for", "&")
_JOINT = re.compile(r" ?(?:、|和|与|及|以及|,|/)(?:以及|和)? ?")
_DOMAIN = re.compile(r"[A-Z][A-Za-z0-9]+\.(?:ai|com|io|co|dev|app)")  # a company named as its address
_AI_NAME = re.compile(r"[A-Z][a-z]{2,}AI")
_BENCHMARK = re.compile(r"(?:Bench|Eval|QA|Arena)(?:-[A-Za-z0-9]+)?$")
_KIND = re.compile(r" ?\([^(),;。的]{2,16}(?:公司|企业|厂商|机构|基金|创企)[,)]")  # X(一家软件公司,…)
_ACRONYM = re.compile(r"[A-Z]{2,5}s?")
_SIZE = re.compile(r"\d+(?:\.\d+)?[A-Za-z]{1,3}|[A-Z]\d|Pre-[A-Z]+")  # and rounds of funding: A2轮, Pre-A轮
_OPEN = " “‘*(《「【—-"
_SHUT = " ”’*)》」】"
_OWNED = re.compile(r" ?的 ?$")
_COINED = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z][a-z]{4,}(?:AI|GPT|[A-Z])?")  # made up, or at least no acronym
_MADE_UP = re.compile(
    r"(?=.*[a-z])(?:[A-Z]?[a-z]+[A-Z]|[A-Z]{2,}[a-z]+[A-Z]|[A-Z][A-Za-z]+-?\d)[A-Za-z\d.+-]*|[A-Z]{3,}-\d[\w.]*"
)
_JOINT_AFTER = re.compile(r" ?(?:、|和|与|及|以及|,|/|&)(?:以及|和)? ?")
_JOINT_BEFORE = re.compile(r" ?(?:、|和|与|以及|及|,|/|&)(?:以及|和)? ?$")
_JOINT_EDGES = " 、和与及以,/&\n"  # what a joint, or the line before a name, begins and ends with
_PLACE_BEFORE, _PLACE_AFTER = ("在", "于", "到", "去", "从"), ("上", "平台", "检索", "社区")
REACH = 8  # characters beside a name in which cues stand
ENOUGH = 3  # weight from which a type counts
GIVEN_NAME = 3  # weight of a known given name before a second word
ENDING = 4  # weight of a last word that tells the type


@dataclass(frozen=True)
class Cues:
    """`latin.toml`: the weight of each word by side and type, last words by type, words that are no names."""

    before: Weights
    after: Weights
    endings: dict[str, str]
    against: tuple[re.Pattern[str], ...]  # what stands between two names that are set against each other
    stop: frozenset[str]
    cuts: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]


@cache
def cues() -> Cues:
    data = resources.files("kg") / "data"
    table = tomllib.loads((data / "patterns" / "entities" / "latin.toml").read_text(encoding="utf-8"))
    given, family = (
        frozenset(n for line in lines if not line.startswith("#") for n in line.split())
        for file in ("first_names.txt", "last_names.txt")
        for lines in [(data / "lexicons" / file).read_text(encoding="utf-8").splitlines()]
    )
    before: dict[str, list[tuple[str, int]]] = defaultdict(list)
    after: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for type_, sides in table.items():
        if type_ in ("endings", "stop", "against"):
            continue
        for side, words in (("before", before), ("after", after)):
            for weight, group in sides.get(side, {}).items():
                for word in group:
                    words[word].append((type_, int(weight)))
    return Cues(
        before={w: tuple(v) for w, v in before.items()},
        after={w: tuple(v) for w, v in after.items()},
        endings={word: type_ for type_, group in table["endings"].items() for word in group},
        against=tuple(map(re.compile, table["against"]["between"])),
        stop=frozenset(table["stop"]["words"]),
        cuts=frozenset(table["stop"]["cuts"]),
        given=given,
        family=family,
    )


def weigh(norm: str, start: int, end: int, scores: dict[str, int]) -> None:
    """Add to `scores` what the words right beside a span say of its type."""
    table = cues()
    left = norm[max(0, start - REACH - 2) : start].rstrip(_OPEN)
    for type_, weight in _longest(table.before, left, behind=False):
        scores[type_] = scores.get(type_, 0) + weight
    right = norm[end : end + REACH + 2].lstrip(_SHUT)
    if left.endswith(_PLACE_BEFORE) and right.startswith(_PLACE_AFTER):
        scores["Product"] = scores.get("Product", 0) + ENOUGH
    if right.startswith("(") and (close := norm.find(")", end, end + 40)) > 0:
        if _KIND.match(norm, end, close + 1):
            scores["Organization"] = scores.get("Organization", 0) + ENOUGH
        right = norm[close + 1 : close + 1 + REACH].lstrip(_SHUT)
    for type_, weight in _longest(table.after, right, behind=True):
        scores[type_] = scores.get(type_, 0) + weight
    if said_of_money(norm, start, end):
        scores["Organization"] = scores.get("Organization", 0) + ENOUGH


def _longest(table: Weights, text: str, *, behind: bool) -> tuple[tuple[str, int], ...]:
    """The weights of the longest cue that a text begins with (`behind` a name), or ends with."""
    for length in range(min(REACH, len(text)), 0, -1):
        cue = text[:length] if behind else text[-length:]
        if cue in table:
            return table[cue]
    return ()


def beyond_joint(norm: str, position: int, step: int) -> int | None:
    """Where the next name of a list begins (`step` 1) or the one before it ends (-1), None where no joint stands."""
    if norm[position - (step < 0) : position + (step > 0)] not in _JOINT_EDGES:
        return None  # most names
    if step > 0:
        joint = _JOINT_AFTER.match(norm, position)
        return joint.end() if joint else None
    before = norm[max(0, position - 6) : position]
    cut = _JOINT_BEFORE.search(before)
    return position - (len(before) - cut.start()) if cut else None


def winner(scores: dict[str, int]) -> str | None:
    """The type that leads with enough weight, None on a tie."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < ENOUGH or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def find_names(
    pages: Sequence[Page], known: Sequence[Sequence[tuple[int, int, str]]], parts: Parts, lexicon: Lexicon
) -> list[list[Candidate]]:
    """The typed latin names of a document's articles.

    `known` gives for each article the sorted spans that lists and shapes explain, with their types; names are what is
    left over. `parts` are the given and family names of people already known. A name that the lexicon has without
    context keeps to the types it has there.
    """
    places = [_places(page, spans) for page, spans in zip(pages, known, strict=True)]
    scores: dict[str, dict[str, int]] = {}
    for page, spans in zip(pages, places, strict=True):
        for start, end in spans:
            name = page.norm[start:end]
            own = scores.setdefault(name, {})
            if not own:
                _by_shape(name, own)
            if not _in_latin_text(page.norm, start, end):
                weigh(page.norm, start, end, own)
    for page, spans, listed in zip(pages, places, known, strict=True):
        _weigh_owned(page, spans, listed, scores)
    types = {name: _decide(name, own) for name, own in scores.items()}
    types = {name: t for name, t in types.items() if t in (_listed(lexicon, name) or (t,))}
    _type_by_neighbours(pages, places, known, types)
    people = {n for n, t in types.items() if t == "Person" and " " in n}
    parts = parts | _unique_parts(people, parts)
    companies = _company_parts(n for n, t in types.items() if t == "Organization")
    found: list[list[Candidate]] = []
    for page, spans in zip(pages, places, strict=True):
        here: list[Candidate] = []
        for start, end in spans:
            name = page.norm[start:end]
            type_ = types.get(name)
            if name in parts:
                full, entry = parts[name]
                here.append(Candidate(start, end, "Person", full, "latin:part", Rank.CUE, entry))
            elif name in companies and type_ in (None, "Organization"):
                here.append(Candidate(start, end, "Organization", companies[name], "latin:short", Rank.CUE))
            elif type_:
                here.append(Candidate(start, end, type_, name, f"latin:{type_.lower()}", Rank.CUE))
        found.append(here)
    return found


def _weigh_owned(
    page: Page,
    spans: Sequence[tuple[int, int]],
    known: Sequence[tuple[int, int, str]],
    scores: dict[str, dict[str, int]],
) -> None:
    """A name behind an organisation's 的: a person (`OpenAI 的 Jason Wei`) or product (`ElevenLabs 的 GenFM`)."""
    owners = {end for _, end, type_ in known if type_ == "Organization"}
    for start, end in spans:
        owned = _OWNED.search(page.norm, max(0, start - 4), start)
        if owned and owned.start() in owners:
            name = page.norm[start:end]
            own = scores[name]
            if "Person" in _shapes(name):
                own["Person"] = own.get("Person", 0) + ENOUGH
            elif _COINED.fullmatch(name):
                own["Product"] = own.get("Product", 0) + ENOUGH


def _type_by_neighbours(
    pages: Sequence[Page],
    places: Sequence[Sequence[tuple[int, int]]],
    known: Sequence[Sequence[tuple[int, int, str]]],
    types: dict[str, str | None],
) -> None:
    """Type names without cues of their own by the names that they are listed with (`由IVP、Atomico以及WiL跟投`)."""
    for page, spans, listed in zip(pages, places, known, strict=True):
        norm = page.norm
        ours = {(s, e): norm[s:e] for s, e in spans}
        row = sorted([*ours, *((s, e) for s, e, _ in listed)])
        given = {(s, e): t for s, e, t in listed}
        pairs = [(a, b) for a, b in zip(row, row[1:], strict=False) if _of_a_kind(norm[a[1] : b[0]])]
        for one, other in [*pairs, *((b, a) for a, b in reversed(pairs))]:  # onward, then back
            type_ = given.get(one) or types.get(ours.get(one, ""))
            name = ours.get(other, "")
            open_ = types.get(name, "") is None or (type_ == "Person" and types.get(name) == "Organization")
            if open_ and len(name) > 2 and name not in cues().stop and type_ in _shapes(name):
                types[name] = type_


def _of_a_kind(between: str) -> bool:
    """Whether the words between two names say that they are of one kind: they are listed or compared."""
    return len(between) < 30 and any(p.fullmatch(between) for p in (_JOINT, *cues().against))


def _shapes(name: str) -> tuple[str, ...]:
    """The types that a name without cues may take over from its neighbours; models are written like no other word."""
    words = name.split()
    if 2 <= len(words) <= 3 and all(map(_PLAIN.fullmatch, words)) and words[-1] not in cues().endings:
        return ("Person",)
    return ("Organization", "Product", "Model") if _MADE_UP.fullmatch(name) else ("Organization", "Product")


def _company_parts(names: Iterable[str]) -> dict[str, str]:
    """The first word of companies' names whose last one only says what they are (`Avago Technologies`)."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in names:
        first, _, rest = name.partition(" ")
        if rest and cues().endings.get(rest) == "Organization" and first not in cues().stop:
            owners[first].add(name)
    return {first: next(iter(o)) for first, o in owners.items() if len(o) == 1}


def _listed(lexicon: Lexicon, name: str) -> set[str]:
    return {e.type for e in lexicon.lookup(name) if e.type in CORE_TYPES}


def person_parts(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> Parts:
    """Given and family names of the document's listed people in latin script, where only one of them has it."""
    owners: dict[str, dict[str, LexiconEntry | None]] = defaultdict(dict)
    for page, here in zip(pages, found, strict=True):
        for c in here:
            if c.type == "Person":
                for full in {c.name, page.norm[c.start : c.end]}:
                    for part in _short_forms(full) if _LATIN_NAME.fullmatch(full) else ():
                        owners[part][c.name] = c.entry
    return {part: next(iter(names.items())) for part, names in owners.items() if len(names) == 1 and len(part) > 2}


def _short_forms(full: str) -> list[str]:
    """The parts of a person's name, and all of it in capitals, as dialogues write their speakers."""
    words = full.split()
    return list(dict.fromkeys([*words, *(w.upper() for w in words if len(w) > 3), full.upper()]))


def _unique_parts(people: Iterable[str], parts: Parts) -> Parts:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in people:
        for word in _short_forms(name):
            owners[word].add(name)
    return {w: (next(iter(o)), None) for w, o in owners.items() if len(o) == 1 and len(w) > 2 and w not in parts}


def _by_shape(name: str, scores: dict[str, int]) -> None:
    """What the name itself says of its type."""
    words = name.split()
    ending = cues().endings.get(words[-1]) if len(words) > 1 else None
    if ending:
        scores[ending] = scores.get(ending, 0) + ENDING
    named = words[0] in cues().given or words[-1] in cues().family
    if 2 <= len(words) <= 4 and not ending and named and all(map(_PLAIN.fullmatch, words)):
        scores["Person"] = scores.get("Person", 0) + GIVEN_NAME
    if _DOMAIN.fullmatch(name) or _AI_NAME.fullmatch(name):
        scores["Organization"] = scores.get("Organization", 0) + 2
    if _BENCHMARK.search(name):
        scores["Benchmark"] = scores.get("Benchmark", 0) + ENDING


def _decide(name: str, scores: dict[str, int]) -> str | None:
    """The type of a name: acronyms need twice the weight, a person is written like one."""
    if not all(map(_PLAIN.fullmatch, name.split())):
        scores.pop("Person", None)
    type_ = winner(scores)
    if type_ is None or _SIZE.fullmatch(name):
        return None
    if _ACRONYM.fullmatch(name) and len(name) < 3:
        return None
    if name in cues().stop and (type_ not in ("Organization", "Product") or scores[type_] < 2 * ENOUGH):
        return None
    if _ACRONYM.fullmatch(name) and scores[type_] < 2 * ENOUGH and (type_ != "Model" or len(name) < 4):
        return None
    if type_ == "Person" and " " not in name and name not in cues().given and scores[type_] < 2 * ENOUGH:
        return None
    if name in cues().given and type_ != "Person" and scores[type_] < 2 * ENOUGH:
        return "Person" if scores.get("Person", 0) else None
    return type_


def is_person_like(name: str) -> bool:
    """Whether a latin name is written like a person's, in up to three words that are no words of the trade."""
    words = name.split()
    return 0 < len(words) <= 3 and all(_PLAIN.fullmatch(w) and w not in cues().stop for w in words)


def _in_latin_text(norm: str, start: int, end: int) -> bool:
    return bool(_LOWER_BEFORE.search(norm, max(0, start - 12), start) or _LOWER_AFTER.match(norm, end))


def _places(page: Page, known: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """The spans of latin names outside what is known, cut at words that are no names."""
    norm = page.norm
    starts = [s for s, _, _ in known]
    found: list[tuple[int, int]] = []
    for start, end in _runs(norm):
        first = max(0, bisect.bisect_right(starts, start) - 1)
        hits = [h for h in known[first : bisect.bisect_left(starts, end)] if h[1] > start]
        if not (hits and hits[0][0] <= start and hits[0][1] >= end):
            found += _pieces(norm, start, end, hits)
    return found


def _runs(norm: str) -> list[tuple[int, int]]:
    return [run.span() for stretch in _STRETCH.finditer(norm) for run in _RUN.finditer(norm, *stretch.span())]


def _pieces(norm: str, start: int, end: int, hits: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """A run of capitalised words, cut where stop words and known names stand."""
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(norm[start:end])]
    if hits and _whole_run(norm, words, hits):
        return [(start, end)]
    pieces: list[list[tuple[int, int]]] = [[]]
    for s, e in words:
        if norm[s:e] in cues().cuts or any(hs < e and he > s for hs, he, _ in hits):
            pieces.append([])
        else:
            pieces[-1].append((s, e))
    for piece in pieces:
        while piece and norm[slice(*piece[0])] in _PARTICLES:
            del piece[0]
    spans = [
        (p[0][0], p[-1][1]) for p in pieces if len(p) == 1 or (p and not all(norm[s:e] in cues().stop for s, e in p))
    ]
    return [(s, e) for s, e in spans if e - s > 1 and not _never(norm[s:e])]


def _never(name: str) -> bool:
    """Whether a word is no name however it stands: an acronym of the trade, a number; `Multi` may be a company."""
    generic = name in cues().stop and (len(name) < 5 or not name.istitle() or name in cues().cuts)
    return generic or name.replace(".", "").isdigit()


def _whole_run(norm: str, words: Sequence[tuple[int, int]], hits: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a run with a known name inside is a longer name: `Google Ventures`, `Kimbal Musk`."""
    if len(hits) != 1 or len(words) < 2 or any(norm[s:e] in cues().cuts for s, e in words):
        return False
    s, e, type_ = hits[0]
    if s <= words[0][0] and e >= words[-1][1]:
        return False
    first, last = norm[slice(*words[0])], norm[slice(*words[-1])]
    longer_name = type_ == "Person" and e == words[-1][1] and s > words[0][0] and first in cues().given
    longer_company = (
        s == words[0][0] and e < words[-1][0] + 1 and cues().endings.get(last) == "Organization" and last != "AI"
    )
    return longer_name or longer_company
