"""The words of saying: verbs, sources, titles, documents and hearsay, read from `data/patterns/statements.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

VerbKind = Literal["say", "predict", "deny", "ask", "see", "show", "judge"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A saying verb in the text, with the rule that found it."""

    start: int
    end: int
    kind: VerbKind
    rule: str
    form: str


@cache
def patterns(name: str) -> dict[str, Any]:
    """A pattern file of the package, by its name without `.toml`."""
    return tomllib.loads((files("kg") / "data" / "patterns" / f"{name}.toml").read_text(encoding="utf8"))


def either(forms: list[str]) -> str:
    """A regular expression for any of the forms, the longest first."""
    return "(?:" + "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f))) + ")"


def guarded(entry: dict[str, Any]) -> str:
    """The forms of an entry, not preceded by its `before`, not followed by its `after`, followed by its `follow`."""
    behind = "".join(f"(?<!{re.escape(b)})" for b in entry.get("before", []))
    ahead = f"(?!{either(entry['after'])})" if entry.get("after") else ""
    follow = f"(?={either(entry['follow'])})" if entry.get("follow") else ""
    first = "(?=[" + "".join(sorted({re.escape(f[0]) for f in entry["forms"]})) + "])"  # most text fails here at once
    return first + behind + either(entry["forms"]) + ahead + follow


@cache
def _verbs() -> tuple[re.Pattern[str], tuple[dict[str, Any], ...]]:
    entries = tuple(patterns("statements")["verb"])
    return re.compile("|".join(f"({guarded(e)})" for e in entries)), entries


def find_verbs(norm: str, start: int, end: int) -> list[Verb]:
    """The saying verbs of a span, in order. Of two that touch (`发文称`), the longest is one verb."""
    regex, entries = _verbs()
    found: list[Verb] = []
    for m in regex.finditer(norm, start, end):
        entry = entries[(m.lastindex or 1) - 1]
        verb = Verb(m.start(), m.end(), entry["kind"], entry["id"], m.group())
        if found and found[-1].end == verb.start:  # 预测称, 回应表示: one saying
            first = found.pop()
            kind = first.kind if first.kind in ("predict", "deny", "ask") else verb.kind
            verb = Verb(first.start, verb.end, kind, first.rule, first.form + verb.form)
        found.append(verb)
    return found


@cache
def words(name: str) -> list[str]:
    """A word list of the statement patterns."""
    return list(patterns("statements")["words"][name])


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """A pattern for any word of a list."""
    return re.compile(either(words(name)))
