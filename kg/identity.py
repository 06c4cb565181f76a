"""Stable names for things: slugs, entity ids and claim ids."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from kg.record import Claim

BASE_IRI = "https://w3id.org/newskg/id/"  # where data live, unless `--base-iri` says otherwise
MAX_SLUG = 80  # characters of a name that a slug keeps; longer names end in a hash of the whole


@cache
def converter(table: str) -> Any:
    """OpenCC's converter for a table (`t2s`, `s2t`), made once."""
    from opencc import OpenCC

    return OpenCC(table)


def simplify(text: str) -> str:
    """Traditional to simplified characters (OpenCC t2s). The length may differ in rare phrases."""
    return str(converter("t2s").convert(text))


def traditional(text: str) -> str:
    """Simplified to traditional characters (OpenCC s2t)."""
    return str(converter("s2t").convert(text))


def fold(name: str) -> str:
    """One spelling of a name for comparison: NFKC, simplified, case-folded, single spaces."""
    return " ".join(simplify(unicodedata.normalize("NFKC", name)).casefold().split())


def slug(name: str) -> str:
    """The IRI segment of a name: folded, percent-encoded, cut at `MAX_SLUG` characters with a hash when longer."""
    folded = fold(name)
    if len(folded) > MAX_SLUG:
        folded = folded[:MAX_SLUG] + "-" + hashlib.sha256(folded.encode()).hexdigest()[:12]
    return quote(folded, safe="-._~")


def entity_id(type_: str, name: str) -> str:
    """`type/slug`, for example `organization/deepseek`."""
    return f"{type_.lower()}/{slug(name)}"


def claim_id(kind: str, sha256: str, claim: Claim) -> str:
    """A content hash of a claim: its kind, its file and all its fields."""
    fields = dataclasses.asdict(claim)
    fields.pop("id")
    fields.pop("rule")
    payload = json.dumps([kind, sha256, fields], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(payload.encode()).hexdigest()[:20]
