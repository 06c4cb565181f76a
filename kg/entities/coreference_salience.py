"""How much each mention of an article is what its reader has in mind: clauses, roles, and candidates with features."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.entities.coreference_library import PERSON, THING, Library

Role = Literal[
    "subject", "coordinated", "possessor", "embedded", "introduced", "agent", "object", "oblique", "source", "label"
]

# every alternative begins with a literal, so that the search skips to such characters; a comma in a number is none
_CLAUSE_END = re.compile(r",(?:(?!\d)|(?<!\d,))|;|:|。|!|\?|——|……*")
_MARKS = re.compile("[“”‘’\"'《》〈〉【】 \n\t\u3000*#]+")
_ASIDE = re.compile(r"\([^()]*$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: sentence, paragraph and clause (counted through the article), and its role there."""

    mention: EntityMention
    sentence: int
    paragraph: int
    clause: int
    role: Role


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
        return Place(
            mention=mention,
            sentence=index,
            paragraph=self._sentences[index].paragraph if self._sentences else 0,
            clause=clause,
            role=self._role(mention, self.skeleton(start, mention.start), self.skeleton(mention.end, end)),
        )

    def skeleton(self, start: int, end: int) -> str:
        """The text of a span with a sign in place of every mention, without quotation marks and space."""
        mentions = self.article.mentions_in(start, end)
        if not mentions:
            return _MARKS.sub("", self.norm[start:end])
        parts, at = [], start
        for m in mentions:
            if m.end <= end:
                parts += [self.norm[at : m.start], PERSON if m.type == "Person" else THING]
                at = m.end
        parts.append(self.norm[at:end])
        return _MARKS.sub("", "".join(parts))

    def _role(self, mention: EntityMention, left: str, right: str) -> Role:
        roles = self._library.roles
        if _ASIDE.search(left):
            return "object"
        if roles.source.search(left):
            return "source"
        if roles.introduced.search(left):
            return "introduced"
        if roles.embedded.search(left):
            return "embedded"
        if roles.agent.search(left):
            return "agent"
        if roles.coordinated.fullmatch(left):
            return "coordinated"
        person = mention.type == "Person"
        first = roles.initial.fullmatch(left) or (person and roles.apposition.fullmatch(left))
        if not person and roles.employer.match(right):
            return "possessor" if first else "oblique"
        if not first:
            aside = right.startswith(("的", "所")) or roles.oblique.search(left) or roles.comparand.search(left)
            return "oblique" if aside else "object"
        if right.startswith(":"):
            return "label"
        if roles.joined.match(right):
            return "coordinated"
        return "possessor" if right.startswith("的") or not person and roles.possessor.match(right) else "subject"

    def scores(self, position: int, types: frozenset[str], *, reach: int, own_clause: bool) -> dict[str, float]:
        """Every entity of these types named before a position, with its best score; see `features`."""
        best: dict[str, float] = {}
        subjects: dict[int, str] = {}
        joined: dict[int, set[str]] = {}
        for place in self.before(position, types, reach=reach):
            entity = place.mention.entity
            found = self.features(place, position, own_clause=own_clause)
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
        total = {e: s + each * min(6, bisect.bisect_left(self._starts_of[e], position)) for e, s in best.items()}
        for group in joined.values():  # of A and B, one is as good as the other
            total.update(dict.fromkeys(group, max(total[e] for e in group)))
        return total

    def _sum(self, features: Mapping[str, float]) -> float:
        return sum(self._library.weights[name] * value for name, value in features.items())

    def features(self, place: Place, position: int, *, own_clause: bool) -> dict[str, float] | None:
        """What speaks for and against a mention as the antecedent of words at a position, by the names in [weights].

        None where grammar rules it out: two things named in one clause are two, unless one says something of the other.
        """
        here = self.clause_index(position)
        sentence = self.article.article.sentence_index(position)
        if place.sentence == sentence and place.role in ("subject", "coordinated") and self._patient(position):
            return None
        found: dict[str, float] = {place.role: 1.0}
        if place.clause == here:
            between = self.norm[place.mention.end : position]
            if own_clause and self._library.roles.outward.search(between):
                return None
            if not own_clause and not self._library.roles.saying.search(between):
                return None
            found["own_clause"] = 1.0
            if self._library.roles.joined.fullmatch(between + THING):
                found["adjacent"] = 1.0
        elif place.sentence == sentence:
            found["clauses_back"] = min(4, here - place.clause)
        else:
            found["sentences_back"] = sentence - place.sentence
            found["paragraphs_back"] = min(2, self._sentences[sentence].paragraph - place.paragraph)
        if self._speaks(place, position):
            found["speaker"] = 1.0
        if place.role == "object" and here - place.clause == 1:
            found["last_object"] = 1.0
        if place.mention.entity in self._titled:
            found["title"] = 1.0
        return found

    def gender(self, entity: str) -> str | None:
        """m or f where a 先生 or 女士 after one of the names says so."""
        for start in self._starts_of[entity]:
            place = self._place_at(bisect.bisect_left(self._starts, start))
            after = self.norm[place.mention.end : place.mention.end + 2]
            for gender, pattern in self._library.roles.genders.items():
                if pattern.match(after):
                    return gender
        return None

    def _patient(self, position: int) -> bool:
        return bool(self._library.roles.patient.search(self.norm, max(0, position - 1), position))

    def _speaks(self, place: Place, position: int) -> bool:
        """Whether a position is inside a quotation of this person's."""
        if place.mention.type != "Person":
            return False
        opening = self.norm.rfind("“", place.mention.end, position)
        if opening < 0 or self.norm.find("”", opening, position) >= 0:
            return False
        return bool(self._library.roles.spoken.search(self.norm, place.mention.end, opening))


def _clause_starts(norm: str, article: AnnotatedArticle) -> list[int]:
    starts = {0, *(s.start for s in article.article.sentences)}
    starts.update(m.end() for m in _CLAUSE_END.finditer(norm))
    starts.discard(len(norm))
    return sorted(starts)
