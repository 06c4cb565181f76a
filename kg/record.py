"""The nouns of the document record: what one source file says, as `kg extract` prints it.

Every class is a frozen dataclass whose fields stand in the order of the JSON. Offsets (`start`, `end`) count code
points of the file as decoded. A holder is `"author"`, an entity id, or the words of the text.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, Literal

SCHEMA = 1

Language = Literal["zh-Hans", "zh-Hant"]
MentionKind = Literal["name", "pronoun", "description"]
Number = float | int | str | list[float | int] | list[str]

CORE_TYPES = ("Organization", "Person", "Model", "Hardware", "Product")
OPTIONAL_TYPES = ("Place", "Event", "Work", "Technology", "Benchmark", "Policy")
TYPES = CORE_TYPES + OPTIONAL_TYPES
PREDICATES = (
    "develops", "affiliatedWith", "foundedBy", "parentOrganization", "acquires", "investsIn", "usesHardware",
    "basedOn", "integrates", "partnersWith", "competesWith", "supplies", "regulates",
)  # fmt: skip
SYMMETRIC = ("partnersWith", "competesWith")
ATTRIBUTES = (
    "training_cost", "usage_price", "parameter_count", "hardware_count", "compute", "training_time", "data_size",
    "context_length", "user_count", "download_count", "rank", "investment", "funding", "valuation", "revenue",
    "market_share", "headcount", "benchmark_score", "release_date", "founding_date", "event_date", "duration",
    "count", "amount", "change", "other",
)  # fmt: skip
OPERATORS = {"=": "exactly", "~": "about", ">=": "atLeast", "<=": "atMost", "<>": "between"}
DIRECTIONS = ("better", "equal", "worse", "cheaper", "dearer", "larger", "smaller", "faster", "slower")
MODALITIES = ("asserted", "reported", "hedged", "question", "denied")
AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the source file and what a reader reads there."""

    start: int
    end: int
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a file; `published` is `YYYY[-MM[-DD]]` or None, `start`/`end` span title to end of body."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    language: Language
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    text: str
    kind: MentionKind
    article: str
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing; `id` is `type/slug` (see `kg.identity.entity_id`), `surfaces` every name form used."""

    id: str
    type: str
    name: str
    surfaces: tuple[str, ...]
    wikidata: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    subject: str
    predicate: str
    object: str
    holder: str
    modality: str
    evidence: Evidence
    rule: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`number` is a float or int in full (6710亿 -> 671000000000), `[low, high]` for `<>`, an ISO string for dates."""

    subject: str | None
    attribute: str
    op: str
    number: Number
    unit: str
    unit_text: str
    relative_to: str | None
    time: str | None
    holder: str
    modality: str
    evidence: Evidence
    rule: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    subject: str
    direction: str
    object: str
    dimension: str
    holder: str
    modality: str
    evidence: Evidence
    rule: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a holder says; `about` are the entities that the content names."""

    holder: str
    mode: Literal["direct", "indirect"]
    modality: str
    content: str
    about: tuple[str, ...]
    evidence: Evidence
    rule: str
    id: str = ""


Claim = Relation | Quantity | Comparison | Statement


@dataclass(frozen=True, slots=True)
class Record:
    """All that one document gives. `source` is the path relative to the input root."""

    source: str
    sha256: str
    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    quantities: tuple[Quantity, ...]
    comparisons: tuple[Comparison, ...]
    statements: tuple[Statement, ...]
    schema: int = SCHEMA

    def claims(self) -> tuple[Claim, ...]:
        return (*self.relations, *self.quantities, *self.comparisons, *self.statements)

    def to_json(self) -> dict[str, Any]:
        """The record as the contract's JSON object (keys in the contract's order)."""
        sections = ("articles", "entities", "relations", "quantities", "comparisons", "statements")
        head: dict[str, Any] = {"source": self.source, "sha256": self.sha256, "schema": self.schema}
        return head | {s: [_item(x) for x in getattr(self, s)] for s in sections}

    def to_line(self) -> str:
        return json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Record:
        """The inverse of `to_json`. Raises KeyError or TypeError where a field is missing or unknown."""
        return cls(
            source=data["source"],
            sha256=data["sha256"],
            schema=data["schema"],
            articles=tuple(Article(**a | {"authors": tuple(a["authors"])}) for a in data["articles"]),
            entities=tuple(
                Entity(**e | {"surfaces": tuple(e["surfaces"]), "mentions": tuple(Mention(**m) for m in e["mentions"])})
                for e in data["entities"]
            ),
            relations=tuple(Relation(**_with_evidence(x)) for x in data["relations"]),
            quantities=tuple(Quantity(**_with_evidence(x)) for x in data["quantities"]),
            comparisons=tuple(Comparison(**_with_evidence(x)) for x in data["comparisons"]),
            statements=tuple(Statement(**_with_evidence(x) | {"about": tuple(x["about"])}) for x in data["statements"]),
        )


def _item(x: Any) -> dict[str, Any]:
    fields = dataclasses.asdict(x)
    return {"id": fields.pop("id")} | fields if "id" in fields else fields


def _with_evidence(x: dict[str, Any]) -> dict[str, Any]:
    return x | {"evidence": Evidence(**x["evidence"])}
