"""The relation patterns: read from TOML, compiled to regular expressions over `Sequence.text`, indexed by trigger.

The language (spaces in a pattern mean nothing, everything else is Python's regular expressions):

- `{s:Organization|Person}`: a mention, or a coordination of mentions, of one of these types. The arguments are `s` and
  `o` (`s2`, `o2` in a second branch); `both` pairs its members; `k` is only kept; `x` is nothing. `org`, `person` and
  `thing` (a model, product or piece of hardware) are short for types.
- `{o+:Product}`: the same, also where the members are still apart, each with a short description.
- `<s:Organization>`, `<o:…>`, only first: the grammatical subject of the clause, however far before its verb, or
  carried over from the clause or sentence before.
- `…` `…20`: a gap of at most 12 (or 20) characters without mention, clause barrier or gap-breaking word; in phrases
  without coordination or second verb either. `‥20`: without mention or barrier. `⋯20`: without mention, over commas.
- `~`: any adverbs, dates and auxiliaries.
- `@name`: one of the words of list `name` in words.toml; `@trigger`: one of the pattern's triggers.
- `^`, `$`: the beginning and the end of a clause.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick

from kg.record import PREDICATES, TYPES
from kg.relations.sequence import ANY_MARK, BARRIERS, MARKS

GAP = 12  # characters that `…` spans unless told
ABBREVIATIONS = {"thing": "Model|Product|Hardware", "org": "Organization", "person": "Person"}

Role = Literal["s", "o", "both"]
Words = Mapping[str, Sequence[str]]

_ELEMENT = re.compile(
    r"\{(?P<slot>\w+)(?P<many>\+?):(?P<types>[\w|]+)\}|(?P<gap>[…‥⋯])(?P<size>\d*)|(?P<adverbs>~)|@(?P<list>[a-z_]+)"
    r"|(?P<edge>(?<!\[)[\^$])| +"
)
_SUBJECT = re.compile(r"^\s*<(?P<role>[so]):(?P<types>[\w|]+)>")


class PatternError(ValueError):
    """A pattern file that cannot be used; the message names the pattern."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern; without a predicate it only reduces a phrase to its head.

    `subject` holds the marks that its `<s:…>` may be, and `subject_role` its role; `keep` is the role that heads its
    phrase. `carry`: the subject may come from a sentence before; `lead`: it is who those sentences are about. `weak`:
    better evidence in the article overrides it. `slots` are the marks of the slots that every match fills, `named` is
    what the name in a role must look like.
    """

    id: str
    predicate: str
    triggers: tuple[str, ...]
    regex: re.Pattern[str]
    subject: str
    subject_role: str
    keep: str
    phrase: bool
    carry: bool
    weak: bool
    lead: bool
    slots: tuple[str, ...]
    named: Mapping[str, re.Pattern[str]]
    examples: tuple[str, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """All patterns, with the index from trigger word to patterns, and the word lists."""

    patterns: tuple[Pattern, ...]
    words: Words

    @cached_property
    def weak(self) -> frozenset[str]:
        """The ids of patterns that better evidence overrides."""
        return frozenset(p.id for p in self.patterns if p.weak)

    @cached_property
    def _index(self) -> tuple[Any, list[tuple[int, ...]], tuple[int, ...]]:
        """The automaton of all triggers, the patterns of each, and the patterns without any."""
        by_trigger: dict[str, list[int]] = {}
        for number, pattern in enumerate(self.patterns):
            for trigger in dict.fromkeys(pattern.triggers):
                by_trigger.setdefault(trigger, []).append(number)
        always = tuple(n for n, p in enumerate(self.patterns) if not p.triggers)
        return AhoCorasick(list(by_trigger)), [tuple(v) for v in by_trigger.values()], always

    def active(self, text: str) -> tuple[list[Pattern], list[Pattern]]:
        """The phrase patterns and the clause patterns one of whose triggers stands in the text, in their order.

        Only those are given whose slots find a mention of their type in the text.
        """
        automaton, patterns_of, always = self._index
        hits = {trigger for trigger, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
        numbers = sorted({n for trigger in hits for n in patterns_of[trigger]}.union(always))
        missing = "".join(mark for mark in MARKS.values() if mark not in text)
        chosen = [p for p in map(self.patterns.__getitem__, numbers) if all(s.strip(missing) for s in p.slots)]
        return [p for p in chosen if p.phrase], [p for p in chosen if not p.phrase]


@cache
def library() -> Library:
    """The patterns that ship with the package."""
    folder = resources.files("kg") / "data" / "patterns" / "relations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    tables = {f.name: tomllib.loads(f.read_text("utf-8")) for f in files}
    words = _expand_words(tables.pop("words.toml"))
    del tables["known.toml"]  # no patterns: see kg.relations.known
    rows = [row for table in tables.values() for row in table["pattern"]]
    return build(rows, words)


def build(rows: Sequence[Mapping[str, Any]], words: Words) -> Library:
    """A library of pattern rows. Raises PatternError for a bad or repeated one."""
    patterns = tuple(_compile(row, words) for row in rows)
    ids = [p.id for p in patterns]
    if repeated := sorted({i for i in ids if ids.count(i) > 1}):
        raise PatternError(f"repeated pattern ids: {', '.join(repeated)}")
    return Library(patterns, words)


def _expand_words(lists: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Word lists with `@other` members replaced by that list."""

    def members(name: str) -> Iterator[str]:
        for word in lists[name]:
            if word.startswith("@"):
                yield from members(word[1:])
            else:
                yield word

    return {name: tuple(dict.fromkeys(members(name))) for name in lists}


def marks(types: str) -> str:
    """The marks of `Model|Product`, `thing|org`."""
    names = "|".join(ABBREVIATIONS.get(t, t) for t in types.split("|")).split("|")
    if unknown := [n for n in names if n not in TYPES]:
        raise PatternError(f"unknown type {unknown[0]}")
    return "".join(MARKS[n] for n in names)


def alternatives(words: Sequence[str]) -> str:
    """One group of all the words, longest first; words are regular expressions."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


def _compile(row: Mapping[str, Any], words: Words) -> Pattern:
    try:
        triggers = tuple(_trigger_words(row.get("trigger", []), words))
        source, subject, role = row["pattern"], "", ""
        if first := _SUBJECT.match(source):
            subject, role, source = marks(first["types"]), first["role"], source[first.end() :]
        predicate = row.get("predicate", "")
        if predicate and predicate not in PREDICATES:
            raise PatternError(f"unknown predicate {predicate}")
        phrase = row.get("stage", "clause") == "phrase"
        regex = re.compile(translate(source, {**words, "trigger": triggers}, strict=phrase))
        roles = {name.rstrip("2") for name in regex.groupindex} | {role} - {""}
        if predicate and not ({"s", "o"} <= roles or "both" in roles):
            raise PatternError("needs the roles s and o, or both")
        if row.get("keep", "") not in {"", *roles}:
            raise PatternError(f"keeps {row['keep']}, which is no role of it")
        return Pattern(
            id=row["id"],
            predicate=predicate,
            triggers=tuple(_literal(t) for t in triggers),
            regex=regex,
            subject=subject,
            subject_role=role,
            keep=row.get("keep", ""),
            phrase=phrase,
            lead=row.get("lead", False),
            weak=row.get("weak", False),
            carry=row.get("carry", True),
            slots=_slots(source),
            named={role: re.compile(name) for role, name in row.get("named", {}).items()},
            examples=tuple(row["examples"]),
            fails=tuple(row.get("fails", [])),
        )
    except (KeyError, re.error, PatternError) as error:
        raise PatternError(f"pattern {row.get('id', row)}: {error}") from error


def _slots(source: str) -> tuple[str, ...]:
    """The marks of each slot; none where the pattern has branches that leave some unfilled."""
    if "{s2:" in source or "{o2:" in source:
        return ()
    return tuple(marks(m["types"]) for m in _ELEMENT.finditer(source) if m["slot"] not in (None, "x"))


def _trigger_words(trigger: str | Sequence[str], words: Words) -> Iterator[str]:
    for word in [trigger] if isinstance(trigger, str) else trigger:
        if word.startswith("@"):
            yield from words[word[1:]]
        else:
            yield word


def _literal(word: str) -> str:
    """The longest literal run of a word that is a small regular expression (`达成.{0,8}合作` -> 达成)."""
    bare = re.sub(r"\[[^\]]*\]\??|\(\?[^)]*\)\??|\([^)]*\)[?*]|\{[^}]*\}|.[?*]|\\.", "\0", word)
    literal = max(bare.replace(".", "\0").replace("(", "\0").replace(")", "\0").split("\0"), key=len)
    if not literal:
        raise PatternError(f"trigger {word} has no literal part")
    return literal


def translate(source: str, words: Words, *, strict: bool = False) -> str:
    """A pattern's text as a regular expression; strict gaps hold no coordination and no second verb."""
    breaker = (*words["breaker"], *words["phrase_breaker"]) if strict else words["breaker"]

    def element(m: re.Match[str]) -> str:
        if m["slot"]:
            one = f"[{marks(m['types'])}]"
            listed = (
                f"{one}(?:{alternatives(words['and'])}{alternatives(words['described'])}?{one})*" if m["many"] else one
            )
            return f"(?P<{m['slot']}>{listed})" if m["slot"] != "x" else listed
        if m["gap"]:
            size = m["size"] or GAP
            if m["gap"] == "…":
                return f"(?:(?!{alternatives(breaker)})[^{BARRIERS}{ANY_MARK}]){{0,{size}}}?"
            stops = BARRIERS if m["gap"] == "‥" else BARRIERS.replace(",", "").replace(":", "")
            return f"[^{stops}{ANY_MARK}]{{0,{size}}}?"
        if m["adverbs"]:
            return f"{alternatives(words['adverb'])}*+"
        if m["list"]:
            return alternatives(words[m["list"]])
        if m["edge"]:
            return f"(?<![^{BARRIERS}])" if m["edge"] == "^" else f"(?![^{BARRIERS}])"
        return ""

    return _ELEMENT.sub(element, source)
