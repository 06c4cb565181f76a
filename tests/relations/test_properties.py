"""What holds for any text: offsets, types, determinism, and time that grows with the text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims.attribution import Attribution
from kg.record import MODALITIES, PREDICATES
from kg.relations import find_relations
from kg.relations.library import PatternError, build, library
from kg.relations.schema import allowed
from kg.relations.sequence import sequences

from .notation import article

PIECES = ["[O:谷歌]", "[O:OpenAI]", "[P:李飞飞]", "[M:GPT-5]", "[H:H100]", "[D:豆包]", "[L:中国]"]
WORDS = sorted({w for p in library().patterns for w in p.triggers} | set(",。;!?、的和与是由在被将了(“”):——… \n"))
TEXTS = st.lists(st.sampled_from([*PIECES, *PIECES, *WORDS]), max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_relations_are_well_formed(text: str) -> None:
    a = article(text)
    found = find_relations(a, Attribution(()))
    for r in found:
        assert r.predicate in PREDICATES and r.modality in MODALITIES
        assert r.subject != r.object
        assert allowed(r.predicate, a.entities[r.subject].type, a.entities[r.object].type)
        assert a.article.text[r.evidence.start : r.evidence.end] == r.evidence.text != ""
    assert found == find_relations(a, Attribution(()))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sequences_keep_their_places(text: str) -> None:
    a = article(text)
    norm = a.article.norm
    for sequence in sequences(norm, 0, len(norm), a.mentions):
        assert len(sequence.text) == len(sequence.starts) == len(sequence.ends) == len(sequence.nodes)
        for char, start, end, node in zip(sequence.text, sequence.starts, sequence.ends, sequence.nodes, strict=True):
            assert node is not None or char == norm[start:end] or (norm[start:end].isspace() and char in " ,")
            assert node is None or (node.mentions[0].start, node.mentions[0].end) == (start, end)


def test_time_grows_with_the_text() -> None:
    """Patterns of bounded gaps stay fast on a sentence that offers them everything."""
    text = ("[O:谷歌]发布与合作投资收购的" + "基于采用支持接入" * 3 + "[M:GPT-5]、[H:H100]和[P:李飞飞]") * 40
    a = article(text)
    began = time.process_time()
    find_relations(a, Attribution(()))
    assert time.process_time() - began < 60  # an exponential pattern never ends


def test_bad_patterns_are_named() -> None:
    row = {"id": "x", "predicate": "develops", "pattern": "{s:org}发布", "examples": ["…"]}
    for change in ({}, {"predicate": "likes"}, {"pattern": "{s:org}{o:Thing}"}, {"pattern": "{s:org}({o:thing}"}):
        try:
            build([row | change], library().words)
        except PatternError as error:
            assert "x" in str(error)
        else:
            raise AssertionError(change)
