"""What surrounds an amount: its sentence, its clause, the mentions near it, and what masks numbers from being read."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from kg.claims.quantity_patterns import pattern
from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.entities.coreference_library import library
from kg.entities.coreference_salience import Salience
from kg.entities.tagger import Word

_BREAK = re.compile(r"[,;:。!?\n]|——|……")
_OPENING = pattern("clause-opening")
_MAX_EVIDENCE = 80  # characters; a longer sentence gives the clauses that the figure needs
_HEARSAY = re.compile(r"据(?:说|悉|称|传|闻|了解|报道|透露),?\s?$")  # 据说X占有…: X is no source
_MASKS = pattern("mask")
_LIST_NUMBER = pattern("list-number")


@dataclass
class Context:
    """One sentence of an article with its clauses and mentions (absolute offsets)."""

    a: AnnotatedArticle
    index: int
    sentence: Sentence
    clauses: list[tuple[int, int]]
    mentions: list[EntityMention]
    masked: list[tuple[int, int]] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)  # of sentences with figures

    def role(self, m: EntityMention) -> str:
        """The grammatical role of a mention: subject, coordinated, possessor, agent, object or source."""
        return self.roles.get(m.start, "object")

    @property
    def norm(self) -> str:
        return self.a.article.norm

    def clause(self, position: int) -> int:
        """The index of the clause that holds a position."""
        starts = [s for s, _ in self.clauses]
        return max(0, bisect.bisect_right(starts, position) - 1)

    def clause_text(self, position: int) -> str:
        s, e = self.clauses[self.clause(position)]
        return self.norm[s:e]

    def mentions_between(self, start: int, end: int) -> list[EntityMention]:
        """The sentence's mentions that begin in [start, end)."""
        return [m for m in self.mentions if start <= m.start < end]

    def is_masked(self, start: int, end: int) -> bool:
        return any(s < end and start < e for s, e in self.masked)


def contexts(a: AnnotatedArticle) -> list[Context]:
    """One context per sentence of the article that holds a digit, a numeral or a word of time."""
    out = []
    roles = {p.mention.start: str(p.role) for p in Salience(a, library()).places}
    for i, s in enumerate(a.article.sentences):
        if s.end > s.start:
            mentions = list(a.mentions_in(s.start, s.end))
            for m in mentions:
                hearsay = roles.get(m.start) == "source" and _HEARSAY.search(a.article.norm, s.start, m.start)
                if hearsay or (roles.get(m.start) == "object" and _opens(a.article.norm, s, m)):
                    roles[m.start] = "subject"
            out.append(Context(a, i, s, _clauses(a.article.norm, s), mentions, _masked(a, s, mentions), roles))
    return out


def _opens(norm: str, s: Sentence, m: EntityMention) -> bool:
    """Whether only words of time and joining stand before a mention in its clause: it is the clause's subject."""
    begin = max((x.end() for x in _BREAK.finditer(norm, s.start, m.start)), default=s.start)
    return _OPENING.fullmatch(norm, begin, m.start) is not None


def _clauses(norm: str, s: Sentence) -> list[tuple[int, int]]:
    """Clauses end at commas, colons, semicolons and dashes, but not inside a number."""
    out, start = [], s.start
    for m in _BREAK.finditer(norm, s.start, s.end):
        if m[0] in ",:" and norm[m.start() - 1 : m.start()].isdigit() and norm[m.end() : m.end() + 1].isdigit():
            continue
        if m.start() > start:
            out.append((start, m.start()))
        start = m.end()
    if start < s.end:
        out.append((start, s.end))
    return out or [(s.start, s.end)]


def _masked(a: AnnotatedArticle, s: Sentence, mentions: list[EntityMention]) -> list[tuple[int, int]]:
    spans = [(m.start, m.end) for m in mentions if m.kind == "name"]
    spans += [m.span() for m in _MASKS.finditer(a.article.norm, s.start, s.end)]
    number = _LIST_NUMBER.match(a.article.norm, s.start, s.end)
    if number:
        spans.append(number.span())
    return spans


def evidence_span(ctx: Context, start: int, end: int, subject: int | None = None) -> tuple[int, int]:
    """The clause of a figure, widened to the clause of its subject where the sentence is not too long."""
    s, e = ctx.clauses[ctx.clause(start)]
    if subject is not None and ctx.sentence.start <= subject < s:
        low = ctx.clauses[ctx.clause(subject)][0]
        s = low if e - low <= _MAX_EVIDENCE else s
    e = max(e, ctx.clauses[ctx.clause(end - 1)][1])
    while s < e and ctx.norm[s] in " \n\t":
        s += 1
    while e > s and ctx.norm[e - 1] in " \n\t":
        e -= 1
    return s, e
