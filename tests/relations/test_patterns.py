"""Every pattern's own examples: what it must find, and what it must leave alone."""

from __future__ import annotations

import pytest

from kg.claims.attribution import Attribution
from kg.relations import find_relations
from kg.relations.library import Pattern, library

from .notation import article, example, triples

UNSAID = ("denied", "question")
PASSING = [(p, line) for p in library().patterns for line in p.examples]
FAILING = [(p, line) for p in library().patterns for line in p.fails]


@pytest.mark.parametrize(("pattern", "line"), PASSING, ids=lambda x: getattr(x, "id", None))
def test_passing_example(pattern: Pattern, line: str) -> None:
    text, expected = example(line)
    a = article(text)
    found = [r for r in find_relations(a, Attribution(())) if r.predicate == pattern.predicate or not pattern.predicate]
    assert set(triples(found, a)) == expected
    assert not pattern.predicate or pattern.id in {r.rule for r in found}


@pytest.mark.parametrize(("pattern", "line"), FAILING, ids=lambda x: getattr(x, "id", None))
def test_failing_example(pattern: Pattern, line: str) -> None:
    a = article(line)
    found = [r for r in find_relations(a, Attribution(())) if r.rule == pattern.id and r.modality not in UNSAID]
    assert triples(found, a) == []


def test_every_pattern_has_examples() -> None:
    assert [p.id for p in library().patterns if not p.examples or not p.fails] == []
