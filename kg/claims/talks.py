"""Talks and letters that an article gives whole: paragraph after paragraph in one person's words, without marks.

Only where it is plain: a line brings them (以下是演讲全文, 原文如下) or the introduction says that somebody spoke, the
paragraphs after it say 我, and name the speaker no more.
"""

from __future__ import annotations

import re

from kg.claims.clauses import Paragraph, inside
from kg.claims.holders import Holder
from kg.claims.interviews import turn
from kg.claims.said import Said
from kg.claims.statements import Finder
from kg.document import AnnotatedArticle, EntityMention

BEFORE = 40  # characters before 发表演讲 in which its speaker is named
MAX_INTRODUCTION = 12  # paragraphs in which a talk may be brought
MAX_BROUGHT = 40  # and in which a line may bring it
MIN_PARAGRAPHS = 3  # paragraphs of a talk
MIN_LENGTH = 30  # characters of a paragraph that counts
MIN_SHARE = 0.5  # of the paragraphs of a talk that say 我 or 我们; and half as many 我, where no line brings it
MIN_WRITTEN = 0.2  # of those of a text whose author the introduction names; and half as many 我
MAX_NAMED = 0.15  # of the paragraphs that name the speaker
MAX_ASKED = 0.2  # of the paragraphs that end in a question

_KINDS = "演讲|讲话|致辞|发言|讲座|博客|博文|长文|雄文|公开信|备忘录|自述|口述|推文|随笔|信"
_BRINGS = re.compile(
    rf"(?:以下|下面)(?:就)?(?:是|为|系)[^。]{{0,40}}?(?:全文|原文|译文|实录|概要|中文版|翻译|图文版|{_KINDS})[^。:,]{{0,12}}[:。]?$"
    rf"|[^。:,]{{0,24}}(?:原文|全文|译文|(?:文字|逐字|视频)(?:稿|整理|记录|实录)|(?:{_KINDS})(?:实录|内容|整理))(?:如下|翻译|整理|转译|编译)?[:。]?$"
)
_TALKS = re.compile(
    r"(?:发表|带来|进行)了?[^。]{0,30}?(?:演讲|讲话|致辞|发言)"
    rf"|来[自源]于?[^。]{{0,60}}(?:{_KINDS}|分享|文章)"
    rf"|(?:撰写|写下|写了|发布|发表|更新|分享|公开)了?[^。]{{0,30}}?(?:{_KINDS})"
)
_WRITTEN = re.compile(  # says whose words follow: 今天分享的内容来自于X, 这篇文章的作者是X
    r"(?<!之前的)(?:分享|内容|文章|译文|本篇|本文)[^。,]{0,20},?[^。,]{0,8}(?:来[自源]于?|选自|摘自|出自|“考古”于)(?P<by>[^。,;、]{0,50})"
    r"|(?:(?:文章|原文|本文|本篇|博文|博客|这篇)[^。,]{0,4}|(?:分享|内容|文章)[^。《》]{0,40},)作者(?:正?是|为|:)?(?P<author>[^。,;、]{0,40})"
)
_JOINED = re.compile(r"\s?(?:和|与|及|以及|、)")
_TITLE = re.compile(rf"(?:{_KINDS}|讲述|亲述)")
_TALKED_WITH = re.compile(r"采访|访谈|专访|对话|对谈|问答|播客|圆桌|座谈|辩论")
_HE = re.compile(r"^(?:他|她)|[,。](?:他|她)(?:还|也|将|表示|认为|提到|说)")
_EDITOR = re.compile(r"二维码|公众号|阅读体验|扫码|主理人|小编|译者|编译|让我们开始|Enjoy|补充阅读|参考阅读|正文开始")
_SELF = re.compile(r"我(?!们|国|省|市|校)")
_FIRST_PERSON = re.compile(r"我(?!国|省|市|校)|咱们")
_OVER = re.compile(
    r"\s*(?:参考|编辑|责编|本文|以上|写在最后|结语|小结|点评|译者|编者|作者|来源|原文|视频|链接|欢迎|关注|推荐|END|完)"
)


def talk(a: AnnotatedArticle, parts: list[Paragraph]) -> tuple[list[Said], set[int]]:
    """One statement for each sentence of a talk, and the starts of its paragraphs; both empty where there is none."""
    brought = _brought(a, parts)
    if brought is None:
        return [], set()
    first, holder = brought
    finder = Finder(a)
    found: list[Said] = []
    covered: set[int] = set()
    for p in _body(a, parts[first:], holder):
        covered.add(p.start)
        found += turn(a.article.norm, holder, p.start, p, finder, "talk.sentence")
    return found, covered


def _brought(a: AnnotatedArticle, parts: list[Paragraph]) -> tuple[int, Holder] | None:
    """Where a talk begins, and whose it is."""
    norm = a.article.norm
    head = parts[:MAX_INTRODUCTION]
    if any(_TALKED_WITH.search(norm, p.start, p.end) for p in head if p.kind == "title"):
        return None
    for i, p in enumerate(parts[:MAX_BROUGHT]):
        if p.kind != "caption" and p.end - p.start <= 120 and _BRINGS.search(norm, p.start, p.end):
            holder = _who(a, parts[: i + 1])
            if _TALKED_WITH.search(norm, p.start, p.end) or holder is None:
                return None
            return (i + 1, holder) if _is_talk(a, _body(a, parts[i + 1 :], holder), holder, plain=True) else None
    for holder, written in ((_author(a, head), True), (_teller(a, head), False)):
        if holder is None:
            continue
        first = 1 + max((i for i, p in enumerate(head) if _introduces(a, p, holder)), default=0)
        while first < len(head) and _HE.search(norm, head[first].start, head[first].end):
            first += 1
        if _is_talk(a, _body(a, parts[first:], holder), holder, written=written):
            return first, holder
    return None


def _author(a: AnnotatedArticle, head: list[Paragraph]) -> Holder | None:
    """The one person of whom the introduction says that what follows is his."""
    norm = a.article.norm
    named: list[EntityMention] = []
    for p in head:
        for told in _WRITTEN.finditer(norm, p.start, p.end) if p.kind == "text" else ():
            near = a.mentions_in(told.start(told.lastgroup or 0), told.end())
            first = next((m for m in near if m.type == "Person"), None)
            if first and not _JOINED.match(norm, first.end):
                named.append(first)
    if len({m.entity for m in named}) != 1:
        return None
    return Holder(named[0].entity, named[0].start, named[0].end, named[0].type)


def _teller(a: AnnotatedArticle, head: list[Paragraph]) -> Holder | None:
    """The person whom the title or the introduction lets speak or write; where the title names people, one of them."""
    norm = a.article.norm
    titles = [p for p in head if p.kind == "title"]
    titled = [m for p in titles for m in a.mentions_in(p.start, p.end) if m.type == "Person"]
    named = [m for p in titles if _TITLE.search(norm, p.start, p.end) for m in titled]
    for p in head:
        for told in _TALKS.finditer(norm, p.start, p.end) if p.kind == "text" else ():
            near = a.mentions_in(max(p.start, told.start() - BEFORE), told.end())
            named += [m for m in near if m.type == "Person"]
    if titled and not {m.entity for m in named} & {m.entity for m in titled}:
        return None
    if len({m.entity for m in named}) != 1:
        return None
    return Holder(named[0].entity, named[0].start, named[0].end, named[0].type)


def _introduces(a: AnnotatedArticle, p: Paragraph, holder: Holder) -> bool:
    """Whether a paragraph is of the introduction: it is the title, names the speaker, or has the editor's words."""
    here = any(m.entity == holder.name and m.kind != "pronoun" for m in a.mentions_in(p.start, p.end))
    return p.kind == "title" or here or bool(_EDITOR.search(a.article.norm, p.start, p.end))


def _who(a: AnnotatedArticle, parts: list[Paragraph]) -> Holder | None:
    """The one person of the paragraphs before a talk, the last of them first; None where these name several."""
    for p in reversed(parts):
        persons: dict[str, EntityMention] = {}
        for m in a.mentions_in(p.start, p.end):
            if m.type == "Person":
                persons.setdefault(m.entity, m)
        if len(persons) == 1:
            m = next(iter(persons.values()))
            return Holder(m.entity, m.start, m.end, m.type)
        if persons:
            return None
    return None


def _names(a: AnnotatedArticle, p: Paragraph, holder: Holder) -> bool:
    return any(m.entity == holder.name and m.kind == "name" for m in a.mentions_in(p.start, p.end))


def _body(a: AnnotatedArticle, parts: list[Paragraph], holder: Holder) -> list[Paragraph]:
    """The paragraphs of a talk: up to one that speaks of its speaker and not as him, or to the end matter."""
    norm = a.article.norm
    body: list[Paragraph] = []
    for p in parts:
        if p.kind not in ("text", "list"):
            continue
        if _OVER.match(norm, p.start) or _names(a, p, holder) and not _FIRST_PERSON.search(norm, p.start, p.end):
            break
        if p.end - p.start >= MIN_LENGTH or norm[p.end - 1] in "。!?”":  # else it is a heading
            body.append(p)
    return body


def _is_talk(
    a: AnnotatedArticle, body: list[Paragraph], holder: Holder, *, plain: bool = False, written: bool = False
) -> bool:
    """Whether paragraphs are in one person's words; `plain`: a line brings them, `written`: he is named as author."""
    norm = a.article.norm
    long = [p for p in body if p.end - p.start >= MIN_LENGTH]
    if len(long) < MIN_PARAGRAPHS:
        return False

    def says(regex: re.Pattern[str], p: Paragraph) -> bool:
        found = regex.finditer(norm, p.start, p.end)
        return any(not written or inside(m.start(), p.quotes) is None for m in found)

    def share(regex: re.Pattern[str]) -> float:
        return sum(says(regex, p) for p in long) / len(long)

    least = MIN_WRITTEN if written else MIN_SHARE
    asked = sum(norm[p.end - 1] == "?" for p in long) / len(long)
    named = sum(_names(a, p, holder) for p in long) / len(long)
    if asked > MAX_ASKED or named > MAX_NAMED or share(_FIRST_PERSON) < least:
        return False
    return plain or share(_SELF) >= least / 2
