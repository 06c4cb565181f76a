"""Who 我, 我们, 你们 and 您 are: the speaker of a passage, the organisation that he speaks for, and those he asks.

A speaker comes from the attribution of the passage (turns of interviews, talks, quotations). His organisation is the
one whose post, founding or name the article gives beside his name. Where either is open, so is the pronoun.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from functools import cached_property

from kg.claims.attribution import Attribution
from kg.claims.quantity_patterns import pattern
from kg.document import AnnotatedArticle, EntityMention
from kg.entities.coreference_library import library
from kg.entities.coreference_salience import Salience
from kg.record import AUTHOR

_SELF = re.compile(r"(?P<we>我们|咱们)(?:公司|团队)?|(?P<you>你们)(?:公司|团队)?|(?P<i>我)(?![们国省市校方家院社军])")
_ROLES = ("subject", "possessor", "coordinated", "embedded")  # where the words are of use: 我们有, 我们的
_GENERIC = pattern("generic-we")
_SUPPOSED = re.compile(r"(?:如果|假如|假设|要是|设想|想象|若)(?:[^,。;]{0,4})$")
_POST = pattern("post")
_BEFORE_NAME = pattern("post-before-name")
_AFTER_NAME = pattern("post-after-name")
_FORMER = pattern("former-post")
_LEADS = re.compile(r"CEO|创始人|联创|创办人|总裁|董事长|首席执行|掌门人|Founder|总经理|合伙人")
_ASKS = re.compile(r"(?:独家|万字|深度)?(?:专访|采访|访谈|对话|报道|问)")
_ASKED = re.compile(r"(?:专访|采访|访谈|对话)(?:了)?$")
_GOVERNED = re.compile(
    r"(?:[对给跟和与向让为把被从在由比像替问帮请使叫陪找约]"
    r"|告诉|支持|联系|邀请|帮助|允许|鼓励|感谢|给了|影响|等到)$"
)
_GOES_ON = re.compile(r"\s?[^\s,。;:!?、)”》的]")
_HOST = re.compile(r"(?:主持人|记者|采访者|提问|访谈者|听众|观众|网友|Host|[QA]\d*$|问|答)")
_FOUNDED = pattern("founded-by-speaker")
_FOUNDED_BY = pattern("founded-by-name")
NEAR = 40  # characters between a name and the organisation whose post it is given
HEAD = 12  # sentences in which names that run together say who belongs where


def with_voices(a: AnnotatedArticle, attribution: Attribution) -> AnnotatedArticle:
    """The article with the first persons of its speakers as further mentions (kind `pronoun`)."""
    found = Voices(a, attribution).mentions()
    if not found:
        return a
    return dataclasses.replace(a, mentions=tuple(sorted((*a.mentions, *found), key=lambda m: m.start)))


class Voices:
    """The speakers of one article and what they speak for."""

    def __init__(self, a: AnnotatedArticle, attribution: Attribution) -> None:
        self.a = a
        self.norm = a.article.norm
        self.attribution = attribution
        self._organizations: dict[str, str | None] = {}

    def mentions(self) -> list[EntityMention]:
        """The first persons that stand for an entity of the article, where they are subjects or owners."""
        found = []
        for m in _SELF.finditer(self.norm):
            if any(x.start < m.end() and m.start() < x.end for x in self.a.mentions_in(m.start() - 40, m.end())):
                continue
            if _GENERIC.match(self.norm, m.end()) or _SUPPOSED.search(self.norm, max(0, m.start() - 8), m.start()):
                continue
            entity = self._meant(m)
            info = self.a.entities.get(entity or "")
            if info is None or (m["i"] and info.type != "Person"):
                continue
            rule = f"voice.{m.lastgroup}"
            mention = EntityMention(m.start(), m.end(), info.id, info.type, "pronoun", rule)
            role = self._salience.place(mention).role
            if role in _ROLES or role == "object" and self._acts(m.start(), m.end()):
                found.append(mention)
        return found

    def _meant(self, m: re.Match[str]) -> str | None:
        """Who is meant: the speaker, his organisation, or that of who answers him."""
        holder = self.attribution.holder(m.start())
        if m["i"]:
            return holder
        asked = self.attribution.answers(m.start()) if m["you"] else holder
        return self.organization(asked) if asked else None

    def _acts(self, start: int, end: int) -> bool:
        """Whether words within a clause are the subject of what follows: `这也是我在X待了32年的原因`, not `告诉我`."""
        return not _GOVERNED.search(self.norm, max(0, start - 3), start) and _GOES_ON.match(self.norm, end) is not None

    @cached_property
    def _salience(self) -> Salience:
        return Salience(self.a, library())

    def organization(self, holder: str) -> str | None:
        """The organisation that a speaker, an entity or words of the text, speaks for; None where it is open."""
        if holder not in self._organizations:
            self._organizations[holder] = self._organization(holder)
        return self._organizations[holder]

    def _organization(self, holder: str) -> str | None:
        if holder == AUTHOR or _HOST.match(holder):
            return None
        if holder.startswith("organization/"):
            return holder
        votes: Counter[str] = Counter()
        for start, end in self._places(holder):
            votes.update(self._beside(start, end))
        ranked = votes.most_common(2)
        if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
            return None
        return ranked[0][0] if ranked else self._titled(holder)

    def _titled(self, holder: str) -> str | None:
        """The one organisation of the title, for who says 我们 most and has no post in the text."""
        if holder != self._main:
            return None
        titles = [s for s in self.a.article.sentences if s.kind == "title"]
        named = {
            m.entity
            for s in titles
            for m in self.a.mentions_in(s.start, s.end)
            if m.type == "Organization" and self._speaks_in(s.start, m)
        }
        return next(iter(named)) if len(named) == 1 else None

    def _speaks_in(self, start: int, m: EntityMention) -> bool:
        """Whether an organisation of a title that begins at `start` is of whom it tells, not who asks."""
        if _ASKS.match(self.norm, m.end):
            return False
        return (
            self._salience.place(m).role in (*_ROLES, "label") or _ASKED.search(self.norm, start, m.start) is not None
        )

    @cached_property
    def _main(self) -> str:
        """Who says 我们 most."""
        said = Counter(self.attribution.holder(m.start()) for m in _SELF.finditer(self.norm) if m["we"])
        return max(said, key=lambda h: (said[h], h))

    def _places(self, holder: str) -> list[tuple[int, int]]:
        """Where the article names a speaker."""
        if holder in self.a.entities:
            return [(m.start, m.end) for m in self.a.mentions if m.entity == holder and m.kind == "name"]
        if "/" in holder or len(holder) < 2:
            return []
        return [m.span() for m in re.finditer(re.escape(holder), self.norm)]

    def _beside(self, start: int, end: int) -> dict[str, int]:
        """The organisations that the words around a name give it, with a weight each."""
        found: dict[str, int] = {}
        near = [m for m in self.a.mentions_in(start - NEAR, end + NEAR) if m.type == "Organization"]
        for i, m in enumerate(near):
            if i + 1 < len(near) and near[i + 1].end <= start:
                continue  # another organisation lies between
            if not _FORMER.search(self.norm, max(0, m.start - 4), m.start) and (weight := self._bond(m, start, end)):
                found[m.entity] = max(weight, found.get(m.entity, 0))
        sentence = self.a.article.sentence_index(start)
        kind = self.a.article.sentences[sentence].kind
        more = 3 if kind == "title" else 1 if sentence < HEAD else 0
        return {entity: weight + more for entity, weight in found.items()}

    def _bond(self, m: EntityMention, start: int, end: int) -> int:
        """How surely the words between an organisation and a name say that he speaks for it; 0 if they do not."""
        norm = self.norm
        if m.end <= start:
            between = norm[m.end : start]
            if _BEFORE_NAME.fullmatch(between):
                return 3 if _LEADS.search(between) else 2
            together = not between.strip() and self.a.article.sentence_index(start) < HEAD
            return 1 if together else 2 if _FOUNDED_BY.fullmatch(between) else 0
        if m.start < end or norm.startswith(":", end):  # a label: who speaks, speaks of others
            return 0
        between = norm[end : m.start]
        if _AFTER_NAME.fullmatch(between) and _POST.match(norm, m.end):
            return 3 if _LEADS.search(norm, m.end, m.end + 16) else 2
        return 1 if _FOUNDED.fullmatch(between) else 0
