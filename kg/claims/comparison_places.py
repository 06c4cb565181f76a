"""Comparisons by place and by figures: who is left behind, wins a contest, ranks after, has more than whom."""

from __future__ import annotations

import re

from kg.claims.clauses import Span
from kg.claims.comparands import AXES, adjectives, alike, dimensions
from kg.claims.comparison_frames import MAX_LEAD, Frames
from kg.claims.numbers import Amount, find_amounts
from kg.document import EntityMention

_LEFT_BEHIND = re.compile(
    r"[^,。;:]{0,14}?(?:甩在(?:了)?(?:身|脑)?后|甩(?:开|下|掉)|抛在(?:了)?(?:身|脑)?后|比(?:了)?下去|拉下(?:马|王座|神坛)|斩于马下|踩在(?:了)?脚下|打得|按在地)"
)
_IN_CONTEST = re.compile(
    r"[^,。;:]{0,8}?的(?:对比|比较|对决|较量|竞争|PK|对战|比赛|评测|竞赛|角逐|比拼)中,?[^,。;:]{0,14}?"
    r"(?:(胜出|超出|领先|获胜|占优|占据(?:了)?(?:优势|上风)|取胜|取得(?:了)?胜利|更胜一筹)|(落败|落后|落(?:于)?下风|处于劣势|败北))"
)
_ECLIPSED = re.compile(r"[^,。;:]{0,6}?(?:相形见绌|黯然失色|望尘莫及|自愧不如|汗颜|甘拜下风|自叹不如)")
_RANKED = re.compile(r"(?:排名?|排行|位列|位居|名列|居于?|紧随|紧跟|位于|排)(?:在|于)?[^,。;:]{0,4}$")
_PLACE = re.compile(r"[^,。;:的]{0,4}(?:(之后|其后|后面|身后|之下)|之前|前面|之上)(?!的)")
_GAP = re.compile(r"[^,。;:]{0,10}?(?:有|存在|仍是|仍|还是)[^,。;:]{0,8}?(?:差距|距离)(?!缩小|已)")
_CLOSING = re.compile(r"缩小|弥合|没有|拉近|追|缩短|消除|不大")
_MOST = re.compile(r"最(高|多|大|强|好|快|便宜|贵|低|受欢迎)的(?:公司|产品|模型)?(?:并|却|其实)?不(?:再)?是")
_BUT_IS = re.compile(r"而是[^,。;:]{0,16}?的?")
_CONTRAST = re.compile(r"(?:而|反观|相比之下|与此同时)")
_LATTER = re.compile(r"(?:而|但|不过|其中|且)?(?:,)?(前者|后者)")
_RATHER = re.compile(r"而(?:不是|非)")
_LIKED = re.compile(r"更(?:加|为)?(?:喜欢|推荐|看好|青睐|偏爱|偏好|倾向于?|愿意)(?:使用|用|选择)?[^,。;:]{0,4}$")
_DAYS = {"days": 1, "months": 30, "years": 365}
_TOOK = re.compile(r"(?:用|花|耗时|历时)[^,。;:]{0,6}$")
_MOVED = re.compile(r"(?:将|把)[^,。;:]{0,8}$")
_MADE = re.compile(r"(?:让|令|使)[^,。;:]{0,6}$")
_WITH = re.compile(r"(?:[与和跟同离]|距离)[^,。;:与和]{0,8}$")
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
            dimension, axis = self.dimension(clause[0], contest.end())
            direction = AXES[axis][0 if contest.group(1) else 1]
            self.add(named[:1], direction, against, dimension, "cmp.contest", at, clause)
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
        dimension, axis = self.dimension(*clause)
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
        """X的访问量在6000万次左右,而Y的访问量在16亿次左右: smaller than Y."""
        before = self.before(clause)
        if before is None or not _CONTRAST.match(self.norm, clause[0]):
            return
        x, y = self._opening(before), self._opening(clause)
        if x is None or y is None or not alike(x, y):
            return
        spent, longer = self._spent(before, x), self._spent(clause, y)
        if spent and longer and spent != longer:
            direction = "faster" if spent < longer else "slower"
            self.add([x], direction, [y], "time", "cmp.figures", clause[0], (before[0], clause[1]))
            return
        one, other = self._figure(before, x), self._figure(clause, y)
        regex, table = dimensions()
        noun = regex.search(self.norm, x.end, before[1])
        again = regex.search(self.norm, y.end, clause[1])
        if one is None or other is None or isinstance(one.number, list) or isinstance(other.number, list):
            return
        if noun is None or one.unit != other.unit or one.number == other.number:
            return
        if again and table[again.group()] != table[noun.group()]:
            return
        dimension, axis = table[noun.group()]
        direction = AXES[axis][0 if one.number > other.number else 1]
        self.add([x], direction, [y], dimension, "cmp.figures", clause[0], (before[0], clause[1]))

    def _opening(self, clause: Span) -> EntityMention | None:
        first = next((x for x in self.mentions if clause[0] <= x.start < clause[1]), None)
        return first if first and first.start - clause[0] <= MAX_OPENING and self.stands(first, clause[1]) else None

    def _figure(self, clause: Span, x: EntityMention) -> Amount | None:
        """The one figure that a clause gives for the thing that opens it."""
        amounts = [f for f in find_amounts(self.norm, x.end, clause[1]) if f.unit != "date"]
        return amounts[0] if len(amounts) == 1 else None

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
        if direction:
            dimension, _ = self.dimension(m.end(), clause[1])
            self.add([subject], direction, [other], dimension, "cmp.latter", m.start(), clause)
