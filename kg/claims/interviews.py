"""Interviews: paragraphs that open with a speaker's name and a colon are that speaker's turns."""

from __future__ import annotations

import re
from collections import Counter

from kg.claims import modality
from kg.claims.clauses import Paragraph, sentences, trim
from kg.claims.holders import Holder
from kg.claims.said import Said
from kg.claims.statements import Finder
from kg.document import AnnotatedArticle

_LABEL = re.compile(r"\s*([^\s,。:;!?“”()]{1,14}(?: [A-Z][\w.]*){0,3})\s*(?:\(([^()]{1,20})\))?\s*:\s*")
_NOTE = re.compile(r"\([^()]{8,}\)[。!?]?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_END = re.compile(
    r"[^\s,。:]{2,8}:[^。]{1,40}$|(?:以上|本文|本访谈|责任编辑|编辑|欢迎)[^。]{0,30}(?:观点|编译|整理|立场|关注|编辑|来源)"
)
MIN_TURNS = 4  # so many turns of at least two speakers make an interview
MIN_NOTE = 6  # Chinese characters in a bracket that is a remark and no translation
MIN_SENTENCE = 5  # characters; shorter sentences (是的。谢谢。) say nothing
_QUESTIONER = ("Q", "问", "记者", "主持人")
_ANSWERER = ("A", "答")


def turns(a: AnnotatedArticle, parts: list[Paragraph]) -> tuple[list[Said], set[int]]:
    """One statement for each sentence of each turn, and the starts of the paragraphs that are turns.

    Both are empty where the article is no interview.
    """
    norm = a.article.norm
    labels = [(i, m) for i, p in enumerate(parts) if (m := _LABEL.match(norm, p.start, p.end))]
    counts = Counter(m.group(1) for _, m in labels)
    regular = {k for k, n in counts.items() if n >= 2}
    labels = [(i, m) for i, m in labels if m.group(1) in regular]
    if len(labels) < MIN_TURNS or len(regular) < 2:
        return [], set()
    speakers: dict[str, Holder] = {}
    found: list[Said] = []
    covered: set[int] = set()
    finder = Finder(a)
    ends = [i for i, _ in labels[1:]] + [len(parts)]
    for (first, m), stop in zip(labels, ends, strict=True):
        holder = _speaker(a, m, speakers)
        for i in range(first, stop):
            start = m.end() if i == first else parts[i].start
            if i != first and (parts[i].kind in ("heading", "title", "caption") or _END.match(norm, parts[i].start)):
                break
            covered.add(parts[i].start)
            found += _turn(norm, holder, start, parts[i], finder)
    return found, covered


def _speaker(a: AnnotatedArticle, m: re.Match[str], speakers: dict[str, Holder]) -> Holder:
    label = m.group(1)
    if label not in speakers or m.group(2):
        named = [x for x in a.mentions_in(m.start(1), m.end()) if x.type in ("Person", "Organization")]
        if named:
            speakers[label] = Holder(named[0].entity, named[0].start, named[0].end, named[0].type)
        elif label in _ANSWERER and (person := _main_person(a)):
            speakers[label] = Holder(person, m.start(1), m.end(1), "Person")
        else:
            speakers[label] = Holder(m.group(2) or label, m.start(1), m.end(1), "Person")
    return speakers[label]


def _main_person(a: AnnotatedArticle) -> str | None:
    counts = Counter(m.entity for m in a.mentions if m.type == "Person")
    return max(counts, key=lambda e: (counts[e], e)) if counts else None


def _turn(norm: str, holder: Holder, start: int, p: Paragraph, finder: Finder) -> list[Said]:
    found = []
    quotes = tuple(q for q in p.quotes if q[0] >= start)
    for span in sentences(norm, start, p.end, quotes):
        a, b = trim(norm, *span)
        note = _NOTE.search(norm, a, b)
        if note and len(_HAN.findall(note.group())) >= MIN_NOTE:  # the editor's, not the speaker's
            b = note.start()
        if len(_HAN.findall(norm, a, b)) < MIN_SENTENCE:
            continue
        how = modality.of_saying(norm, (a, b), "quote", False, modality.scopes(norm, (a, b), quotes))
        found.append(Said(holder, "direct", how, ((a, b),), a, b, "interview.turn"))
        inner = finder.sentence((a, b), tuple(q for q in quotes if a <= q[0] < b), nested=True)
        found += [s for s in inner if s.holder.type and s.holder.name != holder.name]
    return found
