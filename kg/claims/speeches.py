"""Sayings beyond one sentence: quotations that stand alone, blocks after a colon, sources in brackets."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.claims import modality
from kg.claims.citations import cited
from kg.claims.clauses import Paragraph, Span, inside, sentences
from kg.claims.holders import Holder, candidates, subject
from kg.claims.said import Said
from kg.claims.statements import Finder
from kg.claims.wording import find_verbs
from kg.document import AnnotatedArticle

OPENING = 30  # characters at the start of a sentence in which its topic is named
MIN_BLOCK = 10  # characters of a paragraph that is quoted as a whole
_PARENTHESIS = re.compile(r"[(【](?:据|来源:|综合)([^()]{2,30}?)(?:报道|消息|报导|讯)?[)】]")
_SAYING_NOUN = re.compile(
    r"(?:所说|说|所预计|所预测|写|回应|声明|表态|评论|留言|发文|介绍|表达|阐述|观点|看法|说法|描述|总结|解释|建议|判断|忠告|原话|致辞|演讲|"
    r"谈|推文|帖子|公开信|邮件|反思|感慨|感叹|宣言|名言|发言|答复|回复|回答|调侃|吐槽|评价|理由)(?:的|是|如下|道|到|比较|非常|很|清晰|直接)*"
)
_SAID_BY = re.compile(r"(?:说|所言|所讲|预计|预测|写|谈到|提到)的")  # X所说的…: the words may follow clauses later
_WRITERS = ("作者", "作者们", "团队", "研究人员", "研究者", "论文")
_LONG = re.compile(
    r"全文|信|邮件|长文|博客|博文|帖|演讲|致辞|备忘录|推文|如下|写|发文|微博|朋友圈|自述|声明|文章|讲话|口述|译文|原文|发言|撰文"
)
_ITEM = re.compile(r"\s*(?:[(]?[\d一二三四五六七八九十]{1,2}[.、)]|[•·\-*●▪])")
_AUTHOR = re.compile(r"(?:^|(?<=[,。;\s]))(?:[\u4e00-\u9fff]{0,4})(?:我(?!们|国|方)|笔者|小编)")
_FIRST_PERSON = re.compile(r"我们|我(?!国)|咱们")


class Speeches:
    """Walks the paragraphs of an article and keeps who spoke last and what waits for its speaker."""

    def __init__(self, a: AnnotatedArticle) -> None:
        self.norm = a.article.norm
        self.a = a
        self.finder = Finder(a)
        self.last: Holder | None = None
        self.block: Holder | None = None  # speaks the next paragraph
        self.retold = False  # whether a point of a list has verbs of saying of its own
        self.long = False  # whether the block is a letter or a speech, which has paragraphs
        self.author_speaks = False  # whether the author says 我 of himself
        self.goes_on = False  # whether the block has begun
        self.orphans: list[Said] = []  # quotations before their speaker is named

    def paragraph(self, p: Paragraph) -> list[Said]:
        """The statements of a paragraph, with those of earlier quotations whose speaker it names."""
        self.retold = False
        if self.block is not None and (found := self._block(p, self.block)):
            return found
        self.block = self.block if self.retold else None
        spans = sentences(self.norm, p.start, p.end, p.quotes)
        if p.kind in ("text", "list") and (said := self.finder.labelled(p.start, p.end)):
            return said
        if (alone := self._quotation(p)) and not self._known(alone):
            return []
        found = [] if alone is None else [alone]
        if alone is None:
            self.finder.topic = None
            for i, span in enumerate(spans):
                found += self._sentence(span, spans[i - 1] if i else None, p, found)
        if alone is None and not found and _AUTHOR.search(self.norm, p.start, p.end):
            self.author_speaks = True
        found = self._adopt(found) + found
        if found:
            self.last = found[-1].holder if found[-1].holder.type else self.last
        if spans and self.norm[p.end - 1] == ":":
            self.block, self.goes_on = self._announced(spans[-1]), False
            self.long = bool(_LONG.search(self.norm, *spans[-1]))
        return found

    def _sentence(self, span: Span, before: Span | None, p: Paragraph, found: list[Said]) -> list[Said]:
        quotes = tuple(q for q in p.quotes if span[0] <= q[0] < span[1])
        self.finder.speaker = found[-1].holder if found and found[-1].holder.type else None
        here = self.finder.sentence(span, quotes)
        first = next((m for m in candidates(self.a, span[0], span[0] + OPENING) if m.type == "Person"), None)
        if first:
            self.finder.topic = Holder(first.entity, first.start, first.end, first.type)
        if here:
            return here
        source = _PARENTHESIS.match(self.norm, *span)
        if source and before:
            return self._parenthesis(source, before)
        speaker = found[-1].holder if found else None
        if speaker and speaker.type and len(quotes) == 1 and self._fills(quotes[0], span):
            return [self._direct(speaker, quotes[0], "quote.same_speaker")]
        return []

    def _direct(self, holder: Holder, span: Span, rule: str) -> Said:
        return Said(holder, "direct", self.finder.mood(span), (span,), span[0], span[1], rule)

    def _fills(self, quote: Span, span: Span) -> bool:
        return quote[0] - span[0] <= 1 and span[1] - quote[1] <= 2 and quote[1] - quote[0] >= 8

    def _quotation(self, p: Paragraph) -> Said | None:
        """A paragraph that is one quotation and nothing else; its holder is still open."""
        if len(p.quotes) != 1 or not self._fills(p.quotes[0], (p.start, p.end)) or p.kind != "text":
            return None
        if p.quotes[0][1] - p.quotes[0][0] < MIN_BLOCK or self.norm[p.quotes[0][1] - 1] not in "。!?…,”’":
            return None
        return self._direct(Holder("", p.start, p.start), p.quotes[0], "quote.paragraph")

    def _known(self, alone: Said) -> bool:
        """Keeps a quotation until the next paragraph names its speaker."""
        self.orphans.append(alone)
        return False

    def _adopt(self, found: list[Said]) -> list[Said]:
        """Gives waiting quotations to the first person that this paragraph lets speak, else to who spoke before."""
        if not self.orphans:
            return []
        waiting, self.orphans = self.orphans, []
        named = next((s.holder for s in found if s.holder.type == "Person"), None) or self.last
        if named is None:
            return []
        return [Said(named, "direct", s.modality, s.parts, s.start, s.end, s.rule) for s in waiting]

    def _announced(self, span: Span) -> Holder | None:
        """Who is said to speak in a sentence that ends in a colon."""
        last = max(span[0], *(self.norm.rfind(c, span[0], span[1] - 1) + 1 for c in ",;"))
        if last > span[0]:
            if named := self._announced((last, span[1])):
                return named
            brought = any(regex.search(self.norm, last, span[1]) for regex in (_SAYING_NOUN, _LONG))
            if not brought and not _SAID_BY.search(self.norm, *span) and not find_verbs(self.norm, last, span[1]):
                return None  # 或许能更直观地感受: what follows is shown, not said
        verbs = find_verbs(self.norm, *span)
        for verb in reversed(verbs):
            if holder := subject(self.a, span[0], verb.start):
                return holder
        for m in _SAYING_NOUN.finditer(self.norm, *span):
            holder = subject(self.a, span[0], m.start())
            persons = [x for x in self.a.mentions_in(span[0], m.start()) if x.type == "Person"]
            if holder or persons:
                return holder or Holder(persons[-1].entity, persons[-1].start, persons[-1].end, persons[-1].type)
        return None

    def _block(self, p: Paragraph, holder: Holder) -> list[Said]:
        """The paragraph after a colon: its sentences, or its quotation; first persons go on to the next paragraph."""
        if p.kind in ("title", "heading", "caption") or p.end - p.start < MIN_BLOCK:
            return []
        if self.goes_on and not self._carries_on(p) or holder.type not in ("Person", "Organization"):
            return []
        first_person = _FIRST_PERSON.search(self.norm, p.start, p.end)
        listed = p.kind == "list" or bool(_ITEM.match(self.norm, p.start))
        told = listed and not first_person and not p.quotes
        if told and (holder.type != "Person" or "/" not in holder.name):
            return []
        if told and any(self.finder.sentence(s, ()) for s in sentences(self.norm, p.start, p.end, ())):
            self.retold, self.goes_on = True, True
            return []  # 3.市场:他认为…: an item that says itself who says it
        if not first_person and holder.name.endswith(_WRITERS):
            return []  # 作者提出: what follows is told, not quoted
        if not first_person and any(
            m.entity == holder.name and m.kind == "name" for m in self.a.mentions_in(p.start, p.end)
        ):
            return []  # speaks of its holder, and not in his words
        if p.quotes and p.quotes[0][0] - p.start <= 1:
            spans = [p.quotes[0]]
            if p.quotes[0][1] < p.end - 2:
                return []
        else:
            spans = [self.finder.content(*s) for s in sentences(self.norm, p.start, p.end, p.quotes)]
            spans = [(spans[0][0], spans[-1][1])] if spans else []
        speaks_on = bool(_FIRST_PERSON.search(self.norm, p.start, p.end)) or inside(p.end - 1, p.quotes) is not None
        self.block = holder if speaks_on or listed or self.norm[p.start] == "“" else None
        self.goes_on = True
        self.last = holder
        block = [self._direct(holder, s, "quote.block") for s in spans if s[1] - s[0] >= 6]
        return [replace(b, mode="indirect") for b in block] if told else block

    def _carries_on(self, p: Paragraph) -> bool:
        """Whether a paragraph after a quoted one is still quoted: a mark opens it, or its speaker says 我们 again."""
        if self.norm[p.start] == "“" or p.kind == "list" or _ITEM.match(self.norm, p.start):
            return True
        return self.long and not self.author_speaks and bool(_FIRST_PERSON.search(self.norm, p.start, p.end))

    def _parenthesis(self, m: re.Match[str], before: Span) -> list[Said]:
        holder = cited(self.a, m.start(1), m.end(1))
        if holder is None:
            return []
        content = self.finder.content(*before)
        marks = modality.scopes(self.norm, before, ())
        how = modality.of_saying(self.norm, content, "say", holder.reported, marks)
        return [Said(holder, "indirect", how, (content,), content[0], content[1], "cite.parenthesis")]
