"""Which of the amounts written in a sentence are worth a claim: idioms, names and bare numerals are not."""

from __future__ import annotations

import re

from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context

# a numeral of these is part of a word (万一, 一带一路, 三方, 千万别), whatever follows
_WORDS = re.compile(
    r"五一|十一(?=黄金|长假|假期|国庆|期间)|双十[一二]|双1[12]|六一|七一|八一|三八|九一八|万一|一带一路|千万(?=别|不|要|记|小心|注意)|三方|四方(?!面)|八方|多方|百度|百川|千问"
    r"|万物|万达|万科|万能|万众|万般|万分(?!之)|百般|百姓|百货|百科|百合|百年|百花|千里|千古|千禧|千军|千方百计|千篇一律|成千上万|数以[十百千万亿]+计|亿万|千万家|千家万户|万家灯火|万事|万象|万岁"
    r"|十分(?!之|钟)|十足|十字|八卦|九宫|七夕|七彩|五花八门|五金|五官|五湖四海|五角大楼|六神无主|三观|三农|三甲|三军|三餐|三明治|三维|二维|一维|四维|二手|二次元|二进制|三级跳|二者|两者|三者|四者|两会|两岸|两难|两极|两头|两侧|两旁|两边|两国|双方"
    r"|独一无二|数一数二|三番五次|三三两两|四面八方|七上八下|乱七八糟|九牛一毛|一石二鸟|三言两语|三心二意|五大三粗|两全其美|两手|一心二用|四通八达|万无一失|以一当十|举一反三|接二连三|低三下四|朝三暮四|张三|李四|王五|三六零|二八定律|八九不离十|千丝万缕|千变万化|千差万别|千奇百怪|百分百(?!之)"
    r"|三大运营商|二次|千兆(?!瓦|字节|比特|赫)|百事|三无|成百上千|万字|两弹|二元|多元|三国|[一二三四五六七八九十]位数|四两拨千斤|两弹一星|十四五|十三五|十五五|四个自信|一国两制|三座大山|三十六计|二十四节气|十三届|十二生肖|四川|三星|三亚|三峡|五粮液|六安|七牛|八大山人|九州|九章|十堰|三一重工|一汽|二汽|一加|一线|二线|三线|四线|一二线|三四线|一级|二级|三级|四级|一等|二等|三等|特一|一时|一度"
)
_SMALL = re.compile(r"[一二三四五六七八九]")
_CLASSIFIER_ONE = re.compile(r"(?:只有|仅有?|唯一|仅仅)\s?$")
_BARE_LEAD = re.compile(
    r"(?:达到?|高达|多达|为|至|到|有|约|超过?|突破|破|近|逾|不足|不到|数量|总数|得分|分数|评分|获星|共计?|合计|总计|增长了?|涨了?|暴涨了?|新增|减少了?|获得?|量|数|是|至少|接近|:|\()\s?(?:了)?$"
)
_ORDINAL = re.compile(r"第\s?$")
_AFTER_BIG = re.compile(r"\s?大(?!约|概|多|型|于|小|幅|量|模型|语言)")
_WORDLIKE_UNITS = frozenset("代手线流级等度面头分对道层期届步下场角门口起号点处身心行")
_TIME_OF_LIFE = re.compile(r"^(?:[之以]?前|[之以]?后)")
_SPENT = re.compile(r"(?:了|过|仅|只|短短|花|用|耗时|历时|为期|长达|达|已经?|不足|满|去)\s?$")
_LASTING = re.compile(r"(?:之?后|以?内|时间|多|左右|以上|以来|之久|之?前|半|的时间)")
_PRONOUN_COUNT = re.compile(r"(?:这|那|哪|另|某|每|上|下|前|后|首|头|同|其|第|任)\s?$")


def worth(ctx: Context, amount: Amount) -> bool:
    """Whether an amount says something: not part of a name or an idiom, not a bare numeral out of nowhere."""
    norm = ctx.norm
    if amount.kind == "level" and re.search(r"[A-Za-z]\s?$", norm[ctx.sentence.start : amount.start]):
        return False
    if ctx.is_masked(amount.start, amount.end) and not _only_unit_masked(ctx, amount):
        return False
    before = norm[max(ctx.sentence.start, amount.start - 6) : amount.start]
    if _ORDINAL.search(before) or _in_word(norm, amount):
        return False
    if amount.kind == "bare":
        return _bare(ctx, amount, before)
    if amount.kind == "time" and amount.unit == "years" and amount.op == "=" and re.fullmatch(r"\d{4}年", norm[amount.start : amount.end]):
        return False
    if amount.style in ("chinese", "magnitude"):
        return _chinese(norm, amount, before)
    return not (amount.kind == "item" and amount.number == 1 and not amount.lead < amount.start)


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
    if amount.style == "latin":
        return False  # 8K, 5G: settle_unit has made parameters, tokens and money of the others
    if amount.op == "<>":
        return bool(re.search(r"[万亿千百]", norm[amount.start : amount.end]))
    if re.search(r"[A-Za-z]\s?$", before) and amount.op == "=":
        return False
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
    one = amount.number == 1
    if amount.kind == "time":
        if amount.op == "~" and numeral[0] in "数几":
            return False
        if one and amount.op == "=" and not _SPENT.search(before) and not _LASTING.match(norm, amount.end):
            return False
        if one and before.endswith("的") and re.match(r"[,。;!?、]|$", norm[amount.end : amount.end + 1]):
            return False
        if re.search(r"[这那新每]\s?$", before):
            return False
        if _PRONOUN_COUNT.search(before) and one:
            return False
        return not (one and amount.unit in ("days", "other"))
    if amount.kind in ("percent", "ratio", "times", "money", "user", "gpu", "param", "token"):
        if (
            one
            and amount.kind in ("user", "gpu")
            or amount.kind == "gpu"
            and amount.style == "magnitude"
            and amount.unit_text == "卡"
        ):
            return False
        return not (amount.kind == "money" and numeral in ("一块", "一分", "三块"))
    if one:
        return bool(_CLASSIFIER_ONE.search(before)) and amount.kind == "people"
    if amount.unit_text in _WORDLIKE_UNITS or _AFTER_BIG.match(norm, amount.end):
        return False
    return not (amount.style == "magnitude" and amount.number in (10, 100) and amount.lead == amount.start)
