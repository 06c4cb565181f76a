"""Ranks: `位居全球第一`, `榜首`, `登顶`, `全球首个`, `第二位`."""

from __future__ import annotations

import re

from kg.claims.numbers import Amount
from kg.claims.quantity_context import Context
from kg.claims.quantity_numerals import chinese_numeral

_N = r"[一二三四五六七八九十百]+|\d{1,5}"
_RANKS = re.compile(
    rf"(?P<cue>排名|排行|排在|排|位居|位列|名列|居于|居|列|跻身|升至|跃居|跃升至?|升到|跌至|滑落至|降至|拿下|夺得|获得?|荣获|斩获|稳坐|稳居|蝉联|全球|世界|全国|国内|亚洲|中国|美国|国际|行业|业内|榜单?|市场|市值|估值|收入|销量|规模|流量|访问量|下载量|融资额|用户数|总量|综合|均|并列|成为|保持|得分|总榜|免费榜|总分|销量|热度|评测|测评|测试|竞赛|大赛|比赛|赛道|份额|出货量|营收|人气|成绩|是|为)\s?(?:为|的|了|在|到)?\s?第\s?(?P<n>{_N})(?:名|位)?(?=[,。;!?、)的”’\s]|$|大|高|名|位|且|和|并|、)"
    rf"|第\s?(?P<n2>{_N})(?:名|位)(?=[,。;)、]|$|的?(?:则|也|同样|还)?是)(?!的?(?:员工|用户|客户|顾客|嘉宾|妻子|选手|同学|老师|作者|创始|联合创始|玩家|总统|孩子|成员))"
    r"|(?P<first>(?:世界|全球|全国|国内|行业|榜单)?(?:(?<!放在)(?<!摆在)(?<!排在)首位(?=[,。;!?)、的]|$)|榜首(?!页)))|(?P<top>登顶|问鼎|夺冠|摘得桂冠|夺魁|摘冠)"
    r"|(?:全球|世界|国内|全国|业内|业界|行业|我国|中国|美国|亚洲|国产|人类|史上)\s?(?P<only>首[个款家颗台部]|第一[个款家颗台部批])|(?:的|是|为|成为|成|推出了?|发布了?|打造了?|研发出?|上线|开源|构建|建成|推出的|诞生|这是|,|“|「)\s?(?P<own>首[个款家颗台部座条架支])"
    rf"|第\s?(?P<n3>[1-9]\d{{1,3}})(?=[,。;!?)、]|$|的位置)|(?:入选|跻身|进入|荣登|登上|入围|上榜|位列|列入|成为)[^,。;]{{0,16}}?(?P<strong>[1-9]\d{{0,3}})强(?![大劲度烈调化行势])|(?<![A-Za-z])(?P<topn>(?:T[oO][pP]|N[oO]\.?)\s?1)(?!\d)|最[^,。;的]{{1,4}}的\s?(?P<among>{_N})\s?[个家款大种名位][^,。;]{{0,12}}之一|(?:排名|位列|位居|跻身|进入|入选|稳居|全球|世界|行业)\s?前\s?(?P<within>{_N})(?=[,。;的强名位]|$)"
)

_NUMBERED = ("n", "n2", "n3", "within", "among", "strong")
_GROUPS = (*_NUMBERED, "first", "top", "only", "own", "topn")


def find_ranks(ctx: Context) -> list[Amount]:
    """The ranks of a sentence as amounts of unit `rank`."""
    out = []
    for m in _RANKS.finditer(ctx.norm, ctx.sentence.start, ctx.sentence.end):
        group = next(g for g in _GROUPS if m[g])
        start, end = m.start(group), m.end(group)
        number = 1
        if group in _NUMBERED:
            text = m[group]
            read = int(text) if text.isdigit() else None
            numeral = None if read is not None else chinese_numeral(text, 0)
            number = read if read is not None else int(numeral.value) if numeral else 0
            end = m.end()
        if number and not ctx.is_masked(start, end):
            op = "<=" if group in ("within", "among", "strong") else "="
            out.append(Amount(start, end, op, number, "rank", "", "rank", "chinese", f"rank.{group}", start, end))
    return out
