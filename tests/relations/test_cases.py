"""Whole sentences: everything that they say, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.claims.attribution import Attribution, attribute
from kg.relations import find_relations

from .notation import article, example, triples

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["sentences"]


@pytest.mark.parametrize("line", CASES)
def test_sentence(line: str) -> None:
    text, expected = example(line)
    a = article(text)
    found = [r for r in find_relations(a, Attribution(())) if r.modality not in ("denied", "question")]
    assert set(triples(found, a)) == expected


MODALITIES = [
    ("[O:谷歌]收购了[O:Wiz]。", "asserted"),
    ("[O:谷歌]计划收购[O:Wiz]。", "hedged"),
    ("[O:谷歌]并未收购[O:Wiz]。", "denied"),
    ("[O:谷歌]会不会收购[O:Wiz]?", "question"),
    ("据传[O:谷歌]收购[O:Wiz]。", "reported"),
    ("[O:谷歌]收购[O:Wiz]的交易告吹。", "denied"),
    ("[O:谷歌]没有说,但[O:微软]收购了[O:Wiz]。", "asserted"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITIES)
def test_modality(text: str, modality: str) -> None:
    found = [r for r in find_relations(article(text), Attribution(())) if r.predicate == "acquires"]
    assert [r.modality for r in found] == [modality]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("有消息人士称,[D:云笔记]母公司[O:甲科技]正在融资。", "asserted"),
        ("传闻中的[O:甲科技]新模型[M:云一]还没有影子。", "reported"),
        ("[O:甲科技]即将推出的[M:云一]值得期待。", "hedged"),
    ],
)
def test_a_noun_phrase_presupposes_its_relation(text: str, modality: str) -> None:
    a = article(text)
    found = [r for r in find_relations(a, attribute(a)) if r.predicate == "develops"]
    assert [r.modality for r in found] == [modality]


def test_a_condition_says_nothing() -> None:
    assert find_relations(article("如果[O:谷歌]收购[O:Wiz],格局会变。"), Attribution(())) == []


def test_headline_spaces_end_clauses() -> None:
    title = article("[O:谷歌]财报大涨 发布会推迟 [O:微软]发布[M:Phi-4]", kind="title")
    assert triples(find_relations(title, Attribution(())), title) == ["微软 develops Phi-4"]


def test_subject_is_carried_over_sentences() -> None:
    a = article("[O:智谱]今天开了发布会。此外,还推出了[M:GLM-4.5]。")
    assert triples(find_relations(a, Attribution(())), a) == ["智谱 develops GLM-4.5"]


def test_evidence_is_the_sentence() -> None:
    a = article("天气很好。[O:谷歌]收购了[O:Wiz]。股价大涨。")
    (relation,) = find_relations(a, Attribution(()))
    assert relation.evidence.text == "谷歌收购了Wiz。"


def test_long_sentences_give_the_clause_as_evidence() -> None:
    padding = "这一点我们已经说过很多次了," * 20
    a = article(f"{padding}[O:谷歌]收购了[O:Wiz],{padding}")
    (relation,) = find_relations(a, Attribution(()))
    assert relation.evidence.text == "谷歌收购了Wiz"


def test_a_relation_is_given_once_per_sentence() -> None:
    a = article("[O:谷歌]的[M:Gemini],就是[O:谷歌]推出的[M:Gemini]。")
    assert triples(find_relations(a, Attribution(())), a) == ["谷歌 develops Gemini"]
