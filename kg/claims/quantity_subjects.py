"""Whose number it is: the subject of a quantity and what a ratio is measured against.

Each mention near the number gets a sum of small scores (type, grammatical role, distance, construction); the best wins
where it lies above zero, otherwise the quantity has no named subject.
"""

from __future__ import annotations

import re
from functools import cache

from kg.claims.quantity_constructions import constructed
from kg.claims.quantity_context import Context
from kg.claims.quantity_patterns import pattern
from kg.claims.quantity_rivals import GENERIC_SUBJECT, UNNAMED, headed, intervening
from kg.claims.quantity_speakers import spoken_of_others
from kg.claims.units import data_rows
from kg.document import EntityMention
from kg.record import CORE_TYPES

_TRAINING = frozenset(("training_cost", "training_time", "data_size", "hardware_count", "compute", "parameter_count"))
_TRAINED = pattern("trained")
_TRAIN = pattern("training")
_REPORTING = pattern("reporting")
_SAYING = pattern("saying")
_OWN_PLAN = pattern("own-plan")
_OBJECT = pattern("preposition")
_VERB = (
    r"了|提供|收购|投资|给|向|与|和|在|对(?!手|象|应)|从|让|用|使|是|为|,|。|;|把|由|被|"
    r"领投|超越|超过|优于|击败|赶超|战胜|低于|高于|推出|发布|成为"
)
_RELATIVE = re.compile(rf"^(?:左右|以上|以下)?的(?:(?!{_VERB})[^,。;的]){{0,10}}$")
_HEAD = re.compile(r"^(?:的|公司|集团|方面|此前|目前|当前|最新|预计|的最新|的整体|整个)?[^,。;的是]{0,10}$")
_OWN_REPORT = re.compile(r"[^,。;]{0,24}?(?:财报|年报|季报|业绩|招股书|公告|财务)")  # a company's figures about itself
_COMPARED = re.compile(
    r"\s?(?:而|但|如果)?(?:(?:与|和|同|跟)[^。]*(?:相比|相较|不同|对比|比起来|比较)|(?:相比|相较|较之|比起|对比)[^。]*)\s?$"
)
_LISTED = re.compile(r"(?:、|以及|和|及)\s?$")
_NOT_OF_PERSONS = frozenset(("other", "change", "amount", "investment", "count", "duration"))  # spoken of, not theirs
_SPEAKS = re.compile(r"\s?(?:CEO|CTO|创始人|联合创始人|总裁|董事长|首席[^,。;:]{0,6}|老板|高管)?\s?:")
_FOLLOWED = re.compile(r"粉丝|关注|订阅|拥趸|读者|学员")
_STAYED = re.compile(r"待了|呆了|工作|任职|担任|任教|执掌|服务了|粉丝|关注|身家|财富|捐")
_STARS = re.compile(r"获星|[Ss]tar|星标|点赞|播放|阅读|浏览")
_LOCATED = re.compile(r"(?:位于|来自|总部在|在|于|飞往|前往)[^,。;]{0,10}$")
_POSSESSED = re.compile(r"[^,。;的]{0,10}(?:\([^)]*\))?的(?:约|近|超过?|逾)?")
_FEATURE = re.compile(
    r"\s?(?:其|它的?|这款|该)?(?:价格|售价|定价|速度|性能|参数|上下文|成本|支持|拥有|具有|具备|采用|搭载|推理|训练|准确率|尺寸|显存|内存|功耗|算力|延迟|得分|包含)"
)
_APPOSED = re.compile(  # what may stand between an owner and the head of its phrase without 的
    r"\s?(?:公司|集团|智能|创始人|联合创始人|联创|CEO|CTO|COO|CFO|首席[^,。;]{1,6}|总裁|董事长|总经理|执行长|掌门人|老板"
    r"|高管|前[^,。;]{1,6}|系列|最新|自研|大模型|模型|芯片|团队|子公司|母公司|竞争对手|对手|新|首款|首个|社交|短视频|电商|App|APP|应用|平台|软件|产品|机器人"
    r"|搜索引擎|初创|人工智能|AI|科技|互联网|大厂|巨头|手机|汽车|品牌|工具|服务|助手|浏览器|操作系统|游戏|企业|独角兽|实验室)*\s?"
)
_RECEIVED = re.compile(r"(?:获|获得|得到|拿到|接受|引入)了?$")
_BA = re.compile(r"(?:把|将)\s?$")
_ASIDE, _ASIDE_END = re.compile(r"\([^()]*$"), re.compile(r"[^()]*\)")
_PLATFORM = pattern("platform")
_PERIOD = pattern("period")
_RANKED = re.compile(r"的?(?:则|也|同样|还|依然)?(?:是|属于)")  # 第三位是X
_SURVEYED, _SURVEY = (
    re.compile(r"[对向]了?[^,。;]{0,14}$"),
    re.compile(r"[^,。;]{0,14}的(?:调查|调研|研究|分析|访谈|采访|统计|抽样)"),
)
_DATE_ONLY = re.compile(
    r"[初底末]?(?:的时候|时)?,\s?(?!由于|因)[^,。;]{0,6}"
)  # 2019年5月,X加入Y: the date of what X did
_LATER = re.compile(r"(?:之后|以后|后|后来|过后)[,]?[^,。;]{0,4}")


@cache
def preferences() -> dict[str, tuple[str, ...]]:
    """Attribute -> entity types, best first (`kg/data/quantities/subjects.tsv`)."""
    return {attribute: tuple(types.split(",")) for attribute, types, _ in data_rows("subjects.tsv", 3)}


def subject_of(
    contexts: list[Context], position: int, span: tuple[int, int], attribute: str, not_: str | None = None
) -> EntityMention | None:
    """The mention whose number stands at `span`; `position` is the index of its context. None where it has no name."""
    ctx = contexts[position]
    types = preferences()[attribute]
    if attribute == "rank" and (named := _RANKED.match(ctx.norm, span[1])):
        end = ctx.clauses[ctx.clause(span[0])][1]
        return next((m for m in reversed(ctx.mentions_between(named.end(), end)) if m.type in types), None)
    if _SURVEYED.search(ctx.norm, ctx.clauses[ctx.clause(span[0])][0], span[0]) and _SURVEY.match(ctx.norm, span[1]):
        return None
    start, end = ctx.clauses[ctx.clause(span[0])]
    if attribute == "duration" and _PERIOD.search(ctx.norm, start, span[0]):
        return None
    if attribute == "count" and ctx.norm.endswith("其中", start, span[0]):
        return None
    training = False
    if attribute in ("duration", "count", "amount") and _TRAIN.search(
        ctx.norm, max(start, span[0] - 12), min(end, span[1] + 8)
    ):
        types = ("Model", *(t for t in types if t != "Model"))
        training = True
    best: tuple[float, int, int] | None = None
    chosen = None
    for back in range(0, min(4, position + 1)):
        other = contexts[position - back]
        if back and (
            other.sentence.paragraph < ctx.sentence.paragraph - 1 or other.sentence.kind in ("title", "heading")
        ):
            break
        for m in other.mentions:
            if m.entity == not_ or m.type not in types or spoken_of_others(ctx, back, m, span, attribute):
                continue
            score = _score(ctx, other, back, m, span, types, attribute) + (8 if training and m.type == "Model" else 0)
            rank = (score, -back, -m.start if back else m.start)
            if score > 0 and (best is None or rank > best):
                best, chosen = rank, m
    return chosen


_CARRIED = frozenset((
    "revenue", "funding", "valuation", "user_count", "download_count", "market_share", "change", "headcount", "amount",
    "parameter_count", "training_cost", "benchmark_score", "context_length", "usage_price",
))  # fmt: skip


def carried_subject(ctx: Context, span: tuple[int, int], attribute: str, last: EntityMention) -> EntityMention | None:
    """The subject of the figure before, for a clause that names no other: `收入增长45%。DAU为2690万。`"""
    start = span[0]
    clause = ctx.clauses[ctx.clause(start)][0]
    if headed(ctx, last, span):
        return None
    if attribute not in _CARRIED or last.type not in preferences()[attribute] or start - clause > 18:
        return None
    if any(clause <= m.start < start for m in ctx.mentions) or GENERIC_SUBJECT.search(
        ctx.norm, ctx.sentence.start, start
    ):
        return None
    return None if UNNAMED.search(ctx.norm, ctx.sentence.start, start) else last


def _score(
    ctx: Context,
    other: Context,
    back: int,
    m: EntityMention,
    span: tuple[int, int],
    types: tuple[str, ...],
    attribute: str,
) -> float:
    """How well a mention fits as the subject; above zero where it may be it."""
    step = 1 if attribute in ("count", "other", "amount", "change", "rank", "duration") else 3
    score = 30.0 - step * types.index(m.type) + _role(other, m, types)
    if types[0] == "Model" == m.type and attribute != "rank":
        score += 8
    if attribute == "investment" and _RECEIVED.search(ctx.norm, max(ctx.sentence.start, m.start - 5), m.start):
        score += 16  # 获得微软1600万欧元投资: the investor's
    if attribute == "investment" and m.type == "Person" and other.role(m) == "subject":
        score += 14  # 创始人X个人又投了…
    if m.kind != "name":
        score -= 12 if types[0] == "Model" and m.type == "Organization" else -2  # 其训练成本: rather the model's
    if back:
        far = attribute == "count" and not _STARS.search(ctx.clause_text(span[0]))
        score -= (22 if far else 12) + 6 * back
        score -= 0 if other.role(m) in ("subject", "possessor", "coordinated") else 8
    elif m.start >= span[1]:
        score += _after(ctx, m, span, attribute)
    else:
        score += _before(ctx, m, span)
    if _beside(other, m, span):
        score -= 15
    if (back or ctx.clause(m.start) != ctx.clause(span[0])) and _partitive(ctx, span):
        score -= 60
    if _in_title(other, m.start, m.end) != _in_title(ctx, span[0]):
        score -= 45  # …《2个月收入破2000万》: what a cited title says is not of the name before it
    if m.type == "Person" and attribute == "user_count" and not _FOLLOWED.search(ctx.clause_text(span[0])):
        score -= 40
    if m.type == "Person" and attribute in _NOT_OF_PERSONS and not _STAYED.search(ctx.clause_text(span[0])):
        score -= 40 if back else 10 if ctx.clause(m.start) != ctx.clause(span[0]) else 0
    if not back:
        score += constructed(ctx, m, span, attribute)
    return score - intervening(ctx, other, back, m, span)


_ONLY = re.compile(
    r"\s*(?:目前|如今|现在|据统计|而|但|例如|比如)?,?[在对]?(?:还|更|另外?|也|就|且|并)*(?:指出|显示|发现|表示|称)?了?(?:只有|仅有?|有|约|大约|近|超过?|不到|高达)*"
)
_PART = re.compile(
    r"\s?的(?!(?:速度|增长|增速|份额|股份|股权|比例|概率|折扣|价格|利润|毛利)[^,。;]{0,2}(?:[,。;]|$))[^,。;]{2,}"
)


def _partitive(ctx: Context, span: tuple[int, int]) -> bool:
    """Whether a share begins its clause and says a part of what: `只有不到5%的翻译支出是通过…`."""
    start, end = ctx.clauses[ctx.clause(span[0])]
    share = ctx.norm[span[1] - 1] == "%"
    return (
        share
        and _ONLY.fullmatch(ctx.norm, start, span[0]) is not None
        and _PART.match(ctx.norm, span[1], end) is not None
    )


def _in_title(ctx: Context, position: int, end: int | None = None) -> int:
    """Where the title in《》that holds a position begins; -1 outside of titles, and for a name that is all of one."""
    opened = ctx.norm.rfind("《", ctx.sentence.start, position)
    whole = end is not None and opened == position - 1 and ctx.norm.startswith("》", end)
    return opened if opened > ctx.norm.rfind("》", ctx.sentence.start, position) and not whole else -1


def _beside(ctx: Context, m: EntityMention, span: tuple[int, int]) -> bool:
    """Whether a mention stands in brackets that close before the number: `公司(前身为X)有200人`."""
    if not _ASIDE.search(ctx.norm, ctx.sentence.start, m.start):
        return False
    end = _ASIDE_END.match(ctx.norm, m.end, ctx.sentence.end)
    return end is not None and not m.end <= span[0] < end.end()


# what each grammatical role says for a mention as the subject of a figure (`kg.entities.coreference_salience`)
_ROLES = {
    "subject": 8.0,
    "coordinated": 4.0,
    "possessor": 5.0,
    "agent": -10.0,
    "oblique": -12.0,
    "source": -60.0,
    "introduced": 8.0,
    "modifier": -30.0,
}


def _role(other: Context, m: EntityMention, types: tuple[str, ...]) -> float:
    norm = other.norm
    owner = next((x for x in other.mentions if x.start < m.start and _owns(other, x, m)), None)
    first = owner or m  # the phrase begins with its owner: 在Cerebras的芯片上
    before = norm[max(other.sentence.start, first.start - 6) : first.start]
    after = norm[m.end : min(other.sentence.end, m.end + 30)]
    role = other.role(m)
    if owner is not None and role in ("object", "oblique") and other.role(owner) in ("subject", "possessor"):
        role = "subject"
    if role == "source" and _OWN_REPORT.match(after):
        role = "subject"
    score = _ROLES.get(role, -3.0)
    if role not in ("source", "agent") and _OBJECT.search(before) and not after.startswith("的"):
        score -= 8
    if _BA.search(before):
        score += 10
    if _REPORTING.match(after):
        score -= 45
    if _SPEAKS.match(after) and m.start - other.sentence.start <= 20:
        score -= 40
    if _PLATFORM.match(after):
        score -= 60
    if before.endswith("在") and re.match(r"(?:网站|平台|官网|博客|公众号|社区)?[上里中]", after):
        score -= 60
    if re.match(r"[^,。;]{0,4}(?:领投|跟投|参投)", after):
        score -= 45 if types[0] == "Organization" and "Product" in types[1:2] else 0
    if m.type == "Place" and role == "object":
        score -= 18
    if m.type == "Place" and _LOCATED.search(norm, other.sentence.start, m.start):
        score -= 25
    if m.type == "Place" and before.rstrip().endswith(("在", "于")):
        score -= 30
    if any(
        _owns(other, m, x) and not (x.type == "Person" and types.index("Person") > 1)
        for x in other.mentions
        if x.type in types
    ):
        score -= 10
    return score


def _owns(ctx: Context, owner: EntityMention, m: EntityMention) -> bool:
    """Whether the second mention is the head of the phrase that the first begins (`快手的Kling`, `智谱AI GLM-4`)."""
    gap = m.start - owner.end
    if owner.entity == m.entity or not 0 <= gap <= 20:
        return False
    between = ctx.norm[owner.end : m.start]
    if re.search(r"推出|发布|宣布|公布|立项|[,。;、:和与及]", between) or m.type not in CORE_TYPES:
        return False
    if any(x.type in CORE_TYPES for x in ctx.mentions_between(owner.end, m.start)):
        return False
    if owner.kind == "pronoun" or re.match(r"的|旗下|自研", between):
        return re.fullmatch(rf"(?:的|旗下的?)?(?:(?!{_VERB})[^,。;]){{0,16}}", between) is not None
    return _APPOSED.fullmatch(between) is not None


def _before(ctx: Context, m: EntityMention, span: tuple[int, int]) -> float:
    """A mention before the number in its sentence."""
    clauses = ctx.clause(span[0]) - ctx.clause(m.start)
    between = ctx.norm[m.end : span[0]]
    score = 10 - 0.05 * len(between) - 4 * clauses
    if between.startswith("(") and ")" not in between:
        score += 30  # 美国(第二位): what stands in brackets is said of the name before them
    nothing = not any(m.end <= x.start < span[0] for x in ctx.mentions)
    nothing = nothing and not _OBJECT.search(ctx.norm, ctx.sentence.start, m.start)
    if clauses == 0 and nothing and _HEAD.match(between) and not re.search(_VERB, between[:4]):
        score += 8
    if clauses and _COMPARED.match(ctx.norm, *ctx.clauses[ctx.clause(m.start)]):
        score -= 40
    if clauses and ctx.role(m) in ("object", "oblique") and _LISTED.search(ctx.norm, m.start - 2, m.start):
        score -= 10
    if 1 <= clauses <= 3 and ctx.role(m) in ("object", "oblique") and m.type in ("Model", "Product", "Hardware"):
        start, end = ctx.clauses[ctx.clause(m.start)]
        feature = _FEATURE.match(ctx.norm, ctx.clauses[ctx.clause(span[0])][0])
        if feature and pattern("release").search(ctx.norm, start, m.start):
            score += 14  # 发布了Gemini 2.0,价格比…便宜96%: the figure is the new thing's
    if nothing and _POSSESSED.fullmatch(between):
        score += 16  # 文心一言的1300万用户
    first_clause_end = ctx.clauses[ctx.clause(m.start)][1]
    if clauses and _SAYING.match(ctx.norm[m.end : first_clause_end + 1]):
        following = ctx.norm[ctx.clauses[ctx.clause(m.start) + 1][0] : span[0]]
        score -= 0 if _OWN_PLAN.match(following) else 44
    return score


def _after(ctx: Context, m: EntityMention, span: tuple[int, int], attribute: str) -> float:
    """A mention behind the number is its subject where the number describes it (`6710亿参数的模型DeepSeek-V3`)."""
    between = ctx.norm[span[1] : m.start]
    if re.match(r"[^,。;]{0,6}(?:来说|而言|来讲)", ctx.norm[m.end : m.end + 10]):
        return 14.0
    clauses = ctx.clause(m.start) - ctx.clause(span[0])
    if attribute == "duration" and ctx.role(m) in ("subject", "possessor") and _LATER.fullmatch(between):
        return 34.0  # 仅仅两个月后,X的访问量超过…
    if not clauses:
        bare = re.sub(
            "|".join(re.escape(ctx.norm[x.start : x.end]) for x in ctx.mentions_between(span[1], m.start)) or "$^",
            "",
            between,
        )
        if _RELATIVE.match(bare):
            return 26.0
    if attribute == "rank" and ctx.norm[span[0]] == "首" and m.type in ("Model", "Product", "Hardware") and not clauses:
        return 24.0 if len(between) <= 20 else 0.0  # 首款手机大模型星河6
    if attribute == "valuation" and re.fullmatch(
        r"的?(?:估值|价格)?[^,。]{0,4}(?:收购|并购|投资|入股|买下|向|对)了?", between
    ):
        return 50.0
    if (
        attribute in _TRAINING
        and m.type == "Model"
        and clauses <= 1
        and _TRAINED.search(ctx.norm, ctx.sentence.start, m.start)
    ):
        return 12.0
    if attribute == "event_date" and m.type == "Event" and not clauses:
        return 20.0
    if attribute in ("event_date", "founding_date"):
        if clauses == 1 and ctx.role(m) == "subject":
            return 20.0 if _DATE_ONLY.fullmatch(between) else 4.0
        return 6.0 - 0.1 * len(between) - 8 * clauses - (12 if ctx.role(m) == "object" else 0)
    if len(between) <= 8 and "," not in between and "。" not in between:
        return -40.0 if len(between) <= 3 else -16.0
    return -24.0 - 0.4 * len(between) - 10 * clauses
