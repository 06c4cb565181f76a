"""Interviews: paragraphs that open with a speaker's name and a colon are that speaker's turns."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kg.claims import modality
from kg.claims.clauses import Paragraph, sentences, trim
from kg.claims.holders import Holder
from kg.claims.said import Said
from kg.claims.statements import Finder
from kg.document import AnnotatedArticle, EntityMention

_LABEL = re.compile(
    r"\s*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?"
    r"([^\s,。:;!?“”()]{1,14}(?: [A-Z][\w.]*){0,3})\s*(?:\d{1,2}:\d{2}(?::\d{2})?|\(([^()]{1,20})\))?\s*:\s*"
)
_RUN_ON = re.compile(r"(?<=[。!?])([^\s,。:;!?“”()]{2,14}(?: [A-Z][\w.]*)?):")  # a turn within a paragraph
_NOTE = re.compile(r"\([^()]{8,}\)[。!?]?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_END = re.compile(
    r"[^\s,。:]{2,8}:[^。]{1,40}。?$|(?:以上|本文|本访谈|责任编辑|编辑|欢迎)[^。]{0,30}(?:观点|编译|整理|立场|关注|编辑|来源)"
)
_CREDIT = re.compile(r"(?:图源|来源|图片|摄影|供图)\s*:[^,。]{1,16}$")  # a picture's
MIN_TURNS = 4  # so many turns of at least two speakers make an interview where no label names a role
MAX_HEAD = 20  # characters of a line such as 访谈全文
MIN_RUN_ON = 3  # so many turns of one label show that turns run on within paragraphs
MIN_ASKED = 3  # so many questions of one label show an interview of speakers whose names nothing else knows
MIN_UNKNOWN = 3  # so many turns of a label that is no name known from the text
MIN_NOTE = 6  # Chinese characters in a bracket that is a remark and no translation
MIN_SENTENCE = 5  # characters; shorter sentences (是的。谢谢。) say nothing
_HOST = re.compile(r"(?:主持人|记者|采访者|提问者|访谈者|对话者|Host|Interviewer|Moderator)")
_ROLE = re.compile(_HOST.pattern + r"|(?:Q|A|问|答|提问|回答)\d*$|(?:受访者|嘉宾|观众|听众|学生|Guest)")
_GUEST = re.compile(  # speaks once, perhaps
    r"(?:现场)?(?:受访者|嘉宾|观众|听众|学生|同学|学员|网友|员工|分析师|提问者|与会者|参会者|Guest|Audience|Student)\s?[\dA-Z一二三四五六七八九]{0,2}"
)
_QUESTION_LABEL = re.compile(r"(?:Q|A|问|答|问题|回答)\d+")
_ANSWERER = ("A", "答", "受访者", "嘉宾", "Guest")
_INTERVIEW = re.compile(r"访谈|专访|采访|对话|对谈|实录|问答|播客|圆桌")
_NAME = re.compile(r"[A-Z]{2,10}|[A-Z][a-z]+(?: [A-Z][\w.]*)*|[\u4e00-\u9fff·]{2,4}")

_HEADWORDS = (
    "问题",
    "方法",
    "答案",
    "说明",
    "步骤",
    "原因",
    "特点",
    "优点",
    "缺点",
    "示例",
    "例子",
    "来源",
    "公司",
    "结论",
    "建议",
    "总结",
    "目标",
)

Label = tuple[int, "re.Match[str]", str]


def turns(a: AnnotatedArticle, parts: list[Paragraph]) -> tuple[list[Said], set[int]]:
    """One statement for each sentence of each turn, and the starts of the paragraphs that are turns.

    Both are empty where the article is no interview.
    """
    norm = a.article.norm
    whole, parts = parts, _divided(norm, parts)
    labels = _labels(a, parts)
    speakers: dict[str, Holder] = {}
    found: list[Said] = []
    covered: set[int] = set()
    finder = Finder(a)
    ends = [i for i, *_ in labels[1:]] + [len(parts)]
    for (first, m, key), stop in zip(labels, ends, strict=False):
        holder = _speaker(a, m, key, speakers)
        for i in range(first, stop):
            start = m.end() if i == first else parts[i].start
            if i != first and (parts[i].kind in ("heading", "title", "caption") or _END.match(norm, parts[i].start)):
                break
            covered.add(parts[i].start)
            found += turn(norm, holder, start, parts[i], finder)
    covered |= {p.start for p in whole if any(p.start <= c < p.end for c in covered)}
    return found, covered


def _divided(norm: str, parts: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs in which turns run on (`记者:为什么?李雷:因为…`), cut before the labels that come again and again."""
    told = [m for p in parts if p.kind == "text" for m in _RUN_ON.finditer(norm, p.start, p.end)]
    opened = [m for p in parts if (m := _LABEL.match(norm, p.start, p.end))]
    counts = Counter(m.group(1) for m in told + opened)
    cuts = [m.start(1) for m in told if counts[m.group(1)] >= MIN_RUN_ON]
    if not cuts:
        return parts
    divided: list[Paragraph] = []
    for p in parts:
        bounds = [p.start, *(c for c in cuts if p.start < c < p.end), p.end]
        for start, end in zip(bounds, bounds[1:], strict=False):
            divided.append(replace(p, start=start, end=end, quotes=tuple(q for q in p.quotes if start <= q[0] < end)))
    return divided


def _labels(a: AnnotatedArticle, parts: list[Paragraph]) -> list[Label]:
    """The paragraphs that open a turn, with the label that names its speaker; none where nobody is interviewed."""
    norm = a.article.norm
    spoken = [(i, p) for i, p in enumerate(parts) if p.kind != "title"]
    matches = [(i, m) for i, p in spoken if (m := _LABEL.match(norm, p.start, p.end))]
    labels = [(i, m, _key(m.group(1))) for i, m in matches]
    counts = Counter(key for *_, key in labels)
    roles = {key for key in counts if _ROLE.match(key)}
    persons = {key for _, m, key in labels if _person(a, m) or key not in roles and _alias(a, key)}
    named = {key for _, m, key in labels if any(x.end >= m.end(1) for x in _speaking(a, m))}
    unknown = {key for key, n in counts.items() if n >= MIN_UNKNOWN and _NAME.fullmatch(key) and key not in _HEADWORDS}
    regular = {key for key in roles | persons | named | unknown if counts[key] >= 2}
    kept = [x for x in labels if x[2] in regular or _GUEST.fullmatch(x[2])]
    if len(regular) >= 2 and len(kept) >= MIN_TURNS and (regular & (roles | persons) or _asked(norm, kept, parts)):
        return kept
    heads = [p for p in parts if p.kind in ("title", "heading") or p.end - p.start <= MAX_HEAD]
    headed = _INTERVIEW.search(a.article.meta.title) or any(_INTERVIEW.search(norm, p.start, p.end) for p in heads)
    hosts = {key for key in roles if _HOST.match(key)} | (
        roles if roles & {"Q", "问"} and roles & {"A", "答"} else set()
    )
    if headed and hosts:
        first = min(i for i, _, key in labels if key in hosts)
        return [x for x in labels if x[2] in hosts | persons and x[0] >= first]
    return []


def _asked(norm: str, labels: list[Label], parts: list[Paragraph]) -> bool:
    """Whether one of the speakers mostly asks."""
    turns = Counter(key for *_, key in labels)
    asked = Counter(key for i, _, key in labels if norm[: parts[i].end].rstrip().endswith("?"))
    return any(n >= MIN_ASKED and 2 * n >= turns[key] for key, n in asked.items())


def _key(label: str) -> str:
    return label.rstrip("0123456789") if _QUESTION_LABEL.fullmatch(label) else label


def _speaking(a: AnnotatedArticle, m: re.Match[str]) -> list[EntityMention]:
    return [x for x in a.mentions_in(m.start(1), m.end(1)) if x.type in ("Person", "Organization")]


def _person(a: AnnotatedArticle, m: re.Match[str]) -> bool:
    """Whether a label names a person and little else: 马斯克, 主持人David Solomon, not 马斯克的三个判断."""
    return any(x.type == "Person" and x.end >= m.end(1) for x in _speaking(a, m))


def _alias(a: AnnotatedArticle, label: str) -> str | None:
    """The person whom a label means by initials or by one part of the name: RH, GATES, Reid."""
    if not re.fullmatch(r"[A-Za-z]{2,12}", label):
        return None
    for m in a.mentions:
        if m.type != "Person":
            continue
        name = a.entities[m.entity].name if m.entity in a.entities else ""
        tokens = [t.lower() for t in re.findall(r"[A-Za-z]+", name)]
        if len(tokens) >= 2 and (label.lower() in tokens or label == "".join(t[0] for t in tokens).upper()):
            return m.entity
    return None


def _speaker(a: AnnotatedArticle, m: re.Match[str], key: str, speakers: dict[str, Holder]) -> Holder:
    if key not in speakers or m.group(2):
        named = [x for x in a.mentions_in(m.start(1), m.end()) if x.type in ("Person", "Organization")]
        named = [x for x in named if x.type == "Person"] or named
        if named:
            speakers[key] = Holder(named[0].entity, named[0].start, named[0].end, named[0].type)
        elif person := _alias(a, key) or (key in _ANSWERER and _main_person(a)):
            speakers[key] = Holder(person, m.start(1), m.end(1), "Person")
        else:
            speakers[key] = Holder(m.group(2) or key, m.start(1), m.end(1), "Person")
    return speakers[key]


def _main_person(a: AnnotatedArticle) -> str | None:
    counts = Counter(m.entity for m in a.mentions if m.type == "Person")
    return max(counts, key=lambda e: (counts[e], e)) if counts else None


def turn(
    norm: str, holder: Holder, start: int, p: Paragraph, finder: Finder, rule: str = "interview.turn"
) -> list[Said]:
    """The sentences of a paragraph from `start` on as its speaker's, and what these say that others said."""
    found = []
    quotes = tuple(q for q in p.quotes if q[0] >= start)
    for span in sentences(norm, start, p.end, quotes):
        a, b = trim(norm, *span)
        note = _NOTE.search(norm, a, b)
        if note and len(_HAN.findall(note.group())) >= MIN_NOTE:  # the editor's, not the speaker's
            b = note.start()
        if len(_HAN.findall(norm, a, b)) < MIN_SENTENCE or _CREDIT.search(norm, a, b):
            continue
        how = modality.of_saying(norm, (a, b), "quote", False, modality.scopes(norm, (a, b), quotes))
        found.append(Said(holder, "direct", how, ((a, b),), a, b, rule))
        inner = finder.sentence((a, b), tuple(q for q in quotes if a <= q[0] < b), nested=False)
        others = [s for s in inner if s.holder.name != holder.name and not s.rule.startswith("hearsay")]
        found += [s for s in others if s.holder.type or s.rule.startswith("cite.according")]
    return found
