"""Frames of comparison with a measure: ratios (X是Y的6倍), 比 and 相比 with their adjectives, things left behind."""

from __future__ import annotations

import re

from kg.claims.clauses import Span
from kg.claims.comparands import (
    AXES,
    Found,
    adjectives,
    after,
    broken,
    comparable,
    dimensions,
    head,
    objects,
    other_head,
)
from kg.claims.comparison_subjects import Subjects
from kg.document import EntityMention

AFTER_RATIO = 8  # characters after 十分之一 in which stands what it is of
SHORT_CLAUSE = 10  # characters of a clause such as 论性能
MAX_THAN = 18  # characters from the object of 比 to its adjective
MAX_REACH = 60  # characters from the object of 相比 to its adjective, in the clause after it too

_FRACTION = (
    r"(?:<?\d+(?:\.\d+)?\s*%|百分之[一二三四五六七八九十百零点]+|\d+\s*/\s*\d+"
    r"|[一二三四五六七八九十百千万两]+分之[一二三四五六七八九十百]+|[一二三四五六七八九]成|一半|零头|几分之一)"
)
_MULTIPLE = (
    r"(?:(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+|数[十百千万]|几[十百千万]?|近?[十百千]余?)(?:多|余|来)?倍)"
)
RATIO = re.compile(rf"(?:了|近|约|大约|大概|至少|超过|不到|仅|只|将近|不足|的|\s)*(?:({_FRACTION})|({_MULTIPLE}))")
_MEASURES = re.compile(
    r"(?:是|(?<![因认作称视成])为|达|达到|达到了|只有|仅有|仅为|不到|不足|相当于|只需|仅需|只要|低至|降至|约为|约|超过|近|高达|有|仅|只|占(?!用|据))"
    r"(?:了|约|为|到|是)*(?:[^,。;:比]{0,14})?$"
)
_MEASURED = re.compile(rf"\s*[》”]?\s*(?:的)?([^,。;:、的]{{0,16}}?)(?:的)?(?={RATIO.pattern})")
# What one would like to outdo is not outdone.
WISHES = re.compile(
    r"(?:是要|尝试|试着|为了|目标是|旨在|力图|努力|打算|计划|梦想|机会|希望|可以?尝试|能否|如何|想要?|企图|试图|(?<!所)需要|必须|很难)[^,]{0,10}$"
)
_OF_IT = re.compile(rf"(?:仅为|只有|仅有|只是|不到|为|是|不足|相当于)(?:其|后者|前者)(?:的)?(?={RATIO.pattern})")
_STAKE = re.compile(r"的?(?:股权|股份|股票|持股|所有权|份额被)")
_AMOUNT = re.compile(r"的\d[^,]{0,12}(?:美金|美元|元|亿|万)$")  # 给出的200亿美金,是X收入的50倍: the amount is
_LEAD = re.compile(
    r"(?:与|和|跟|同|比起|相比于|相比较?|相较于|相较|较之|较(?![为大高低小多少好强])|比(?!如|方|例|拟|特|赛|亚|重|尔|利|肩|邻|喻|分|价|较)"
    r"|相对于|对比于|(?<![\u4e00-\u9fff])对比|不同于|没有|不比)(?:于|起)?[^,。;:“”]{0,14}$"
)
_COMPARED_AFTER = re.compile(r"[^,。;:]{0,14}(?:相比|比起来|比较起来|对比来看|不同(?=,)|比(?=,|更|还))")
_SPANS_CLAUSES = re.compile(r"相|对比|起|较|[与和跟同]")
_MARKED = re.compile(
    r"更|要|显著|明显|大幅|略|稍|有所|远|得多|许多|不少|一些|\d|倍|提升|提高|降低|减少|下降|改进|优势|进步|差距|超|比较|还是|不足|逊"
)
_SO_MUCH = re.compile(r"\s*(?:那么|这么|那样|这样)(?!的)[\u4e00-\u9fff]{1,3}(?:[,。;!]|$)")
_BY = re.compile(
    r"(?:了|约|近|至少|超过|到|至|原来|此前|之前|上一代|前代|的|得)*\s*"
    r"(?:\d|一半|[一二两三四五六七八九十几数百千]+(?:[成倍]|分之)|一大截|不少|许多|多)"
)
_NOT_SO = re.compile(r"(?:不会|不一定|未必|并非|不见得|不可能|不能)[^,。;:]{0,2}$")
_NOT = re.compile(r"[不没无](?:显得|太|算|会)?$")
_OF_THINGS = re.compile(r"的(?=[\u4e00-\u9fff])(?!是|多)")  # 支持更长的视频
_OF_TWO = re.compile(r"(?:而|但|不过|其中)?(前者|后者)")
_TOO = re.compile(r"(?:而且|并且|同时|[也且还但])*(?=更)")
_FAVOURS = re.compile(
    r",[^,。;:]{0,8}更(?:加|为)?(?:喜欢|推荐|看好|青睐|偏爱|偏好|倾向于?|愿意)(?:使用|用|选择)?[^,。;:]{0,4}$"
)
_COSTS = re.compile(
    r"(?:花费?了?|耗资|斥资|售价|定价|只要|只需|仅需|每[月年天次]|每[百千]?万?(?:输入|输出)?[Tt]okens?)[^,。;:]{0,8}\d[\d.]*[多余]?[万亿]?(?:美元|美金|元|人民币)"
)
MAX_LEAD = 40  # characters before a name in which the words are that set something against it
MAX_STILL = 20  # characters of a clause that goes on with a comparison
_MEASURE = re.compile(r"(?:了|近|约)*(?:[\d.]+|[一二两三四五六七八九十几数]+)[万千百亿]?[倍%成]|得多|很多|不少")
_MORE = re.compile(r"功能|特性|优势|能力|选择|亮点")
_ALSO = re.compile(r"(?:得多|很多|不少|许多|一些)?[,、且也还而并同时]{0,4}[\u4e00-\u9fff]{0,6}?(?=更)")
_OF_NOUN = re.compile(r"的(?![,。;:]|$)")
_IS = re.compile(r"是|为|成为|推出|发布")
_SAID_BY = {"cheaper": "price", "dearer": "price", "faster": "speed", "slower": "speed"}  # words that say of what
_LESS = {"better": "worse", "larger": "smaller", "faster": "slower", "cheaper": "dearer", "dearer": "cheaper"}


class Frames(Subjects):
    """The frames of one sentence that measure one thing by another."""

    def add(
        self,
        found_subjects: list[EntityMention],
        direction: str,
        against: list[EntityMention],
        dimension: str,
        rule: str,
        at: int,
        clause: Span,
    ) -> None:
        """Keep a comparison of each subject with each object, once for each direction and dimension."""
        dimension = _SAID_BY.get(direction, dimension) if dimension == "overall" else dimension
        for subject in found_subjects:
            for o in against:
                if subject.entity == o.entity or not comparable(subject, o):
                    continue
                if (subject.entity, o.entity) in self.owned or (o.entity, subject.entity) in self.owned:
                    continue
                new = Found(subject, direction, o, dimension, rule, at, clause)
                if not any(_key(f) == _key(new) for f in self.found):
                    self.found.append(new)

    def objects(self, start: int, clause: Span, end: int | None = None) -> list[EntityMention]:
        """The things right after a trigger that ends at `start`; those before `end` where one is given."""
        if end is not None:
            return objects(self.norm, self.mentions, start, (clause[0], end), clause, self.known)
        return objects(self.norm, self.mentions, start, clause, self.following(clause), self.known)

    def following(self, clause: Span) -> Span:
        """The clause after, or the clause itself where it is the last."""
        index = self.clauses.index(clause)
        return self.clauses[min(index + 1, len(self.clauses) - 1)]

    def before(self, clause: Span) -> Span | None:
        """The clause before."""
        index = self.clauses.index(clause)
        return self.clauses[index - 1] if index else None

    def dimension(self, start: int, end: int, nearest: int | None = None) -> tuple[str, str]:
        """What is compared, and its axis: the noun nearest before the end; of no noun it is the whole."""
        regex, table = dimensions()
        found = list(regex.finditer(self.norm, start, end))
        if nearest is not None:
            found = [m for m in found if m.end() <= nearest] or found
        return table[found[-1].group()] if found else ("overall", "quality")

    def ratios(self, clause: Span) -> None:
        """X的成本仅为Y的二十分之一, X是Y的6倍."""
        for index, x in enumerate(self.mentions):
            if not clause[0] <= x.start < clause[1]:
                continue
            measured = _MEASURED.match(self.norm, x.end, clause[1])
            begin = max(clause[0], x.start - MAX_LEAD)
            verb = self._measures(begin, x.start)
            if (
                not measured
                or not verb
                or re.search(r"[是为了有占达获增降持跌涨升]|\d\s*[万亿美元]", measured.group(1))
            ):
                continue
            ratio = RATIO.match(self.norm, measured.end(), clause[1])
            if ratio and _STAKE.match(self.norm, ratio.end()):
                continue
            ahead = ratio and ratio.group(1) and "的" not in self.norm[x.end : ratio.start(1)]
            before = self.before(clause)
            ahead = ahead or ratio and ratio.group().endswith("%") and before and "%" in self.norm[slice(*before)]
            if ratio and not (ahead and verb.group().startswith("超过")):  # 超过Y 8.7%: ahead by so much
                latter = x.kind != "name" and self.norm.startswith("后者", x.start) and self.found
                against = self.found[-1].object if latter else head(self.norm, self.mentions, index)
                self._ratio(against, ratio, clause, verb.start())

    def _measures(self, start: int, end: int) -> re.Match[str] | None:
        """The verb of a measure before a name (是, 仅为), no part of another name (英伟达)."""
        verb = _MEASURES.search(self.norm, start, end)
        while verb and any(x.start <= verb.start() < x.end for x in self.mentions):
            verb = _MEASURES.search(self.norm, verb.start() + 1, end)
        return verb

    def ratio_of_it(self, clause: Span) -> None:
        """训练成本仅为其二十分之一, after 相对于Y."""
        m = _OF_IT.search(self.norm, *clause)
        ratio = RATIO.match(self.norm, m.end(), clause[1]) if m else None
        if not m or not ratio:
            return
        earlier = [x for x in self.mentions if x.end <= clause[0]]
        against = [x for x in earlier if _LEAD.search(self.norm[self.span[0] : x.start])] or earlier[-1:]
        if against:
            self._ratio(against[-1], ratio, clause, m.start())

    def _ratio(self, x: EntityMention, ratio: re.Match[str], clause: Span, at: int) -> None:
        before = self.before(clause)
        if WISHES.search(self.norm, clause[0], at):
            return
        if at - clause[0] <= 1 and before and _AMOUNT.search(self.norm[slice(*before)]):
            return
        dimension, axis = self._of_ratio(ratio, clause, at)
        above, below = AXES["size" if dimension == "overall" else axis]
        direction = below if ratio.group(1) else above
        self.add(self.subjects(at, clause, [x]), direction, [x], dimension, "cmp.ratio", at, clause)

    def _of_ratio(self, ratio: re.Match[str], clause: Span, at: int) -> tuple[str, str]:
        """What a ratio is of: the noun before it, after it (十分之一的成本), or of the clause before (论性能,…)."""
        dimension, axis = self.dimension(clause[0], ratio.start(), nearest=at)
        if dimension == "overall" and self.norm.startswith("的", ratio.end()):
            dimension, axis = self.dimension(ratio.end(), min(clause[1], ratio.end() + AFTER_RATIO))
        before = self.before(clause)
        if dimension == "overall" and before and (before[1] - before[0] <= SHORT_CLAUSE or at - clause[0] <= 1):
            dimension, axis = self.dimension(*before)
        if dimension == "overall" and before and at - clause[0] <= 1 and _COSTS.search(self.norm, *before):
            return "price", "cost"
        return dimension, axis

    def compared(self, clause: Span) -> None:
        """比GPT-4更强, 与GPT-4相比更便宜; 相比GPT-4,X更快."""
        for index, x in enumerate(self.mentions):
            begin = max(clause[0], x.start - MAX_LEAD)
            lead = _LEAD.search(self.norm[begin : x.start]) if clause[0] <= x.start < clause[1] else None
            if not lead:
                continue
            word, gap = lead.group(), self.norm[begin + lead.start() : x.start]
            if _NOT_SO.search(self.norm[begin : begin + lead.start()]):
                continue
            if word[0] in "与和跟同" and not _COMPARED_AFTER.match(self.norm, x.end, min(clause[1] + 1, self.span[1])):
                continue
            if (
                word.startswith("没有")
                and (len(gap) > 4 or "像" in gap)
                or word[0] == "比"
                and re.search(r"在|用|做|是|[,以]", gap)
            ):
                continue
            if re.search(r"收购|投资|购买|使用|采用|训练", gap):
                continue
            self._than(word, begin + lead.start(), head(self.norm, self.mentions, index), clause)

    def _than(self, word: str, at: int, against: EntityMention, clause: Span) -> None:
        chosen = self._favoured_over(word, against, clause)
        if chosen:
            self.add(chosen, "better", [against], "overall", "cmp.than", at, clause)
            return
        if word.startswith("没有") and _SO_MUCH.match(self.norm, against.end, clause[1]):
            less = self.less(against, clause) or "worse"
            self.add(self.subjects(at, clause, [against]), less, [against], "overall", "cmp.than", at, clause)
            return
        regex, table = adjectives()
        wide = bool(_SPANS_CLAUSES.search(word))
        end = self.following(self.following(clause))[1] if wide else clause[1]
        start = after(self.norm, against)
        reach = min(end, against.end + (MAX_REACH if wide else MAX_THAN))
        adjective = self._marked(start, reach) if wide else regex.search(self.norm, start, reach)
        if not adjective or broken(self.norm, against) or other_head(self.norm, against, self.known):
            return
        measure = _MEASURE.match(self.norm, adjective.end(), clause[1])
        position = measure.end() if measure else adjective.end()
        described = self.relative_after(position, clause)
        of_noun = _OF_NOUN.match(self.norm, position, clause[1]) and described is None
        if of_noun and not wide and not _IS.search(self.norm[clause[0] : at]):
            return
        later = [y for y in self.mentions if against.end < y.start < adjective.start() and y.start >= clause[1]]
        against_all = self.objects(against.start, clause) or [against]
        of_two = _OF_TWO.match(self.norm, *self.following(clause)) if wide else None
        if of_two and of_two.group(1) == "后者":
            chosen, against_all = [against], self.subjects(at, clause, against_all)
        elif later and not of_two:
            chosen = [head(self.norm, self.mentions, self.mentions.index(later[0]))]
        else:
            chosen = [described] if described else self.subjects(at, clause, against_all)
        begin: int = against.end
        while adjective:
            direction = self.direction(table[adjective.group(1)], begin, adjective, clause)
            if direction and word.startswith("没有"):
                direction = _LESS.get(direction, direction)
            if _NOT.search(self.norm[begin : adjective.start(1)]):
                direction = "equal" if direction == "worse" else None
            if direction:
                direction = "equal" if word.startswith("不比") else direction
                dimension, _ = self.dimension(begin, end if begin == against.end else adjective.start())
                self.add(chosen, direction, against_all, dimension, "cmp.than", at, clause)
            begin = adjective.end()
            also = _ALSO.match(self.norm, begin, end)
            adjective = regex.match(self.norm, also.end(), end) if also else None

    def _marked(self, start: int, end: int) -> re.Match[str] | None:
        """The first adjective that a word such as 更 or 显著 makes a comparative."""
        for m in adjectives()[0].finditer(self.norm, start, end):
            if _MARKED.search(self.norm, max(start, m.start() - 6), min(end, m.end() + 5)):
                return m
        return None

    def _favoured_over(self, word: str, against: EntityMention, clause: Span) -> list[EntityMention]:
        """比起X,我更喜欢Y: Y."""
        following = self.following(clause)
        if not _SPANS_CLAUSES.search(word) or following == clause:
            return []
        later = [y for y in self.mentions if following[0] <= y.start < following[1]][:1]
        return [y for y in later if _FAVOURS.search(self.norm[against.end : y.start])]

    def still(self, clause: Span) -> None:
        """X比Y快两倍,价格便宜50%: the clause after a comparison goes on with the same two."""
        index = self.clauses.index(clause)
        last = self.found[-1] if self.found else None
        if last is None or last.clause not in self.clauses[max(0, index - 2) : index]:
            return
        if clause[1] - clause[0] > MAX_STILL or re.search("前者|后者", self.norm[slice(*clause)]):
            return
        if any(last.clause[1] < x.start < clause[1] and x.entity != last.subject.entity for x in self.mentions):
            return
        regex, table = adjectives()
        noun = dimensions()[0].search(self.norm, *clause)
        too = _TOO.match(self.norm, *clause)
        begin = noun.end() if noun else too.end() if too else None
        adjective = regex.search(self.norm, begin, clause[1]) if begin is not None else None
        measured = adjective and _BY.match(self.norm, adjective.end(), clause[1])
        if not adjective or not measured and "更" not in self.norm[clause[0] : adjective.end()]:
            return
        direction = self.direction(table[adjective.group(1)], clause[0], adjective, clause)
        pair = [f for f in self.found if f.clause == last.clause]
        if direction and not any(f.direction == direction for f in self.found):
            dimension, _ = self.dimension(*clause)
            for f in pair:
                self.add([f.subject], direction, [f.object], dimension, "cmp.than.still", adjective.start(), clause)

    def direction(self, direction: str, start: int, adjective: re.Match[str], clause: Span) -> str | None:
        """高 and 低 by what is high or low: a price is dearer, a speed faster; None where nothing is named."""
        if direction not in ("high", "low"):
            return direction
        regex, word = dimensions()[0], adjective.group(1)
        if word == "多" and _MORE.match(self.norm, adjective.end()):
            return "better"
        before = self.before(clause)
        if owned := re.compile(f"的?{regex.pattern}").match(self.norm, adjective.end()):  # 更多用户
            return AXES[self.dimension(*owned.span())[1]][0 if direction == "high" else 1]
        for span in ((start, adjective.start()), (clause[0], start), before or (start, start)):
            if regex.search(self.norm, *span):
                return AXES[self.dimension(*span)[1]][0 if direction == "high" else 1]
        if word in ("提升", "提高", "改进", "进步") or word in "长多" and _OF_THINGS.match(self.norm, adjective.end()):
            return "better"
        if word in ("多", "大", "长", "庞大", "多出"):
            return "larger"
        return "smaller" if word in ("少", "小", "轻", "短") else None

    def less(self, against: EntityMention, clause: Span) -> str | None:
        """The direction of an adjective of which the subject has less: 不如X贵."""
        regex, table = adjectives()
        m = regex.match(self.norm, against.end, clause[1]) or re.compile("那[么样]").match(self.norm, against.end)
        m = regex.match(self.norm, m.end(), clause[1]) if m and not m.lastindex else m
        return _LESS.get(table[m.group(1)]) if m and m.lastindex else None


def _key(f: Found) -> tuple[Span, str, str, str, str]:
    return f.clause, f.subject.entity, f.object.entity, f.direction, f.dimension
