"""Maps are monotone, compose, and lead back to what stands in the raw file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.offsets import Builder, Mapped

TEXT = st.text(alphabet="ab 国國，。\n(é)", max_size=40)


@st.composite
def edited(draw, mapped):
    """A mapped text after one more round of random edits."""
    cuts = sorted(draw(st.sets(st.integers(0, len(mapped.text)), max_size=8)))
    edits = [(a, b, draw(st.text("xyz国", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return mapped.edit(edits), edits


def positions(mapped):
    return [mapped.span(i, i + 1) for i in range(len(mapped.text))]


@given(TEXT, st.data())
def test_maps_stay_monotone_and_inside_the_file(raw, data):
    mapped = Mapped.of(raw)
    for _ in range(3):
        mapped, _ = data.draw(edited(mapped))
        spans = positions(mapped)
        assert all(0 <= a < b <= len(raw) for a, b in spans)
        assert all(x[0] <= y[0] and x[1] <= y[1] for x, y in zip(spans, spans[1:], strict=False))


@given(TEXT, st.data())
def test_untouched_characters_lead_to_themselves(raw, data):
    mapped, edits = data.draw(edited(Mapped.of(raw)))
    kept = "".join(raw[i] for i in range(len(raw)) if not any(a <= i < b for a, b, _ in edits))
    new = sum(len(r) for *_, r in edits)
    assert len(mapped.text) == len(kept) + new
    again = [raw[a:b] for a, b in positions(mapped)]
    assert sum(x == y for x, y in zip(again, mapped.text, strict=True)) >= len(kept)


@given(TEXT, st.data())
def test_edits_of_plain_and_of_pieced_texts_agree(raw, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(raw)), max_size=8)))
    edits = [(a, b, "z") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    builder, plain = Builder(), Mapped.of(raw)
    for i in range(len(raw)):  # the same map, a segment for every character
        builder.add(plain, i, i + 1)
    pieced = builder.build().edit(edits)
    expected = plain.edit(edits)
    assert pieced.text == expected.text
    assert positions(pieced) == positions(expected)


@given(TEXT, st.data())
def test_pieces_keep_their_place(raw, data):
    mapped, _ = data.draw(edited(Mapped.of(raw)))
    a = data.draw(st.integers(0, len(mapped.text)))
    b = data.draw(st.integers(a, len(mapped.text)))
    piece = mapped.piece(a, b)
    assert piece.text == mapped.text[a:b]
    for i, span in enumerate(positions(piece)):
        whole = mapped.span(a + i, a + i + 1)
        assert whole[0] <= span[0] <= span[1] <= whole[1]


def test_spans_of_nothing_are_refused():
    with pytest.raises(ValueError, match="empty or outside"):
        Mapped.of("abc").span(1, 1)
    with pytest.raises(ValueError, match="empty or outside"):
        Mapped.of("abc").span(0, 4)
