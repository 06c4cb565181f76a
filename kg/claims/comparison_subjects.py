"""Who is compared: the subject of a clause, or what an elided one stands for in the clauses and sentences before."""

from __future__ import annotations

import re

from kg.claims.clauses import Span
from kg.claims.comparands import COMPARABLE, Found, alike, broken, comparable, dimensions, head, joined, other_head
from kg.document import AnnotatedArticle, EntityMention

MAX_ELIDED = 18  # characters before the trigger of a clause without a subject, adverbials aside
MAX_BEFORE = 24  # characters of the clauses before in a sentence whose subject stands in the sentence before
MAX_BACK = 160  # characters back to the subject of a sentence before

# Adverbials, which hold no subject: 在数学基准上, 在与X的对比中, 据X报道 (cut at the comma)
_ADVERBIAL = re.compile(
    r"(?:在|于|从|随着|截至|截止)[^,。;:]{1,40}?(?:上(?!线|市|亿|百|千|万|海|传|升|涨)|中(?!国|文|心|美|等)|里|方面|之下|后|时|之?内|以来|领域|测试|任务|榜|情况下|条件下|来看|之间)"
    r"|以[^,。;:]{1,24}?(?:的(?:成绩|优势|比分|得分|准确率|成功率|高分|分数|速度|价格|成本|参数|规模)|\d+(?:\.\d+)?[%分])"
    r"|(?:据|根据|按照|通过|凭借|除了|为了|关于|作为)[^,。;:]{1,40}"
)
_BRACKETED = re.compile(r"[((【\[][^))】\]]{0,60}[))】\]]")
_ASIDE = re.compile(
    r"(?:((?:在|从|用|给|(?<![认因成作称视以])为(?!什么|何))(?=.{0,2}$)|据|根据|相比|相比于|相较于|相较|对于|比(?!如|方)|对比|通过|除了|来自|由|与|和|跟|向|被(?!问|称|誉|认))|使用|使用了|基于|采用)"
    r"\s*[^,。;:的]{0,6}$"
)
_BASED = re.compile(r"[^,。;:]{0,6}的基础之?上")
_NEGATED = re.compile(r"(?:没有|不具备|不像|不是|而非)[^,。;:]{0,2}$")
_TOPIC = re.compile(r"(?:对于|至于|关于|说到|谈到|来看)[^,。;:]{0,10}$")
_IT = re.compile(r"(?:但|但是|而|并且|而且|甚至|不过|且|据悉|同时)?\s*(?:它|其)(?!中|他|实|们|次|余|它)")
_INNER_IT = re.compile(r"它(?!们|的)")
_THIS = re.compile(
    r"(?:但|但是|而|而且|不过|目前|如今|据悉|同时|最终|结果)?\s*(?:该|此|这[一款个项种家]+|这|新)(?:(?![是认称说这让])[\u4e00-\u9fff]){0,6}?"
    r"(模型|产品|应用|系统|算法|工具|软件|版本|平台|芯片|处理器|显卡|加速器|公司|企业|机构|团队|实验室)"
)
_ALTHOUGH = re.compile(r"(?:虽然?|尽管|即便|即使|哪怕)")
_THIS_FIGURE = re.compile(
    r"(?:但|而|不过)?这[一个]?(?:数字|数据|数量|成绩|规模|水平|金额|估值|价格|速度|比例|增速|得分)?(?=[远超大高低相几已甚是])"
)
_THEY = re.compile(r"(?:但|而|不过|目前|如今|现在)?\s*他们(?!的|家|自己|团队|公司|俩|两)")
_KINDS = {
    **dict.fromkeys(("芯片", "处理器", "显卡", "加速器"), ("Hardware",)),
    **dict.fromkeys(("公司", "企业", "机构", "团队", "实验室"), ("Organization",)),
}
_OTHERS = re.compile(
    r"(?<![该这此款的])(?:(?:企业|公司|厂商|模型|团队|产品|机构|国家|学校|工具|方法|系统|平台)(?![数量满体规增能性价力表效的]|$)"
    r"|^\s*[这那](?:点|些|一点|种|远|就|也|$)|(?:方法|技术|框架|策略|方案|做法)(?![\u4e00-\u9fff]?[面上的]|$)|用户(?![数量满体规增]|$)|我们?|你们?|他们?|她们?|咱们|人类|大家|玩家|选手|对手|有人|谁|自己的)"
)
_PEOPLE = re.compile(r"(?:CEO|创始人|总裁|团队|员工|工程师|研究员|老板)(?!人?数|规模)")
_LATIN = re.compile(r"(?<![\dA-Za-z])[A-Za-z][A-Za-z0-9.+\-]+")
_COMMON = re.compile(
    r"AI|API|APP|App|LLMs?|GPUs?|CPUs?|ARR|GMV|IPO|MAU|DAU|PC|IT|SaaS|AGI|MoE|FLOPs?|Token|Agent|STEM|QPS|TPS|TOPS|[a-z]{1,6}|[a-z]+-[a-z]+|tokens|benchmarks?"
)
_SCORED = re.compile(r"\s*(?:得分|分数|成绩|测试|基准|准确率|榜|评分|任务|指标|benchmark|API)")
_SPEAKER = re.compile(
    r"[^,。;:被]{0,14}?(?:表示|称|认为|指出|宣布|透露|说|声称|坚信|预计|强调|报道|介绍|提到|写道|显示|发现|统计|消息|数据)"
)
_BROUGHT_OUT = re.compile(
    r"(?:推出|发布|发表|提出|开源|训练|上线|公布|研发|升级|打造|带来|祭出|亮相|端出|拿出|介绍|官宣)(?:了|出|的|全新|最新|新一代|新的|旗下)*[^,。]{0,10}$"
)
_PIVOT = re.compile(r"(?:推动|让|使|使得|令|帮助|助力|训练出)\s*$")
_TOGETHER = re.compile(r"(?:这)?[两三四五几多][个款家种]|等|均|都")
_FILLER = re.compile(
    r"(?:而|但|但是|不过|其中|目前|如今|最终|今年|最近|现在|随着|同时|此外|尤其是|特别是|例如|比如|像|虽然|尽管|没错|可以说|也就是说|结果|即使是?|甚至|这就?意味着|的确)*"
    r"[\s“”《‘]*"
)


class Subjects:
    """Finds the subjects of the comparisons of one sentence; keeps the comparisons that were found in it.

    `recent` are the comparable mentions of the sentences before, with what they were compared with (`told`).
    """

    def __init__(
        self,
        a: AnnotatedArticle,
        span: Span,
        clauses: list[Span],
        mentions: list[EntityMention],
        recent: list[EntityMention],
        owned: set[tuple[str, str]],
        headline: bool = False,
    ) -> None:
        self.a = a
        self.norm = a.article.norm
        self.span = span
        self.clauses = clauses
        self.mentions = mentions
        self.known = a.mentions_in(*span)  # of every type
        self.recent = recent
        self.owned = owned
        self.headline = headline
        self.found: list[Found] = []
        self._aside = [m.span() for p in (_BRACKETED, _ADVERBIAL) for m in p.finditer(self.norm, *span)]

    def bare(self, start: int, end: int, before: int | None = None) -> str:
        """The text of a span with blanks for its adverbials and brackets; those that hold `before` are no asides."""
        limit = end if before is None else before
        text = list(self.norm[start:end])
        for a, b in self._aside:
            if b <= limit and a < end and b > start:
                a, b = max(a, start), min(b, end)
                text[a - start : b - start] = " " * (b - a)
        return "".join(text)

    def subjects(self, before: int, clause: Span, against: list[EntityMention]) -> list[EntityMention]:
        """Who is compared with `against` by words at `before`: nobody where the subject has no known name."""
        here = [x for x in self.mentions if clause[0] <= x.start and x.end <= before and self.stands(x, before)]
        here = [x for x in here if x.kind == "name" or self._can_mean(x, against)]
        if here:
            return self._named(here, before, clause, against)
        index = self.clauses.index(clause)
        if _THIS_FIGURE.match(self.norm, clause[0], before) and index:
            return self._kept(self._leading(self.clauses[index - 1], against), against)
        if they := _THEY.match(self.norm, clause[0], before):
            known = [x for x in (*self.recent, *self.mentions) if x.type == "Organization" and x not in against]
            companies = {x.entity for x in known}
            only = self._antecedent(they.start(), ("Organization",), against) if len(companies) == 1 else None
            return self._kept(only, against)
        if it := _IT.match(self.norm, clause[0], before) or _INNER_IT.search(self.norm, clause[0], before):
            kinds: tuple[str, ...] = ("Model", "Product") if against[0].type != "Organization" else COMPARABLE
            return self._kept(self._antecedent(it.start(), kinds, against), against)
        if this := _THIS.match(self.norm, clause[0], before):
            kinds = _KINDS.get(this.group(1), ("Model", "Product"))
            return self._kept(self._antecedent(this.start(), kinds, against), against)
        if not self._elided(clause[0], before):
            return []
        subject = self._earlier(clause, against)
        return self._kept(subject, against) if subject not in self.mentions else self._listed(subject, against)

    def _can_mean(self, x: EntityMention, against: list[EntityMention]) -> bool:
        """Whether a pronoun is read right: not as the object, nor as a company beside a thing of the object's kind."""
        others = {o.entity for o in against}
        nearer = [y for y in self.mentions if y.end <= x.start and alike(y, against[0]) and y.entity not in others]
        return x.entity not in others and not (x.type == "Organization" != against[0].type and nearer)

    def _kept(self, subject: EntityMention | None, against: list[EntityMention]) -> list[EntityMention]:
        return [subject] if subject and any(comparable(subject, x) for x in against) else []

    def _listed(self, first: EntityMention | None, against: list[EntityMention]) -> list[EntityMention]:
        """A subject with those named beside it, where the text counts them as one: X、Y两个模型."""
        chosen = self._kept(first, against)
        for x in self.mentions[self.mentions.index(chosen[0]) + 1 :] if chosen else []:
            if not joined(self.norm, chosen[-1], x):
                break
            chosen.append(x)
        return chosen if chosen and _TOGETHER.match(self.norm, chosen[-1].end) else chosen[:1]

    def stands(self, x: EntityMention, before: int) -> bool:
        """Whether a mention can be a subject: it is in no adverbial and no bracket."""
        if not self.bare(x.start, x.end, before).strip():
            return False
        m = _ASIDE.search(self.norm, max(self.span[0], x.start - 8), x.start)
        if m and any(y.start <= m.start() < y.end for y in self.known):
            m = None  # 华为昇腾
        if _SPEAKER.fullmatch(self.norm, x.end, before) or _NEGATED.search(
            self.norm[max(self.span[0], x.start - 8) : x.start]
        ):
            return False
        if not m or self.norm.startswith("的", x.end) and m.group(1) != "在":
            return True
        return not m.group(1) and ("的" in self.norm[x.end : before] or x.end == before)  # 使用X的效果; 使用X比Y好

    def _named(
        self, here: list[EntityMention], before: int, clause: Span, against: list[EntityMention]
    ) -> list[EntityMention]:
        things = [x for x in here if x.type != "Organization"] or here
        things = [x for x in things if any(comparable(x, o) for o in against)] or things
        last = things[-1]
        if broken(self.norm, last) or other_head(self.norm, last, self.known) or self._unknown(last.end, before):
            return []
        told = next((f.subject for f in self.found if f.object == last and f.clause == clause), None)
        if told:
            return [told]
        chosen, front = [last], last
        for x in reversed(here[: here.index(last)]):
            if x.type == "Organization" != last.type and head(self.norm, [x, front], 0) == front:
                front = x  # Meta的Llama 3和谷歌的可灵: the owner stands between the two
            elif alike(x, last) and joined(self.norm, x, front):
                chosen.insert(0, x)
                front = x
            else:
                break
        return chosen

    def _unknown(self, start: int, end: int) -> bool:
        """Whether a name that is no mention stands in [start, end), outside adverbials."""
        text = self.bare(start, end)
        for m in _LATIN.finditer(text):
            at = start + m.start()
            if any(x.start <= at < x.end for x in self.known) or _COMMON.fullmatch(m.group()):
                continue
            if not _SCORED.match(text, m.end()):
                return True
        return bool(_PEOPLE.search(text))

    def _elided(self, start: int, before: int) -> bool:
        """Whether the clause has no subject of its own before the trigger."""
        text = self.bare(start, before)
        if _OTHERS.search(text) or self._unknown(start, before):
            return False
        return len(re.sub(r"\s", "", text)) <= MAX_ELIDED

    def _earlier(self, clause: Span, against: list[EntityMention]) -> EntityMention | None:
        """What a clause without a subject is about: the comparison before, the clauses before, the sentence before."""
        told = [f for f in self.found if alike(f.subject, against[0])]
        if _ALTHOUGH.match(self.norm, *clause):
            return self._named_later(clause, against)
        if told:
            return told[-1].subject
        before = [c for c in self.clauses if c[1] <= clause[0]]
        for c in reversed(before):
            if it := _IT.match(self.norm, *c):
                return self._antecedent(it.end(), ("Model", "Product", "Hardware"), against)
            if subject := self._leading(c, against):
                return subject
            if this := _THIS.match(self.norm, *c):
                return self._antecedent(this.start(), _KINDS.get(this.group(1), ("Model", "Product")), against)
            if _OTHERS.match(self.bare(*c).lstrip()) or self._unknown(c[0], min(c[1], c[0] + MAX_ELIDED)):
                return None
        inside = [x for x in self.mentions if before and x.end <= clause[0]]
        if any(alike(x, against[0]) for x in inside):
            return next((x for x in inside if self._opens(x) and alike(x, against[0])), None)
        if inside and (first := self._first(inside)):
            return first if first.type == "Organization" else None
        if len("".join(self.bare(*c).strip() for c in before)) > MAX_BEFORE:
            return None
        others = {x.entity for x in against}
        recent = (x for x in reversed(self.recent) if self._fits(x, against[0]) and x.entity not in others)
        return next(recent, None) if not self.headline else self._named_later(clause, against)

    def _named_later(self, clause: Span, against: list[EntityMention]) -> EntityMention | None:
        """What the clauses after name first, or bring out: 超越X!Y开源Z; 虽然不如X,但Y更便宜."""
        for c in self.clauses:
            subject = self._leading(c, against) if c[0] >= clause[1] else None
            if subject and all(subject.entity != x.entity for x in against):
                return subject
        return None

    def _fits(self, x: EntityMention, against: EntityMention) -> bool:
        """Whether a topic can be set against a thing: one of its kind, or a product against a company (Bing, 谷歌)."""
        return alike(x, against) or x.type == "Product" and against.type == "Organization"

    def leads(self, clause: Span) -> EntityMention | None:
        """What a clause is about, of any kind: what it says was brought out, else the name that opens it."""
        inside = [x for x in self.mentions if clause[0] <= x.start and x.end <= clause[1]]
        for x in reversed(inside):
            if x.type != "Organization" and _BROUGHT_OUT.search(self.norm[max(clause[0], x.start - 16) : x.start]):
                return head(self.norm, inside, inside.index(x), ("Organization", "Hardware"))
        first = self._first(inside)
        return head(self.norm, inside, inside.index(first), ("Organization", "Hardware")) if first else None

    def _leading(self, clause: Span, against: list[EntityMention]) -> EntityMention | None:
        """The subject of an earlier clause, or what it says was brought out; of the kind of the object."""
        others = {x.entity for x in against}
        inside = [x for x in self.mentions if clause[0] <= x.start and x.end <= clause[1] and x.entity not in others]
        new = [x for x in inside if x.type != "Organization" and alike(x, against[0])]
        for x in reversed(new):
            lead = self.norm[max(clause[0], x.start - 16) : x.start]
            if _BROUGHT_OUT.search(lead) or _PIVOT.search(lead):
                return x
        for x in inside:
            if self._opens(x):
                first = head(self.norm, inside, inside.index(x), ("Organization", "Hardware"))
                if self._fits(first, against[0]):
                    return first
        return None

    def _opens(self, x: EntityMention) -> bool:
        """Whether a mention is the subject of its clause: it comes first, is in no adverbial and says nothing."""
        clause = next((c for c in self.clauses if c[0] <= x.start < c[1]), self.span)
        lead = self.bare(clause[0], x.start)
        topic = _TOPIC.search(self.norm[clause[0] : x.start]) or _BASED.match(self.norm, x.end)
        if (
            _SPEAKER.fullmatch(self.norm, x.end, clause[1])
            or other_head(self.norm, x, self.known)
            or broken(self.norm, x)
        ):
            return False
        if not topic and not self.stands(x, clause[1]):
            return False
        return bool(topic) or len(_FILLER.sub("", lead).strip()) <= 8

    def _first(self, inside: list[EntityMention]) -> EntityMention | None:
        return next((x for x in inside if self._opens(x)), None)

    def _antecedent(self, position: int, kinds: tuple[str, ...], against: list[EntityMention]) -> EntityMention | None:
        """What 它, 其 and 该模型 stand for where no mention says so: the last thing of its kind that is no object."""
        told = {f.object.entity for f in self.found} | {x.entity for x in against}
        earlier = [*self.recent, *(x for x in self.mentions if x.end <= position)]
        named = [x for x in earlier if x.type in kinds and x.entity not in told]
        if named:
            return named[-1]
        if self.found:
            return self.found[-1].subject
        rest = [x for x in earlier if x.entity not in told and (self._fits(x, against[0]) or self._fits(against[0], x))]
        return rest[-1] if rest else None

    def relative(self, last: EntityMention, clause: Span) -> EntityMention | None:
        """The head of a relative clause: 超过Sora的可灵视频大模型 is of 可灵."""
        return self._described(last.end, clause, r"\s*[》”]?\s*(?:等[^,。的]{0,10})?的[^,。;:、是为和与及\d]{0,8}")

    def relative_after(self, position: int, clause: Span) -> EntityMention | None:
        """What a describing phrase that ends here describes: 比GPT-4更强的Claude."""
        return self._described(position, clause, r"的[^,。;:、是为和与及\d]{0,8}")

    def _described(self, position: int, clause: Span, between: str) -> EntityMention | None:
        later = [x for x in self.mentions if x.start >= position and x.end <= clause[1]]
        if not later or not re.fullmatch(between, self.norm[position : later[0].start]):
            return None
        if dimensions()[0].search(self.norm, position, later[0].start):
            return None
        return head(self.norm, later, 0)
