"""Comparisons: who is set against whom, on which dimension, in which direction. One claim for each object."""

from __future__ import annotations

import re

from kg.claims.attribution import Attribution
from kg.claims.clauses import Span, paragraphs, segments, sentences
from kg.claims.comparands import (
    AXES,
    COMPARABLE,
    Found,
    after,
    alike,
    axis_of,
    comparable_mentions,
    dimensions,
    like_words,
    owners,
    triggers,
    with_triggers,
)
from kg.claims.comparison_frames import RATIO, WISHES
from kg.claims.comparison_places import Places
from kg.claims.comparison_subjects import MAX_BACK
from kg.document import AnnotatedArticle, EntityMention
from kg.record import Comparison

SHORT_GAP = 2  # characters between 超 and its object
_HEADLINES = ("title", "heading")  # whose sentences leave out what the next one names: 超越X!Y发布Z
_ADVERBS = " 也还并且而但更远已经一举大幅"
SHORT_LEAD = 4  # characters before a trigger that is still of the dimension of the clause before
MAX_EVIDENCE = 120  # characters
NEAR = 120  # characters back to what 它 stands for

_LIKE_CHEAP = re.compile(
    r"以(?:仅|只|不到|约|低至|仅需|只需|不足|大约)*的?[\d一二三四五六七八九十百千万两几/%.分之成半]+的?(?:价格|成本|费用|代价|价钱)"
    r"[^,。;:]{0,10}(?:提供|实现|达到|做到|获得|拿下|取得)(?:了|到)?"
)
_LEVEL = re.compile(r"(?:达到|做到|实现|具备|拥有|提供|带来|展现出|呈现出|交出)(?:了|与)?")
_OF_LEVEL = re.compile(
    r"\s*(?:正式版|满血版|预览版|早期版本|系列|大模型|模型)?(?:的)?(?:同等|同样|同级|相同|一样|级|级别|相当)?的?(?:水平|水准|级别|性能|效果|能力|表现)(?![\u4e00-\u9fff]{0,4}(?:倍|分之|\d))"
)
_BESIDE = re.compile(r"(?:与|和|跟|同)\s*(?:[^,。;:与和]{0,10}?)$")
_THE_ONE = re.compile(r"(?:是|作为|成为)[^,。;:]{0,8}(?:唯一|少数|首个|第一个|一[个款家种])[^,。;:]{0,6}[与和跟同]")
_CANNOT = re.compile(r"(?:不能|无法|难以|没法|不可|很难|不足以|未能|没有|尚不|还不)[^,。;:]{0,3}$")
_BESIDE_IT = re.compile(r"[与和跟同](?:之|其|后者)[^,]{0,4}$")
_BOTH = re.compile(
    r"(?:两者|二者|双方|两家|两款|这?两[个款家种](?:推理|大|开源)?(?:模型|产品|公司|工具|芯片)?)[^,。;:]{0,12}$"
)
_TRAINS = re.compile(r"(?:计算量|算力|资源)[^,。;:]{0,4}(?:足可|足以|可以|可|够|足够)训练")
_TIMES = re.compile(r"[^,。;:]{0,6}[\d一二两三四五六七八九十数多]+[多余]?(?:次|遍|回)")
_BETTER = re.compile("[强优好]于")  # says of what it is
_BOUGHT = re.compile(r"的(?:价格|估值|溢价|报价)[^,。;:]{0,4}(?:收购|购买|买|出售|卖|融资|增发|发行)")
_FAVOURED = re.compile(
    r"最(?:喜欢|喜爱|好用|好|爱|推荐|看好|满意|强|强大|优秀|出色|顺手|靠谱|常用|准确)[^,。的]{0,4}的?(?:还是|仍然是|仍是|依然是|始终是|当属|要数|莫过于)"
)
_THERE_ARE = re.compile(
    r"(?:虽然|尽管|即使|市面上|市场上|已经有|已有|有了|有很多|有许多|用过|试过|除了|比如|比方说|例如)"
)
_NEGATIVE = re.compile(r"[不没既毫缺]")
_LACKS = re.compile(r"(?:既?没有|不具备|并不具备|不拥有|缺乏)")
_STANDING = re.compile(
    r"[^,。;:]{0,24}的[^,。;:的]{0,8}?"
    r"(?:地位|统治力|影响力|实力|能力|优势|规模|知名度|光环|技术|积累|底蕴|资源|名气|人气|体量|号召力|生态|水平|声望|话语权)[。!;]?"
)
_HEADED = re.compile(r"\s*[》”]?\s*(?:等[^,。的]{0,10})?的[^,。;:、是为]{1,8}")
_COPULA = re.compile(r"是|成为|作为|推出|发布|训练|打造|开源|研发|实现|达到|获得|拥有|具备|取得|稳固|巩固|其")
_COULD = re.compile(r"(?:能够?|可以|足以|想要?)[^,。;:]{0,3}(?:训练|做|造|研发|开发|推出|打造|实现)")  # by anybody
_PASSIVE = re.compile(r"被(?!问|认|称|誉|评|视|公认|普遍|广泛|外界|业界|业内)[^,]{0,12}$")
_BEATEN = re.compile(r"[^,。;:]{0,8}?(?:打得|甩在|甩开|抛在|拉开|按在地|比了?下去|踩在|秒了|秒成|虐|血洗)")
_BECOMES = re.compile(r"(?:一举|从而|随后|首次)?(?:成为|登顶|跃居)[^,。;:]{0,16}?最[高大多]")
_NUMBERED = re.compile(r"(?:超过|远超|超出|高于|低于|多于|少于|大于|小于|不及|仅次于|超越|领先|反超|落后)")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:多|余)?\s*(?:万|亿|美元|美金|元|人(?!工)|次|台)")
_MARK = re.compile(r"[,;。!?](?!\d)")
_AFTER_OBJECT = 14  # characters after an object in which stands what of it is meant: X的1300万用户


def find_comparisons(a: AnnotatedArticle, attribution: Attribution) -> list[Comparison]:
    """The comparisons of an article between its models, products, organisations and pieces of hardware."""
    if not any(m.type in COMPARABLE for m in a.mentions):
        return []
    norm = a.article.norm
    owned = owners(norm, a.mentions)
    found: list[Found] = []
    recent: list[EntityMention] = []
    for p in paragraphs(a.article):
        cuts = sentences(norm, p.start, p.end, p.quotes)
        for span in [(p.start, p.end)] if p.kind in _HEADLINES and len(cuts) > 1 else cuts:
            mentions = comparable_mentions(a, *span)
            recent = recent if recent and recent[0].start >= span[0] - MAX_BACK else []
            if mentions:
                clauses = [c for cut in cuts if span[0] <= cut[0] < span[1] for c in segments(norm, *cut, ())]
                reader = _Reader(a, span, clauses, mentions, recent, owned, p.kind in _HEADLINES)
                found += reader.read()
                recent = reader.about() or recent
    return [_claim(a, attribution, c) for c in found]


def _claim(a: AnnotatedArticle, attribution: Attribution, c: Found) -> Comparison:
    modality = attribution.modality(c.at, c.at + 1)
    if modality == "denied" and _NEGATIVE.match(a.article.norm, c.at):
        modality = "asserted"  # 并不亚于X says something, and denies nothing
    return Comparison(
        subject=c.subject.entity,
        direction=c.direction,
        object=c.object.entity,
        dimension=c.dimension,
        holder=attribution.holder(c.at),
        modality=modality,
        evidence=a.article.evidence(*_quoted(a, c)),
        rule=c.rule,
    )


def _quoted(a: AnnotatedArticle, c: Found) -> Span:
    """The clause of a comparison with those of its sentence that name its two sides, where that is not too long."""
    norm, (low, high) = a.article.norm, c.clause
    sentence = a.article.sentences[a.article.sentence_index(c.at)]
    for side in (c.subject, c.object):
        if sentence.start <= side.start and side.end <= sentence.end:
            begins = max((m.end() for m in _MARK.finditer(norm, sentence.start, side.start)), default=sentence.start)
            ends = _MARK.search(norm, side.end, sentence.end)
            start, end = min(low, begins), max(high, ends.start() if ends else sentence.end)
            low, high = (start, end) if end - start <= MAX_EVIDENCE else (low, high)
    return low, high


class _Reader(Places):
    """Reads the comparisons of one sentence, frame by frame and clause by clause."""

    def read(self) -> list[Found]:
        for clause in self.clauses:
            self.ratios(clause)
            self.ratio_of_it(clause)
            self._like(clause)
            self._triggers(clause)
            self._passive(clause)
            self._beside(clause)
            self.compared(clause)
            self.still(clause)
            self.places(clause)
            self._level(clause)
            self._trains(clause)
            self.most(clause)
            self.figures(clause)
            self.followers(clause)
            self.stand_ins(clause)
            self.latter(clause)
            self.rather(clause)
            self._favoured(clause)
            self._lacks(clause)
        self.ranks()
        return self.found

    def about(self) -> list[EntityMention]:
        """What the sentence is about, the likeliest last: for a sentence after it that leaves its subject out."""
        topics = [x for c in self.clauses for x in [self.leads(c)] if x]
        if not topics and len({x.entity for x in self.mentions}) == 1:
            topics = [x for x in self.mentions[-1:] if self.stands(x, self.span[1])]
        return [*topics[::-1], *(f.subject for f in self.found[:1])]

    def _triggers(self, clause: Span) -> None:
        """性能超越GPT-4o, 不及DeepSeek, 可对标X, 超过Sora的可灵."""
        regex, entries, unless = triggers()
        for m in regex.finditer(self.norm, *clause):
            if any(x.start <= m.start() < x.end for x in self.known):
                continue
            rank = (m.lastindex or 1) - 1
            if unless[rank].match(self.norm, m.end()) and all(x.start != m.end() for x in self.mentions):
                continue
            against = self.objects(m.end(), clause)
            if not against or self._share(against[-1], clause) or regex.search(self.norm, m.end(), against[0].start):
                continue
            if WISHES.search(self.norm, clause[0], m.start()) or _PASSIVE.search(self.norm[clause[0] : m.start()]):
                continue
            if _BOUGHT.match(self.norm, against[-1].end, clause[1]):
                continue  # 以高于X的价格收购Y
            if m.group() == "超" and against[0].start - m.end() > SHORT_GAP:
                continue  # 超低功耗的X
            entry = entries[rank]
            if entry["id"] == "cmp.replaces" and not _BECOMES.match(self.norm, *self.following(clause)):
                continue
            described = self.relative(against[-1], clause)
            if described is None and self._unnamed(against[-1], clause):
                continue
            dimension, axis = self._compared_on(m, against[-1], clause)
            above, below = AXES[axis]
            direction = {"above": above, "below": below, "equal": "equal"}[entry["rank"]]
            if m.group() in ("不如", "不及", "远不如", "远不及"):
                direction = self.less(against[-1], clause) or direction  # 不如X贵
            subjects = [described] if described else self.subjects(m.start(), clause, against)
            if m.group() == "类似于" and not self._resembles(subjects, against, clause, m):
                continue
            self.add(subjects, direction, against, dimension, entry["id"], m.start(), clause)

    def _resembles(
        self, subjects: list[EntityMention], against: list[EntityMention], clause: Span, trigger: re.Match[str]
    ) -> bool:
        """Whether 类似于 says of a thing what it is, and does not just describe some other thing."""
        before = self.before(clause) or clause
        near = [x for x in subjects if x.start >= before[0] and alike(x, against[0])]
        described = self.norm.startswith("的", after(self.norm, against[-1]))
        is_so = re.search(r"(?:是|属于|就像)[^,]{0,6}$", self.norm[clause[0] : trigger.start()])
        return bool(near) and against[0].start - trigger.end() <= 2 and (not described or is_so is not None)

    def _share(self, last: EntityMention, clause: Span) -> bool:
        """Whether a thing's multiple or share is meant (超过X的三倍, but not 超过X的13%解题率)."""
        position = after(self.norm, last)
        ratio = RATIO.match(self.norm, position)
        if not ratio or not ratio.group(2) and not self.norm.startswith("的", position):
            return False
        before = self.before(clause)
        if ratio.group().endswith("%") and before and "%" in self.norm[slice(*before)]:
            return False  # 取得79.8%,略高于X的79.2%
        return not (ratio.group().endswith("%") and "\u4e00" <= self.norm[ratio.end() : ratio.end() + 1] <= "\u9fff")

    def _unnamed(self, last: EntityMention, clause: Span) -> bool:
        """Whether a nameless thing is compared: 超越ChatGPT的传奇 says nothing of the sentence's subject."""
        m = _HEADED.match(self.norm, last.end, clause[1])
        if m is None or dimensions()[0].search(m.group()) or re.match(r".{0,4}的\s*\d", m.group()):
            return False
        lead = self.norm[clause[0] : last.start]
        return not _COPULA.search(lead) or _COULD.search(lead) is not None

    def _compared_on(self, trigger: re.Match[str], last: EntityMention, clause: Span) -> tuple[str, str]:
        """The dimension of a trigger: the noun before it, after its object, or of the clause before."""
        word = trigger.group()
        here = self.dimension(clause[0], trigger.start())
        if here[0] != "overall":
            return here
        tail = (last.end, min(clause[1], last.end + _AFTER_OBJECT))
        behind = self.dimension(*tail) if self.norm.startswith("的", last.end) else here
        if behind[0] != "overall":
            return behind
        before = self.before(clause)
        lead = self.bare(clause[0], trigger.start()).strip(_ADVERBS)
        named = any(x.kind == "name" and clause[0] <= x.start < trigger.start() for x in self.mentions)
        if before and not named and len(lead) <= SHORT_LEAD and not _BETTER.search(word):
            here = self.dimension(*before)
            if here[0] == "overall" and self.found and self.found[-1].clause == before:
                here = (self.found[-1].dimension, axis_of(self.found[-1].dimension))  # 价格方面,比X便宜,仍高于Y
        becomes = _BECOMES.match(self.norm, *self.following(clause)) if here[0] == "overall" else None
        if becomes:
            here = self.dimension(*becomes.span())
        counted = _AMOUNT.search(self.norm, *tail) or before and _AMOUNT.search(self.norm, *before)
        if here[0] == "overall" and (word in ("多于", "大于", "少于", "小于") or counted and _NUMBERED.match(word)):
            return "size", "size"
        return here

    def _passive(self, clause: Span) -> None:
        """X被Y超越, X被Y打得满地找牙: X stands below Y."""
        regex, entries, _ = triggers()
        for m in re.finditer("被", self.norm[clause[0] : clause[1]]):
            at = clause[0] + m.start()
            against = self.objects(at + 1, clause)
            if not against:
                continue
            trigger = regex.search(self.norm, against[-1].end, min(clause[1], against[-1].end + 10))
            above = trigger and entries[(trigger.lastindex or 1) - 1]["rank"] == "above"
            if above or _BEATEN.match(self.norm, against[-1].end, clause[1]):
                before = self.before(clause) if at - clause[0] <= SHORT_LEAD else None
                dimension, axis = self.dimension(before[0] if before else clause[0], at)
                subjects = self.subjects(at, clause, against)
                self.add(subjects, AXES[axis][1], against, dimension, "cmp.passive", at, clause)

    def _beside(self, clause: Span) -> None:
        """与GPT-4o相当, 可与之同处第一梯队, 两个模型表现相当."""
        for m in with_triggers().finditer(self.norm, *clause):
            noun = re.compile(r"的(?=[^,。;:])").match(self.norm, m.end(), clause[1])
            only = _THE_ONE.search(self.norm[clause[0] : m.start()])
            if noun and not only and not dimensions()[0].search(self.norm, m.end(), clause[1]):
                continue  # a thing like the object, not the subject
            if self._beside_it(m, clause) or self._both(m, clause):
                continue
            before = [x for x in self.mentions if clause[0] <= x.start and x.end <= m.start()]
            for x in before:
                opened = _BESIDE.search(self.norm[clause[0] : x.start])
                if not opened or m.start() - before[-1].end > 14:
                    continue
                at = clause[0] + opened.start()
                if WISHES.search(self.norm, clause[0], at) or _CANNOT.search(self.norm, clause[0], at):
                    break
                against = self.objects(x.start, clause, m.start())
                dimension, _ = self.dimension(*clause)
                subjects = self.subjects(at, clause, against) if against else []
                if m.group() == "类似" and not (
                    subjects and subjects[-1].start >= clause[0] and alike(subjects[-1], against[0])
                ):
                    continue  # 与X类似,… says only that something is also done
                self.add(subjects, "equal", against, dimension, "cmp.equal.with", m.start(), clause)
                break

    def _beside_it(self, m: re.Match[str], clause: Span) -> bool:
        """与之相当: 之 is what the subject was measured against before."""
        if not _BESIDE_IT.search(self.norm[clause[0] : m.start()]):
            return False
        earlier = [x for x in self.mentions if x.end <= clause[0]]
        dimension, _ = self.dimension(clause[0], m.start())
        if self.found:
            last = self.found[-1]
            self.add([last.subject], "equal", [last.object], dimension, "cmp.equal.it", m.start(), clause)
        elif earlier and (topic := next((x for x in reversed(self.recent) if alike(x, earlier[-1])), None)):
            self.add([topic], "equal", earlier[-1:], dimension, "cmp.equal.it", m.start(), clause)
        return True

    def _both(self, m: re.Match[str], clause: Span) -> bool:
        """X和Y…,两个模型表现相当: the last two things of a kind named together."""
        if not _BOTH.search(self.norm[clause[0] : m.start()]):
            return False
        earlier = [x for x in self.mentions if x.end <= clause[0]]
        for x, y in reversed(list(zip(earlier, earlier[1:], strict=False))):
            if alike(x, y) and y.start - x.end <= 3:
                dimension, _ = self.dimension(*clause)
                self.add([x], "equal", [y], dimension, "cmp.equal.both", m.start(), clause)
                break
        return True

    def _level(self, clause: Span) -> None:
        """达到了GPT-4的水平: equal."""
        for m in _LEVEL.finditer(self.norm, *clause):
            against = self.objects(m.end(), clause)
            first = next((x for x in self.mentions if x.start >= m.end()), None)
            if (
                not against
                or first is None
                or first.start - m.end() > 2
                or not _OF_LEVEL.match(self.norm, against[-1].end, clause[1])
            ):
                continue
            if WISHES.search(self.norm, clause[0], m.start()) or re.search(
                r"[未没不]\w{0,2}$", self.norm[clause[0] : m.start()]
            ):
                continue
            dimension, _ = self.dimension(against[-1].end, clause[1])
            subjects = self.subjects(m.start(), clause, against)
            self.add(subjects, "equal", against, dimension, "cmp.equal.level", m.start(), clause)

    def _favoured(self, clause: Span) -> None:
        """虽然有X、Y等工具,但我最喜欢的还是Z: Z is better than each."""
        m = _FAVOURED.search(self.norm, *clause)
        best = self.objects(m.end(), clause) if m else []
        last = self.before(clause)
        if not m or not best or last is None:
            return
        opened = next((x for x in self.clauses if _THERE_ARE.search(self.norm, *x) and x[0] < clause[0]), None)
        kinds = (best[0].type, "Product", "Model")
        others = [x for x in self.mentions if opened and opened[0] <= x.start < last[1]]
        others = [x for x in others if x.entity != best[0].entity and x.type in kinds]
        if len(others) >= 2:
            self.add(best[:1], "better", others, "overall", "cmp.favoured", m.start(), clause)

    def _lacks(self, clause: Span) -> None:
        """它没有X那样的地位, 也不具备Y的统治力: worse than X, Y."""
        m = _LACKS.search(self.norm, *clause)
        against = self.objects(m.end(), clause) if m else []
        subjects = self.subjects(m.start(), clause, against) if m and against else []
        if not m or not subjects or self.span[0] - subjects[0].start > NEAR:
            return
        if _STANDING.fullmatch(self.norm, against[-1].end, clause[1]):
            self.add(subjects, "worse", against, "overall", "cmp.lacks", m.start(), clause)

    def _like(self, clause: Span) -> None:
        """以1/50的价格提供了GPT-4类似的性能: cheaper, and equal."""
        m = _LIKE_CHEAP.search(self.norm, *clause)
        against = self.objects(m.end(), clause) if m else []
        if not m or not against:
            return
        subjects = self.subjects(m.start(), clause, against)
        self.add(subjects, "cheaper", against, "price", "cmp.like.cheaper", m.start(), clause)
        if like_words().match(self.norm, against[-1].end, clause[1]):
            dimension, _ = self.dimension(against[-1].end, clause[1])
            self.add(subjects, "equal", against, dimension, "cmp.like", m.start(), clause)

    def _trains(self, clause: Span) -> None:
        """其计算量足可训练X 15次: larger in compute."""
        m = _TRAINS.search(self.norm, *clause)
        against = self.objects(m.end(), clause) if m else []
        if m and against and _TIMES.match(self.norm, against[-1].end, clause[1]):
            subjects = self.subjects(m.start(), clause, against)
            self.add(subjects, "larger", against, "compute", "cmp.trains", m.start(), clause)
