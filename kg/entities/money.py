"""What is said of companies only: funding, value and income beside a name."""

from __future__ import annotations

import re

_MONEY = ("融", "估", "轮", "收", "ARR", "购")  # in what is said of companies only, see _ACTS
_ACTS = re.compile(
    r" ?(?:的[^,。;:!?\n、A-Za-z]{0,14}(?:收购案?|融资|投资|估值|股权)|[^,。;:!?\n、A-Za-z的和与]{0,14}"
    r"(?:完成了?[^,。;\n]{0,20}(?:融资|轮)|获得?了?[^,。;\n]{0,16}融资|(?:[A-F]\+?|天使|种子)轮|估值| ?ARR|"
    r"年化收入|年收入|营收|融了|融资|(?:以|斥资|出价|耗资|花费?)[^,。;:\n]{2,14}(?:收购|买下|并购)|被[^,。;:\n]{0,12}收购))"
)
_VALUED = re.compile(r"(?:估值|市值)[^,。;]{1,10}的 ?$")


def said_of_money(norm: str, start: int, end: int) -> bool:
    """Whether what stands around a name is its funding, value or income: `对X的80亿美元收购`, `X 2年3000万美元ARR`."""
    ahead = norm[end : end + 40]
    if any(word in ahead for word in _MONEY) and _ACTS.match(ahead):
        return True
    return norm[start - 1 : start] in "的 " and bool(_VALUED.search(norm, max(0, start - 18), start))
