"""The one place where the evidence meets: lexicon, versions, patterns, latin names and tagger give one set of spans.

Spans that overlap are decided by length, then rank, then position; names that need context are dropped without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from string import ascii_letters, ascii_lowercase

from kg.entities import latin
from kg.entities.authors import find_authors
from kg.entities.candidates import Candidate, Page, Rank
from kg.entities.composites import find_composites, load_composites, split_parts, without_wholes
from kg.entities.cues import beyond_joint, cues, weigh, winner
from kg.entities.definitions import find_defined
from kg.entities.duals import other_type, settle_duals
from kg.entities.labelled import find_labelled, find_repeated
from kg.entities.lexicon import BLOCK, Hit, Lexicon, LexiconEntry
from kg.entities.lists import find_in_lists
from kg.entities.patterns import find_patterns, without_overruns
from kg.entities.tagged import find_tagged
from kg.entities.versions import find_bare, find_tails, read_version
from kg.record import CORE_TYPES

_EPONYM = re.compile(
    r"(?:[-—][一-鿿]{2,4})?(?:悖论|定律|定理|猜想|方程|主义|变换|分布|空间|不等式|函数|常数|熵|距离|奖)"
)
_NAMED_ON = re.compile(r"(?<=[a-z]) [A-Z][a-z]")  # a given name before a family name is not that other person's
_MADE = {"Model", "Product", "Hardware"}  # what the words beside a name tell apart badly
_SMALL, _LETTERS = ascii_lowercase.encode(), ascii_letters.encode()
_START = attrgetter("start")
_LOWERED = 0.06  # share of capitals among latin letters below which a text has lost its case


def merge(pages: Sequence[Page], lexicon: Lexicon) -> list[list[Candidate]]:
    """The names of a document's articles, article by article: sorted, not overlapping, each with its evidence."""
    found = _settle_context(pages, [_lexicon_candidates(page, lexicon) for page in pages], lexicon)
    found = settle_duals(pages, found, lexicon)
    found = [split_parts(page, choose_listed(page, here)) for page, here in zip(pages, found, strict=True)]
    tails = [[*a, *b] for a, b in zip(find_tails(pages, found), find_bare(pages, found), strict=True)]
    labelled = find_labelled(pages)
    for page, here, more, named in zip(pages, found, tails, labelled, strict=True):
        listed = {c.start: c.end for c in here if c.type == "Person" and page.folded[c.end : c.end + 1] != "·"}
        shaped = [c for c in find_patterns(page) if c.type != "Person" or listed.get(c.start, c.end) == c.end]
        shaped = _without_listed_ends(without_overruns(shaped), here)
        here += [*find_composites(page, here), *shaped, *more, *named, *find_authors(page)]
    known = [[(c.start, c.end, c.type) for c in choose(here) if c.rank == Rank.LEXICON] for here in found]
    names = latin.find_names(pages, known, latin.person_parts(pages, found), lexicon)
    found = find_tagged(pages, [[*here, *more] for here, more in zip(found, names, strict=True)])
    found = [choose(without_wholes(page, here)) for page, here in zip(pages, found, strict=True)]
    found = [choose([*here, *find_in_lists(page, here)]) for page, here in zip(pages, found, strict=True)]
    again = zip(find_defined(pages, found), find_repeated(pages, found), strict=True)
    found = [choose([*here, *a, *b]) if a or b else here for here, (a, b) in zip(found, again, strict=True)]
    return [[_listed(c, lexicon) for c in here if c.type != BLOCK] for here in found]


def _without_listed_ends(shaped: Sequence[Candidate], listed: Sequence[Candidate]) -> list[Candidate]:
    """Company names by shape, without those that are a listed name and the words before it (`获得|顺为资本`)."""
    ends = {c.end: c.start for c in listed if c.type == "Organization" and c.end - c.start > 2}
    return [c for c in shaped if not (c.rule == "pattern:org-named-company" and ends.get(c.end, c.start) > c.start)]


def _listed(c: Candidate, lexicon: Lexicon) -> Candidate:
    """A candidate put together from parts, with the entry that the lexicon has under its whole name."""
    if c.entry or c.name.isascii():
        return c
    entry = next((e for e in lexicon.lookup(c.name) if e.type == c.type and c.name not in e.weak), None)
    return c._replace(entry=entry, name=entry.name) if entry else c


def choose_listed(page: Page, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The longest listed names; a shorter one at the start of a longer stays for `split_parts`."""
    found = list(candidates)
    chosen = choose(found)
    starts = {c.start: c for c in chosen}
    parents = load_composites().parents
    inner = [
        c
        for c in found
        if c.entry
        and (longer := starts.get(c.start))
        and longer.entry
        and c.end < longer.end
        and parents.search(page.norm[c.start : c.end])
    ]
    return [*chosen, *inner]


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that remain where some overlap: the longer, then the higher rank, then the first."""
    taken: list[Candidate] = []
    group: list[Candidate] = []  # candidates that overlap, directly or through others; most stand alone
    end = 0
    for c in sorted(candidates, key=_START):
        if c.start >= end and group:
            taken += group if len(group) == 1 else _best(group)
            group = []
        group.append(c)
        if c.end > end:
            end = c.end
    return taken + _best(group)


def _best(group: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a group that remain, sorted."""
    taken: list[Candidate] = []
    for c in sorted(group, key=_precedence):
        if all(c.start >= t.end or c.end <= t.start for t in taken):
            taken.append(c)
    return sorted(taken, key=_START)


def _precedence(c: Candidate) -> tuple[int, int, int, int, bool, str, str]:
    return (-min(c.rank, Rank.PATTERN), c.start - c.end, -c.rank, c.start, c.entry is None, c.type, c.name)


def _lexicon_candidates(page: Page, lexicon: Lexicon) -> list[Candidate]:
    norm = page.norm
    latin_text = norm.encode("ascii", "ignore")
    small, letters = (len(latin_text) - len(latin_text.translate(None, some)) for some in (_SMALL, _LETTERS))
    lowered = letters - small < _LOWERED * letters
    found: list[Candidate] = []
    for hit in lexicon.find(page.folded):
        for entry in hit.strong[:1] or hit.weak:
            found += _readings(norm, hit, entry, lowered=lowered)
    return found


def _readings(norm: str, hit: Hit, entry: LexiconEntry, *, lowered: bool) -> list[Candidate]:
    start, end, cut, strong, _ = hit
    surface = norm[start:end]
    if not lowered and not cut and _miswritten(surface, entry):
        return []
    if entry.type == "Person" and (_EPONYM.match(norm, end) or (not strong and _NAMED_ON.match(norm, end))):
        return []
    rule = f"lexicon:{entry.line}"
    plain = [] if cut else [Candidate(start, end, entry.type, entry.name, rule, Rank.LEXICON, entry, bool(strong))]
    version = read_version(norm, end, entry)
    if version and (strong or version.glued or surface[0].isupper() or not surface.isascii()):
        return [Candidate(start, version.end, version.type, version.name, rule + "+version", Rank.LEXICON), *plain]
    return plain


def _miswritten(surface: str, entry: LexiconEntry) -> bool:
    """Whether a latin name is written in a case that makes another word of it: `sec` for SEC, `Albert` for ALBERT."""
    if not surface.isascii() or not surface.isalpha() or surface in entry.aliases:
        return False
    if entry.type == "Model" and entry.line.startswith("import_"):
        return True
    if len(surface) <= 4 or (surface.islower() and any(surface == w.lower() for w in entry.weak)):
        return True
    return surface in cues().given and surface.upper() in entry.aliases


def _settle_context(
    pages: Sequence[Page], raw: Sequence[Sequence[Candidate]], lexicon: Lexicon
) -> list[list[Candidate]]:
    strong = {c.entry.id for found in raw for c in found if c.alone and c.entry}
    text = "\n".join(page.folded for page in pages)
    scores = _local_scores(pages, raw)
    listed = _listed_beside(pages, raw)
    anchored = {
        page.folded[c.start : c.end]
        for page, found in zip(pages, raw, strict=True)
        for c in found
        if not c.alone and c.entry and c.entry.id in strong
    }
    settled: list[list[Candidate]] = []
    for page, found in zip(pages, raw, strict=True):
        here: list[Candidate] = []
        for c in found:
            surface = page.folded[c.start : c.end]
            if c.alone:
                here.append(c)
            elif surface in anchored and (c.entry is None or c.entry.id not in strong):
                continue  # the document has the full name of another thing of this short form
            elif (surface, c.type) in listed or _in_context(c, lexicon, strong, text, scores[surface]):
                here.append(c._replace(alone=True))
        settled.append(here)
    return settled


def _listed_beside(pages: Sequence[Page], raw: Sequence[Sequence[Candidate]]) -> set[tuple[str, str]]:
    """Weak names, with their type, that a list joins to a certain name of that type (`a16z、Index 以及 Benchmark`)."""
    joined: set[tuple[str, str]] = set()
    for page, found in zip(pages, raw, strict=True):
        if all(c.alone for c in found):
            continue
        spans = sorted({(c.start, c.end, c.type) for c in found if c.type in CORE_TYPES})
        sure = {(c.start, c.end, c.type) for c in found if c.alone}
        ends = {(end, type_): start for start, end, type_ in spans}
        starts = {(start, type_): end for start, end, type_ in spans}
        for step, others in ((1, starts), (-1, ends)):
            for start, end, type_ in spans[::step]:
                if (start, end, type_) not in sure:
                    continue
                beside = beyond_joint(page.norm, end if step > 0 else start, step)
                if beside is not None and (other := others.get((beside, type_))) is not None:
                    span = (beside, other, type_) if step > 0 else (other, beside, type_)
                    sure.add(span)
                    joined.add((page.folded[span[0] : span[1]], type_))
    return joined


def _local_scores(pages: Sequence[Page], raw: Sequence[Sequence[Candidate]]) -> dict[str, dict[str, int]]:
    """What the words beside each weak name of the document say of its type, by the name in lower case."""
    scores: dict[str, dict[str, int]] = {}
    for page, found in zip(pages, raw, strict=True):
        for start, end in sorted({(c.start, c.end) for c in found if not c.alone}):
            weigh(page.norm, start, end, scores.setdefault(page.folded[start:end], {}))
    return scores


def _in_context(c: Candidate, lexicon: Lexicon, strong: set[str], text: str, scores: dict[str, int]) -> bool:
    entry = c.entry
    if entry is None or entry.id in strong or any(word in text for word in lexicon.context(entry)):
        return True
    type_ = winner(scores)
    return type_ in CORE_TYPES and (type_ in (c.type, other_type(entry)) or {type_, c.type} <= _MADE)
