"""Statements: every direct and indirect quotation with its holder, its content and how surely it is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.claims import modality
from kg.claims.clauses import Paragraph, Span, inside, is_speech, segments, sentences, trim
from kg.claims.holders import Holder, cited, is_first_person, subject
from kg.claims.wording import Verb, either, find_verbs, words
from kg.document import AnnotatedArticle

MIN_CONTENT = 4  # characters; shorter contents are words that a verb governs, not sayings
MIN_QUOTE = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in clean text: `parts` are its words, [start, end) the clause with its verb, `reach` how far its
    holder's words plainly go on."""

    holder: Holder
    mode: Literal["direct", "indirect"]
    modality: str
    parts: tuple[Span, ...]
    start: int
    end: int
    rule: str
    document: bool = False

    @property
    def reach(self) -> Span:
        return self.parts[0][0], self.parts[-1][1]


@cache
def _hearsay() -> re.Pattern[str]:
    return re.compile(either(words("hearsay")) + r"(?!光|的)")


_CITING = re.compile(
    r"(?<![依占收凭数论票证])(?:根据|依据|按照|据)(?!此|点|说|称|悉|了解|传|闻|有|为|守)([^。!?;:“”]{2,48}?)"
    r"(报道|报导|统计|预测|预计|预估|估计|估算|测算|消息|介绍|透露|披露|数据|报告|研究|调查|说法|爆料|分析|公告|资料|信息|文件|监测|显示|表示|称|财报|测试|榜单|推算|计算|声明|规划)"
    r"([^,。!?;:“”]{0,12}?)(?:,|:)"
)
_PARENTHESIS = re.compile(r"\((?:据|来源:|综合)([^()]{2,30}?)(?:报道|消息|报导|讯)?\)")
_VIEW = re.compile(r"(?:^|(?<=[,;。\s]))(?:而)?在([^,。!?;:]{1,40}?)(?:看来|眼中|眼里)(?:,|$)")
_DATA_VIEW = re.compile(r"从([^,。!?;:]{1,16}?)(?:来看|看),")
_AS_SAID = re.compile(
    r"(?:正如|就如|一如|诚如|如同|就像|用|如|按照)([^,。!?;:“”]{1,40}?)(?:所|在[^,。]{1,12}?所|的话)(?:说|言|指出|认为|讲|述|预测|预计|提到|强调|写|评价|来说)?(?:的话)?(?:的|的那样|那样)*[,:]"
)
_NOUN_SAY = re.compile(
    r"(?:的|在[^,。;:]{1,16}中的|对自己的|对此的)(回应|回答|说法|观点|评价|解释|结论|看法|介绍|答案|态度|判断|预测|口号|原话|自我介绍)(?:则)?(?:是|为|就是)[,:]?"
    r"|提出(?:了)?[^,。;“”]{0,6}?(要求|建议|观点|问题|质疑|疑问|看法|主张|设想):"
)
_AFTER_VERB = re.compile(r"(?:(?:称|道|说|过|到|了|着|出)*\s*[,:]?\s*)")
_TAIL_QUOTE = re.compile(r"[,:]\s*“")
_AGAIN = re.compile(
    r"(?:并|并且|还|又|也|更|同时|且|同时还|随后|随即|进而|此外|接着|继而|再次|进一步|亦|他还|她还|并还)+(?:对[^,]{1,8})?$"
)


class Finder:
    """Finds the statements of one sentence; keeps who spoke last for those that follow."""

    def __init__(self, a: AnnotatedArticle) -> None:
        self.a = a
        self.norm = a.article.norm
        self.last: Holder | None = None

    def paragraph(self, p: Paragraph) -> list[Said]:
        found: list[Said] = []
        spans = sentences(self.norm, p.start, p.end, p.quotes)
        for i, span in enumerate(spans):
            quotes = tuple(q for q in p.quotes if span[0] <= q[0] < span[1])
            here = self.sentence(span, quotes)
            if not here and (source := _PARENTHESIS.search(self.norm, *span)) and source.start() - span[0] <= 1 and i:
                here = self._parenthesis(source, spans[i - 1])
            if not here and found and (said := self._standing_quote(span, quotes, p)):
                here = [said]
            if here:
                self.last = here[-1].holder
            found += here
        return found

    def sentence(self, span: Span, quotes: tuple[Span, ...], nested: bool = False) -> list[Said]:
        """The statements of one sentence, in order."""
        parts = segments(self.norm, *span, quotes)
        marks = modality.scopes(self.norm, span, quotes)
        found = self._cited(span, quotes, marks)
        cited_until = max((s.parts[0][0] for s in found), default=span[0])
        verbs = [v for v in find_verbs(self.norm, *span) if not inside(v.start, quotes) and v.start >= cited_until]
        for n, verb in enumerate(verbs):
            if said := self._verb(verb, verbs[n + 1 :], span, parts, quotes, marks, found):
                found.append(said)
        for m in _NOUN_SAY.finditer(self.norm, *span):
            if not inside(m.start(), quotes) and not found and (said := self._noun_say(m, span, quotes, marks)):
                found.append(said)
        found = [t for s in found for t in self._split(s, quotes, marks)]
        if not nested:
            for quote in quotes:
                if quote[1] - quote[0] >= 16:
                    found += self._nested(quote)
        return sorted(found, key=lambda s: (s.parts[0], s.parts[-1]))

    # ------------------------------------------------------------------ frames

    def _cited(self, span: Span, quotes: tuple[Span, ...], marks: list[modality.Scope]) -> list[Said]:
        """Sources that stand outside the saying: 据X报道, 在X看来, 正如X所说, 据悉."""
        for regex, rule in (
            (_CITING, "cite.according"),
            (_VIEW, "cite.view"),
            (_DATA_VIEW, "cite.data"),
            (_AS_SAID, "cite.as"),
        ):
            m = regex.search(self.norm, *span)
            if not m or inside(m.start(), quotes):
                continue
            until = (
                m.end(2)
                if rule == "cite.according" and m.group(2) in ("数据", "报告", "消息", "统计", "研究", "调查")
                else m.end(1)
            )
            holder = (
                subject(self.a, m.start(1), m.end(1))
                if rule in ("cite.view", "cite.as")
                else cited(self.a, m.start(1), until)
            )
            if rule == "cite.data" and holder and holder.type:
                continue
            if holder:
                predicts = rule == "cite.according" and m.group(2) in ("预测", "预计", "预估", "估计", "估算", "推算")
                return self._indirect(
                    holder, m.start(), m.end(), span[1], "predict" if predicts else "say", rule, marks
                )
        m = _hearsay().search(self.norm, *span)
        if m and not inside(m.start(), quotes):
            return self._heard(m, span, marks)
        return []

    def _heard(self, m: re.Match[str], span: Span, marks: list[modality.Scope]) -> list[Said]:
        holder = Holder(m.group(), m.start(), m.end(), reported=True)
        if m.group() in ("被曝", "被爆", "被爆出", "被曝出", "据说", "疑似") or m.start() - span[0] > 6:
            before = max(span[0], self.norm.rfind(",", span[0], m.start()) + 1)
            return self._indirect(holder, before, before, span[1], "say", "hearsay.inside", marks)
        return self._indirect(holder, m.start(), m.end(), span[1], "say", "hearsay", marks)

    def _indirect(
        self, holder: Holder, start: int, after: int, end: int, kind: str, rule: str, marks: list[modality.Scope]
    ) -> list[Said]:
        begin = _AFTER_VERB.match(self.norm, after)
        content = self._content(begin.end() if begin else after, end)
        if content[1] - content[0] < MIN_CONTENT:
            return []
        how = modality.of_saying(self.norm, content, kind, holder.reported, marks)
        return [Said(holder, "indirect", how, (content,), min(start, content[0]), content[1], rule, not holder.type)]

    def _verb(
        self, verb: Verb, later: list[Verb], span: Span, parts: list[Span], quotes: tuple[Span, ...],
        marks: list[modality.Scope], found: list[Said],
    ) -> Said | None:  # fmt: skip
        index = next((i for i, p in enumerate(parts) if p[0] <= verb.start < p[1]), None)
        if index is None:
            return None
        after = _AFTER_VERB.match(self.norm, verb.end)
        begin = after.end() if after else verb.end
        gap = self.norm[verb.end : begin]
        if verb.kind == "see" and not re.search(r"[,:]", gap) and not self.norm.startswith("“", begin):
            return None
        holder = self._holder(verb, span, parts, index, found)
        if holder is None:
            return None
        if posed := self._postposed(verb, holder, begin, span, quotes, marks):
            return posed
        if (
            self.norm.startswith("“", begin)
            and (quote := inside(begin + 1, quotes))
            and self._stands_alone(quote, span)
        ):
            if quote[1] - quote[0] < MIN_QUOTE:
                return None
            how = modality.of_saying(
                self.norm, quote, verb.kind, holder.reported, modality.scopes(self.norm, quote, ())
            )
            return Said(holder, "direct", how, (quote,), holder.start, quote[1], verb.rule)
        end = self._content_end(verb, later, span, parts, quotes)
        content = self._content(begin, end)
        if content[1] - content[0] < MIN_CONTENT or not self._is_clause(content, gap):
            return None
        how = modality.of_saying(self.norm, content, verb.kind, holder.reported, marks)
        return Said(
            holder, "indirect", how, (content,), min(holder.start, verb.start), content[1], verb.rule,
            verb.form in ("显示", "表明", "发现", "证明"),
        )  # fmt: skip

    def _is_clause(self, content: Span, gap: str) -> bool:
        """A content is more than the name of a thing: 介绍了产品 says nothing, 透露了团队规模为8人 does."""
        text = self.norm[content[0] : content[1]]
        return "," in gap or ":" in gap or len(text) >= 6

    def _stands_alone(self, quote: Span, span: Span) -> bool:
        """Whether a quotation is the whole object of its verb: nothing but punctuation follows in its clause."""
        rest = self.norm[quote[1] + 1 : span[1]]
        return (
            not rest
            or rest[0] in ",;。!?:)"
            or is_speech(self.norm, (quote[0], quote[1]))
            and self.norm[quote[1] - 1] in "。!?"
        )

    def _postposed(
        self, verb: Verb, holder: Holder, begin: int, span: Span, quotes: tuple[Span, ...], marks: list[modality.Scope]
    ) -> Said | None:
        """“…”刘伟说。 and “…”刘伟说,“…”: the quotation stands before its speaker, and may go on after the verb."""
        before = [q for q in quotes if q[1] <= verb.start]
        if not before or not is_speech(self.norm, before[-1]):
            return None
        quote = before[-1]
        between = self.norm[quote[1] + 1 : verb.start]
        if re.search(r"[。!?;“]", between) or quote[0] - span[0] > 2 and self.norm[quote[0] - 2] not in ",:。!? ":
            return None
        if between.count(",") > 1 or holder.end < quote[1]:
            return None
        following = inside(begin + 1, quotes) if self.norm.startswith("“", begin) else None
        ends = self.norm[verb.end : verb.end + 1]
        parts: tuple[Span, ...] = (quote, following) if following and ends in ",:" else (quote,)
        own = [s for p in parts for s in modality.scopes(self.norm, p, ())]
        how = modality.of_saying(self.norm, (parts[0][0], parts[-1][1]), verb.kind, holder.reported, own)
        return Said(holder, "direct", how, parts, quote[0], max(parts[-1][1], verb.end), verb.rule + ".after")

    def _split(self, s: Said, quotes: tuple[Span, ...], marks: list[modality.Scope]) -> list[Said]:
        """What follows a saying under the same verb in the other mode is a statement of its own."""
        end = self._sentence_end(s)
        if s.rule.endswith(".after") and len(s.parts) == 1:
            return [s, *self._continuation(s, end, quotes, marks)]
        if s.mode == "indirect":
            start, stop = s.parts[0]
            for q in quotes:
                if q[0] - 2 > start and q[1] >= stop - 1 and self.norm[q[0] - 2] in ",:" and q[1] - q[0] >= 12:
                    head = self._content(start, q[0] - 2)
                    how = modality.of_saying(self.norm, q, "say", s.holder.reported, modality.scopes(self.norm, q, ()))
                    tail = replace(s, mode="direct", modality=how, parts=(q,), start=q[0], end=q[1])
                    first = modality.of_saying(self.norm, head, "say", s.holder.reported, marks)
                    return [replace(s, parts=(head,), end=head[1], modality=first), tail]
        return [s]

    def _continuation(self, s: Said, end: int, quotes: tuple[Span, ...], marks: list[modality.Scope]) -> list[Said]:
        m = re.compile(r"\s*[,:]\s*").match(self.norm, s.end)
        if not m:
            return []
        content = self._content(m.end(), end)
        if content[1] - content[0] < 8 or find_verbs(self.norm, content[0], content[0] + 12):
            return []
        how = modality.of_saying(self.norm, content, "say", s.holder.reported, marks)
        return [
            replace(
                s,
                mode="indirect",
                modality=how,
                parts=(content,),
                start=s.end,
                end=content[1],
                rule=s.rule + ".goes_on",
            )
        ]

    def _sentence_end(self, s: Said) -> int:
        stop = re.compile(r"[。!?\n]").search(self.norm, s.end)
        return stop.start() if stop else len(self.norm)

    def _noun_say(
        self, m: re.Match[str], span: Span, quotes: tuple[Span, ...], marks: list[modality.Scope]
    ) -> Said | None:
        clause = max(span[0], self.norm.rfind(",", span[0], m.start()) + 1)
        mentions = [
            x
            for x in self.a.mentions_in(clause, m.end())
            if x.type in ("Person", "Organization", "Policy", "Event", "Work")
        ]
        if not mentions:
            return None
        who = mentions[0]
        holder = Holder(who.entity, who.start, who.end, who.type)
        if self.norm.startswith("“", m.end()) and (quote := inside(m.end() + 1, quotes)):
            return Said(
                holder,
                "direct",
                modality.of_saying(self.norm, quote, "say", False, marks),
                (quote,),
                who.start,
                quote[1],
                "noun.say",
            )
        said = self._indirect(holder, who.start, m.end(), span[1], "say", "noun.say", marks)
        return said[0] if said else None

    def _nested(self, quote: Span) -> list[Said]:
        """Sayings inside a quotation; their words end where the quotation ends."""
        found: list[Said] = []
        for span in sentences(self.norm, *quote, ()):
            found += [s for s in self.sentence(span, (), nested=True) if s.rule not in ("cite.data",)]
        return found

    def _parenthesis(self, m: re.Match[str], before: Span) -> list[Said]:
        holder = cited(self.a, m.start(1), m.end(1))
        if holder is None:
            return []
        marks = modality.scopes(self.norm, before, ())
        content = self._content(*before)
        how = modality.of_saying(self.norm, content, "say", holder.reported, marks)
        return [Said(holder, "indirect", how, (content,), content[0], content[1], "cite.parenthesis")]

    def _standing_quote(self, span: Span, quotes: tuple[Span, ...], p: Paragraph) -> Said | None:
        """A sentence that is nothing but a quotation goes on in the words of who spoke last in the paragraph."""
        if not quotes or self.last is None or not self.last.type:
            return None
        quote = quotes[0]
        if quote[0] - span[0] > 1 or span[1] - quote[1] > 2 or quote[1] - quote[0] < 8:
            return None
        how = modality.of_saying(self.norm, quote, "say", False, modality.scopes(self.norm, quote, ()))
        return Said(self.last, "direct", how, (quote,), quote[0], quote[1], "quote.same_speaker")

    # ------------------------------------------------------------------ helpers

    def _holder(self, verb: Verb, span: Span, parts: list[Span], index: int, found: list[Said]) -> Holder | None:
        start = parts[index][0]
        quote_end = [q for q in (self.norm.rfind("”", start, verb.start),) if q >= 0]
        if quote_end and is_first_clause_quote(self.norm, start, quote_end[-1]):
            start = quote_end[-1] + 1
        lead = self.norm[start : verb.start]
        if is_first_person(self.norm, start, verb.start):
            return None
        if re.search(r"被[^,]{0,10}$", lead):
            return None
        if holder := subject(self.a, start, verb.start):
            return holder
        if _AGAIN.search(lead) and found and found[-1].holder.type:
            return found[-1].holder
        if len(lead.strip()) > 14:
            return None
        for back in range(index - 1, max(-1, index - 4), -1):
            if find_verbs(self.norm, *parts[back]) and found:
                return found[-1].holder if found[-1].holder.type else None
            if holder := subject(self.a, *parts[back]):
                return holder
        return None

    def _content_end(
        self, verb: Verb, later: list[Verb], span: Span, parts: list[Span], quotes: tuple[Span, ...]
    ) -> int:
        """Where an indirect content ends: at the clause of a next verb that has the same or another speaker."""
        own = next((i for i, p in enumerate(parts) if p[0] <= verb.start < p[1]), 0)
        for v in later:
            i = next((k for k, p in enumerate(parts) if p[0] <= v.start < p[1]), None)
            if i is None or i <= own + 1:
                continue
            lead = self.norm[parts[i][0] : v.start].strip()
            if v.kind != "see" and len(lead) <= 8 and (not lead or _AGAIN.search(lead) or lead in ("他", "她", "其")):
                return parts[i - 1][1]
        return span[1]

    def _content(self, start: int, end: int) -> Span:
        start, end = trim(self.norm, start, end)
        while end > start and self.norm[end - 1] in "。;,: ":
            end -= 1
        while start < end and self.norm[start] in ",:; ":
            start += 1
        return start, end


def is_first_clause_quote(norm: str, start: int, close: int) -> bool:
    """Whether a clause opens with a quotation that ends at `close`, so that its speaker follows it."""
    return norm[start : start + 1] == "“" and norm[close - 1 : close] in ("。", "!", "?", ",", "…")
