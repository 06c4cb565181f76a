"""Pronouns and descriptions: the examples of the rules in `coreference.toml`, and what holds for any article."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import AnnotatedArticle, CleanArticle, EntityInfo, EntityMention, Sentence
from kg.entities.coreference import resolve_references, topic_at
from kg.entities.coreference_library import library
from kg.identity import entity_id
from kg.record import Article

NOTE = re.compile(r"\[(?P<text>[^\]|>]+?)(?:\|(?P<type>\w+)|->(?P<name>[^\]]*))\]")


class Same:
    def span(self, start: int, end: int) -> tuple[int, int]:
        return start, end


def annotate(noted: str) -> tuple[AnnotatedArticle, list[tuple[int, int, str]]]:
    """`[name|Type]` is a mention, `[words->name]` a reference that is expected (to nothing where the name is empty)."""
    text, mentions, expected, types, at = "", [], [], {}, 0
    for match in NOTE.finditer(noted):
        text += noted[at : match.start()]
        start, at = len(text), match.end()
        text += match["text"]
        if match["type"]:
            types[match["text"]] = match["type"]
            identifier = entity_id(match["type"], match["text"])
            mentions.append(EntityMention(start, len(text), identifier, match["type"], "name", "test"))
        elif match["name"]:
            expected.append((start, len(text), entity_id(types[match["name"]], match["name"])))
    text += noted[at:]
    sentences, start, paragraph = [], 0, 0
    for match in re.finditer(r"[。!?]+”?|\n|$", text):
        if match.end() > start:
            sentences.append(Sentence(start, match.end(), "text", paragraph))
        start = match.end()
        paragraph += match[0] == "\n"
    meta = Article("a1", "", (), None, None, "zh-Hans", 0, len(text))
    article = CleanArticle(meta, text, text, Same(), tuple(sentences))
    infos = {entity_id(t, n): EntityInfo(entity_id(t, n), t, n) for n, t in types.items()}
    return AnnotatedArticle(article, tuple(mentions), infos), expected


EXAMPLES = [(rule.id, example) for rule in library().references for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_examples_of_the_rules(rule: str, example: str) -> None:
    article, expected = annotate(example)
    found = resolve_references(article)
    assert [(m.start, m.end, m.entity) for m in found] == expected
    assert not expected or rule in {m.rule for m in found}


def test_every_rule_has_an_example() -> None:
    assert [r.id for r in library().references if not r.examples] == []


TOPICS = [
    ("[深度求索|Organization]成立于2023年。^总部位于杭州。", {"Organization"}, "深度求索"),
    ("[深度求索|Organization]发布[R1|Model],^拥有6710亿参数。", {"Model"}, "R1"),
    ("[深度求索|Organization]发布[R1|Model],^宣布降价。", {"Organization"}, "深度求索"),
    ("[谷歌|Organization]和[微软|Organization]都在场。^宣布降价。", {"Organization"}, None),
    ("[谷歌|Organization]发布新品,[微软|Organization]感到压力,^宣布降价。", {"Organization"}, "微软"),
    ("据[路透社|Organization]报道,[苹果|Organization]收购了一家公司,^金额未公布。", {"Organization"}, "苹果"),
    ("天气很好。^宣布降价。", {"Organization"}, None),
]


@pytest.mark.parametrize(("noted", "types", "name"), TOPICS)
def test_topic(noted: str, types: set[str], name: str | None) -> None:
    article, _ = annotate(noted.replace("^", ""))
    before, _ = annotate(noted.partition("^")[0])
    topic = topic_at(article, len(before.article.norm), frozenset(types))
    assert (article.entities[topic].name if topic else None) == name


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([e for _, e in EXAMPLES]), min_size=1, max_size=6))
def test_references_are_sorted_apart_and_known(examples: list[str]) -> None:
    """Whatever stands next to what: no overlap with names or each other, only entities named before, the right types."""
    article, _ = annotate(re.sub(r"\[([^\]|>]+?)->[^\]]*\]", r"\1", "\n".join(examples)))
    found = resolve_references(article)
    spans = sorted([(m.start, m.end) for m in (*article.mentions, *found)])
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert list(found) == sorted(found, key=lambda m: m.start)
    for reference in found:
        named = [m for m in article.mentions if m.entity == reference.entity and m.end <= reference.start]
        assert named
        assert named[0].type == reference.type
    assert resolve_references(article) == found


def test_long_clauses_take_no_time() -> None:
    """A clause of thousands of lead-in words can be divided in as many ways as there are; none is tried twice."""
    article, _ = annotate("至于" * 300 + "了[谷歌|Organization]发布了[Gemini|Model]。该模型很快。")
    begin = time.process_time()
    assert len(resolve_references(article)) <= 1
    assert time.process_time() - begin < 1
