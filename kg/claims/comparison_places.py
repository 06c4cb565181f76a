"""Comparisons by place and by figures: who is left behind, wins a contest, ranks after, has more than whom."""

from __future__ import annotations

import re

from kg.claims.clauses import Span
from kg.claims.comparands import AXES, adjectives, alike, dimensions, head
from kg.claims.comparison_frames import MAX_LEAD, SHORT_CLAUSE, Frames
from kg.claims.numbers import Amount, find_amounts
from kg.document import EntityMention

_LEFT_BEHIND = re.compile(
    r"[^,。;:]{0,14}?(?:甩在(?:了)?(?:身|脑)?后|甩(?:开|下|掉)|抛在(?:了)?(?:身|脑)?后|比(?:了)?下去|拉下(?:马|王座|神坛)|斩于马下|挤下|挤出|赶下|踩在(?:了)?脚下|打得|按在地)"
)
_IN_CONTEST = re.compile(
    r"[^,。;:]{0,8}?(?:的|进行|直接|正面|展开)*(?:对比|比较|对决|较量|竞争|PK|对战|比赛|评测|竞赛|角逐|比拼|交锋)(?:中|时),?[^,。;:]{0,14}?"
    r"(?:(胜出|超出|领先|获胜|占优|占据(?:了)?(?:优势|上风)|取胜|取得(?:了)?胜利|更胜一筹)|(落败|落后|落(?:于)?下风|处于下风|处于劣势|败北|不敌|吃亏))"
)
_ECLIPSED = re.compile(r"[^,。;:]{0,6}?(?:相形见绌|黯然失色|望尘莫及|自愧不如|汗颜|甘拜下风|自叹不如)")
_RANKED = re.compile(r"(?:排名?|排行|位列|位居|名列|居于?|紧随|紧跟|跟|位于|排)(?:在|于)?[^,。;:]{0,4}$")
_PLACE = re.compile(r"[^,。;:的]{0,4}(?:(之后|其后|后面|身后|之下)|之前|前面|之上)(?!的)")
_GAP = re.compile(r"[^,。;:]{0,10}?(?:有|存在|仍是|仍|还是)[^,。;:]{0,8}?(?:差距|距离)(?!缩小|已)")
_CLOSING = re.compile(r"缩小|弥合|没有|拉近|追|缩短|消除|不大")
_MOST = re.compile(r"最(高|多|大|强|好|快|便宜|贵|低|受欢迎)的(?:公司|产品|模型)?(?:并|却|其实)?不(?:再)?是")
_BUT_IS = re.compile(r"而是[^,。;:]{0,16}?的?")
_CONTRAST = re.compile(r"(?:而|反观|相比之下|与此同时)")
_FOLLOWS = re.compile(r"[^,。;:]{0,12}?(?:紧随其后|紧跟其后|次之|(?:位居|位列|排名)其后)")
_THEN = re.compile(r"(?:紧随)?(?:其后|之后|接下来|随后)的?(?:依次|分别)?(?:是|为)")
_IS_ITS = re.compile(r"(?:是|可谓|堪称|成为|成了|称为|当作|视为|号称|称作)[^,。;:]{0,6}$")
_STAND_IN = re.compile(r"的(?:[\u4e00-\u9fff]{0,4})(?:平替|平价替代|平价版)")
_PLAINLY = re.compile(
    r"(?:的?(?:得分|分数|成绩|准确率))?(?:则|也|却)?(?:仅|只|约|高达|达到?)?(?:为|是|有|得分|拿到|取得|:)?(?:了|约)?\s*"
)
_NTH = re.compile(
    r"第\s?([一二三四五六七八九]|\d{1,2})(?![\u4e00-\u9fff]?(?:代|个|次|步|款|家|方|季|轮|版|届|梯队|阵营|天|年|批|层|部|章|阶段|人)|[\d.])"
    r"|(居首|榜首|夺冠|冠军|折桂)|(次席|亚军)|(季军)"
)
_NUMERALS = "一二三四五六七八九"
_LATTER = re.compile(r"(?:而|但|不过|其中|且|认为|发现|觉得|因为|结果)*,?(前者|后者)")
_RATHER = re.compile(r"而(?:不是|非)")
_LIKED = re.compile(r"更(?:加|为)?(?:喜欢|推荐|看好|青睐|偏爱|偏好|倾向于?|愿意)(?:使用|用|选择)?[^,。;:]{0,4}$")
_DAYS = {"days": 1, "months": 30, "years": 365}
_TOOK = re.compile(r"(?:用|花|耗时|历时)[^,。;:]{0,6}$")
_MOVED = re.compile(r"(?:将|把)[^,。;:]{0,8}$")
_MADE = re.compile(r"(?:让|令|使)[^,。;:]{0,6}$")
_WITH = re.compile(r"(?:[与和跟同离]|距离)[^,。;:与和]{0,12}$")
_CHARGED = re.compile(r"每[月年天次小时千百万]|只要|只需|仅需|需要|收费|起$")
MAX_PREFIX = 4  # characters before the name of the second of two figures: 谷歌的Gemini
MAX_OPENING = 10  # characters before the name that opens a clause with a figure


class Places(Frames):
    """The frames of one sentence that place one thing before or after another."""

    def places(self, clause: Span) -> None:
        """将GPT-4o远远甩在身后; 让GPT-4o相形见绌; 紧随GPT-4o之后; 在与GPT-4o的对比中胜出; 与GPT-4o仍有差距."""
        for x in self.mentions:
            begin = max(clause[0], x.start - MAX_LEAD)
            lead = self.norm[begin : x.start] if x.start < clause[1] else ""
            m = next((m for p in (_MOVED, _MADE, _RANKED, _WITH) if (m := p.search(lead))), None) if lead else None
            against = self.objects(x.start, clause) if m else []
            if not m or not against:
                continue
            end, at = against[-1].end, begin + m.start()
            place = _PLACE.match(self.norm, end, clause[1]) if m.re is _RANKED else None
            if (
                m.re is _MOVED
                and _LEFT_BEHIND.match(self.norm, end, clause[1])
                or m.re is _MADE
                and _ECLIPSED.match(self.norm, end, clause[1])
            ):
                self._placed("above", against, at, clause, "cmp.left_behind")
            elif place:
                self._placed("below" if place.group(1) else "above", against, at, clause, "cmp.rank")
            elif m.re is _WITH:
                self._contest(against, at, clause)

    def _contest(self, against: list[EntityMention], at: int, clause: Span) -> None:
        following = self.following(clause)
        contest = _IN_CONTEST.match(self.norm, against[-1].end, following[1])
        gap = _GAP.match(self.norm, against[-1].end, clause[1])
        named = [y for y in self.mentions if contest and following[0] <= y.start < contest.end()]
        if contest and contest.end() > clause[1] and named:
            self.add(
                named[:1], "better" if contest.group(1) else "worse", against, "overall", "cmp.contest", at, clause
            )
        elif contest:
            self._placed("above" if contest.group(1) else "below", against, at, clause, "cmp.contest")
        elif gap and not _CLOSING.search(self.norm, clause[0], clause[1]):
            self._placed("below", against, at, clause, "cmp.gap")

    def rather(self, clause: Span) -> None:
        """用户更喜欢X而不是Y: X is better than Y."""
        for m in _RATHER.finditer(self.norm, *clause):
            following = self.following(clause)
            against = self.objects(m.end(), following if m.end() > clause[1] else clause)
            liked = [x for x in self.mentions if x.end <= m.start()][-1:]
            if liked and _LIKED.search(self.norm[max(clause[0], liked[0].start - MAX_LEAD) : liked[0].start]):
                self.add(liked, "better", against, "overall", "cmp.rather", m.start(), clause)

    def _placed(self, rank: str, against: list[EntityMention], at: int, clause: Span, rule: str) -> None:
        dimension, axis = self.dimension(*clause) if rule != "cmp.contest" else ("overall", "quality")
        direction = AXES[axis][0 if rank == "above" else 1]
        self.add(self.subjects(at, clause, against), direction, against, dimension, rule, at, clause)

    def most(self, clause: Span) -> None:
        """ARR最高的并不是X,而是Y: Y is above X."""
        m = _MOST.search(self.norm, *clause)
        less = self.objects(m.end(), clause) if m else []
        following = self.following(clause)
        but = _BUT_IS.match(self.norm, *following) if less and following != clause else None
        more = [x for x in self.mentions if but and but.end() <= x.start and x.end <= following[1]][:1]
        if not m or not more:
            return
        dimension, axis = self.dimension(clause[0], m.start())
        word = m.group(1)
        rank = {"便宜": "cheaper", "贵": "dearer", "快": "faster", "大": "larger", "多": "larger"}.get(word)
        self.add(more, rank or AXES[axis][word == "低"], less, dimension, "cmp.most", m.start(), clause)

    def figures(self, clause: Span) -> None:
        """X的访问量在6000万次左右,而Y的访问量在16亿次左右; X得分80%,Y为70%: one above the other."""
        before = self.before(clause)
        x, y = (self._opening(before), self._opening(clause)) if before else (None, None)
        contrast = _CONTRAST.match(self.norm, clause[0])
        if before is None or x is None or y is None or not (self._fits(x, y) or self._fits(y, x)):
            return
        spent, longer = self._spent(before, x), self._spent(clause, y)
        beside = y.start <= clause[0] + MAX_PREFIX
        if spent and longer and spent != longer and (contrast or beside):
            direction = "faster" if spent < longer else "slower"
            self.add([x], direction, [y], "time", "cmp.figures", clause[0], (before[0], clause[1]))
            return
        one, other = self._figure(before, x), self._figure(clause, y)
        measured = self._measured_on(before, x, one) if one else None
        again = dimensions()[0].search(self.norm, y.end, clause[1])
        if one is None or other is None or isinstance(one.number, list) or isinstance(other.number, list):
            return
        if measured is None or other.unit != one.unit and other.kind != "bare" or one.number == other.number:
            return
        plain = beside and _PLAINLY.fullmatch(self.norm, y.end, other.start)
        if dimensions()[1][again.group()] != measured if again else not contrast and not plain:
            return
        dimension, axis = measured
        direction = AXES[axis][0 if one.number > other.number else 1]
        self.add([x], direction, [y], dimension, "cmp.figures", clause[0], (before[0], clause[1]))

    def _measured_on(self, clause: Span, x: EntityMention, figure: Amount) -> tuple[str, str] | None:
        """What a clause gives a figure of: the noun after its thing or before it, or else a price or a score."""
        regex, table = dimensions()
        noun = regex.search(self.norm, x.end, clause[1]) or regex.search(self.norm, clause[0], x.start)
        topic = self.before(clause)
        if noun is None and topic and topic[1] - topic[0] <= SHORT_CLAUSE:
            noun = regex.search(self.norm, *topic)
        if noun:
            return table[noun.group()]
        if figure.kind == "money" and _CHARGED.search(self.norm, x.end, figure.start):
            return "price", "cost"
        tested = self.norm.startswith("分", figure.end - 1) or any(
            k.type == "Benchmark" and self.span[0] <= k.start < clause[1] for k in self.known
        )
        return ("performance", "quality") if tested else None

    def ranks(self) -> None:
        """X以1400分排名第一,Y位列第二: each is above the next."""
        told: list[tuple[int, EntityMention, Span]] = []
        for m in _NTH.finditer(self.norm, *self.span):
            clause = next((c for c in self.clauses if c[0] <= m.start() < c[1]), None)
            ahead = [x for x in self.mentions if clause and clause[0] <= x.start and x.end <= m.start()]
            ahead = [x for x in ahead if self.stands(x, m.start())]
            if clause and ahead and all(t[1] != ahead[-1] for t in told):
                told.append((_nth(m), ahead[-1], clause))
        for (first, x, begin), (second, y, clause) in zip(told, told[1:], strict=False):
            if first != second and (self._fits(x, y) or self._fits(y, x)):
                dimension, axis = self.dimension(self.span[0], y.start)
                direction = AXES[axis][0 if first < second else 1]
                self.add([x], direction, [y], dimension, "cmp.ranks", clause[0], (begin[0], clause[1]))

    def followers(self, clause: Span) -> None:
        """X排名第一,Y紧随其后; 其后依次是Y和Z: worse than X."""
        before = self.before(clause)
        y, then = self._opening(clause), _THEN.match(self.norm, *clause)
        if before is None or not then and (y is None or not _FOLLOWS.match(self.norm, y.end, clause[1])):
            return
        behind = self.objects(then.end() if then else y.start if y else clause[0], clause)
        first = self._leading(before, behind) if behind else None
        if first:
            dimension, axis = self.dimension(*before)
            self.add([first], AXES[axis][0], behind, dimension, "cmp.follows", clause[0], (before[0], clause[1]))

    def stand_ins(self, clause: Span) -> None:
        """X是Y的平替: equal."""
        for x in self.mentions:
            at = _IS_ITS.search(self.norm, clause[0], x.start) if clause[0] <= x.start < clause[1] else None
            if at and _STAND_IN.match(self.norm, x.end, clause[1]):
                self.add(
                    self.subjects(at.start(), clause, [x]), "equal", [x], "overall", "cmp.stand_in", at.start(), clause
                )

    def _opening(self, clause: Span) -> EntityMention | None:
        inside = [x for x in self.mentions if clause[0] <= x.start < clause[1]]
        first = head(self.norm, inside, 0) if inside else None
        return first if first and inside[0].start - clause[0] <= MAX_OPENING and self.stands(first, clause[1]) else None

    def _figure(self, clause: Span, x: EntityMention) -> Amount | None:
        """The one figure that a clause gives for the thing that opens it."""
        amounts = [f for f in find_amounts(self.norm, x.end, clause[1]) if f.unit not in ("date", "rank")]
        amounts = [f for f in amounts if all(f.end <= k.start or f.start >= k.end for k in self.known)]
        money, measured = ([f for f in amounts if test(f.kind)] for test in ("money".__eq__, "bare".__ne__))
        figure = next((some[0] for some in (money, measured, amounts) if len(some) == 1), None)
        others = figure and any(x.end <= y.start < figure.start for y in self.mentions)
        return None if others else figure

    def _spent(self, clause: Span, x: EntityMention) -> float | None:
        """The days that the thing which opens a clause took for what the clause tells."""
        for f in find_amounts(self.norm, x.end, clause[1]):
            if f.unit in _DAYS and _TOOK.search(self.norm[x.end : f.start]):
                return _DAYS[f.unit] * (f.number[0] if isinstance(f.number, list) else f.number)
        return None

    def latter(self, clause: Span) -> None:
        """X和Y…,后者的速度更快: faster than the other of the two."""
        m = _LATTER.match(self.norm, *clause)
        earlier = [x for x in self.mentions if x.end <= clause[0]]
        pairs = [(x, y) for x, y in zip(earlier, earlier[1:], strict=False) if alike(x, y) and y.start - x.end <= 3]
        if not m or not pairs:
            return
        regex, table = adjectives()
        adjective = regex.search(self.norm, m.end(), clause[1])
        if not adjective or not re.search("更|得多|要|略", self.norm[m.end() : min(clause[1], adjective.end() + 3)]):
            return
        direction = self.direction(table[adjective.group(1)], m.end(), adjective, clause)
        former, latter = pairs[-1]
        subject, other = (latter, former) if m.group(1) == "后者" else (former, latter)
        if direction and all((f.subject, f.object) != (subject, other) for f in self.found):
            dimension, _ = self.dimension(m.end(), clause[1])
            self.add([subject], direction, [other], dimension, "cmp.latter", m.start(), clause)


def _nth(m: re.Match[str]) -> int:
    """The place that words name: 第二, 亚军."""
    number = m.group(1)
    return (m.lastindex or 1) - 1 if number is None else _NUMERALS.find(number) + 1 or int(number)
