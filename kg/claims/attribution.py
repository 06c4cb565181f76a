"""Who says what, and how surely: the statements of an article, and the holder and modality of any span of it."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from kg.claims import modality
from kg.claims.clauses import Paragraph, Span, paragraphs, sentences
from kg.claims.interviews import turns
from kg.claims.speeches import Speeches
from kg.claims.statements import Said
from kg.document import AnnotatedArticle
from kg.record import AUTHOR, Statement


@dataclass(frozen=True)
class Attribution:
    """The statements of one article; answers who holds what stands at a position, and how surely it is said."""

    statements: tuple[Statement, ...]
    _said: tuple[tuple[Span, Said], ...] = ()
    _marks: tuple[tuple[Span, tuple[modality.Scope, ...]], ...] = ()
    _starts: tuple[int, ...] = field(default=())

    def holder(self, position: int) -> str:
        """`"author"`, an entity id, or the words of the text that name the holder, for a position of clean text."""
        said = self._innermost(position)
        if said is None or said.rule.startswith("hearsay"):
            return AUTHOR
        return said.holder.name

    def modality(self, start: int, end: int) -> str:
        """The modality of the clause [start, end) of clean text."""
        i = bisect.bisect_right(self._starts, start) - 1
        found = list(self._marks[i][1]) if i >= 0 else []
        how = modality.strongest(found, start, end)
        said = self._innermost(start)
        if said is None or how in ("question", "denied"):
            return how
        if said.modality in ("reported", "denied") or said.rule.startswith("say.predict") or "predict" in said.rule:
            return said.modality
        return how

    def _innermost(self, position: int) -> Said | None:
        inside = [(b - a, s) for (a, b), s in self._said if a <= position < b]
        return min(inside, key=lambda x: x[0])[1] if inside else None


def attribute(a: AnnotatedArticle) -> Attribution:
    """Find the statements of an article and what lies in the scope of each."""
    norm = a.article.norm
    speeches = Speeches(a)
    found: list[tuple[Span, Said]] = []
    marks: list[tuple[Span, tuple[modality.Scope, ...]]] = []
    for p in paragraphs(a.article):
        spans = sentences(norm, p.start, p.end, p.quotes)
        for span in spans:
            marks.append((span, tuple(modality.scopes(norm, span, p.quotes))))
        if p.kind in ("title", "heading"):
            continue
        said = speeches.paragraph(p)
        found += [(_scope(s, said, spans, p, norm), s) for s in said]
    found += [(s.reach, s) for s in turns(a, paragraphs(a.article))]
    statements = tuple(_statement(a, s) for _, s in sorted(found, key=lambda x: (x[1].parts, x[1].rule)))
    return Attribution(statements, tuple(found), tuple(marks), tuple(m[0][0] for m in marks))


_GOES_ON = re.compile(
    r"(?:同时|此外|另外|另一方面|其中|其次|而且|并且|因此|从那时起|\d{4}年|而在|相比之下|与之相比|[\u4e00-\u9fff]{0,8}(?:数量|占比|收入|规模|用户|金额|估值))"
)


def _scope(s: Said, said: list[Said], spans: list[Span], p: Paragraph, norm: str) -> Span:
    """The words of a statement and the sentences after it that plainly go on in them: figures of the same data."""
    start, end = s.reach
    if s.mode == "direct" or s.rule.startswith("hearsay"):
        return start, end
    others = [o.start for o in said if o.start > end]
    for a, b in spans:
        if a < end:
            continue
        if any(a <= o < b for o in others) or not _GOES_ON.match(norm, a):
            break
        end = b
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
