"""What the statistical tagger adds: people that no list knows, and the beginnings of Chinese organisations' names.

The tagger knows Chinese and transliterated names that no list has, but takes other words for names too. Its people
count only with a second sign: a surname and two more characters, a title or a saying verb beside the name, another
person joined by 和 or 、, or the name said again. Organisations come from patterns that ask for confirmation: the
pattern says that a name ends here (`…大学`), the tagger where it begins. Only sentences that can gain are tagged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.document import Sentence
from kg.entities.candidates import Candidate, Page, Rank, places_of
from kg.entities.lexicon import LexiconEntry
from kg.entities.patterns import load_patterns
from kg.entities.tagger import TagSpan, tag

Owners = dict[str, tuple[str, LexiconEntry | None]]  # a person's name and entry by what the text writes

MARGIN = 1.5  # log score by which the tagger must prefer reading a person
SURE = 1.0  # the same for an organisation, all its places together
ENOUGH = 2
NAME_REACH = 7  # characters ahead of a cue in which a name may begin
_VERB = re.compile(r".*(?:参加|加入|担任|现任|曾任|出任|兼任|毕业于|来自|就读于|任职于|前往|访问|获得|出席)")
_PARENT = re.compile(r"(?:[一-鿿A-Za-z]{2,14}?大学|中国科学院|中科院|中国工程院|中国社会科学院)(?=.{3})")
_DOT = re.compile("[·•・‧]")
_ORGANIZATION = re.compile(r"[一-鿿]{3,14}")
_JOINTS = ("和", "、", "与", "及")


def find_tagged(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """For each article the candidates it keeps: `found` without what the tagger does not confirm, and its people."""
    chosen = [_gaining(page, here) for page, here in zip(pages, found, strict=True)]
    texts = [page.norm[s.start : s.end] for page, sentences in zip(pages, chosen, strict=True) for s in sentences]
    tags = iter(tag(texts))
    spans = [_shifted(sentences, tags) for sentences in chosen]
    settled = [
        [c for candidate in here for c in ((candidate,) if candidate.alone else _confirmed(page, candidate, own))]
        for page, here, own in zip(pages, found, spans, strict=True)
    ]
    people, named = _people(pages, settled, spans), _organizations(pages, settled, spans)
    return [[*here, *some, *more] for here, some, more in zip(settled, people, named, strict=True)]


def _shifted(sentences: Sequence[Sentence], tags: Iterator[tuple[TagSpan, ...]]) -> list[TagSpan]:
    return [t._replace(start=t.start + s.start, end=t.end + s.start) for s in sentences for t in next(tags)]


def _gaining(page: Page, here: Sequence[Candidate]) -> list[Sentence]:
    """The sentences of an article with something to confirm or a sign of a person."""
    gaining = {page.article.sentence_index(c.start) for c in here if not c.alone} | _with_signs(page)
    return [s for i, s in enumerate(page.article.sentences) if i in gaining]


def _with_signs(page: Page) -> set[int]:
    """The sentences where a name may stand beside a cue, or between marks; names are looked for only beside cues."""
    signs, norm, sentences = _signs(), page.norm, page.article.sentences
    found = {i for i, s in enumerate(sentences) if signs.apart.search(norm, s.start, s.end)}
    for _, start, _ in _organization_cues().find_matches_as_indexes(norm) if sentences else ():
        found.add(page.article.sentence_index(start))
    if sentences and signs.first.match(norm, sentences[0].start, sentences[0].end):
        found.add(0)
    for number, start, end in signs.automaton.find_matches_as_indexes(norm, overlapping=True) if sentences else ():
        i = page.article.sentence_index(start)
        s = sentences[i]
        if i in found or start < s.start or end > s.end:
            continue
        leads, follows = signs.sides[number]
        if (leads and signs.behind.match(norm, end, s.end)) or (
            follows and signs.ahead.search(norm, max(s.start, start - NAME_REACH), start)
        ):
            found.add(i)
    return found


def _confirmed(page: Page, c: Candidate, spans: Sequence[TagSpan]) -> list[Candidate]:
    """A candidate that asks for it with the tagger's beginning, or nothing; a university's school gives both."""
    span = next((t for t in spans if t.end == c.end and t.label == "ORG" and t.start < c.end - 2), None)
    if span is None:
        return []
    start = span.start + max(0, *(page.norm[span.start : c.end].rfind(mark) + 1 for mark in ",、()“”;"))
    if verb := _VERB.search(page.norm, start, c.end - 3):
        start = verb.end()
    start += page.norm.startswith(("任", "兼"), start) and c.end - start > 8
    if country := load_patterns().countries.match(page.norm, start, c.end):
        start = country.end()
    if page.norm[start : c.end] in load_patterns().never:
        return []
    whole = c._replace(start=start, name=page.norm[start : c.end], rule=c.rule + "+tagger", alone=True)
    if parent := _PARENT.match(page.norm, start, c.end):
        first = whole._replace(end=parent.end(), name=parent[0])
        return [first, whole._replace(start=parent.end())]
    return [whole]


def _people(
    pages: Sequence[Page], found: Sequence[Sequence[Candidate]], spans: Sequence[Sequence[TagSpan]]
) -> list[list[Candidate]]:
    scores: dict[str, int] = defaultdict(int)
    for page, here, own in zip(pages, found, spans, strict=True):
        if not own:
            continue
        covered = sorted((c.start, c.end) for c in here)
        people = [(c.start, c.end) for c in here if c.type == "Person"]
        for t in own:
            named = page.norm[t.start : t.end]
            plausible = (
                not named.startswith(load_patterns().no_people)
                and not _signs().titled.fullmatch(named)
                and t.label == "PER"
                and t.margin >= MARGIN
                and _signs().name.fullmatch(page.norm, t.start, t.end)
            )
            if plausible and not any(s < t.end and e > t.start for s, e in covered):
                scores[page.norm[t.start : t.end]] += _score(page.norm, t.start, t.end, people)
    owners = {n: (n, None) for n, s in scores.items() if s >= ENOUGH} | _parts(pages, found)
    return [[_person(page, s, e, owners) for s, e in places_of(owners, page.norm)] for page in pages]


def _organizations(
    pages: Sequence[Page], found: Sequence[Sequence[Candidate]], spans: Sequence[Sequence[TagSpan]]
) -> list[list[Candidate]]:
    """Chinese names of organisations that nothing else knows, at every place of the document."""
    scores: dict[str, float] = defaultdict(float)
    table = load_patterns()
    for page, here, own in zip(pages, found, spans, strict=True):
        covered = sorted((c.start, c.end) for c in here) if own else []
        for t in own:
            name = page.norm[t.start : t.end]
            shaped = t.label == "ORG" and _ORGANIZATION.fullmatch(name) and name not in table.never
            if not shaped or table.no_organizations.fullmatch(name):
                continue
            if not any(s < t.end and e > t.start for s, e in covered):
                scores[name] += t.margin
    names = [name for name, score in scores.items() if score >= SURE]
    return [
        [
            Candidate(s, e, "Organization", page.norm[s:e], "tagger:organization", Rank.TAGGER)
            for s, e in places_of(names, page.norm)
        ]
        for page in pages
    ]


def _person(page: Page, start: int, end: int, owners: Owners) -> Candidate:
    name, entry = owners[page.norm[start:end]]
    return Candidate(start, end, "Person", name, "tagger:person", Rank.TAGGER, entry)


def _parts(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> Owners:
    """The given and family names of transliterated people of the document, where only one person has it."""
    owners: dict[str, dict[str, LexiconEntry | None]] = defaultdict(dict)
    for page, here in zip(pages, found, strict=True):
        for c in here:
            if c.type == "Person":
                written = page.norm[c.start : c.end]
                for full in {written, *(c.entry.aliases if c.entry else ())}:
                    if len(halves := _DOT.split(full)) > 1:
                        owners[halves[-1]][c.name] = c.entry
                if len(halves := _DOT.split(written)) > 1:
                    owners[halves[0]][c.name] = c.entry
    return {part: next(iter(o.items())) for part, o in owners.items() if len(o) == 1 and len(part) > 1}


@cache
def _organization_cues() -> AhoCorasick:
    return AhoCorasick(load_patterns().organization_cues, matchkind=MatchKind.LeftmostLongest)


@dataclass(frozen=True)
class _Signs:
    name: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    full: re.Pattern[str]
    titled: re.Pattern[str]
    # what makes a sentence worth tagging: a cue with a name behind or ahead of it, a full name between marks
    automaton: AhoCorasick
    sides: tuple[tuple[bool, bool], ...]  # by cue: whether a name may stand behind it, and ahead of it
    behind: re.Pattern[str]
    ahead: re.Pattern[str]
    apart: re.Pattern[str]
    first: re.Pattern[str]  # the same at the beginning of the article


@cache
def _signs() -> _Signs:
    parts = load_patterns().parts
    title, verb = f"(?:{parts['title']})", f"(?:{parts['verb']})"
    name = f"(?:{parts['surname']})[一-鿿]|{parts['translit']}{{2}}"
    full_name = f"(?:{parts['surname']})[一-鿿]{{2}}"
    titles, verbs = parts["title"].split("|"), parts["verb"].split("|")
    leading = {*titles, "叫", "采访", "对话", "和", "、", "\n"}
    following = {*titles, *verbs, "先生", "女士", "老师", "等人"}
    cues = sorted(leading | following)
    return _Signs(
        full=re.compile(full_name),
        titled=re.compile(rf"[一-鿿]{{1,2}}(?:{title}|先生|女士|老师|总|导)"),
        name=re.compile(rf"(?:{parts['surname']})[一-鿿]{{1,2}}|{parts['translit']}{{2,7}}"),
        before=re.compile(rf"(?:{title}|叫|名叫|请来|采访了|采访|对话)(?:、|·| |:|,|“)?$"),
        after=re.compile(rf"(?:还|也|又|曾|在|对|就|于|[^,。;!?]{{0,4}})?{verb}|{title}|先生|女士|老师|等人|:"),
        automaton=AhoCorasick(cues, matchkind=MatchKind.Standard),
        sides=tuple((c in leading, c in following) for c in cues),
        behind=re.compile(rf"[、· :,“]?(?:{name})"),
        ahead=re.compile(rf"(?:{name})[一-鿿]{{0,4}}\Z"),
        apart=re.compile(rf"[,，。、:“(\s]{full_name}(?=[,，、。)”(\s的是在]|$)"),
        first=re.compile(rf"^{full_name}(?=[,，、。)”(\s的是在]|$)"),
    )


def _score(norm: str, start: int, end: int, people: Sequence[tuple[int, int]]) -> int:
    """How much speaks for a person: each place counts one, a cue beside it or a person joined to it two more."""
    score = 2 if _signs().full.fullmatch(norm, start, end) else 1
    if _signs().before.search(norm, max(0, start - 10), start) or _signs().after.match(norm, end):
        score += 2
    joined = any((e <= start and norm[e:start] in _JOINTS) or (s >= end and norm[end:s] in _JOINTS) for s, e in people)
    return score + (2 if joined else 0)
