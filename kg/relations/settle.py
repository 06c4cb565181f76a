"""What an article's relations say of each other: who makes a thing does not integrate it; a host is no maker."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping

from kg.document import EntityInfo
from kg.record import SYMMETRIC, Relation

_UNSAID = ("denied", "question")


def settle(relations: Iterable[Relation], weak: Collection[str]) -> list[Relation]:
    """The relations without those that better ones of the same article rule out.

    A developer by a weak rule (`阿里云上线R1`) yields to one by a strong rule, and several that only put the same thing
    online have not made it. A developer's own model is not integrated by it, and a part is neither partner nor rival
    of its whole.
    """
    relations = list(relations)
    makers: dict[str, set[str]] = {}
    hosts: dict[str, set[str]] = {}
    for r in relations:
        if r.predicate == "develops" and r.modality not in _UNSAID:
            (hosts if r.rule in weak else makers).setdefault(r.object, set()).add(r.subject)
    families = {frozenset((r.subject, r.object)) for r in relations if r.predicate == "parentOrganization"}
    return [
        r
        for r in relations
        if not _ruled_out(r, makers, hosts, weak)
        and not (r.predicate in SYMMETRIC and frozenset((r.subject, r.object)) in families)
    ]


def _ruled_out(r: Relation, makers: dict[str, set[str]], hosts: dict[str, set[str]], weak: Collection[str]) -> bool:
    strong, loose = makers.get(r.object, set()), hosts.get(r.object, set())
    if r.predicate == "develops" and r.rule in weak:
        return r.subject not in strong and (bool(strong) or len(loose) > 1)
    if r.predicate == "integrates":
        return r.subject in strong or (not strong and loose == {r.subject})
    return False


def with_makers(relations: Iterable[Relation], entities: Mapping[str, EntityInfo]) -> list[Relation]:
    """The relations; who integrates a model called only by its company's name integrates the company's work, too."""
    companies = {e.name: i for i, e in entities.items() if e.type == "Organization"}
    result = []
    for r in relations:
        result.append(r)
        thing = entities[r.object]
        if r.predicate == "integrates" and thing.type in ("Model", "Product") and thing.name in companies:
            result.append(dataclasses.replace(r, object=companies[thing.name]))
    return [r for r in result if r.subject != r.object]
