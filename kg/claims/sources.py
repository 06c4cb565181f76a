"""Sources outside the clause of what they say: 据X报道, 在X看来, “…”,这是X的看法, and words of hearsay."""

from __future__ import annotations

import re

from kg.claims import frames, modality
from kg.claims.citations import cited
from kg.claims.clauses import Span, inside, is_speech, quotations, trim
from kg.claims.holders import Holder, candidates, subject
from kg.claims.modality import Scope
from kg.claims.said import Quotes, Said, Sentence
from kg.claims.wording import find_verbs, word_pattern
from kg.document import AnnotatedArticle

DOERS = ("Organization", "Person", "Model", "Product", "Hardware")
MIN_CONTENT = 4  # characters; shorter contents are words that a verb governs, not sayings
MIN_LABELLED = 10  # characters of what stands behind a name and a colon
MIN_CLAUSE = 6  # characters of what is said without a comma before it
MAX_LABEL = 10  # characters of a nameless speaker before a colon: 网友:“…”


class Sources:
    """Finds the sayings whose holder a frame names, without a verb of its own."""

    def __init__(self, a: AnnotatedArticle) -> None:
        self.a = a
        self.norm = a.article.norm
        self._scopes: dict[Span, list[Scope]] = {}
        self.topic: Holder | None = None  # the person with whom a sentence of the paragraph opened last
        self.speaker: Holder | None = None  # who spoke in the sentence before, for 他们 and for verbs without subject

    def scopes(self, span: Span, quotes: Quotes) -> list[Scope]:
        """The modal scopes of a sentence, found once."""
        if span not in self._scopes:
            doers = [(m.start, m.end, m.entity) for m in self.a.mentions_in(*span) if m.type in DOERS]
            self._scopes[span] = modality.scopes(self.norm, span, quotes, doers)
        return self._scopes[span]

    def mood(self, content: Span) -> str:
        """The modality of words that stand in quotation marks, by themselves."""
        return modality.of_saying(self.norm, content, "quote", False, modality.scopes(self.norm, content, ()))

    def content(self, start: int, end: int) -> Span:
        """The span without the punctuation around it."""
        start, end = trim(self.norm, start, end)
        while end > start and self.norm[end - 1] in "。;,: ":
            end -= 1
        while start < end and self.norm[start] in ",:; ":
            start += 1
        return start, end

    def _cited(self, s: Sentence) -> list[Said]:
        """据X报道, 在X看来, 从X来看, 正如X所说, 据悉."""
        outside = (
            (frames.CITING, "cite.according"),
            (frames.VIEW, "cite.view"),
            (frames.DATA_VIEW, "cite.data"),
            (frames.AS_SAID, "cite.as"),
        )
        for regex, rule in outside:
            m = regex.search(self.norm, *s.span)
            if not m or inside(m.start(), s.quotes):
                continue
            spoken = rule in ("cite.view", "cite.as")
            until = m.end(2) if rule == "cite.according" and re.fullmatch(frames.DATA, m.group(2)) else m.end(1)
            holder = (subject if spoken else cited)(self.a, m.start(1), until)
            if holder is None or rule == "cite.data" and (holder.type or not frames.DATA_WORD.search(holder.name)):
                continue
            if rule == "cite.according" and not holder.type and not self._is_source(m):
                continue
            kind = "predict" if rule == "cite.according" and m.group(2) in frames.FORECAST else "say"
            return self._indirect(holder, m.start(), m.end(), s, kind, rule)
        m = frames.hearsay().search(self.norm, *s.span)
        if m and not inside(m.start(), s.quotes) and (heard := self._heard(m, s)):
            return heard
        return self._after_the_fact(s)

    def _after_the_fact(self, s: Sentence) -> list[Said]:
        """…,据知情人士透露。 and …,这是X的观点。: the sentence up to its source is what is said."""
        for regex, rule in ((frames.CITED_AFTER, "cite.after"), (frames.VIEW_AFTER, "cite.view_after")):
            m = regex.search(self.norm, *s.span)
            if not m or inside(m.start(), s.quotes):
                continue
            owner = next((x for x in self.a.mentions_in(m.start(1), m.end(1)) if x.end == m.end(1)), None)
            if rule == "cite.view_after" and owner and owner.type in ("Person", "Organization"):
                holder: Holder | None = Holder(owner.entity, owner.start, owner.end, owner.type)
            else:
                holder = (cited if rule == "cite.after" else subject)(self.a, m.start(1), m.end(1))
            content = self.content(s.span[0], m.start())
            if holder is None or content[1] - content[0] < MIN_CLAUSE:
                continue
            how = modality.of_saying(self.norm, content, "say", holder.reported, s.marks)
            return [Said(holder, "indirect", how, (content,), content[0], s.span[1], rule)]
        return []

    def _is_source(self, m: re.Match[str]) -> bool:
        """Whether nameless words after 据 or 根据 are a source: 据不完全统计, 根据公开资料, not 根据堆栈里的信息."""
        return (not m.group().startswith("按照") or m.group(1) == "官方") and bool(
            m.group(2) in frames.REPORTING or frames.PUBLIC.search(m.group(1))
        )

    def _heard(self, m: re.Match[str], s: Sentence) -> list[Said]:
        index = s.clause(m.start())
        if index is None:
            return []
        start, end = s.parts[index]
        spoken = any(v.start >= m.end() for v in find_verbs(self.norm, m.end(), end))
        named = any(x.end <= m.start() for x in self.a.mentions_in(start, m.start()))
        says = m.group().endswith(("称", "说", "报道", "传言", "消息称"))
        if spoken and m.group() not in ("有消息", "有报道") or named and says and not m.group().startswith("据"):
            return []
        name = re.sub(r"(?<=..)[称说]$", "", m.group()) if m.group().startswith(("有", "消")) else m.group()
        holder = Holder(name.rstrip(","), m.start(), m.end(), reported=True)
        if (m.start() - start >= 4 or named) and not self.norm.startswith(",", m.end()):
            return self._indirect(holder, start, start, s, "say", "hearsay.inside")
        return self._indirect(holder, m.start(), m.end(), s, "say", "hearsay")

    def _indirect(self, holder: Holder, start: int, after: int, s: Sentence, kind: str, rule: str) -> list[Said]:
        begin = frames.PUNCTUATION.match(self.norm, after)
        first = begin.end() if begin else after
        quote = inside(first + 1, s.quotes) if self.norm.startswith("“", first) else None
        if quote and quote[1] - quote[0] >= MIN_CONTENT and s.span[1] - quote[1] <= 2:
            return [Said(holder, "direct", self.mood(quote), (quote,), min(start, quote[0]), quote[1], rule, kind)]
        content = self.content(first, self._until(first, s, kind))
        if content[1] - content[0] < MIN_CONTENT:
            return []
        how = modality.of_saying(self.norm, content, kind, holder.reported, s.marks)
        return [Said(holder, "indirect", how, (content,), min(start, content[0]), content[1], rule, kind)]

    def _noun_say(self, s: Sentence) -> list[Said]:
        """X的回应是“…”, X提出了要求:…"""
        m = frames.NOUN_SAY.search(self.norm, *s.span)
        index = s.clause(m.start()) if m else None
        if m is None or index is None or inside(m.start(), s.quotes):
            return []
        types = ("Person", "Organization", "Policy", "Event", "Work")
        near = [x for x in self.a.mentions_in(s.parts[index][0], m.end()) if x.type in types]
        who = next((x for x in near if x.type == "Person"), near[0] if near else None)
        if who is None:
            return []
        holder = Holder(who.entity, who.start, who.end, who.type)
        if self.norm.startswith("“", m.end()) and (quote := inside(m.end() + 1, s.quotes)):
            return [Said(holder, "direct", self.mood(quote), (quote,), who.start, quote[1], "noun.say")]
        return self._indirect(holder, who.start, m.end(), s, "noun", "noun.say")

    def _likened(self, s: Sentence) -> list[Said]:
        """X将Y比作Z: what Y is likened to is what is said; after a colon, the words that follow."""
        m = frames.LIKENS.search(self.norm, *s.span)
        index = s.clause(m.start()) if m else None
        if m is None or index is None or inside(m.start(), s.quotes):
            return []
        holder = subject(self.a, s.parts[index][0], m.start())
        if holder is None and index and m.start() - s.parts[index][0] <= 1:
            holder = subject(self.a, *s.parts[index - 1])
        if holder is None or holder.type not in ("Person", "Organization"):
            return []
        end = s.parts[index][1]
        if self.norm.startswith(":", end):
            return self._indirect(holder, m.start(), end, s, "say", "noun.liken")
        content = self.content(m.start(), self._until(m.start(), s, "say"))
        how = modality.of_saying(self.norm, content, "say", holder.reported, ())
        return [Said(holder, "indirect", how, (content,), min(holder.start, content[0]), content[1], "noun.liken")]

    def _exclaimed(self, s: Sentence) -> list[Said]:
        """“…”,这是X的惊呼"""
        for quote in s.quotes:
            m = frames.EXCLAIMED.match(self.norm, quote[1] + 1, s.span[1])
            if m := m or frames.SIGNED.match(self.norm, quote[1] + 1, s.span[1]):
                holder = subject(self.a, m.start(1), m.end(1))
                if holder:
                    return [Said(holder, "direct", self.mood(quote), (quote,), quote[0], m.end(), "noun.exclaim")]
        return []

    def _colon_quote(self, s: Sentence) -> list[Said]:
        """皮查伊底气十足:“…”: a person, a colon and a quotation need no saying verb."""
        for quote in s.quotes:
            before = self.norm[: quote[0] - 1].rstrip()
            index = s.clause(len(before) - 2) if before.endswith(":") else None
            if index is None or not is_speech(self.norm, quote) or self._has_verb(*s.parts[index]):
                continue
            who = next((m for m in candidates(self.a, *s.parts[index]) if m.type == "Person"), None)
            start, end = s.parts[index]
            holder = Holder(who.entity, who.start, who.end, who.type) if who else subject(self.a, start, end)
            if holder is None or holder.type != "Person" or not who and end - start > MAX_LABEL:
                continue
            return [Said(holder, "direct", self.mood(quote), (quote,), holder.start, quote[1], "colon.quote")]
        return []

    def quoted(self, span: Span) -> Quotes:
        """The spans inside the quotation marks of a span."""
        return tuple(quotations(self.norm, *span))

    def labelled(self, start: int, end: int) -> list[Said]:
        """黄仁勋:推理需要更多算力。: a paragraph that is a person's name, a colon and a sentence of theirs."""
        who = next(iter(self.a.mentions_in(start, start + MAX_LABEL)), None)
        if who is None or who.type != "Person" or not self.norm.startswith(":", who.end):
            return []
        lead = self.norm[start : who.start].strip()
        content = self.content(who.end + 1, end)
        if (quote := inside(content[0] + 1, self.quoted(content))) and quote[1] >= content[1] - 2:
            content = quote
        if lead and not word_pattern("titles").search(lead) or self.norm[end - 1] not in "。!?”":
            return []
        if content[1] - content[0] < MIN_LABELLED or word_pattern("titles").search(self.norm, *content):
            return []
        holder = Holder(who.entity, who.start, who.end, who.type)
        return [Said(holder, "direct", self.mood(content), (content,), who.start, content[1], "colon.label")]

    def _has_verb(self, start: int, end: int) -> bool:
        """Whether a clause before a quotation has a saying verb, which then brings it."""
        return any(
            (v.kind != "see" or end - v.end <= 1)
            and not (v.form in frames.TOPICS and frames.TOPIC_TIME.match(self.norm, v.end, end))
            for v in find_verbs(self.norm, start, end)
        )

    def _until(self, start: int, s: Sentence, kind: str, *, crowd: bool = False) -> int:
        """Where the holder's words end and the author goes on in the same sentence; sooner after a crowd's."""
        first = s.clause(start)
        for i, (a, _) in enumerate(s.parts):
            if first is None or i <= first:
                if (
                    first == i
                    and re.search(r"时$", self.norm[a : s.parts[i][1]])
                    and i + 1 < len(s.parts)
                    and start > a
                ):
                    return s.parts[i][1] - 1
                continue
            if kind == "announce" and frames.NARRATES.match(self.norm, a):
                return s.parts[i - 1][1]
            if i == first + 1 and frames.WHEN_ONLY.fullmatch(self.norm, start, s.parts[first][1]):
                continue  # 预计到年底,这个数字…: so far only a time is said
            if kind == "noun" and frames.TIME.match(self.norm, a):
                return s.parts[i - 1][1]
            if (
                frames.AUTHOR_AGAIN.match(self.norm, a)
                or kind == "predict"
                and frames.FORECAST_OVER.match(self.norm, a)
                or crowd
                and frames.PROVED.match(self.norm, a)
            ):
                return s.parts[i - 1][1]
        return s.span[1]
