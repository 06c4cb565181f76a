"""How much each mention of an article is what its reader has in mind: clauses, roles, and candidates with features."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.entities.coreference_library import PERSON, THING, Library, Roles

Role = Literal[
    "subject",
    "coordinated",
    "possessor",
    "embedded",
    "introduced",
    "modifier",
    "agent",
    "object",
    "oblique",
    "source",
    "label",
]

# every alternative begins with a literal, so that the search skips to such characters; a comma in a number is none
_CLAUSE_END = re.compile(r",(?:(?!\d)|(?<!\d,))|;|:|。|!|\?|——|……*")
_MARKS = re.compile("[“”‘’\"'《》〈〉【】 \n\t\u3000*#]+")
_ASIDE = re.compile(r"\([^()。\n]*$")
_ASIDE_REACH = 60
MIN_TOPIC = 3  # names that make an entity what a section is about; two more for an article
TOPIC_SHARE = 0.4  # and their share of all names of the type there
_RUNS_ON = frozenset("-0123456789")  # TI-81 is not TI
_ACTING = frozenset(("subject", "coordinated", "embedded"))
_UNDERGOING = frozenset(("object", "introduced", "possessor"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: sentence, paragraph and clause (counted through the article), and its role there."""

    mention: EntityMention
    sentence: int
    paragraph: int
    clause: int
    role: Role
    listed: bool = False  # one of several that are no subject: 投资了X、Y和Z


@dataclass(frozen=True, slots=True)
class Here:
    """What the clause of a pronoun or description says of whom it cannot stand for."""

    position: int
    clause: int
    sentence: int
    own_clause: bool  # may stand for the subject of its own clause
    initial: bool = True  # opens its clause, so that what it stands for may have been introduced just before
    patient: bool = False  # something is done to it by a subject left out, that of the clauses before
    caused: bool = False  # something is brought about for it by what the clauses before say
    acted_on: bool = False  # something is done to it by another
    only: str | None = None  # what it must stand for: X of X及其
    shut: frozenset[str] = frozenset()  # entities of its clause that are others


class Salience:
    """The places of an article's mentions. References that are resolved are added and serve the ones after them."""

    def __init__(self, article: AnnotatedArticle, library: Library) -> None:
        self.article = article
        self.norm = article.article.norm
        self._library = library
        self._sentences = article.article.sentences
        self._clauses = _clause_starts(self.norm, article)
        self._mentions = list(article.mentions)
        self._placed: list[Place | None] = [None] * len(self._mentions)  # read when asked for: few are
        self._starts = [m.start for m in article.mentions]
        self._starts_of: defaultdict[str, list[int]] = defaultdict(list)
        for m in article.mentions:
            self._starts_of[m.entity].append(m.start)
        titles = [s for s in self._sentences if s.kind == "title"]
        self._titled = {m.entity for s in titles for m in article.mentions_in(s.start, s.end)}

    def sentence_at(self, position: int) -> Sentence:
        """The sentence of a position. Raises IndexError where the article has none."""
        return self._sentences[self.article.article.sentence_index(position)]

    def sentence_number(self, position: int) -> int:
        return self.article.article.sentence_index(position)

    def opens_sentence(self, position: int) -> bool:
        """Whether nothing but words such as 而 and 其中 stand between the beginning of a sentence and a position."""
        left = self.skeleton(self.sentence_at(position).start, position)
        return self._library.roles.bare.fullmatch(left) is not None

    def clause_index(self, position: int) -> int:
        return bisect.bisect_right(self._clauses, position) - 1

    def clause_span(self, index: int) -> tuple[int, int]:
        end = self._clauses[index + 1] if index + 1 < len(self._clauses) else len(self.norm)
        return self._clauses[index], end

    def add(self, mention: EntityMention) -> None:
        """Take a resolved reference as a further mention."""
        at = bisect.bisect_left(self._starts, mention.start)
        self._starts.insert(at, mention.start)
        self._mentions.insert(at, mention)
        self._placed.insert(at, None)
        bisect.insort(self._starts_of[mention.entity], mention.start)

    def before(self, position: int, types: frozenset[str], *, reach: int) -> Iterator[Place]:
        """The places of these types that end at or before a position, at most `reach` sentences back, nearest first."""
        here = self.article.article.sentence_index(position)
        earliest = self._sentences[here - reach].start if here > reach else 0
        for i in range(bisect.bisect_left(self._starts, position) - 1, -1, -1):
            mention = self._mentions[i]
            if mention.start < earliest:
                return
            if mention.type in types and mention.end <= position:
                yield self._place_at(i)

    @property
    def places(self) -> list[Place]:
        """The places of all mentions, in reading order."""
        return [self._place_at(i) for i in range(len(self._mentions))]

    def _place_at(self, index: int) -> Place:
        place = self._placed[index]
        if place is None:
            place = self._placed[index] = self.place(self._mentions[index])
        return place

    def place(self, mention: EntityMention) -> Place:
        index = self.article.article.sentence_index(mention.start)
        clause = self.clause_index(mention.start)
        start, end = self.clause_span(clause)
        left, right = self.skeleton(start, mention.start), self.skeleton(mention.end, end)
        role = self._role(mention, left, right)
        return Place(
            mention=mention,
            sentence=index,
            paragraph=self._sentences[index].paragraph if self._sentences else 0,
            clause=clause,
            role=role,
            listed=role == "object" and bool(left.endswith("、") or self._library.roles.listed.match(right)),
        )

    def skeleton(self, start: int, end: int) -> str:
        """The text of a span with a sign in place of every mention, without quotation marks and space."""
        mentions = self.article.mentions_in(start, end)
        if not mentions:
            return _MARKS.sub("", self.norm[start:end])
        parts, at = [], start
        for m in mentions:
            if m.end <= end:
                if m.type == "Technology":  # AI, 大模型: no actor, and words like others
                    continue
                parts += [self.norm[at : m.start], PERSON if m.type == "Person" else THING]
                at = m.end
        parts.append(self.norm[at:end])
        return _MARKS.sub("", "".join(parts))

    def about(self, position: int, type_: str) -> EntityMention | None:
        """The first name of the one entity of a type that the section of a position, or else the article, is about."""
        index = self.article.article.sentence_index(position)
        return self._main(*self._section(index), type_, 0) or self._main(0, len(self.norm), type_, 2)

    def _section(self, index: int) -> tuple[int, int]:
        """The span from the heading before a sentence to the next one."""
        headings = [s.start for s in self._sentences if s.kind in ("title", "heading")]
        at = bisect.bisect_right(headings, self._sentences[index].start)
        return headings[at - 1] if at else 0, headings[at] if at < len(headings) else len(self.norm)

    def _main(self, start: int, end: int, type_: str, more: int) -> EntityMention | None:
        named: defaultdict[str, list[EntityMention]] = defaultdict(list)
        for m in self.article.mentions_in(start, end):
            label = self.norm.startswith(":", m.end)
            if m.type == type_ and m.kind == "name" and not label and not self.secondary(m):
                named[m.entity].append(m)
        ranked = sorted(named.values(), key=lambda ms: (-len(ms), ms[0].start))
        if not ranked or len(ranked[0]) < MIN_TOPIC + more:
            return None
        others = sum(len(ms) for ms in ranked[1:])
        clear = len(ranked) == 1 or len(ranked[0]) >= 2 * len(ranked[1])
        return ranked[0][0] if clear and len(ranked[0]) >= TOPIC_SHARE * (len(ranked[0]) + others) else None

    def _role(self, mention: EntityMention, left: str, right: str) -> Role:
        roles = self._library.roles
        person = mention.type == "Person"
        if roles.place.search(left) and not roles.during.search(right):
            return "oblique"
        if roles.like.search(left) and roles.likeness.match(right):
            return "oblique"
        if roles.epithet.match(right):
            return "oblique"
        if roles.source.search(left):
            return "source"
        if person and right.startswith(":"):
            return "label"
        if roles.introduced.search(left):
            return "introduced"
        if roles.embedded.search(left):
            return "embedded"
        if roles.agent.search(left) or roles.predicate.search(left) and roles.made.match(right):
            return "agent"
        if roles.modifier.match(right):
            return "modifier"
        if roles.coordinated.fullmatch(left):
            return "coordinated"
        first = (
            roles.initial.fullmatch(left)
            or (person and roles.apposition.fullmatch(left))
            or roles.described.fullmatch(left)
        )
        if not person and roles.employer.match(right):
            return "possessor" if first else "oblique"
        if not first:
            if right.startswith(("的", "所")) or roles.oblique.search(left) or roles.comparand.search(left):
                return "oblique"
            return "object"
        if right.startswith(":"):
            return "label"
        if not right.rstrip("。!?;,") and roles.example.search(left):
            return "object"
        if joined := roles.joined.match(right):
            return "possessor" if right.startswith("的", joined.end()) else "coordinated"
        return "possessor" if right.startswith("的") or not person and roles.possessor.match(right) else "subject"

    def _aside(self, position: int) -> bool:
        """Whether a position is inside brackets that were opened in its sentence."""
        return bool(_ASIDE.search(self.norm, max(0, position - _ASIDE_REACH), position))

    def here(self, start: int, end: int, *, people: bool, own_clause: bool) -> Here | None:
        """What the words of its clause say of a pronoun or description; None where it stands for something unnamed.

        `people`: it stands for persons only.
        """
        roles, norm = self._library.roles, self.norm
        clause = self.clause_index(start)
        opens, closes = self.clause_span(clause)
        left = self.skeleton(opens, start)
        named = self._within(opens, start)
        only = None
        if not people and roles.beside.search(left):
            only = next((m.entity for m in named if roles.besides.fullmatch(norm, m.end, start)), None)
            if only is None and own_clause:
                return None
        acted_on, caused = self._undergoes(left, end, people=people)
        said = None if people or own_clause else roles.embedded.search(left)  # X发布了Y, 并称它…
        found = acted_on or caused
        bare = _bare(roles, left, found)
        helped = roles.benefits.search(left) and roles.benefit.match(norm, end)
        others = {m.entity for m in self._within(end, closes) if norm[m.end : m.end + 1] not in _RUNS_ON}
        for m in named if own_clause else ():
            acts = (found or helped) and self.place(m).role != "possessor"
            if acts or roles.outward.search(norm, m.end, start):
                others.add(m.entity)
        return Here(
            start,
            clause,
            self.article.article.sentence_index(start),
            own_clause,
            initial=bool(roles.initial.fullmatch(left) or roles.embedded.search(left)),
            patient=bare and acted_on is not None or _bare(roles, left, said),
            caused=bare and caused is not None,
            acted_on=acted_on is not None,
            only=only,
            shut=frozenset(others),
        )

    def _undergoes(self, left: str, end: int, *, people: bool) -> tuple[re.Match[str] | None, re.Match[str] | None]:
        """What before words that end at a position makes them an object, and what makes them the one caused to act."""
        roles, norm = self._library.roles, self.norm
        if norm.startswith("的", end):
            return None, None
        towards = roles.towards.search(left) if roles.undergoes.match(norm, end) else None
        return roles.patient.search(left) or towards, None if people else roles.caused.search(left)

    def _within(self, start: int, end: int) -> list[EntityMention]:
        """The mentions that begin in a span, resolved references among them."""
        return self._mentions[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def zero(self, position: int) -> Here:
        """The place of a subject left out."""
        return Here(position, self.clause_index(position), self.article.article.sentence_index(position), True)

    def scores(self, here: Here, types: frozenset[str], *, reach: int) -> dict[str, float]:
        """Every entity of these types named before a place, with its best score; see `features`."""
        best: dict[str, float] = {}
        subjects: dict[int, str] = {}
        joined: dict[int, set[str]] = {}
        for place in self.before(here.position, types, reach=reach):
            entity = place.mention.entity
            found = self.features(place, here)
            if found is None:
                continue
            if any(clause > place.clause and other != entity for clause, other in subjects.items()):
                found["overtaken"] = 1.0
            if place.role in ("subject", "coordinated"):
                subjects[place.clause] = entity
            if place.role == "coordinated":
                joined.setdefault(place.clause, set()).add(entity)
            best[entity] = max(best.get(entity, -9.0), self._sum(found))
        each = self._library.weights["mentions"]
        total = {e: s + each * min(6, bisect.bisect_left(self._starts_of[e], here.position)) for e, s in best.items()}
        for group in joined.values():  # of A and B, one is as good as the other
            total.update(dict.fromkeys(group, max(total[e] for e in group)))
        return total

    def _sum(self, features: Mapping[str, float]) -> float:
        return sum(self._library.weights[name] * value for name, value in features.items())

    def features(self, place: Place, here: Here) -> dict[str, float] | None:
        """What speaks for and against a mention as the antecedent of words at a place, by the names in [weights].

        None where grammar rules it out: two things named in one clause are two, unless one says something of the other.
        """
        roles, role = self._library.roles, place.role
        between = self.norm[place.mention.end : here.position]
        if place.mention.entity in here.shut or here.only not in (None, place.mention.entity):
            return None
        if role == "label" and place.sentence == here.sentence:  # who speaks speaks of others
            return None
        if here.patient and role in _ACTING or here.caused and role not in _UNDERGOING:
            return None
        own = f"{role}_{place.mention.type.lower()}"  # the role's weight for this type, where it has its own
        found: dict[str, float] = {own if own in self._library.weights else role: 1.0}
        if place.clause == here.clause:
            if not here.own_clause and not roles.telling.search(between):
                return None
            found["own_clause"] = 1.0
            if roles.joined.fullmatch(between + THING):
                found["adjacent"] = 1.0
        elif place.sentence == here.sentence:
            found["clauses_back"] = min(4, here.clause - place.clause)
        else:
            found["sentences_back"] = here.sentence - place.sentence
            paragraphs = self._sentences[here.sentence].paragraph - place.paragraph
            found["paragraphs_back"] = min(2, paragraphs)
        if ")" in between and self._aside(place.mention.start):
            found["aside"] = 1.0
        if self._speaks(place, here.position):
            found["speaker"] = 1.0
        if here.acted_on and role in ("subject", "coordinated"):
            found["acting_patient"] = 1.0
        if place.listed:
            found["listed"] = 1.0
        elif role == "object" and (here.initial or here.acted_on) and here.clause - place.clause == 1:
            found["last_object"] = 1.0
        if place.mention.entity in self._titled:
            found["title"] = 1.0
        elif place.mention.type == "Organization" and self.secondary(place.mention):
            found["secondary"] = 1.0
        return found

    def secondary(self, mention: EntityMention) -> bool:
        """Whether a name is an investor's or a medium's: who is mostly named for the sake of others."""
        info = self.article.entities.get(mention.entity)
        names = {self.norm[mention.start : mention.end], info.name if info else ""}
        return any(self._library.secondary.search(n) for n in names)

    def gender(self, entity: str) -> str | None:
        """m or f where a 先生 or 女士 after one of the names says so."""
        for start in self._starts_of[entity]:
            place = self._place_at(bisect.bisect_left(self._starts, start))
            after = self.norm[place.mention.end : place.mention.end + 2]
            for gender, pattern in self._library.roles.genders.items():
                if pattern.match(after):
                    return gender
        return None

    def _speaks(self, place: Place, position: int) -> bool:
        """Whether a position is inside a quotation of this person's."""
        if place.mention.type != "Person":
            return False
        opening = self.norm.rfind("“", place.mention.end, position)
        if opening < 0 or self.norm.find("”", opening, position) >= 0:
            return False
        return bool(self._library.roles.spoken.search(self.norm, place.mention.end, opening))


def _bare(roles: Roles, left: str, found: re.Match[str] | None) -> bool:
    """Whether nothing but adverbs stand before what was found in the words of a clause: its subject is left out."""
    return found is not None and roles.bare.fullmatch(left, 0, found.start()) is not None


def _clause_starts(norm: str, article: AnnotatedArticle) -> list[int]:
    starts = {0, *(s.start for s in article.article.sentences)}
    starts.update(m.end() for m in _CLAUSE_END.finditer(norm))
    starts.discard(len(norm))
    return sorted(starts)
