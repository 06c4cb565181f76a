"""Well-known names side by side: things and their makers, people and their companies, parts and wholes."""

from __future__ import annotations

import pytest

from kg.claims.attribution import Attribution
from kg.record import PREDICATES
from kg.relations import find_relations
from kg.relations.known import RULE, known

from .notation import article, triples

CASES = [
    ("[O:OpenAI]的对手们想超过[D:ChatGPT]。", ["OpenAI develops ChatGPT"]),
    ("在[O:NVIDIA]的会上,大家谈论[D:CUDA]与[M:GPT-4]。", ["NVIDIA develops CUDA"]),
    ("[P:Jensen Huang]谈到[O:NVIDIA]与[O:AMD]。", ["Jensen Huang affiliatedWith NVIDIA"]),
    ("[O:GitHub]与[O:Microsoft]都很忙。", ["GitHub parentOrganization Microsoft"]),
    ("[O:OpenAI]很忙。[D:ChatGPT]很慢。", []),  # not in one sentence
    ("[O:OpenAI]也测试了[M:Llama 2]。", []),  # another's
    ("[P:OpenAI]谈到[D:ChatGPT]。", []),  # no organisation
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_known(text: str, expected: list[str]) -> None:
    a = article(text)
    found = [r for r in find_relations(a, Attribution(())) if r.rule.startswith(RULE)]
    assert triples(found, a) == expected


def test_what_the_text_says_of_the_pair_stays() -> None:
    a = article("[O:OpenAI]没有发布[M:GPT-5]。[O:OpenAI]与[M:GPT-5]再次成为话题。")
    assert [r.modality for r in find_relations(a, Attribution(())) if r.predicate == "develops"] == ["denied"]


def test_no_thing_has_two_makers() -> None:
    names = [
        "ChatGPT",
        "GPT-4o",
        "Gemini 2.0",
        "Claude 3.5 Sonnet",
        "Llama 3",
        "H100",
        "CUDA",
        "Qwen3",
        "o1-preview",
        "M1",
    ]
    for name in names:
        assert len([m for m, things in known()["develops"].items() if things.fullmatch(name)]) == 1, name


def test_predicates_are_known() -> None:
    assert set(known()) <= set(PREDICATES)
