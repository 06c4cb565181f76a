"""Names in latin script that no list knows: found by their capitals, typed by the words beside them.

Startups, their products and their founders are named in latin script all over Chinese technology news (`CEO Hamze
Ghalebi`, `完成A轮融资的 Bland AI`). The cues are data (`latin.toml`); what all places of a name in a document say
together decides its type, and a name without cues stays unnamed.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.entities.candidates import Candidate, Page, Rank
from kg.entities.cues import ENOUGH, cues, weigh, winner
from kg.entities.lexicon import Lexicon, LexiconEntry
from kg.record import CORE_TYPES

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
_ACRONYM = re.compile(r"[A-Z]{2,5}s?")
_SIZE = re.compile(r"\d+(?:\.\d+)?[A-Za-z]{1,3}|[A-Z]\d|Pre-[A-Z]+")  # and rounds of funding: A2轮, Pre-A轮
_OWNED = re.compile(r" ?的 ?$")
_OF = re.compile(r" ?的 ?")
_COINED = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z][a-z]{4,}(?:AI|GPT|[A-Z])?")  # made up, or at least no acronym
_MADE_UP = re.compile(
    r"(?=.*[a-z])(?:[A-Z]?[a-z]+[A-Z]|[A-Z]{2,}[a-z]+[A-Z]|[A-Z][A-Za-z]+-?\d)[A-Za-z\d.+-]*|[A-Z]{3,}-\d[\w.]*"
)
GIVEN_NAME = 4  # weight of a known given name before a second word
ENDING = 4  # weight of a last word that tells the type


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
    companies = _company_parts((n for n, t in types.items() if t == "Organization"), lexicon)
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
    """A name behind an organisation's 的: a person (`OpenAI 的 Jason Wei`) or product (`ElevenLabs 的 GenFM`).

    And a name before 的 and a person: an organisation (`BVP 的 Talia Goldberg`).
    """
    owners = {end for _, end, type_ in known if type_ == "Organization"}
    people = {start for start, _, type_ in known if type_ == "Person"}
    people |= {start for start, end in spans if scores[page.norm[start:end]].get("Person", 0) >= ENOUGH}
    for start, end in spans:
        own = scores[page.norm[start:end]]
        of = _OF.match(page.norm, end)
        if of and of.end() in people:
            own["Organization"] = own.get("Organization", 0) + 2 * ENOUGH
        owned = _OWNED.search(page.norm, max(0, start - 4), start)
        if owned and owned.start() in owners:
            name = page.norm[start:end]
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
            comma = "," in norm[min(one[1], other[1]) : max(one[0], other[0])]  # joins a person and where he works
            if comma and type_ != "Person" and " " in name and all(map(_PLAIN.fullmatch, name.split())):
                continue
            if open_ and len(name) > 2 and name not in cues().stop and type_ in _shapes(name):
                types[name] = type_


def _of_a_kind(between: str) -> bool:
    """Whether the words between two names say that they are of one kind: they are listed or compared."""
    return len(between) < 30 and any(p.fullmatch(between) for p in (_JOINT, *cues().against))


def _shapes(name: str) -> tuple[str, ...]:
    """The types that a name without cues may take over from its neighbours; models are written like no other word."""
    words, table = name.split(), cues()
    named = words[0] in table.given or words[-1] in table.family
    if len(words) == 1 and named:
        return ("Person", "Organization", "Product")
    if 2 <= len(words) <= 3 and all(map(_PLAIN.fullmatch, words)) and words[-1] not in table.endings:
        return ("Person",) if named else ("Person", "Organization", "Product", "Model")
    made_up = len(words) > 1 or _MADE_UP.fullmatch(name)
    return ("Organization", "Product", "Model") if made_up else ("Organization", "Product")


def _company_parts(names: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """The first word of companies' names whose last one only says what they are (`Avago Technologies`)."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in names:
        first, _, rest = name.partition(" ")
        if (
            rest
            and cues().endings.get(rest) == "Organization"
            and first not in cues().stop
            and not lexicon.lookup(first)
        ):
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
    """The type of a name: acronyms and words of the language need twice the weight, a person is written like one."""
    table = cues()
    unlikely = " " not in name and name not in table.given and scores.get("Person", 0) < 2 * ENOUGH
    if unlikely or name.startswith("The ") or not all(map(_PLAIN.fullmatch, name.split())):
        scores.pop("Person", None)
    type_ = winner(scores)
    if type_ is None or _SIZE.fullmatch(name) or (_ACRONYM.fullmatch(name) and len(name) < 3):
        return None
    weak = scores[type_] < 2 * ENOUGH
    if name in table.stop and (type_ not in ("Organization", "Product") or weak):
        return None
    if _ACRONYM.fullmatch(name) and weak and (type_ != "Model" or len(name) < 4):
        return None
    if name in table.given and type_ != "Person" and weak:
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
    spans = [(p[0][0], p[-1][1]) for p in pieces if len(p) == 1 or (p and not _all_words(norm, p))]
    return [(s, e) for s, e in spans if e - s > 1 and not _never(norm[s:e])]


def _all_words(norm: str, piece: Sequence[tuple[int, int]]) -> bool:
    """Whether all words are ones of the language, and none at the end that names of companies end in."""
    ending = cues().endings.get(norm[slice(*piece[-1])])
    return all(norm[s:e] in cues().stop for s, e in piece) and ending != "Organization"


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
