"""Who says what, and how surely: the statements of an article, and the holder and modality of any span of it."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from kg.claims import modality
from kg.claims.clauses import Span, paragraphs, segments, sentences
from kg.claims.interviews import turns
from kg.claims.said import Said
from kg.claims.speeches import Speeches
from kg.claims.talks import talk
from kg.document import AnnotatedArticle
from kg.record import AUTHOR, Statement


@dataclass(frozen=True)
class Attribution:
    """The statements of one article; answers who holds what stands at a position, and how surely it is said."""

    statements: tuple[Statement, ...]
    _said: tuple[tuple[Span, Said], ...] = ()
    _marks: tuple[tuple[Span, tuple[modality.Scope, ...]], ...] = ()
    _starts: tuple[int, ...] = field(default=())
    _norm: str = ""

    def holder(self, position: int) -> str:
        """`"author"`, an entity id, or the words of the text that name the holder, for a position of clean text."""
        said = self._innermost(position)
        if said is None or said.rule.startswith("hearsay"):
            return AUTHOR
        return said.holder.name

    def answers(self, position: int) -> str | None:
        """Who speaks after whoever speaks at a position of an interview; None where nobody does."""
        here = self._innermost(position)
        if here is None or not here.rule.startswith("interview."):
            return None
        after = [(span, s.holder.name) for span, s in self._said if span[0] > position and s.rule == here.rule]
        return min((x for x in after if x[1] != here.holder.name), default=(None, None))[1]

    def modality(self, start: int, end: int, at: int | None = None) -> str:
        """The modality of the words [start, end) of clean text.

        Where these are evidence wider than one clause, `at` is the position of what is asked for, such as a figure: its
        own clause decides.
        """
        i = bisect.bisect_right(self._starts, start if at is None else at) - 1
        if at is not None and i >= 0:
            clauses = segments(self._norm, *self._marks[i][0], ())
            a, b = next((c for c in clauses if c[0] <= at < c[1]), (start, end))
            start, end = max(start, a), max(at + 1, min(end, b))
        found = list(self._marks[i][1]) if i >= 0 else []
        said = self._innermost(start)
        if said is None:
            return modality.strongest(found, start, end)
        if not said.holder.reported:  # a named source makes no hearsay: 彭博也有报道称
            found = [s for s in found if s.modality != "reported"]
        how = modality.strongest(found, start, end)
        if how in ("question", "denied"):
            return how
        return said.modality if said.modality in ("reported", "denied") or said.kind == "predict" else how

    def _innermost(self, position: int) -> Said | None:
        inside = [(b - a, s) for (a, b), s in self._said if a <= position < b]
        return min(inside, key=lambda x: x[0])[1] if inside else None


def attribute(a: AnnotatedArticle) -> Attribution:
    """Find the statements of an article and what lies in the scope of each."""
    norm = a.article.norm
    speeches = Speeches(a)
    parts = paragraphs(a.article)
    spoken, covered = turns(a, parts)
    before = next((i for i, p in enumerate(parts) if p.start in covered), len(parts))
    talked, told = talk(a, parts[:before])  # whole, or before the questions
    spoken, covered = talked + spoken, told | covered
    found: list[tuple[Span, Said]] = [(s.reach, s) for s in spoken]
    marks: list[tuple[Span, tuple[modality.Scope, ...]]] = []
    for p in parts:
        spans = sentences(norm, p.start, p.end, p.quotes)
        for span in spans:
            marks.append((span, tuple(speeches.finder.scopes(span, p.quotes))))
        if p.kind in ("title", "heading") or p.start in covered:
            continue
        said = speeches.paragraph(p)
        found += [(_scope(a, s, said, spans), s) for s in said]
    statements = tuple(_statement(a, s) for _, s in sorted(found, key=lambda x: (x[1].parts, x[1].rule)))
    return Attribution(statements, tuple(found), tuple(marks), tuple(m[0][0] for m in marks), norm)


_GOES_ON = re.compile(
    r"(?:同时|此外|另外|另一方面|其中|其次|而且|并且|因此|从那时起|相比之下|与之相比|一个是|第二|再者)"
)
_AUTHOR_AGAIN = re.compile(r"(?:事实上|其实|不过|然而|但|可见|由此|当前|如今|显然|这|对此|我|笔者|如果|为何|为什么|而)")
_FIGURE = re.compile(r"\d")


def _scope(a: AnnotatedArticle, s: Said, said: list[Said], spans: list[Span]) -> Span:
    """The words of a statement and the sentences after it that plainly go on in them, such as more of the same data."""
    start, end = s.reach
    if s.mode == "direct":
        return start, end
    norm = a.article.norm
    data = s.kind == "show" or s.rule.startswith(("hearsay", "cite.according")) or s.holder.type in ("Document", "Work")
    others = [o.start for o in said if o.start > end]
    for x, y in spans:
        if x < end:
            continue
        names_itself = any(m.entity == s.holder.name and m.kind == "name" for m in a.mentions_in(x, y))
        more = _GOES_ON.match(norm, x) or data and _FIGURE.search(norm, x, y) and not _AUTHOR_AGAIN.match(norm, x)
        if names_itself or not more or any(x <= o < y for o in others):
            break
        end = y
    return start, end


def _statement(a: AnnotatedArticle, s: Said) -> Statement:
    text = a.article.text
    content = "".join(text[x:y] for x, y in s.parts)
    about = sorted({m.entity for x, y in s.parts for m in a.mentions_in(x, y)})
    return Statement(
        holder=s.holder.name,
        mode=s.mode,
        modality=s.modality,
        content=content,
        about=tuple(about),
        evidence=a.article.evidence(s.start, s.end),
        rule=s.rule,
    )
