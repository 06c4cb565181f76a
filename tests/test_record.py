"""The record's JSON: it keeps everything, follows its schema, and its spans are what they say."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
import pytest

from kg.pipeline import Outcome
from kg.record import Record

SCHEMA = json.loads((resources.files("kg") / "data" / "record.schema.json").read_text(encoding="utf-8"))


def test_records_follow_the_schema(seed_outcomes: list[Outcome]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for outcome in seed_outcomes:
        for record in outcome.records:
            problems = [
                f"{list(e.absolute_path)}: {e.message[:200]}"
                for e in validator.iter_errors(json.loads(record.to_line()))
            ]
            assert not problems


def test_the_schema_refuses_what_is_not_in_the_closed_lists(seed_outcomes: list[Outcome]) -> None:
    data = json.loads(seed_outcomes[0].records[0].to_line())
    data["relations"][0]["predicate"] = "likes"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_json_keeps_everything(seed_outcomes: list[Outcome]) -> None:
    for outcome in seed_outcomes:
        for record in outcome.records:
            assert Record.from_json(json.loads(record.to_line())) == record


def test_every_reference_leads_to_an_entity_of_the_record(seed_outcomes: list[Outcome]) -> None:
    for outcome in seed_outcomes:
        for record in outcome.records:
            known = {e.id for e in record.entities}
            used = {x for r in (*record.relations, *record.comparisons) for x in (r.subject, r.object)}
            used |= {x for q in record.quantities for x in (q.subject, q.relative_to) if x}
            used |= {x for s in record.statements for x in s.about}
            used |= {c.holder for c in record.claims() if "/" in c.holder and c.holder.split("/")[0] in KINDS}
            assert used <= known


KINDS = {"organization", "person", "model", "hardware", "product"}


def test_evidence_lies_in_its_article_and_claims_have_their_own_ids(seed_outcomes: list[Outcome]) -> None:
    for outcome in seed_outcomes:
        for record in outcome.records:
            spans = {a.id: (a.start, a.end) for a in record.articles}
            for claim in record.claims():
                start, end = spans[claim.evidence.article]
                assert start <= claim.evidence.start < claim.evidence.end <= end
            ids = [c.id for c in record.claims()]
            assert len(ids) == len(set(ids))
