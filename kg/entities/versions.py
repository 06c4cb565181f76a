"""Models and devices by shape: a family's name with a version behind it (`Llama 3.1 405B`, `Qwen2.5-Max`, `星火X1`).

The families are the lexicon's models and devices, and the companies that name models after themselves
(`families.toml`). A version makes a thing of its own, with one canonical spelling: `deepseek v3`, `DeepSeekV3` and
`DeepSeek-V3` are one model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from kg.entities.candidates import Candidate, Page, Rank, places_of
from kg.entities.lexicon import LexiconEntry

_SMALL_SIZE = re.compile(r"\d+(?:\.\d+)?[bm]|[a-z]\d[\d.]*")
LAST_LATIN = "\u2e7f"  # versions, and what joins them to a name, stand before it; Chinese characters and marks after it


@dataclass(frozen=True)
class Families:
    """Rules of `families.toml`: which names take versions, how they are joined, what a version looks like."""

    makers: frozenset[str]  # companies and apps whose versions are models
    hyphenated: frozenset[str]
    joined: frozenset[str]
    excluded: frozenset[str]
    first: re.Pattern[str]
    words_first: re.Pattern[str]
    further: re.Pattern[str]
    measure: re.Pattern[str]
    words: dict[str, str]
    called: dict[str, str]


@cache
def families() -> Families:
    data = tomllib.loads(
        (resources.files("kg") / "data" / "patterns" / "entities" / "families.toml").read_text(encoding="utf-8")
    )
    words = {w.casefold(): w for w in data["words"]}
    any_word = "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))
    end = r"(?![a-zA-Z0-9])"
    gap = r"(?: ?[-_–] ?| )"
    number = r"(?:[a-zA-Z]{0,2}\d{1,4}(?:\.\d{1,3}){0,2}(?:x\d+)?[a-zA-Z]{0,3}(?:\+)?)"
    return Families(
        makers=frozenset(data["makers"]),
        hyphenated=frozenset(data["hyphenated"]),
        joined=frozenset(data["joined"]),
        excluded=frozenset(data["excluded"]),
        first=re.compile(rf"{gap}?({number}){end}"),
        words_first=re.compile(rf"{gap}((?i:{any_word})){end}"),
        further=re.compile(rf"{gap}((?i:{any_word})|{number}|[aA]\d+[bB]|\d{{1,4}}[bBmM]){end}"),
        measure=re.compile(data["measure"]),
        words=words,
        called=data["called"],
    )


class Version(NamedTuple):
    """A version read behind a family's name: where it ends, the type and the canonical name of the thing."""

    end: int
    type: str
    name: str
    glued: bool


def read_version(norm: str, end: int, entry: LexiconEntry) -> Version | None:
    """The version behind a name of `entry` that ends at `end`, or None."""
    after = norm[end : end + 1]
    if after > LAST_LATIN and not after.isdecimal() and after.casefold() != entry.name[0].casefold():
        return None  # most names: no sign of a version, nor the family said twice
    rules = families()
    if entry.name in rules.excluded or not (entry.type in ("Model", "Hardware") or entry.name in rules.makers):
        return None
    begin = end
    again = norm[end : end + len(entry.name) + 1].lstrip(" ")[: len(entry.name)]
    if again.casefold() == entry.name.casefold():  # 通义千问Qwen2.5-Max says the family twice
        begin = norm.index(again, end) + len(again)
    parts, position = _parts(norm, begin, rules, entry)
    if not parts:
        return None
    type_ = "Model" if entry.type in ("Organization", "Model") or entry.name == "Kimi" else entry.type
    tail = "-".join(parts) if entry.name in rules.hyphenated or entry.name in rules.joined else " ".join(parts)
    joint = "-" if entry.name in rules.hyphenated else "" if entry.name in rules.joined else " "
    return Version(position, type_, rules.called.get(entry.name, entry.name) + joint + tail, norm[begin] != " ")


def _parts(norm: str, end: int, rules: Families, entry: LexiconEntry) -> tuple[list[str], int]:
    match = rules.first.match(norm, end)
    if match is None and (entry.type == "Model" or entry.name in rules.hyphenated):
        match = rules.words_first.match(norm, end)
    if match is None or _measured(norm, match, rules):
        return [], end
    parts = [_spelt(match[1], rules)]
    position = match.end()
    while (match := rules.further.match(norm, position)) and len(parts) < 6 and not _measured(norm, match, rules):
        loose = match[1][0].isdigit() and norm[position] == " " and not match[1][-1].isalpha()
        if loose and parts[-1].casefold() not in rules.words:
            break  # `Llama-3B 8.7`: a figure of its own
        parts.append(_spelt(match[1], rules))
        position = match.end()
    return parts, position


def _measured(norm: str, match: re.Match[str], rules: Families) -> bool:
    """Whether what looks like a version is an amount (`Gemini 2 月`, `GPT 3 个`)."""
    return match[1].isdigit() and rules.measure.match(norm, match.end()) is not None


def _spelt(part: str, rules: Families) -> str:
    """One spelling of a part: words as the list spells them, `405B`, `V3`, `4o`."""
    known = rules.words.get(part.casefold())
    if known:
        return known
    if _SMALL_SIZE.fullmatch(part):
        return part.upper()
    return part


_TAIL_BEGINS, _TAIL_ENDS = re.compile(r"(?<![A-Za-z0-9.\-])"), re.compile(r"(?![A-Za-z0-9\-]|\.\d)")
_TAIL_CUT = re.compile(r"(?<=[ \-])|(?<=[a-z])(?=[A-Z]\d)")
_TAIL = re.compile(r"[A-Z]{1,2}\d+(?:\.\d+)?(?:-[A-Z][A-Za-z]+)*|[A-Z][a-z]+(?:-[A-Z][a-z]+)+")


def find_tails(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Later places where a model goes by its version alone: `R1` after `DeepSeek-R1`, `Codex-Spark` after all of it.

    A version that two models of the document share is left out.
    """
    owners: dict[str, set[tuple[str, str]]] = {}
    for here in found:
        for c in here:
            if c.rule.endswith("+version") and (tail := _tail(c.name)):
                owners.setdefault(tail, set()).add((c.name, c.type))
    known = {tail: next(iter(names)) for tail, names in owners.items() if len(names) == 1}
    if not known:
        return [[] for _ in pages]
    return [
        [
            Candidate(start, end, type_, name, "version:tail", Rank.PATTERN)
            for start, end in places_of(known, page.norm, _TAIL_BEGINS, _TAIL_ENDS)
            for name, type_ in [known[page.norm[start:end]]]
        ]
        for page in pages
    ]


_FAMILY = re.compile(r"(?P<family>[^\d]*[A-Za-z一-鿿][ -]?)(?P<version>[A-Za-z]?\d.*)")
_AFTER_NAME = re.compile(r"[A-Za-z]\W{0,2}$")  # a name that is not known may go on so: `Jamba 1.5 Mini`
NEAR = 60  # characters from a version without its family back to what else can be of that family

Family = tuple[str, str]  # how the names of a family begin, and their type


def find_bare(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Versions told without their family (`比1.5 Pro快`, `4o mini`) where it is clear which family is meant.

    It is the one family that has a version with one of these words, or else this number, or else the last one named.
    """
    owners: dict[str, set[Family]] = {}
    named: list[list[tuple[int, Family]]] = []
    for here in found:
        named.append([])
        for known in here:
            if known.type in ("Model", "Hardware") and (m := _FAMILY.fullmatch(known.name)):
                family = (m["family"], known.type)
                named[-1].append((known.end, family))
                for part in re.split("[ -]", m["version"]):
                    owners.setdefault(part.casefold(), set()).add(family)
    bare = _bare_regex()
    return [
        [c for m in bare.finditer(page.norm) if (c := _bare(m, owners, last))] if owners else []
        for page, last in zip(pages, named, strict=True)
    ]


@cache
def _bare_regex() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, families().words.values()), key=len, reverse=True))
    begin, end = r"(?<![A-Za-z0-9.\-+$])", r"(?![A-Za-z0-9\-]|\.\d)"
    return re.compile(rf"{begin}(?:\d(?:\.\d)?o?(?:[ -](?:{words}))+|V\d(?:\.\d)?|\d\.\d(?=版本)){end}")


def _bare(m: re.Match[str], owners: dict[str, set[Family]], named: Sequence[tuple[int, Family]]) -> Candidate | None:
    """The model or device that a bare version names, None where that is not clear."""
    number, *words = re.split("[ -]", m.group())
    if _AFTER_NAME.search(m.string, max(0, m.start() - 3), m.start()):
        return None
    by_word = {f for word in words for f in owners.get(word.casefold(), ())}
    last = {max(near)[1]} if (near := [n for n in named if m.start() - NEAR <= n[0] <= m.start()]) else set()
    lettered = number[0] == "V"
    for known in (by_word, owners.get(number.casefold(), set()), last):
        meant = [f for f in known if (f[0][-1] == "V") == lettered]
        if len(meant) == 1:
            ((family, type_),) = meant
            name = family + m.group()[lettered:]
            return Candidate(m.start(), m.end(), type_, name, "version:bare", Rank.PATTERN)
    return None


def _tail(name: str) -> str | None:
    """What is left of a model's name without its family and plain numbers, where that can stand alone."""
    for match in _TAIL_CUT.finditer(name):
        rest = name[match.start() :]
        if _TAIL.fullmatch(rest):
            return rest
    return None
