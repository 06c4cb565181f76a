"""Searches that take a short way find what the plain way finds, in any text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.entities import latin
from kg.entities.candidates import Candidate, Rank, places_of
from kg.entities.merge import choose

WORDS = ["R1", "R1-Zero", "1-", "Max", "ax", "讯飞", "讯"]
NOT_INSIDE = re.compile(r"(?<![A-Za-z0-9])"), re.compile(r"(?![A-Za-z0-9])")
texts = st.lists(st.sampled_from([*WORDS, *"aZ1 .-&/@年的,\n’"])).map("".join)


@given(st.lists(st.sampled_from(WORDS), min_size=1, unique=True), texts)
def test_places_of_words_are_those_of_one_regex(words: list[str], text: str) -> None:
    any_word = "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))
    anywhere = [m.span() for m in re.finditer(any_word, text)]
    apart = [m.span() for m in re.finditer(rf"(?<![A-Za-z0-9])(?:{any_word})(?![A-Za-z0-9])", text)]
    assert places_of(words, text) == anywhere
    assert places_of(words, text, *NOT_INSIDE) == apart


@given(texts)
def test_latin_runs_are_those_of_the_whole_text(text: str) -> None:
    assert latin._runs(text) == [m.span() for m in latin._RUN.finditer(text)]


candidates = st.builds(
    lambda start, length, type_, rank: Candidate(start, start + length, type_, "x", "rule", rank),
    st.integers(0, 30),
    st.integers(1, 6),
    st.sampled_from(["Model", "Person"]),
    st.sampled_from(list(Rank)),
)


@given(st.lists(candidates))
def test_the_chosen_are_the_best_first(found: list[Candidate]) -> None:
    """Longer, then higher, then first: taken one after the other wherever there is room."""
    taken: list[Candidate] = []
    for c in sorted(found, key=lambda c: (-min(c.rank, Rank.PATTERN), c.start - c.end, -c.rank, c.start, c.type)):
        if not any(c.start < t.end and t.start < c.end for t in taken):
            taken.append(c)
    assert choose(found) == sorted(taken, key=lambda c: c.start)
