"""RDF terms and their text: numbers, dates, and any string through every syntax."""

from __future__ import annotations

from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.rdf_terms import KG, XSD, Literal, Triple, dated, decimal, prefixes, sort_key
from kg.export.rdf_text import TurtleWriter, nquads
from kg.export.rdf_xml import rdfxml


@pytest.mark.parametrize(
    ("number", "text"),
    [("671000000000", "671000000000"), ("0.05", "0.05"), ("5576000.0", "5576000"), ("1e-07", "0.0000001"),
     ("1e+22", "10000000000000000000000"), ("-0.0", "0"), ("1.50", "1.5")],
)  # fmt: skip
def test_decimals_have_no_exponent(number: str, text: str) -> None:
    assert decimal(number) == Literal(text, XSD + "decimal")


@pytest.mark.parametrize(
    ("text", "type_"),
    [("2025-01-20", "date"), ("2024-12", "gYearMonth"), ("2023", "gYear"), ("--01-27", "gMonthDay"), ("--12", "gMonth"),
     ("--02-29", "gMonthDay"), ("2025-02-30", ""), ("2025-13", ""), ("昨天", "")],
)  # fmt: skip
def test_dates_are_as_exact_as_given(text: str, type_: str) -> None:
    assert dated(text) == Literal(text, XSD + type_ if type_ else "")


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_text_survives_n_quads_and_turtle(text: str) -> None:
    triples: list[Triple] = [
        ("http://a/s", "http://a/p", Literal(text)),
        ("http://a/s", "http://a/q", Literal(text, "", "en")),
    ]
    graphs = [("http://a/g", triples)]
    written = {
        ox.RdfFormat.N_QUADS: "".join(nquads(graphs)),
        ox.RdfFormat.TURTLE: "".join(TurtleWriter(prefixes("http://a/")).turtle(triples)),
        ox.RdfFormat.TRIG: "".join(TurtleWriter(prefixes("http://a/")).trig(graphs)),
    }
    for format_, data in written.items():
        assert [q.object.value for q in ox.parse(data.encode(), format=format_)] == [text, text]


@settings(max_examples=100, deadline=None)
@given(PLAIN)
def test_any_printable_text_survives_rdf_xml(text: str) -> None:
    triples: list[Triple] = [("http://a/s", KG + "p", Literal(text))]
    data = "".join(rdfxml(triples, prefixes("http://a/"))).encode()
    assert [q.object.value for q in ox.parse(data, format=ox.RdfFormat.RDF_XML)] == [text]


TERMS = st.sampled_from([f"http://a/{i}" for i in range(4)])


@given(st.lists(st.tuples(TERMS, TERMS, TERMS), max_size=12, unique=True), st.randoms())
def test_sorting_does_not_depend_on_the_order(triples: list[Triple], random: Random) -> None:
    shuffled = list(triples)
    random.shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == sorted(triples, key=sort_key)
