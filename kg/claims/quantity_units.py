"""The unit of an amount as its context makes it: people who are users, boards that are GPUs, `7B` parameters."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.claims.numbers import Amount, plain
from kg.claims.quantity_context import Context
from kg.claims.quantity_patterns import pattern
from kg.claims.units import Unit, unit_at

_GPU = pattern("gpu-after")
_GPU_BEFORE = pattern("gpu-before")
_USERS = pattern("users")
_DOWNLOADS = re.compile(r"下载|安装量|装机量")
_PARAMS = re.compile(r"参数|尺寸|模型规模|parameters")
_TOKENS = re.compile(r"上下文|context|窗口|[Tt]oken|长度")
_NOT_PEOPLE = re.compile(r"^\s?(?:的)?(?:投资者|投资方|股东|客户)")
_PERSONS = pattern("persons")
_BITS = pattern("bits-after")
_BITS_NEAR = re.compile(r"(?:比特|每秒|输出|bit)[^,。;]{0,12}$")
_FASTER = re.compile(r"(?:比|较|相比)[^,。;]{1,30}快$")  # 比X快4倍: here 快 does not mean about
_BOARDS = frozenset("张块颗枚片")
_TELLING = frozenset(("money", "param", "user", "token", "gpu"))
_CARDS = frozenset("张块颗枚片个台")


def settle_unit(ctx: Context, a: Amount) -> Amount:
    """The amount with unit and kind as the words around it make them."""
    clause_start = ctx.clauses[ctx.clause(a.start)][0]
    before = ctx.norm[clause_start : a.start]
    after = ctx.norm[a.tail : ctx.clauses[ctx.clause(a.end - 1)][1]]
    if a.kind == "bare" and a.style == "latin":
        return _latin(a, before, after)
    if a.kind == "bare" and (unit := _told_elsewhere(ctx, a)):
        a = replace(a, unit=unit.unit, kind=unit.kind)
    if a.kind in ("times", "percent", "ratio") and a.op in ("~", "<>") and _FASTER.search(before):
        return replace(a, op="=" if a.op == "~" else a.op, lead=a.start)
    counted = a.kind == "bare" or (a.kind == "item" and a.unit_text in _CARDS)
    if a.kind == "item" and a.unit_text in _BOARDS and _names_hardware(ctx, a.tail):
        return replace(a, unit="GPU", kind="gpu")
    listed = _GPU_BEFORE.search(before) and re.match(r"[,。;)、]|$", after)
    if counted and (listed or (a.unit_text and _GPU.match(after))):
        return replace(a, unit="GPU", kind="gpu")
    if (
        a.kind == "bare"
        and re.match(r"\s?[pPE](?![A-Za-z])", after)
        and re.search(r"算力|flops", ctx.norm[ctx.sentence.start : ctx.sentence.end], re.I)
    ):
        return replace(a, unit="other", kind="flops", unit_text="P")
    if a.kind == "bare" and _PARAMS.search(before[-10:]):
        return replace(a, unit="parameters", kind="param")
    if a.kind == "people" and a.unit_text == "位" and (_BITS.match(after) or _BITS_NEAR.search(before)):
        return replace(a, unit="other", kind="storage")
    if a.kind == "token" and re.search(r"每秒[^,。;]{0,8}$", before):
        return replace(a, kind="tokenrate")
    if a.kind == "event" and re.search(r"足可|足以|足够|(?<!能)够|可以?(?:训练|跑)", before):
        return replace(a, unit="ratio", kind="times")
    if a.kind == "item" and a.unit_text == "家" and _FIRMS.search(before):
        return replace(a, unit="users", kind="user")
    if a.kind in ("people", "item", "bare", "user", "event"):
        return _people(a, before, after)
    return a


def _told_elsewhere(ctx: Context, a: Amount) -> Unit | None:
    """The unit of the same large number elsewhere in the article: a title's `投资1600亿`, a text's `1600亿元`."""
    written = ctx.norm[a.start : a.end]
    near = ctx.norm[max(ctx.sentence.start, a.lead - 14) : a.lead] + "|" + ctx.norm[a.tail : a.tail + 8]
    if not _IN_DIGITS.search(written) or isinstance(a.number, list) or _USERS.search(near):
        return None
    position = ctx.norm.find(written)
    while position >= 0:
        end = position + len(written)
        whole = not ctx.norm[max(0, position - 1) : position].strip(".,").isdigit()
        found = unit_at(ctx.norm, end) if position != a.start and whole else None
        if found is not None and found[0].kind in _TELLING:
            return found[0]
        position = ctx.norm.find(written, end)
    return None


def carry_gpus(ctx: Context, amounts: list[Amount]) -> list[Amount]:
    """`10万块H100,将扩展到20万块`: boards without a name are those counted before in the sentence."""
    out: list[Amount] = []
    for a in amounts:
        alone = a.kind == "item" and a.unit_text in _CARDS and _ALONE.match(ctx.norm, a.tail)
        known = any(x.kind == "gpu" and x.unit_text[:1] == a.unit_text for x in out)
        out.append(replace(a, unit="GPU", kind="gpu") if alone and known else a)
    return out


def _names_hardware(ctx: Context, position: int) -> bool:
    return any(m.type == "Hardware" and 0 <= m.start - position <= 1 for m in ctx.mentions)


_ALONE = re.compile(r"\s?(?:[,。;)!?、]|$|和|或|以上)")
_COUNTED = re.compile(r"[量数]|用户|粉丝|下载|访问|次|人|者|员|客户|玩家|订阅|日活|月活|参数|篇|颗|张|块")
_OF_AGE = re.compile(r"\s?\d{1,3}\s?(?:[至到~-]\s?\d{1,3}\s?)?岁")
_HUMANS = re.compile(
    r"(?:开发者|创作者|订阅者|会员)(?:数量?|人数|总数|规模)?(?:[在已也将就]|已经)?\s?(?:突破|超过?|达到?|增至|逼近|接近|有|为)?\s?$"
)
_LABOUR = re.compile(r"(?:人力|人口|劳动力|人数|网民)(?:数量?|总数|规模|总量)?[^,。;]{0,6}$")
_USING = re.compile(
    r"(?:人|用户)?(?:正?在|都在|每天|每周|每月)?(?:使用|订阅|注册)(?=了?[A-Za-z一-鿿])(?!权|说明|者|率|费)"
)
_HUMANKIND = re.compile(
    r"的?(?:人(?!工|类|形|机|脸|民币)|[^,。;的个人]{0,4}(?:女人|男人|员工|工程师|科学家|学生|创始人|合伙人|投资人|高管|董事(?!会)"
    r"|股东|实习生|博士(?!后?点)|教授|成员(?!国|单位)|负责人|小孩|女儿|儿子|嘉宾|评委|候选人|教练|队员|选手|同事))"
)
_FOLLOWERS = re.compile(
    r"(?:名|个)?\s?(?:[A-Za-z]{2,14}|微博|抖音|快手|公众号|全网)?\s?(?:关注者|追随者|订阅者|粉丝|followers?)"
)
_SAMPLES = re.compile(r"\s?(?:条|个|份|张)?(?:数据|样本|指令|问题|对话|图片|图像|题目|例子|示例|标注|轨迹)")
_FIRMS = re.compile(r"用户(?:数量?|总数|规模)?(?:[已也将]|已经)?(?:突破|超过?|达到?|增至|接近|有|为)?\s?$")
_POWER = re.compile(r"(?:功耗|功率|TDP|热设计)[^,。;]{0,4}$")  # 310W, elsewhere 310万
_FREE = re.compile(  # no noun that a number counts
    r"\s?(?:[^一-鿿]|$|[用投给在是为被将已则以左到和与及或不都就还也上中里购买收押便即拿去来做花能可])"
)
_SUM_BEFORE = pattern("sum-before")
_SUM_AFTER = pattern("sum-after")
_IN_DIGITS = re.compile(r"\d\s?个?(?:千|百)?[亿万]")
_LARGE = re.compile(r"[\d一二两三四五六七八九十]\s?个?(?:千|百)?[亿万]")
_SPOKEN = re.compile(r"个\s?百?亿")  # 三个亿: said of money


def money_of(norm: str, a: Amount, around: list[Amount]) -> Amount:
    """A large number without a unit is money among sums of money and beside words of money, in yuan if nothing tells.

    `900亿用于采购,700亿投向基础设施`; `融资2亿`, `4个亿的投资`.
    `around` are the amounts before it, nearest first, then those after it in its sentence.
    """
    if a.kind != "bare" or not _LARGE.search(norm[a.start : a.end]):
        return a
    if _SUM_BEFORE.search(norm, max(0, a.lead - 12), a.lead) or _SUM_AFTER.match(norm, a.tail):
        known = next((x for x in around if x.kind == "money"), None)
        return replace(a, unit=known.unit if known else "CNY", kind="money", unit_text="")
    clause = max(norm.rfind(mark, 0, a.lead) for mark in ",;。")
    if _COUNTED.search(norm, max(0, clause, a.lead - 12), a.lead) or not _FREE.match(norm, a.tail):
        return a
    known = next((x for x in around if x.kind not in ("bare", "percent", "ratio", "times", "time", "rank")), None)
    if known is not None and known.kind == "money" and not isinstance(a.number, list):
        return replace(a, unit=known.unit, kind="money", unit_text="")
    spoken = _SPOKEN.search(norm, a.start, a.end) is not None
    return replace(a, unit="CNY", kind="money", unit_text="") if spoken else a


def unit_for(attribute: str, unit: str) -> str:
    """The unit that an attribute implies where the words only counted things or people."""
    implied = {
        "user_count": "users",
        "download_count": "downloads",
        "context_length": "tokens",
        "headcount": "people",
    }.get(attribute)
    return implied if implied and unit in ("items", "people") else unit


def _latin(a: Amount, before: str, after: str) -> Amount:
    letter = a.number[-1] if isinstance(a.number, list) else a.number
    if letter >= 10**4 and not isinstance(a.number, list) and _POWER.search(before):
        return replace(a, number=plain(Decimal(str(letter)) / 10**4), unit="other", kind="power", unit_text="W")
    if re.match(r"\s?(?:exa|peta|EFLOP|FLOP)", after):
        return replace(a, unit="other", kind="flops")
    if _TOKENS.search(before + after[:8]) and not _PARAMS.search(before[-8:] + after[:6]):
        return replace(a, unit="tokens", kind="token")
    if letter < 10**6 and _SAMPLES.match(after):
        return replace(a, unit="items", kind="item")
    if 10**8 <= letter < 10**14:
        return replace(a, unit="parameters", kind="param")
    return a


def _people(a: Amount, before: str, after: str) -> Amount:
    small = not isinstance(a.number, list) and a.number < 100
    if a.kind == "bare" and small and after[:1].isascii() and after[:1].isalpha():
        return a  # 3D
    near = before[-14:] + "|" + after[:8]
    if a.kind == "bare" and _OF_AGE.match(after):
        return replace(a, unit="people", kind="people")  # 8000多万65岁以上的人
    if a.kind in ("people", "bare") and _USING.match(after):
        return replace(a, unit="users", kind="user")
    if a.kind == "bare" and _LABOUR.search(before):
        return replace(a, unit="people", kind="people")  # 人力规模有30多亿
    if a.kind == "bare" and _HUMANS.search(before):
        return replace(a, unit="users", kind="user")  # 开发者突破1.5亿
    if _DOWNLOADS.search(before[-14:]) or _DOWNLOADS.search(after[:5]):
        return (
            replace(a, unit="downloads", kind="download") if a.kind in ("bare",) or a.unit_text in ("次", "人次") else a
        )
    if a.kind == "bare" and re.search(r"(?i:tokens?)[^,。;]{0,10}$", before):
        return replace(a, unit="tokens", kind="token")
    if a.kind == "bare" and not small and _PERSONS.match(after):
        return replace(a, unit="people", kind="people")
    if a.kind in ("people", "bare") and (_USERS.search(near) or _FOLLOWERS.match(after)):
        return replace(a, unit="users", kind="user")
    if a.kind == "item" and a.unit_text in ("个", "") and re.match(r"(?:的)?[^,。;]{0,6}(?:用户|粉丝|会员)", after):
        return replace(a, unit="users", kind="user")
    if a.kind == "people" and _NOT_PEOPLE.match(after):
        return replace(a, unit="items", kind="item")
    if a.kind == "item" and a.unit_text == "个" and (_PERSONS.match(after) or _HUMANKIND.match(after)):
        return replace(a, unit="people", kind="people")
    return a
