"""Comparisons: who is set against whom, on which dimension, in which direction. One claim for each object."""

from __future__ import annotations

import re

from kg.claims.attribution import Attribution
from kg.claims.clauses import Span, paragraphs, segments, sentences
from kg.claims.comparands import (
    AXES,
    COMPARABLE,
    Found,
    Parts,
    adjectives,
    after,
    comparable_mentions,
    dimensions,
    head,
    like_words,
    triggers,
    with_triggers,
)
from kg.document import AnnotatedArticle, EntityMention
from kg.record import Comparison

SHORT_GAP = 2  # characters between 超 and its object
AFTER_RATIO = 8  # characters after 十分之一 in which stands what it is of
NEAR = 120  # characters back to what 它 stands for
SHORT_CLAUSE = 8  # characters of a clause such as 论性能
MAX_REACH = 40  # characters from the object of 比 to its adjective

_FRACTION = (
    r"(?:\d+(?:\.\d+)?\s*%|百分之[一二三四五六七八九十百零点]+|\d+\s*/\s*\d+"
    r"|[一二三四五六七八九十百千万两]+分之[一二三四五六七八九十百]+|[一二三四五六七八九]成|一半|零头|几分之一)"
)
_MULTIPLE = (
    r"(?:(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+|数[十百千万]|几[十百千万]?|近?[十百千]余?)(?:多|余|来)?倍)"
)
_RATIO = re.compile(rf"(?:了|近|约|大约|大概|至少|超过|不到|仅|只|将近|不足|的|\s)*(?:({_FRACTION})|({_MULTIPLE}))")
_MEASURES = re.compile(
    r"(?:是|为|达|达到|达到了|只有|仅有|仅为|不到|不足|相当于|只需|仅需|只要|低至|降至|约为|约|超过|近|高达|有|仅|只|占)"
    r"(?:了|约|为|到|是)*(?:[^,。;:]{0,14})?$"
)
_MEASURED = re.compile(rf"\s*[》”]?\s*(?:的)?([^,。;:、的]{{0,16}}?)(?:的)?(?={_RATIO.pattern})")
_OF_IT = re.compile(rf"(?:仅为|只有|仅有|只是|不到|为|是|不足|相当于)(?:其|后者|前者)(?:的)?(?={_RATIO.pattern})")
_LIKE_CHEAP = re.compile(
    rf"以(?:仅|只|不到|约|低至|仅需|只需|不足|大约)*的?({_FRACTION})的?(?:价格|成本|费用|代价|价钱)"
    r"[^,。;:]{0,10}(?:提供|实现|达到|做到|获得|拿下|取得)(?:了|到)?"
)
_COMPARED = re.compile(
    r"(?:与|和|跟|同|比起|相比于|相比|相较于|相较|较之|较|比(?!如|方|例|拟|特|赛|亚|重|尔|利|肩|邻|喻|分|价|较)|相对于|对比|不同于|没有|不比)(?:于|起)?[^,。;:“”]{0,14}$"
)
_COMPARED_AFTER = re.compile(r"[^,。;:]{0,8}(?:相比|比起来|比较|对比)")
_SPANS_CLAUSES = re.compile(r"相|对比|起|较|[与和跟同]")
_BESIDE = re.compile(r"(?:与|和|跟|同)\s*(?:[^,。;:与和]{0,10}?)$")
_BESIDE_IT = re.compile(r"[与和跟同](?:之|其|后者)[^,]{0,4}$")
_TRAINS = re.compile(r"(?:计算量|算力|资源)[^,。;:]{0,4}(?:足可|足以|可以|可|够|足够)训练")
_TIMES = re.compile(r"[^,。;:]{0,6}[\d一二两三四五六七八九十数多]+[多余]?(?:次|遍|回)")
_BROUGHT_OUT = re.compile(r"(?:推出|发布|开源|训练|上线|公布|研发|升级|打造)(?:了|的)?[^,。]{0,8}$")
_FAVOURED = re.compile(
    r"最(?:喜欢|喜爱|好用|好|爱|推荐|看好|满意|强|强大|优秀|出色|顺手|靠谱|常用|准确)[^,。的]{0,4}的?(?:还是|仍然是|仍是|依然是|始终是|当属|要数|莫过于)"
)
_THERE_ARE = re.compile(
    r"(?:虽然|尽管|即使|市面上|市场上|已经有|已有|有了|有很多|有许多|用过|试过|除了|比如|比方说|例如)"
)
_LACKS = re.compile(r"(?:既?没有|不具备|并不具备|不拥有|缺乏)")
# What one would like to outdo is not outdone.
_WISHES = re.compile(
    r"(?:是要|尝试|试着|为了|目标是|旨在|力图|努力|打算|计划|梦想|机会|希望|可以?尝试|能否|如何)[^,]{0,10}$"
)
_STANDING = re.compile(
    r"[^,。;:]{0,24}的[^,。;:的]{0,8}?"
    r"(?:地位|统治力|影响力|实力|能力|优势|规模|知名度|光环|技术|积累|底蕴|资源|名气|人气|体量|号召力|生态|水平|声望|话语权)[。!;]?"
)
_IS = re.compile(r"是|为|成为|推出|发布")
_OF_NOUN = re.compile(r"的(?![,。;:]|$)")
_LESS = {"better": "worse", "larger": "smaller", "faster": "slower", "cheaper": "dearer"}


def find_comparisons(a: AnnotatedArticle, attribution: Attribution) -> list[Comparison]:
    """The comparisons of an article between its models, products, organisations and pieces of hardware."""
    if not any(m.type in COMPARABLE for m in a.mentions):
        return []
    norm = a.article.norm
    found: list[Found] = []
    topic: EntityMention | None = None
    for p in paragraphs(a.article):
        for span in sentences(norm, p.start, p.end, p.quotes):
            mentions = comparable_mentions(a, *span)
            if mentions:
                here = _Reader(a, span, segments(norm, *span, ()), mentions, topic).read()
                found += here
                topic = here[-1].subject if here else _topic(norm, mentions, span) or topic
    return [_claim(a, attribution, c) for c in found]


def _topic(norm: str, mentions: list[EntityMention], span: Span) -> EntityMention | None:
    """What a sentence is about: what it says was brought out, else its first thing, or what that thing owns."""
    for m in mentions:
        if m.type in ("Model", "Product") and _BROUGHT_OUT.search(norm[max(span[0], m.start - 12) : m.start]):
            return m
    return head(norm, mentions, 0) if mentions[0].start - span[0] <= 12 else None


def _claim(a: AnnotatedArticle, attribution: Attribution, c: Found) -> Comparison:
    return Comparison(
        subject=c.subject.entity,
        direction=c.direction,
        object=c.object.entity,
        dimension=c.dimension,
        holder=attribution.holder(c.at),
        modality=attribution.modality(c.at, c.at + 1),
        evidence=a.article.evidence(*c.clause),
        rule=c.rule,
    )


class _Reader(Parts):
    """Reads the comparisons of one sentence, frame by frame and clause by clause."""

    def read(self) -> list[Found]:
        for clause in self.clauses:
            self._ratios(clause)
            self._ratio_of_it(clause)
            self._like(clause)
            self._triggers(clause)
            self._passive(clause)
            self._beside(clause)
            self._compared(clause)
            self._trains(clause)
            self._favoured(clause)
            self._lacks(clause)
        return self.found

    def _triggers(self, clause: Span) -> None:
        """性能超越GPT-4o, 不及DeepSeek, 可对标X, 超过Sora的可灵."""
        regex, entries = triggers()
        for m in regex.finditer(self.norm, *clause):
            if any(x.start <= m.start() < x.end for x in self.mentions):
                continue
            against = self.objects(m.end(), clause[1])
            ratio = _RATIO.match(self.norm, after(self.norm, against[-1])) if against else None
            if not against or ratio and (ratio.group(2) or self.norm.startswith("的", after(self.norm, against[-1]))):
                continue
            if _WISHES.search(self.norm, clause[0], m.start()):
                continue
            if m.group() == "超" and against[0].start - m.end() > SHORT_GAP:
                continue  # 超低功耗的X
            if re.search(r"被(?!问)[^,]{0,12}$", self.norm[clause[0] : m.start()]):
                continue
            entry = entries[(m.lastindex or 1) - 1]
            subject = self.relative(against[-1], clause)
            if subject is None and self.unnamed(against[-1], clause):
                continue
            subject = subject or self.subject(m.start(), clause)
            dimension, axis = self.dimension(clause[0], m.start(), m.group())
            above, below = AXES[axis]
            direction = {"above": above, "below": below, "equal": "equal"}[entry["rank"]]
            self.add(subject, direction, against, dimension, entry["id"], m.start(), clause)

    def _passive(self, clause: Span) -> None:
        """X被Y超越: X stands below Y."""
        regex, entries = triggers()
        for m in re.finditer("被", self.norm[clause[0] : clause[1]]):
            at = clause[0] + m.start()
            against = self.objects(at + 1, clause[1])
            trigger = regex.match(self.norm, against[-1].end, clause[1]) if against else None
            if trigger and entries[(trigger.lastindex or 1) - 1]["rank"] == "above":
                dimension, axis = self.dimension(clause[0], at)
                self.add(self.subject(at, clause), AXES[axis][1], against, dimension, "cmp.passive", at, clause)

    def _beside(self, clause: Span) -> None:
        """与GPT-4o相当, 可与之同处第一梯队."""
        for m in with_triggers().finditer(self.norm, *clause):
            noun = re.compile(r"的(?=[^,。;:])").match(self.norm, m.end(), clause[1])
            if noun and not dimensions()[0].search(self.norm, m.end(), clause[1]):
                continue  # a thing like the object, not the subject
            if self._beside_it(m, clause):
                continue
            before = [x for x in self.mentions if clause[0] <= x.start and x.end <= m.start()]
            for x in before:
                opened = _BESIDE.search(self.norm[clause[0] : x.start])
                if not opened or m.start() - before[-1].end > 14:
                    continue
                at = clause[0] + opened.start()
                against = self.objects(x.start, m.start())
                dimension, _ = self.dimension(*clause)
                subject = self.subject(at, clause)
                self.add(subject, "equal", against, dimension, "cmp.equal.with", m.start(), clause)
                break

    def _beside_it(self, m: re.Match[str], clause: Span) -> bool:
        """与之相当: 之 is what the subject was measured against before."""
        if not _BESIDE_IT.search(self.norm[clause[0] : m.start()]):
            return False
        earlier = [x for x in self.mentions if x.end <= clause[0]]
        dimension, _ = self.dimension(clause[0], m.start())
        if self.found:
            last = self.found[-1]
            self.add(last.subject, "equal", [last.object], dimension, "cmp.equal.it", m.start(), clause)
        elif earlier:
            self.add(self.topic, "equal", earlier[-1:], dimension, "cmp.equal.it", m.start(), clause)
        return True

    def _ratios(self, clause: Span) -> None:
        """X的成本仅为Y的二十分之一, X是Y的6倍."""
        for index, x in enumerate(self.mentions):
            if not clause[0] <= x.start < clause[1]:
                continue
            measured = _MEASURED.match(self.norm, x.end, clause[1])
            verb = _MEASURES.search(self.norm[clause[0] : x.start])
            if not measured or not verb or re.search(r"[是为了有占达获增降持]|\d\s*[万亿美元]", measured.group(1)):
                continue
            ratio = _RATIO.match(self.norm, measured.end(), clause[1])
            ahead = ratio and ratio.group(1) and "的" not in self.norm[x.end : ratio.start(1)]
            if ratio and not (ahead and verb.group().startswith("超过")):  # 超过Y 8.7%: ahead by so much
                at = clause[0] + verb.start()
                self._ratio(self.subject(at, clause), head(self.norm, self.mentions, index), ratio, clause, at)

    def _ratio_of_it(self, clause: Span) -> None:
        """训练成本仅为其二十分之一, after 相对于Y."""
        m = _OF_IT.search(self.norm, *clause)
        ratio = _RATIO.match(self.norm, m.end(), clause[1]) if m else None
        if not m or not ratio:
            return
        earlier = [x for x in self.mentions if x.end <= clause[0]]
        against = [x for x in earlier if _COMPARED.search(self.norm[self.span[0] : x.start])] or earlier[-1:]
        if against:
            self._ratio(self.subject(m.start(), clause), against[-1], ratio, clause, m.start())

    def _ratio(
        self, subject: EntityMention | None, x: EntityMention, ratio: re.Match[str], clause: Span, at: int
    ) -> None:
        dimension, axis = self._of_ratio(ratio, clause, at)
        above, below = AXES["size" if dimension == "overall" else axis]
        self.add(subject, below if ratio.group(1) else above, [x], dimension, "cmp.ratio", at, clause)

    def _of_ratio(self, ratio: re.Match[str], clause: Span, at: int) -> tuple[str, str]:
        """What a ratio is of: the noun before it, after it (十分之一的成本), or of the clause before (论性能,…)."""
        dimension, axis = self.dimension(clause[0], ratio.start(), nearest=at)
        index = self.clauses.index(clause)
        if dimension == "overall" and self.norm.startswith("的", ratio.end()):
            dimension, axis = self.dimension(ratio.end(), min(clause[1], ratio.end() + AFTER_RATIO))
        before = self.clauses[index - 1] if index else clause
        if dimension == "overall" and before[1] - before[0] <= SHORT_CLAUSE:
            dimension, axis = self.dimension(*before)
        return dimension, axis

    def _favoured(self, clause: Span) -> None:
        """虽然有X、Y等工具,但我最喜欢的还是Z: Z is better than each."""
        m = _FAVOURED.search(self.norm, *clause)
        best = self.objects(m.end(), clause[1]) if m else []
        if not m or not best or not self.clauses.index(clause):
            return
        last = self.clauses[self.clauses.index(clause) - 1]
        opened = next((x for x in self.clauses if _THERE_ARE.search(self.norm, *x) and x[0] < clause[0]), None)
        kinds = (best[0].type, "Product", "Model")
        others = [x for x in self.mentions if opened and opened[0] <= x.start < last[1]]
        others = [x for x in others if x.entity != best[0].entity and x.type in kinds]
        if len(others) >= 2:
            self.add(best[0], "better", others, "overall", "cmp.favoured", m.start(), clause)

    def _lacks(self, clause: Span) -> None:
        """它没有X那样的地位, 也不具备Y的统治力: worse than X, Y."""
        m = _LACKS.search(self.norm, *clause)
        against = self.objects(m.end(), clause[1]) if m else []
        subject = self.subject(m.start(), clause) if m and against else None
        if not m or subject is None or self.span[0] - subject.start > NEAR:
            return
        if _STANDING.fullmatch(self.norm, against[-1].end, clause[1]):
            self.add(subject, "worse", against, "overall", "cmp.lacks", m.start(), clause)

    def _like(self, clause: Span) -> None:
        """以1/50的价格提供了GPT-4类似的性能: cheaper, and equal."""
        m = _LIKE_CHEAP.search(self.norm, *clause)
        against = self.objects(m.end(), clause[1]) if m else []
        if not m or not against:
            return
        subject = self.subject(m.start(), clause)
        self.add(subject, "cheaper", against, "price", "cmp.like.cheaper", m.start(), clause)
        if like_words().match(self.norm, against[-1].end, clause[1]):
            dimension, _ = self.dimension(against[-1].end, clause[1])
            self.add(subject, "equal", against, dimension, "cmp.like", m.start(), clause)

    def _compared(self, clause: Span) -> None:
        """比GPT-4更强, 与GPT-4相比更便宜; 相比GPT-4,X更快."""
        for index, x in enumerate(self.mentions):
            lead = _COMPARED.search(self.norm[clause[0] : x.start]) if clause[0] <= x.start < clause[1] else None
            if not lead:
                continue
            rest = self.norm[x.end : clause[1] + 1]
            if lead.group()[0] in "与和跟同" and not _COMPARED_AFTER.match(rest):
                continue
            self._than(lead.group(), clause[0] + lead.start(), head(self.norm, self.mentions, index), clause)

    def _than(self, word: str, at: int, against: EntityMention, clause: Span) -> None:
        regex, table = adjectives()
        end = self._following(clause)[1] if _SPANS_CLAUSES.search(word) else clause[1]
        adjective = regex.search(self.norm, after(self.norm, against), end)
        if not adjective or adjective.end() - against.end > MAX_REACH or against.start > clause[1]:
            return
        if (
            _OF_NOUN.match(self.norm, adjective.end(), clause[1])
            and self.relative_after(adjective.end(), clause) is None
            and not _IS.search(self.norm[clause[0] : at])
        ):
            return
        direction = self.direction(table[adjective.group(1)], against.end, adjective.start(), clause)
        if direction is None:
            return
        if word.startswith("没有"):
            direction = _LESS.get(direction, direction)
        if word.startswith("不比"):
            direction = "equal"
        later = [y for y in self.mentions if against.end < y.start < adjective.start()]
        subject = later[0] if later and later[0].start >= clause[1] else None
        subject = subject or self.relative_after(adjective.end(), clause) or self.subject(at, clause)
        objects = self.objects(against.start, clause[1]) or [against]
        dimension, _ = self.dimension(against.end, end)
        self.add(subject, direction, objects, dimension, "cmp.than", at, clause)

    def _trains(self, clause: Span) -> None:
        """其计算量足可训练X 15次: larger in compute."""
        m = _TRAINS.search(self.norm, *clause)
        against = self.objects(m.end(), clause[1]) if m else []
        if m and against and _TIMES.match(self.norm, against[-1].end, clause[1]):
            self.add(self.subject(m.start(), clause), "larger", against, "compute", "cmp.trains", m.start(), clause)

    def _following(self, clause: Span) -> Span:
        index = self.clauses.index(clause)
        return self.clauses[min(index + 1, len(self.clauses) - 1)]
