"""Names by the label beside them: speakers of a dialogue, fields of a fact box, members of a list of investors.

`王驰:…` at the beginning of several lines is who speaks there; a line `公司:大地量子` names a company, whatever shape
its name has; what stands in a list before 领投 or 跟投 invests. The labels are data (`labels.toml`). A name found by
its label counts wherever the document repeats it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain

from kg.entities.candidates import Candidate, Page, Rank, places_of
from kg.entities.latin import is_person_like
from kg.entities.patterns import load_patterns
from kg.record import CORE_TYPES

LABEL = 26  # characters before a colon in which a label may stand
FIELD = 80  # characters that a field may hold
_CHINESE = re.compile(r"[一-鿿]{2,10}")
_MIXED = re.compile(r"(?:[A-Z][A-Za-z0-9&.]{1,12} ?)?[一-鿿]{2,10}|[一-鿿]{2,8}[A-Z]{1,4}")
_REPEATED = re.compile(r"[一-鿿]{4,12}")
_PERSON = re.compile(r"[一-鿿]{2,3}|[一-鿿]{1,6}(?:·[一-鿿]{1,6}){1,2}")
_NO_NAME = re.compile(r"[的了是在我你他她这那哪就都很被把让为有]|什么|怎么|如何|以及|通过|可以|并且|[也都还次]$")
_SEPARATOR = re.compile(r"[、,/;]| ?(?:和|与|及|以及) ?")
_TAIL = re.compile(
    r"(?:等(?:多家|知名|一线|机构|投资机构|投资人|公司|企业|客户)*|\(.*\)?|。.*|(?:继续|联合|独家)?(?:领投|跟投|参投|追投|投资)(?<!.{2}投资))$"
)
_HEAD = re.compile(r"^(?:包括|例如|比如|如|以及|还有|并且|并由|由)")
_LIST_BEFORE = re.compile(r"(?:[一-鿿A-Za-z0-9&. ]{2,18}(?:、|和|以及|及|与))*[一-鿿A-Za-z0-9&. ]{2,18}$")
_LEAD = re.compile(r"^.*(?:由|来自|获得?了?|并由|其中|投资方为|据悉|轮融资|融资|本轮)")
_FOLLOWED = re.compile(
    r"(?:等(?:多家|知名|一线|老股东|机构|投资机构|投资人|公司|企业|产业方)*)?(?:继续|持续|超额|追加|共同|联合|独家)?$"
)
_HEADED = re.compile(
    r"(?P<name>[一-鿿]{2,8}?)(?:的?(?:联合)?(?:创始人|联创|CEO|CTO|COO|董事长|总裁|合伙人)(?:兼|&|、)?(?:CEO|CTO)?)? ?"
    r"(?P<person>[一-鿿]{2,3})"
)
_NO_LATIN_BEFORE, _NO_LATIN_AFTER = re.compile("(?<![A-Za-z0-9])"), re.compile("(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Labels:
    """`labels.toml`: types by label, what is no speaker and no investor, words before and after lists of investors."""

    fields: dict[str, str]
    never: frozenset[str]
    ends: tuple[str, ...]
    generic: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    surname: re.Pattern[str]


@cache
def load_labels() -> Labels:
    file = resources.files("kg") / "data" / "patterns" / "entities" / "labels.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Labels(
        fields={label: type_ for type_, group in data["fields"].items() for label in group},
        never=frozenset(data["speakers"]["never"]),
        ends=tuple(data["speakers"]["ends"]),
        generic=tuple(data["speakers"]["generic"]),
        before=tuple(data["investors"]["before"]),
        after=tuple(data["investors"]["after"]),
        surname=re.compile(f"(?:{load_patterns().parts['surname']})[一-鿿]{{1,2}}"),
    )


def find_labelled(pages: Sequence[Page]) -> list[list[Candidate]]:
    """Every place of the names that a label gives a type to, article by article; overlaps stay in."""
    named: dict[str, str] = {}
    for page in pages:
        speakers: Counter[str] = Counter()
        for label, value, asked in _lines(page.norm):
            speakers[label] += 2 if asked else 1
            type_ = load_labels().fields.get(label)
            if type_:
                for name in _values(value, type_):
                    named.setdefault(name, type_)
        people = {label: "Person" for label, count in speakers.items() if _speaks(label, count)}
        named |= people | dict.fromkeys(_employers(speakers, people), "Organization")
        for name in _investors(page.norm):
            named.setdefault(name, "Organization")
    if not named:
        return [[] for _ in pages]
    return [
        [
            Candidate(start, end, type_, name, f"label:{type_.lower()}", Rank.PATTERN)
            for start, end in places_of(named, page.norm, _NO_LATIN_BEFORE, _NO_LATIN_AFTER)
            for name in [page.norm[start:end]]
            for type_ in [named[name]]
        ]
        for page in pages
    ]


def find_repeated(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Later and earlier places of the Chinese names that a pattern found once by the words around them."""
    named: dict[str, Candidate] = {}
    for page, here in zip(pages, found, strict=True):
        for c in here:
            shaped = c.rule.startswith("pattern:") and c.type in CORE_TYPES and c.type != "Person"
            if shaped and c.entry is None and _REPEATED.fullmatch(page.norm, c.start, c.end):
                named.setdefault(page.norm[c.start : c.end], c)
    if not named:
        return [[] for _ in pages]
    return [
        [named[page.norm[s:e]]._replace(start=s, end=e, rank=Rank.CUE) for s, e in places_of(named, page.norm)]
        for page in pages
    ]


def _lines(norm: str) -> Iterator[tuple[str, str, bool]]:
    """The lines that begin with a short label: label, the rest of the line, whether the line before is a question."""
    at = norm.find(":")
    while at >= 0:
        start = norm.rfind("\n", max(0, at - LABEL), at) + 1
        if start or at < LABEL:
            end = norm.find("\n", at)
            asked = norm.endswith("?", 0, start and start - 1)
            yield norm[start:at].strip(), norm[at + 1 : end if end >= 0 else len(norm)], asked
            at = norm.find(":", end) if end >= 0 else -1
        else:
            at = norm.find(":", at + 1)


def _speaks(label: str, count: int) -> bool:
    """Whether a label that begins `count` lines, answers to questions counted twice, names a person."""
    table = load_labels()
    if count < 2 or label in table.never or label in table.fields:
        return False
    if label.isascii():
        return is_person_like(label) and (" " in label or count > 2)
    named = table.surname.fullmatch(label)
    return bool(named) and not label.endswith(table.ends) and not label.startswith(load_patterns().no_people)


def _employers(labels: Iterable[str], people: Collection[str]) -> Iterator[str]:
    """The companies of speakers, where a heading has them before the name: `星砚动力刘百川:火箭不必照搬`."""
    for label in labels:
        head = _HEADED.fullmatch(label) if len(label) > 3 else None
        if head and head["person"] in people and _is_name(head["name"], _CHINESE):
            yield head["name"]


def _values(value: str, type_: str) -> Iterator[str]:
    """The names in the rest of a field's line; nothing where it reads like a sentence."""
    if not value or len(value) > FIELD or "。" in value.rstrip("。"):
        return
    parts = [_bare(part) for part in _SEPARATOR.split(value)]
    shape = _PERSON if type_ == "Person" else _MIXED
    if type_ == "Person":
        yield from (p for p in parts if shape.fullmatch(p) and load_labels().surname.fullmatch(p))
    elif type_ == "Organization" or len(parts) == 1:
        yield from (p for p in parts if _is_name(p, shape))


def _bare(part: str) -> str:
    """A member of a list without the words around it: `如福特基金会`, `高瓴资本领投`, `元禾原点等`."""
    return _HEAD.sub("", _TAIL.sub("", part.strip()).strip())


def _is_name(part: str, shape: re.Pattern[str]) -> bool:
    table = load_labels()
    generic = part in load_patterns().never or part.startswith(table.generic)
    return len(part) > 2 and not generic and bool(shape.fullmatch(part)) and not _NO_NAME.search(part)


def _investors(norm: str) -> Iterator[str]:
    """The members of lists of investors in sentences (`由兰馨亚洲领投,顺为资本、老股东跟投`)."""
    table = load_labels()
    for followed in chain.from_iterable(re.finditer(re.escape(word), norm) for word in table.after):
        at = followed.start()
        clause = norm[max(norm.rfind(mark, 0, at) for mark in ",。;:\n(") + 1 : at]
        clause = _FOLLOWED.sub("", _LEAD.sub("", clause))
        if clause and len(clause) <= FIELD and _LIST_BEFORE.match(clause):
            yield from (p for p in map(_bare, _SEPARATOR.split(clause)) if _is_name(p, _CHINESE))
    for led in chain.from_iterable(re.finditer(re.escape(word), norm) for word in table.before):
        start = led.end()
        stop = min((p for mark in "。;\n" if (p := norm.find(mark, start)) >= 0), default=len(norm))
        parts = _SEPARATOR.split(_TAIL.sub("", norm[start : min(stop, start + FIELD)]))
        yield from (p for p in map(_bare, parts[:12]) if _is_name(p, _CHINESE))
