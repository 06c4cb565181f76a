"""Which types a predicate's subject and object may have: the table of the annotation guide."""

from __future__ import annotations

import re

AGENTS = frozenset({"Organization", "Person"})
THINGS = frozenset({"Model", "Product", "Hardware"})
ORGANIZATION = frozenset({"Organization"})
PERSON = frozenset({"Person"})

DOMAIN_RANGE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "develops": (AGENTS, THINGS),
    "affiliatedWith": (PERSON, ORGANIZATION),
    "foundedBy": (ORGANIZATION, AGENTS),
    "parentOrganization": (ORGANIZATION, ORGANIZATION),
    "acquires": (ORGANIZATION, ORGANIZATION | {"Product"}),
    "investsIn": (AGENTS, ORGANIZATION),
    "usesHardware": (frozenset({"Model", "Organization", "Product", "Hardware"}), frozenset({"Hardware"})),
    "basedOn": (frozenset({"Model", "Product"}), frozenset({"Model", "Product"})),
    "integrates": (frozenset({"Organization", "Hardware", "Product"}), frozenset({"Model", "Product", "Organization"})),
    "partnersWith": (ORGANIZATION, ORGANIZATION),
    "competesWith": (ORGANIZATION | THINGS, ORGANIZATION | THINGS),
    "supplies": (ORGANIZATION, ORGANIZATION),
    "regulates": (ORGANIZATION, frozenset({"Organization", "Product", "Hardware"})),
}


_NOT_BOUGHT = re.compile(r"(?:大学|学院|理工|University|College|政府|法院|[^总]部|委员会)$")


def sold(name: str) -> bool:
    """Whether something of this name can be bought or invested in: universities and authorities are not."""
    return _NOT_BOUGHT.search(name) is None


def allowed(predicate: str, subject_type: str, object_type: str) -> bool:
    """Whether the guide's table lets these types stand in this relation (competitors are of one kind)."""
    domain, range_ = DOMAIN_RANGE[predicate]
    if predicate == "competesWith" and subject_type != object_type:
        return {subject_type, object_type} <= {"Model", "Product"}
    return subject_type in domain and object_type in range_
