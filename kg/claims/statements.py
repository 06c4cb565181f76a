"""The sayings of one sentence: direct and indirect quotation, with holder, content and how surely it is said."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.claims import frames, modality
from kg.claims.clauses import Span, inside, is_speech, segments, sentences
from kg.claims.holders import Holder, is_first_person, subject
from kg.claims.said import Quotes, Said, Sentence
from kg.claims.sources import MIN_CLAUSE, MIN_CONTENT, Sources
from kg.claims.wording import Verb, find_verbs, words

NEAR_VERB = 14  # characters between a subject and a verb such as 预测, 回应 or 问, adverbials left out
MAX_SPEAKER = 40  # characters of a last clause that only names the speaker
MAX_ADVERB = 6  # characters between the next of several speakers and his verb: 也, 则在会上
MIN_NEWS = 2  # characters of what is announced: 离职, 涨价
MIN_TAIL = 12  # characters of a quotation that stands at the end of an indirect saying as a saying of its own

_SOME = re.compile(r"^(?:但|而|不过|也|还|另|更|已|,|\s)*有$")


class Finder(Sources):
    """Finds the statements of sentences of one article."""

    def sentence(self, span: Span, quotes: Quotes, *, nested: bool = False) -> list[Said]:
        """The statements of one sentence, in order. In a `nested` one the frames for data do not count."""
        verbs = [v for v in find_verbs(self.norm, *span) if self._is_free(v, quotes)]
        s = Sentence(span, quotes, segments(self.norm, *span, quotes), self.scopes(span, quotes))
        found = [] if nested else self._cited(s)
        if not found:
            found = self._noun_say(s) or self._exclaimed(s) or self._colon_quote(s) or self._likened(s)
        begun = max((x.parts[0][0] for x in found), default=span[0])
        verbs = [v for v in verbs if v.start >= begun]
        for n, verb in enumerate(verbs):
            if said := self._verb(verb, verbs[n + 1 :], s, found):
                found.append(said)
        found = [self._heard_until(x, found, s) for x in found]
        found = [t for x in found for t in self._split(x, s)]
        if not nested:
            for quote in quotes:
                if quote[1] - quote[0] >= 16:
                    for inner in sentences(self.norm, *quote, ()):
                        found += self.sentence(inner, (), nested=True)
        return sorted(found, key=lambda x: (x.parts[0], x.parts[-1]))

    def _heard_until(self, x: Said, found: list[Said], s: Sentence) -> Said:
        """Hearsay up to the clause in which somebody else speaks: 估值据传达到10亿,谷歌则表示…."""
        index = s.clause(x.parts[-1][0])
        if not x.rule.startswith("hearsay") or index is None:
            return x
        for y in found:
            other = s.clause(y.start)
            if other is None or other <= index:
                continue
            if s.parts[other][0] < x.end and y.holder.start >= s.parts[other][0]:
                content = self.content(x.parts[0][0], s.parts[other - 1][1])
                return replace(x, parts=(content,), end=content[1])
        return x

    def _is_free(self, verb: Verb, quotes: Quotes) -> bool:
        """Whether a verb is one: not part of a name, a title in 《》 or a quotation."""
        if inside(verb.start, quotes):
            return False
        if any(m.start <= verb.start < m.end for m in self.a.mentions_in(verb.start - 20, verb.end)):
            return False
        opened = self.norm.rfind("《", max(0, verb.start - 40), verb.start)
        return opened < 0 or "》" in self.norm[opened : verb.start]

    def _verb(self, verb: Verb, later: list[Verb], s: Sentence, found: list[Said]) -> Said | None:
        index = s.clause(verb.start)
        if index is None:
            return None
        announced = verb.form in ("宣布", "官宣") and index + 1 < len(s.parts)
        if announced and frames.ANNOUNCED_WHEN.search(self.norm, verb.end, s.parts[index][1]):
            return self._announced_when(verb, s, index)
        if self._is_occasion(verb, s.parts[index]):
            return None
        told = frames.TOLD.match(self.norm, verb.end) if verb.form in frames.TELLS else None
        after = frames.AFTER_VERB.match(self.norm, told.end() if told else verb.end)
        begin = after.end() if after else verb.end
        gap = self.norm[verb.end : begin]
        holder = self._holder(verb, s, index, found)
        if holder is None or frames.UNSAID.search(self.norm, holder.end, verb.start):
            return None
        if not self._can_say(holder, verb) or holder.end > s.parts[index][0] and not self._is_near(holder, verb):
            return None
        if posed := self._postposed(verb, holder, begin, s, found):
            return posed
        if trailing := self._trailing(verb, holder, s, index, found):
            return trailing
        if verb.kind == "see" and not re.search(r"[,:]", gap) and not self.norm.startswith("“", begin):
            return None
        quoted = self.norm.startswith("“", begin) and inside(begin + 1, s.quotes)
        if quoted and self._stands_alone(quoted, s.span):
            term = quoted[1] - quoted[0] < MIN_CLAUSE and not frames.IS_CLAUSE.search(self.norm, *quoted)
            if term and not re.search(r"[,:]", gap):
                return None  # 提出“合成生物学”: a word, and no saying
            if quoted[1] - quoted[0] < (MIN_NEWS if ":" in gap else MIN_CONTENT):
                return None
            how = "question" if verb.kind == "ask" else self.mood(quoted)
            how = "reported" if holder.reported and how != "question" else how
            return Said(holder, "direct", how, (quoted,), holder.start, quoted[1], verb.rule, verb.kind)
        kind = "announce" if verb.rule == "say.announce" else verb.kind
        end = min(self._next_saying(verb, begin, later, s), self._until(begin, s, kind, crowd=self._is_crowd(holder)))
        end = min(end, self._next_speaker(verb, holder, begin, later, s), self._bracket(begin, s.span[1]))
        if verb.rule == "say.call" and not gap and frames.NAMING.fullmatch(self.norm, *self.content(begin, end)):
            return None  # 称它为“…”: a name is given
        if any(
            x.mode == "indirect" and x.parts[0][0] <= verb.start < x.parts[0][1] and x.holder.name != holder.name
            for x in found
        ):
            end = min(end, s.parts[index][1])  # a saying within a saying: its own clause
            if "," in gap and index + 1 < len(s.parts):
                end = s.parts[index + 1][1]
        content = self.content(begin, end)
        length = content[1] - content[0]
        if verb.kind == "see" and frames.PROVED.match(self.norm, *content):
            return None  # 听取了建议,但…
        if verb.kind == "ask" and not re.search(r"[,:]", gap) and not frames.ASKS.search(self.norm, *content):
            return None
        if verb.kind == "predict" and not frames.FORECASTS.search(self.norm, *content):
            return None
        if length < (MIN_NEWS if verb.rule == "say.announce" else MIN_CONTENT):
            return None
        if verb.kind == "judge" and not re.search(r"[,:]", gap) and not self._is_clause(content):
            return None
        brief = length < MIN_CLAUSE and verb.rule != "say.announce" and not frames.BRIEF.match(self.norm, *content)
        if not re.search(r"[,:]", gap) and (brief or self._is_thing(content)):
            return None
        how = modality.of_saying(self.norm, content, verb.kind, holder.reported, s.marks)
        if verb.kind == "show" and holder.type == "Document" and frames.DATA_WORD.search(holder.name):
            holder = replace(holder, name=holder.name + verb.form)  # data speak as they are written: 数据显示
        start = min(holder.start, verb.start)
        return Said(holder, "indirect", how, (content,), start, content[1], verb.rule, verb.kind)

    def _announced_when(self, verb: Verb, s: Sentence, index: int) -> Said | None:
        """在X宣布Y后,…: an announcement that an adverbial clause takes up is one all the same."""
        when = frames.ANNOUNCED_WHEN.search(self.norm, verb.end, s.parts[index][1])
        if when is None:
            return None
        named = [m for m in self.a.mentions_in(s.parts[index][0], verb.start) if m.type in ("Organization", "Person")]
        content = self.content(verb.end, when.start())
        if not named or verb.start - named[-1].end > MAX_ADVERB:
            return None
        holder = Holder(named[-1].entity, named[-1].start, named[-1].end, named[-1].type)
        if frames.UNSAID.search(self.norm, holder.end, verb.start) or content[1] - content[0] < MIN_CONTENT:
            return None
        how = modality.of_saying(self.norm, content, verb.kind, holder.reported, s.marks)
        return Said(holder, "indirect", how, (content,), holder.start, content[1], verb.rule + ".when", verb.kind)

    def _bracket(self, begin: int, end: int) -> int:
        """Where the bracket closes in which a saying stands; the end where it stands in none."""
        depth = 0
        for m in re.finditer(r"[()]", self.norm[begin:end]):
            depth += 1 if m.group() == "(" else -1
            if depth < 0:
                return begin + m.start()
        return end

    def _is_crowd(self, holder: Holder) -> bool:
        return "/" not in holder.name and bool(frames.CROWD.search(holder.name))

    def _is_clause(self, content: Span) -> bool:
        """Whether what follows 批评 or 质疑 says something of its object: 谷歌员工散漫, and not 谷歌的路线."""
        if frames.IS_CLAUSE.search(self.norm, *content):
            return True
        named = next(iter(self.a.mentions_in(content[0], content[0] + 1)), None)
        return (
            bool(named and re.match(r"[\u4e00-\u9fff]{3,}(?:,|$)", self.norm[named.end : content[1]]))
            and "的" not in (self.norm[content[0] : content[1]].split(",")[0])
        )

    def _next_speaker(self, verb: Verb, holder: Holder, begin: int, later: list[Verb], s: Sentence) -> int:
        """Where the next of several speakers begins: A说…,B则认为…. What media tell has speakers in it."""
        if holder.type in ("Document", "Work") or verb.rule in ("say.report", "say.learn") or verb.kind == "show":
            return s.span[1]
        for a, b in s.parts[(s.clause(begin) or 0) + 1 :]:
            against = frames.AGAINST.match(self.norm, a, b)
            other = next(iter(self.a.mentions_in(against.end(), against.end() + 1)), None) if against else None
            if other and other.entity != holder.name and frames.DISAGREES.match(self.norm, other.end, b):
                return a - 1
        for v in later:
            index = s.clause(v.start)
            if index is None or v.kind in ("see", "show") or self._is_occasion(v, s.parts[index]):
                continue
            opened = max(s.parts[index][0], begin)
            opened = max(opened, self.norm.rfind("、", opened, v.start) + 1)
            who = subject(self.a, opened, v.start) if opened - begin > MIN_CONTENT else None
            if who is None or who.name == holder.name or who.type == "Document":
                continue
            nameless = "/" not in who.name and "/" in holder.name  # of a crowd a speaker may tell: 很多人认为…
            beside = len(self.norm[who.end : v.start].strip()) <= MAX_ADVERB
            if beside and not nameless and frames.TURNS_TO.fullmatch(self.norm, opened, who.start):
                return opened - 1
        return s.span[1]

    def _is_occasion(self, verb: Verb, clause: Span) -> bool:
        """Whether a clause only says when: 谈到开源时, 媒体在报道AI时."""
        rest = self.norm[verb.end : clause[1] + 1]
        if verb.form in frames.TOPICS and frames.TOPIC_TIME.match(self.norm, verb.end, clause[1]):
            return True
        about = verb.form in frames.TOPICS or frames.IN_DOING.search(self.norm[clause[0] : verb.start])
        return bool(frames.ADVERBIAL_CLAUSE.match(rest) or about and frames.ADVERBIAL_CLAUSE.search(rest))

    def _is_thing(self, content: Span) -> bool:
        """Whether a content is the name of a thing and no clause: 官宣了这个消息."""
        return any(frame.match(self.norm, *content) for frame in (frames.NAMED_THING, frames.A_THING, frames.FEELS))

    def _can_say(self, holder: Holder, verb: Verb) -> bool:
        """Data show and report; only documents show; a person says anything else."""
        if verb.kind == "show":
            return self._is_document(holder)
        if holder.type == "Document":
            return verb.kind in ("say", "predict") and (
                verb.form in frames.DATA_VERBS or not frames.DATA_WORD.search(holder.name)
            )
        if verb.form == "发现" and frames.MAY_FIND.search(self.norm[holder.end : verb.start]):
            return False
        if holder.type == "Model":
            return False
        if verb.rule == "say.learn":
            return holder.type == "Organization"  # 记者了解到 is the author's
        beside = verb.start - holder.end <= 1 and verb.form in ("表示", "宣布", "称", "回应称")
        beside = beside or frames.HOUSE.search(self.norm, holder.start, verb.start) is not None
        return holder.type != "Product" or beside or verb.rule in ("say.call", "say.boast")

    def _is_near(self, holder: Holder, verb: Verb) -> bool:
        """Whether a verb that is often a noun, or an activity, has its subject right before it."""
        if holder.end > verb.start or verb.kind not in ("see", "predict", "ask"):
            return True
        between = self.norm[holder.end : verb.start]
        if verb.kind == "see" and frames.BUSY.search(between):
            return False
        return len(re.sub(r"在[^,]{1,30}?(?:上|中|里|时|后|会|内)|[对向][^,]{1,10}", "", between)) <= NEAR_VERB

    def _is_document(self, holder: Holder) -> bool:
        text = self.norm[holder.start : holder.end]
        return (
            not holder.type or holder.type in ("Work", "Policy") or text.endswith((*words("documents"), "方面", "》"))
        )

    def _stands_alone(self, quote: Span, span: Span) -> bool:
        """Whether a quotation is the whole object of its verb: nothing but punctuation follows in its clause."""
        rest = self.norm[quote[1] + 1 : span[1]]
        return not rest or rest[0] in ",;。!?:()" or self.norm[quote[1] - 1] in "。!?"

    def _postposed(self, verb: Verb, holder: Holder, begin: int, s: Sentence, found: list[Said]) -> Said | None:
        """“…”刘伟说。 and “…”刘伟说,“…”: the quotation stands before its speaker, and may go on after the verb."""
        used = {p for x in found for p in x.parts}
        before = [q for q in s.quotes if q[1] <= verb.start and q not in used]
        if not before or not is_speech(self.norm, before[-1]):
            return None
        quote = before[-1]
        between = self.norm[quote[1] + 1 : verb.start]
        opens = quote[0] - 1 <= s.span[0] or self.norm[quote[0] - 2] in ",:。!? "
        if not opens or re.search(r"[。!?;“]", between) or between.count(",") > 1 or holder.end < quote[1]:
            return None
        if any(x.parts[0][0] <= quote[0] <= x.parts[-1][1] for x in found):
            return None
        following = inside(begin + 1, s.quotes) if self.norm.startswith("“", begin) else None
        parts = (quote, following) if following and self.norm[verb.end : verb.end + 1] in ",:" else (quote,)
        moods = [self.mood(p) for p in parts]
        how = next((m for m in moods if m != modality.ASSERTED), modality.ASSERTED)
        return Said(
            holder, "direct", how, parts, quote[0], max(parts[-1][1], verb.end), verb.rule + ".after", verb.kind
        )

    def _trailing(self, verb: Verb, holder: Holder, s: Sentence, index: int, found: list[Said]) -> Said | None:
        """新模型明年发布,奥特曼说。: the last clause is no more than a speaker and a verb."""
        if found or not index or index != len(s.parts) - 1 or not frames.TRAILS.fullmatch(verb.form) or s.quotes:
            return None
        start, end = s.parts[index]
        if self.norm[verb.end : end].strip("。.!") or verb.start - start > MAX_SPEAKER or holder.start < start:
            return None
        content = self.content(s.span[0], start - 1)
        if content[1] - content[0] < MIN_CLAUSE:
            return None
        how = modality.of_saying(self.norm, content, verb.kind, holder.reported, s.marks)
        return Said(holder, "indirect", how, (content,), content[0], end, verb.rule + ".after", verb.kind)

    def _split(self, x: Said, s: Sentence) -> list[Said]:
        """What follows a saying under the same verb in the other mode is a statement of its own."""
        if x.rule.endswith(".after") and len(x.parts) == 1:
            return [x, *self._continuation(x, s)]
        start, stop = x.parts[0]
        if x.mode == "direct":
            return [x]
        for q in s.quotes:
            if q[0] - 2 > start and q[1] >= stop - 1 and self.norm[q[0] - 2] in ",:" and q[1] - q[0] >= MIN_TAIL:
                head = self.content(start, q[0] - 2)
                if x.rule.startswith(("cite", "hearsay")) and any(
                    head[1] - v.end <= 1 for v in find_verbs(self.norm, *head)
                ):
                    continue  # 据X报道,他表示:“…”: the quotation is his
                tail = replace(x, mode="direct", modality=self.mood(q), parts=(q,), start=q[0], end=q[1])
                how = modality.of_saying(self.norm, head, x.kind, x.holder.reported, s.marks)
                return [replace(x, parts=(head,), end=head[1], modality=how), tail]
        return [x]

    def _continuation(self, x: Said, s: Sentence) -> list[Said]:
        """“…”李国杰指出,从长远来讲…: the words after the verb that no quotation marks hold."""
        if self.norm[x.end : x.end + 1] not in ",:":
            return []
        content = self.content(x.end + 1, self._until(x.end + 1, s, "say"))
        if content[1] - content[0] < 8 or find_verbs(self.norm, content[0], content[0] + 12):
            return []
        how = modality.of_saying(self.norm, content, "say", x.holder.reported, s.marks)
        rule = x.rule + ".goes_on"
        return [replace(x, mode="indirect", modality=how, parts=(content,), start=x.end, end=content[1], rule=rule)]

    def _holder(self, verb: Verb, s: Sentence, index: int, found: list[Said]) -> Holder | None:
        start = s.parts[index][0]
        closed = self.norm.rfind("”", start, verb.start)
        if closed >= 0 and self.norm[start] == "“" and self.norm[closed - 1] in "。!?,…":
            start = closed + 1
        if found and found[-1].mode == "indirect" and start < found[-1].end < verb.start:
            start = found[-1].end + 1  # A说…、B说…: the second speaker of a clause
        lead = self.norm[start : verb.start]
        if is_first_person(self.norm, start, verb.start) or re.search(r"被(?![^,]*(?:问|时))[^,]{0,10}$", lead):
            return None
        if holder := subject(self.a, start, verb.start):
            return None if frames.HYPOTHETICAL.search(self.norm[start : holder.start]) else holder
        if they := frames.THEY.search(lead):
            return self._they(start + they.start(), start + they.end())
        if _SOME.search(lead) and verb.form[:2] in ("分析", "评论", "研究"):  # 有分析指出
            return Holder("有" + verb.form[:2], verb.start - 1, verb.start + 2)
        manner = index and self.norm[s.parts[index - 1][1] - 1] in "时后" and frames.MANNER.fullmatch(lead.strip())
        if not frames.ADVERBIAL.fullmatch(lead.strip()) and not manner:
            return None
        if not lead.strip() and verb.rule == "say.report":  # 报道称: of who was cited before, else as it stands
            cited = self.speaker and self.speaker.type == "Organization" and self.speaker
            return cited or Holder("报道", verb.start, verb.start + 2)
        if frames.AGAIN.search(lead) and found and found[-1].holder.type:
            return found[-1].holder
        for back in range(index - 1, max(-1, index - 4), -1):
            if is_first_person(self.norm, *s.parts[back]):
                return None
            if found and found[-1].parts[0][0] < s.parts[back][1] and found[-1].end > s.parts[back][0]:
                return found[-1].holder if found[-1].holder.type else None
            if ";" in self.norm[s.parts[back][1] : s.parts[back + 1][0]]:
                return None
            if holder := subject(self.a, *s.parts[back]):
                return holder if holder.type != "Document" else None
            if self.norm[s.parts[back][0] :].startswith(("他们", "她们")):
                return self._they(s.parts[back][0], s.parts[back][0] + 2)
        return self.speaker if index == 0 and self.speaker and frames.ELIDES.fullmatch(verb.form) else None

    def _they(self, start: int, end: int) -> Holder | None:
        """他们 where no group was named: who spoke before or is the topic, else the organisation named last."""
        if named := self.speaker or self.topic:
            return named
        earlier = self.a.mentions_in(max(0, start - 250), start)
        house = next((x for x in reversed(earlier) if x.type == "Organization"), None)
        return Holder(house.entity, start, end, house.type) if house else None

    def _next_saying(self, verb: Verb, begin: int, later: list[Verb], s: Sentence) -> int:
        """Where an indirect content ends: at the clause of a next verb of the same speaker."""
        own = s.clause(verb.start) or 0
        for v in later:
            i = s.clause(v.start)
            if i is None or i <= own or v.kind == "see":
                continue
            if frames.CONTRAST.match(self.norm, s.parts[i][0]) and subject(self.a, s.parts[i][0], v.start):
                return s.parts[i - 1][1]
            if i == own + 1 and s.clause(begin) != own:
                continue
            lead = self.norm[s.parts[i][0] : v.start].strip()
            if len(lead) <= 8 and (not lead or frames.AGAIN.search(lead)):
                return s.parts[i - 1][1]
        return s.span[1]
