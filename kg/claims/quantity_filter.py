"""Which of the amounts written in a sentence are worth a claim: idioms, names and bare numerals are not."""

from __future__ import annotations

import re

from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context
from kg.claims.quantity_patterns import pattern

# a numeral of these is part of a word (万一, 一带一路, 三方, 千万别), whatever follows
_WORDS = pattern("idiom")
_CLASSIFIER_ONE = pattern("only-one")
_BARE_LEAD = pattern("bare-lead")
_ORDINAL = re.compile(r"第\s?$")
_AFTER_BIG = re.compile(r"\s?大(?!约|概|多|型|于|小|幅|量|模型|语言)")
_WORDLIKE_UNITS = frozenset("代手线流级等度面头分对道层期届步下场角门口起号点处身心行")
_SPENT = pattern("time-spent")
_LASTING = pattern("time-lasting")
_SAVED = re.compile(r"(?:节省|节约|省下|省|缩短)了?\s?$")
_PRONOUN_COUNT = pattern("pronoun-count")


_ONE_SPAN = re.compile(r"一个?(?:周|星期|礼拜|季度)")
_AGE_GROUP = pattern("age-group")
_VAGUE_SPAN = pattern("vague-span")
_OPTIONS = re.compile(r"选择|可选|选项|设置|自选")
_PAID = re.compile(r"[花付价赚仅只收卖涨降省费需]了?\s?$")
_EACH = pattern("each")
_ABSTRACT = pattern("abstract-noun")
_TOLD = pattern("told-count")
_POINTED = re.compile(r"(?:这|那|该|此|上述|以上|全文共|本文共|字数|前)\s?$")
_GROWN = re.compile(  # 过去4个月其收入增加了100万: how long it took
    r"(?:的?时间)?[里内中]?,?[^,。;]{0,8}(?:增长|增加|上升|上涨|提升|下降|减少|翻)了?[^,。;]{0,4}[\d一二两三四五六七八九十百]"
)
_IN_NAME = re.compile(r"俱乐部|时代(?!周刊)|计划[”」]|工程[”」]|的?(?:短途|长途|路程|行程|车程|航程|里程|距离)")
_YEAR, _YEARLY = (
    re.compile(r"20[0-3]\d"),
    re.compile(r"\s?(?:全球|国际|世界|中国|年度)?(?:开发者|大会|峰会|论坛|年会|发布会|人工智能|科技|报告|榜|版)"),
)
_NO_MEASURE = re.compile(
    r"制(?![造作程定])|级(?:本科|硕士|博士|研究|学生|新生|同学|校友)|届(?:本科|硕士|博士|毕业|研究|学生|校友)"
)
_LABEL = re.compile(r"(?:ID|id|编号|单号|代码|号码|验证码|密码)\s?[为是:]?\s?$")
_AGO = re.compile(r"(?:之前|以前|前(?![沿景瞻端身后]))")
_BEATEN = re.compile(r"(?:超过|超越|高于|优于|领先于?|低于|落后于?|不及|击败|仅次于)了?[^,。;\d]{1,3}[^,。;]{0,17}的$")
_BY_MACHINES = pattern("written-by-machines")
_FILE_NAME = re.compile(r"\w{0,4}\.[a-z]{2,5}\b")
_BITS = pattern("measured-in-bits")
_TALENTS = pattern("under-age")
_SCORED = re.compile(r"(?:得分|分数|评分|成绩|跑分|指数|得到|拿到|获)\s?(?:为|了|是|达|高达|:)?\s?$")


def worth(ctx: Context, amount: Amount) -> bool:
    """Whether an amount says something: not part of a name or an idiom, not a bare numeral out of nowhere."""
    norm = ctx.norm
    if amount.kind == "level" and re.match(
        r"(?:大)?(?:地震|强震|余震|台风|大风|飓风)", norm[amount.end : amount.end + 4]
    ):
        return False  # part of an event's name
    if amount.kind == "level" and re.search(r"[A-Za-z]\s?$", norm[ctx.sentence.start : amount.start]):
        return False
    if ctx.is_masked(amount.start, amount.end) and not _only_unit_masked(ctx, amount):
        return False
    before = norm[max(ctx.sentence.start, amount.start - 6) : amount.start]
    if _says_little(norm, amount, before):
        return False
    if _ORDINAL.search(before) or _in_word(norm, amount):
        return False
    if (
        amount.kind in ("item", "classifier", "people", "bare", "words")
        and _POINTED.search(before)
        and amount.op == "="
    ):
        return False  # 这两类任务, 前20名
    if amount.kind == "token" and (
        before.rstrip().endswith(("每", "/")) or (amount.number == 1 and amount.style == "chinese")
    ):
        return False
    if amount.kind == "bare":
        return _bare(ctx, amount, before)
    if (
        amount.kind == "time"
        and amount.unit == "years"
        and amount.op == "="
        and re.fullmatch(r"\d{4}年", norm[amount.start : amount.end])
    ):
        return False
    if amount.style in ("chinese", "magnitude"):
        return _chinese(norm, amount, before)
    return not (amount.kind == "item" and amount.number == 1 and not amount.lead < amount.start)


def idle(amount: Amount, attribute: str) -> bool:
    """Whether an amount says nothing where nobody has it: `数十亿美元`, `百倍的努力`, `两种`."""
    if amount.style == "magnitude":
        return amount.op == "~" or amount.kind in ("times", "item", "people", "bare")
    two = amount.style == "chinese" and amount.op == "=" and amount.number == 2
    return two and attribute == "count" and amount.kind in ("item", "people", "classifier")


def _says_little(norm: str, amount: Amount, before: str) -> bool:
    """Ages of a group, spans counted back from now, each single one of something, parts of an argument."""
    if amount.kind == "age":
        return _AGE_GROUP.match(norm, amount.end) is not None
    if amount.kind == "score" and norm.startswith(("多钟", "半钟", "来钟"), amount.end):
        return True  # 1分多钟
    if amount.style == "magnitude" and norm.startswith("级", amount.end):
        return True  # 数百兆瓦级
    if (
        _YEAR.fullmatch(norm, amount.start, amount.start + 4)
        and not (amount.lead < amount.start)
        and _YEARLY.match(norm, amount.start + 4)
    ):
        return True  # 大会2024开发者: a year in a name
    if _NO_MEASURE.match(norm, amount.end - (amount.unit_text in ("级", "届"))) or before.endswith("公元"):
        return True  # 四年制大学, 2020级博士生, 22届毕业生, 公元620年
    if amount.kind == "bare" and _LABEL.search(before):
        return True  # ID为12348888
    if amount.style == "arabic" and amount.kind in ("bare", "times", "item") and _machine_written(norm, amount):
        return True
    if amount.kind == "people" and (_TALENTS.match(norm, amount.end) or _in_bits(norm, amount)):
        return True
    if amount.style == "magnitude" and before.endswith("每"):
        return True  # 每千瓦时
    if amount.kind in ("bare", "item") and before.endswith("="):
        return True  # a formula
    if _IN_NAME.match(norm, amount.end):
        return True  # 万亿美元俱乐部, 10公里的路程
    if (
        amount.unit == "other"
        and amount.kind == "time"
        and _OPTIONS.search(norm, max(0, amount.lead - 50), amount.tail + 20)
    ):
        return True  # 时长可选3-5分钟
    if amount.kind == "time" and _AGO.match(norm, amount.end):
        return True  # 一年半以前
    if amount.kind == "time" and not _GROWN.match(norm, amount.end):
        told = _VAGUE_SPAN.search(before[: len(before) - (amount.start - amount.lead)])
        return told is not None and amount.op != "<>"
    if amount.kind == "money" and amount.number == 1:
        return _EACH.search(before) is not None
    few = amount.style == "chinese" and isinstance(amount.number, int) and amount.number < 10
    if few and amount.kind in ("item", "classifier", "bare"):
        return _ABSTRACT.match(norm, amount.end) is not None
    small = isinstance(amount.number, int) and amount.number < 10 and amount.unit_text == "位" and amount.op == "="
    if (few or small) and amount.kind == "people":
        return _TOLD.search(before) is None
    return (
        amount.style == "magnitude"
        and amount.kind in ("item", "people", "bare", "words", "event")
        and not (amount.lead < amount.start)
    )


def _machine_written(norm: str, amount: Amount) -> bool:
    """Whether a number is part of an address, a program or a formula: `im.58.com:3306`, `sleep(1000)`, `/123x.html`."""
    before = norm[max(0, amount.lead - 12) : amount.lead]
    return _BY_MACHINES.search(before) is not None or _FILE_NAME.match(norm, amount.end) is not None


def _in_bits(norm: str, amount: Amount) -> bool:
    return norm[amount.end - 1] == "位" and _BITS.match(norm, amount.end) is not None


def _only_unit_masked(ctx: Context, amount: Amount) -> bool:
    """A mention may cover the counted noun (`2048块英伟达GPU`), never the numeral."""
    digits = re.match(
        r"[^\d一二两三四五六七八九十百千万亿半]*[\d.,一二两三四五六七八九十百千万亿半]+",
        ctx.norm[amount.start : amount.end],
    )
    return digits is not None and not ctx.is_masked(amount.start, amount.start + digits.end())


def _in_word(norm: str, amount: Amount) -> bool:
    window = max(0, amount.start - 4)
    for m in _WORDS.finditer(norm, window, amount.start + 6):
        if m.start() <= amount.start < m.end() or amount.start <= m.start() < amount.start + 1:
            return True
    return False


def _bare(ctx: Context, amount: Amount, before: str) -> bool:
    norm = ctx.norm
    following = norm[amount.end : amount.end + 1]
    if amount.style == "latin" and norm[amount.end - 1 : amount.end] not in ("w", "W"):
        return False  # 8K, 5G: settle_unit has made parameters, tokens and money of the others
    if amount.op == "<>":
        return bool(re.search(r"[万亿千百]", norm[amount.start : amount.end]))
    if re.search(r"[A-Za-z]\s?$", before) and amount.op == "=":
        return False
    if isinstance(amount.number, (int, float)) and amount.number < 100:
        beaten = _BEATEN.search(norm, max(ctx.sentence.start, amount.start - 24), amount.start)
        beaten = beaten and re.match(r"[,。;!?、)]|$", following)
        return amount.style == "arabic" and bool(_SCORED.search(before) or beaten)
    if amount.style in ("arabic", "fraction"):
        if following.isascii() and following.isalpha():
            return False
        if norm[amount.start - 1 : amount.start].isascii() and norm[amount.start - 1 : amount.start].isalpha():
            return False
        big = isinstance(amount.number, list) or re.search(r"[万亿千百,]", norm[amount.start : amount.end])
        return bool(big or amount.op != "=" or (_BARE_LEAD.search(before) and re.match(r"[,。;!?)、的]|$", following)))
    if amount.style == "magnitude":
        return amount.lead < amount.start and amount.number not in (10,)
    return len(norm[amount.start : amount.end]) > 1 and (
        amount.lead < amount.start or bool(re.search(r"[万亿]", norm[amount.start : amount.end]))
    )


def _chinese(norm: str, amount: Amount, before: str) -> bool:
    numeral = norm[amount.start : amount.end]
    if amount.kind == "people" and numeral in ("两人", "二人", "三人") and amount.op == "=":
        return bool(re.search(r"[共仅只]\s?$", before))
    if amount.kind == "people" and re.search(r"(?:这|那|我们|他们|你们|咱们?|她们)\s?$", before):
        return False
    one = amount.number == 1 or _ONE_SPAN.fullmatch(numeral) is not None
    if amount.kind == "time":
        if amount.op == "~" and numeral[0] in "数几":
            return False
        lasting = amount.unit_text.endswith("时间") or _LASTING.match(norm, amount.end) is not None
        if one and amount.op == "=" and not lasting and not _SPENT.search(before):
            return False
        if one and before.endswith("的") and re.match(r"[,。;!?、]|$", norm[amount.end : amount.end + 1]):
            return False
        if re.search(r"[这那新每]\s?$", before):
            return False
        if _PRONOUN_COUNT.search(before) and one:
            return False
        weekly = amount.unit_text in ("周", "星期", "个星期", "个礼拜", "礼拜")
        return not (one and amount.unit in ("days", "other")) or weekly or _SAVED.search(before) is not None
    if amount.kind in ("percent", "ratio", "times", "money", "user", "gpu", "param", "token"):
        if (
            one
            and amount.kind in ("user", "gpu")
            or amount.kind == "gpu"
            and amount.style == "magnitude"
            and amount.unit_text == "卡"
        ):
            return False
        if amount.unit_text == "元" and isinstance(amount.number, int) and amount.number < 10:
            return _PAID.search(before) is not None  # 三元 is a word of algebra as well
        return not (amount.kind == "money" and numeral in ("一块", "一分", "三块"))
    if one:
        return bool(_CLASSIFIER_ONE.search(before)) and amount.kind == "people"
    if amount.unit_text in _WORDLIKE_UNITS or _AFTER_BIG.match(norm, amount.end):
        return False
    return not (amount.style == "magnitude" and amount.number in (10, 100) and amount.op == "=")
