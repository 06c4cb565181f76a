"""The queries that ship with kg: `kg/data/queries/*.rq`, each a valid query with a head that describes it.

    # zh: 某模型的全部数值,各由谁在哪篇文章的哪一句给出
    # en: Every number given for a model …
    # param subject (name, required): DeepSeek-V3
    # answers: model, attribute, …

`param NAME (KIND[, required]): EXAMPLE` declares a parameter, where KIND is `name` (any alias in either script and any
case), `text`, `word` (the name of a concept, such as `training_cost`) or `number`. A line of the body that begins
with `#? NAME:` counts only where that parameter is given, `$NAME` in it being the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import UserError
from kg.export.rdf_text import quoted
from kg.identity import fold

_HEAD = re.compile(r"# (zh|en): (.+)")
_PARAM = re.compile(r"# param (\w+) \((name|text|word|number)(, required)?\): (.+)")
_CONDITIONAL = re.compile(r"^(\s*)#\? (\w+): (.*)$", re.M)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a shipped query; `example` is a value that finds something in the seeds."""

    name: str
    kind: str
    required: bool
    example: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """All shipped queries by name, sorted. Raises ValueError where a file lacks its head."""
    folder = resources.files("kg") / "data" / "queries"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {q.name: q for q in (parse_named(f.name[:-3], f.read_text(encoding="utf-8")) for f in files)}


def parse_named(name: str, text: str) -> NamedQuery:
    """Read the head of a query file. Raises ValueError where a description is missing."""
    heads = dict(_HEAD.findall(text))
    if set(heads) != {"zh", "en"}:
        raise ValueError(f"{name}.rq: needs one line `# zh: …` and one line `# en: …`")
    parameters = tuple(Parameter(n, kind, bool(req), example) for n, kind, req, example in _PARAM.findall(text))
    return NamedQuery(name, heads["zh"], heads["en"], parameters, text)


def describe(query: NamedQuery) -> str:
    """Name, descriptions and parameters, for `--list`."""
    lines = [query.name, f"  {query.zh}", f"  {query.en}"]
    for p in query.parameters:
        need = "required" if p.required else "optional"
        lines.append(f"  --param {p.name}=…   {p.kind}, {need}, for example {p.example}")
    return "\n".join(lines)


def parse_params(given: Iterable[str]) -> dict[str, str]:
    """`KEY=VALUE` pairs as a mapping. Raises UserError for one without `=`."""
    params = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise UserError(f"--param {pair}: give it as KEY=VALUE")
        params[key.strip()] = value.strip()
    return params


def named_query(name: str, params: Mapping[str, str] | None = None) -> str:
    """The text of a shipped query with its parameters filled in.

    Raises UserError for an unknown name or parameter, a missing parameter, or a value of the wrong kind.
    """
    query = named_queries().get(name)
    if query is None:
        raise UserError(f"no query is named {name!r}; there are {', '.join(named_queries())}")
    params = params or {}
    known = {p.name: p for p in query.parameters}
    for key in params:
        if key not in known:
            have = f"its parameters are {', '.join(known)}" if known else "it has none"
            raise UserError(f"the query {name} has no parameter {key!r}; {have}")
    missing = [p for p in query.parameters if p.required and p.name not in params]
    if missing:
        p = missing[0]
        raise UserError(f"the query {name} needs --param {p.name}=… (for example {p.name}={p.example})")
    values = {key: _value(known[key], value) for key, value in params.items()}

    def fill(match: re.Match[str]) -> str:
        indent, key, line = match.groups()
        return indent + line.replace(f"${key}", values[key]) if key in values else match[0]

    return _CONDITIONAL.sub(fill, query.text)


def _value(parameter: Parameter, value: str) -> str:
    """A value as SPARQL writes it; never more than one literal, so that it cannot change the query."""
    if parameter.kind == "name":
        return quoted(fold(value))
    if parameter.kind == "text":
        return quoted(value)
    pattern, what = (_NUMBER, "a number") if parameter.kind == "number" else (_WORD, "one word")
    if not pattern.fullmatch(value):
        raise UserError(f"--param {parameter.name}={value}: must be {what}, for example {parameter.example}")
    return value if parameter.kind == "number" else quoted(value)
