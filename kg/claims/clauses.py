"""The shape of a text for claims: paragraphs, quotations, sentences and comma clauses, as spans of `norm`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.claims.wording import find_verbs
from kg.document import CleanArticle, SentenceKind

Span = tuple[int, int]

_MARKS = re.compile(r"[“”‘’]")
_PAIRS = {"“": "”", "‘": "’"}
_TERMINAL = "。!?…"
_OPEN, _CLOSE = "(《【[", ")》】]"
_STOPS = re.compile(r"[”’]|[。!?…][。!?…)]*")
_BREAKS = re.compile(r"[,;:(《【\[)》】\]]")
_DECIMAL = re.compile(r"(?<=\d)[,:](?=\d)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `quotes` are the spans inside its outermost quotation marks (marks excluded)."""

    start: int
    end: int
    kind: SentenceKind
    quotes: tuple[Span, ...]


def paragraphs(article: CleanArticle) -> list[Paragraph]:
    """The paragraphs of an article in order, with the kind of their first sentence."""
    spans: list[tuple[int, int, SentenceKind, int]] = []
    for s in article.sentences:
        if spans and spans[-1][3] == s.paragraph and spans[-1][2] == s.kind:
            spans[-1] = (spans[-1][0], s.end, s.kind, s.paragraph)
        else:
            spans.append((s.start, s.end, s.kind, s.paragraph))
    return [Paragraph(a, b, kind, tuple(quotations(article.norm, a, b))) for a, b, kind, _ in spans]


def quotations(norm: str, start: int, end: int) -> Iterator[Span]:
    """The spans inside the outermost quotation marks of a paragraph; one left open runs to the paragraph's end.

    Marks of one kind do not nest (inner quotations have the other kind), so that a stray one spoils little.
    """
    opened, mark = -1, ""
    for m in _MARKS.finditer(norm, start, end):
        char = m.group()
        if opened < 0 and char in _PAIRS:
            opened, mark = m.end(), _PAIRS[char]
        elif opened >= 0 and char == mark:
            if m.start() > opened:
                yield opened, m.start()
            opened = -1
    if 0 <= opened < end:
        yield opened, end


def is_speech(norm: str, quote: Span) -> bool:
    """Whether a quotation is a saying of its own, and not a term or a title in quotation marks."""
    body = norm[quote[0] : quote[1]].strip()
    return bool(body) and (body[-1] in "。!?,…" or len(body) >= 12)


def inside(position: int, spans: tuple[Span, ...]) -> Span | None:
    """The span (of sorted, disjoint spans) that holds a position."""
    return next((s for s in spans if s[0] <= position < s[1]), None)


def sentences(norm: str, start: int, end: int, quotes: tuple[Span, ...]) -> list[Span]:
    """Sentences of a paragraph: cut after 。!? outside quotation marks; a closing mark that ends a sentence also cuts
    unless a short clause follows that may say who spoke."""
    cuts: list[int] = []
    closers = {q[1] for q in quotes if q[1] < end}
    for m in _STOPS.finditer(norm, start, end):
        i = m.start()
        if i in closers:
            if norm[i - 1] in _TERMINAL and not _speaker_may_follow(norm, i + 1, end):
                cuts.append(i + 1)
        elif norm[i] in _TERMINAL and not inside(i, quotes):
            cuts.append(m.end())
    spans, last = [], start
    for cut in [*cuts, end]:
        a, b = trim(norm, last, cut)
        if a < b:
            spans.append((a, b))
        last = max(last, cut)
    return spans


_SPEAKER = re.compile(r"[^,。!?;:“”]{1,60}(?:[,。:;]|$)")
_OCCASION = re.compile(r"[^,。!?;:“”]{1,24},[^,。!?;:“”]{1,40}(?:。|$)")  # “…”谈到竞争时,杨植麟这样说。


# “…”刘伟道出了企业的难处。 and “…”谈到竞争,他解释了背后的原因。: what the speaker did with the words before.
_DID = re.compile(
    r"[^。!?;:“”]{2,36}?(?:指出|道出|说出|点出|点明|表达|表明|总结|解释|描述|形容|阐述|分享|讲述|介绍|透露|回忆|强调|描绘|吐露|谈起|说明)"
    r"(?:了|起|着|出)[^,。!?;:“”]{2,24}(?:。|$)"
)


def _speaker_may_follow(norm: str, position: int, end: int) -> bool:
    if norm.startswith("——", position):
        return True  # “…”——黄仁勋
    if _DID.match(norm, position, end):
        return True
    m = _SPEAKER.match(norm, position, end)
    if not m:
        return False
    if norm[m.end() - 1] == ":":
        return False  # 他补充说:“…” opens another quotation
    stop = m.end() - (norm[m.end() - 1] in ",。;")
    if any(stop - v.end <= 2 for v in find_verbs(norm, position, stop)):
        return True
    m = _OCCASION.match(norm, position, end)
    stop = m.end() - (norm[m.end() - 1] == "。") if m else position
    return any(stop - v.end <= 1 for v in find_verbs(norm, position, stop))


def segments(norm: str, start: int, end: int, quotes: tuple[Span, ...]) -> list[Span]:
    """Comma clauses of a sentence: cut at , ; : outside quotation marks and brackets."""
    spans, last, depth = [], start, 0
    for m in _BREAKS.finditer(norm, start, end):
        char = m.group()
        if inside(m.start(), quotes):
            continue
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and not _DECIMAL.match(norm, m.start()):
            spans.append((last, m.start()))
            last = m.end()
    spans.append((last, end))
    return [t for s in spans if (t := trim(norm, *s))[0] < t[1]]


def trim(norm: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and norm[start].isspace():
        start += 1
    while end > start and norm[end - 1].isspace():
        end -= 1
    return start, end
