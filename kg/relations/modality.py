"""How surely a sentence states a relation: negation, questions, plans and rumours around its trigger."""

from __future__ import annotations

import re

from kg.relations.sequence import Sequence

_DENIED = re.compile(
    r"(?:并未|尚未|从未|未曾|未能|没有|没能|并没|不再|不会|不曾|无意|无法|并非|不是|绝非|拒绝|否认|放弃|取消|终止|叫停|不打算|不计划|"
    r"不属于|不支持|不允许|未(?!来)|无需|不需要|不用|不必|无关|而非|(?<!是)(?<!不得)不(?!断|仅|但|止|只|少|久|同|过|错|得不|可思议))"
)
# what a thing is called to be, between a classifier and 的: `推出了首个无需训练的模型` denies no launch
_ATTRIBUTE = re.compile(r"(?:首[个款]|第一[个款]|唯一|一[个款种类项]|新型|全新)[^,。;!?:]{0,24}?的")
_FAILED = re.compile(r"^[^,]{0,8}(?:告吹|失败|终止|取消|泡汤|流产|破裂|被否|叫停|夭折|搁浅|未果|落空|无果)")
_HEDGED = re.compile(
    r"(?:计划|拟|打算|准备|考虑|有望|有意|预计|预期|或将|即将|将(?!军|近)|可能|也许|或许|希望|期待|寻求|洽谈|谈判|"
    r"正在?与.{0,12}商|商谈|磋商|正考虑|欲|要(?:做|推|发|收)|未来|想要?|传闻|疑似|似乎|(?<![机协社国大峰议委布事工商学年晚聚宴盛约教理])会(?!议|上|员|长|谈|见|展|后|,)|建议|呼吁|应该|应当)"
)
_CONDITION = re.compile(r"(?:如果|假如|假设|倘若|(?<![假恍宛])若(?!干)|一旦|(?<![主重需首只])要是|万一|除非|无论|不管)")
_REPORTED = re.compile(
    r"(?:据悉|据报道|据称|据传|有传言|传言|传闻|消息称|消息人士|知情人士|被曝|曝光|爆料|有消息|据说|听说|传出)"
)
_RUMOURED = re.compile(r"(?:传闻|传言|传说|网传|曝光|爆料)中?的[^,。;!?:]{0,6}$")
_QUESTION = re.compile(r"(?:\?|是否|能否|会不会|是不是|难道|何时|吗$)")


def modality_of(at: Sequence, start: int, end: int, context: str, *, phrase: bool) -> str | None:
    """The modality of the relation found at [start, end), or None where it is only a condition and so not said at all.

    `context` is what the attribution says of that place. A noun phrase presupposes its relation, so that only words
    inside it count: in `有消息称,甲公司创始人…` who founded it is no rumour. A clause is read from its beginning.
    """
    text = at.text
    inside = before = text[start:end]
    if not phrase:
        first, last = at.clause(start)[0], at.clause(end - 1)[1]
        before = text[first:end]
        if _CONDITION.search(before):
            return None
        if _QUESTION.search(text[first : last + 1]):
            return "question"
        if _FAILED.search(text[end : last + 1]):
            return "denied"
    if _DENIED.search(_ATTRIBUTE.sub("", inside)):
        return "denied"
    if phrase:
        if _REPORTED.search(inside) or _RUMOURED.search(text[:start]):
            return "reported"
        return "hedged" if _HEDGED.search(inside) else "asserted"
    if context in ("reported", "hedged", "denied"):
        return context
    if _REPORTED.search(before):
        return "reported"
    return "hedged" if _HEDGED.search(before) else "asserted"
