"""Where authors work, from bylines and notes: whole texts, read and recognised."""

from __future__ import annotations

import pytest

from kg.pipeline import extract
from kg.reading import read_bytes

TITLE = "大模型创新的另一种可能"
BODY = "自大模型横空出世以来,算力一直被认为是人工智能发展的最大瓶颈,各家公司都在拼命购买芯片。它并不断突破边界。"
CASES = [
    (["极目新闻评论员 徐汉雄", BODY], {("徐汉雄", "Jimu News")}),
    (["新京报记者 张三 李思思 北京报道", BODY], {("张三", "Beijing News"), ("李思思", "Beijing News")}),
    (["□ 石玉若", BODY, "(作者系清华大学教授)"], {("石玉若", "Tsinghua University")}),
    ([BODY, "(本文作者石玉若系清华大学教授)"], {("石玉若", "Tsinghua University")}),
    (
        ["文/王晓明 李四光", BODY, "(作者均為清華大學教授)"],
        {("王晓明", "Tsinghua University"), ("李四光", "Tsinghua University")},
    ),
    (["文/王晓明 李四光", BODY, "(作者系清华大学教授)"], set()),  # one of them, but which?
    (["□ 石玉若", BODY, "(责任编辑:王明)"], set()),
    (["□ 石玉若", BODY, "清华大学也在研究。"], set()),
]


@pytest.mark.parametrize(("lines", "expected"), CASES, ids=lambda v: v[0] if isinstance(v, list) else "")
def test_authors(lines: list[str], expected: set[tuple[str, str]]) -> None:
    (document,) = read_bytes("\n".join([TITLE, *lines]).encode(), source="x.txt")
    record = extract(document)
    names = {e.id: e.name for e in record.entities}
    found = [r for r in record.relations if r.predicate == "affiliatedWith"]
    assert {(names[r.subject], names[r.object]) for r in found} == expected
    assert len(found) == len(expected)
    people = {e.name for e in record.entities if e.type == "Person"}
    assert people == {name for name, _ in expected}
