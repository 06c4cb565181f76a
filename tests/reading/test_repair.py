"""Repairs are passed over where a text has none of their signs; that must never change what is repaired."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading.offsets import Mapped
from kg.reading.repair import REPAIRS, repair

NOISY = [
    "ä¸\xadå›½çš„äººå·¥æ™ºèƒ½",
    "涓浗鐨勪汉宸ユ櫤鑳藉彂灞曞緢蹇紝涓浗鐨勫叕鍙镐篃寰堝銆�",
    "第一行\r\n第二行\u2028第三行\x0c",
    "零\u200b宽\ufeff字\xa0符\x07",
    "⼯作與⻩河\uf900",
    "陷入了恐慌。”因?yàn)樵谇罢叩牡统杀靖吒杳瓦M(jìn)之下",
    "图\ue000标\U000f0001",
    "中國(guó)發(fā)展",
]


def everything(text: str) -> Mapped:
    """All repairs, none passed over."""
    mapped = Mapped.of(text)
    for step in REPAIRS:
        mapped = mapped.edit(step.edits(mapped.text))
    return mapped


@pytest.mark.parametrize("text", NOISY)
def test_noise_is_repaired(text):
    mapped, done = repair(text)
    assert done
    assert mapped == everything(text)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.one_of(st.sampled_from([t for t in NOISY if "?" not in t]), st.text(max_size=6)), max_size=4).map(
        "".join
    )
)
def test_no_repair_is_passed_over(text):
    assert repair(text)[0] == everything(text)
