"""A query before it runs: what it may not do, and what is wrong with it, said so that one can mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import UserError

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'|"
    r'<[^<>"{}|^`\\\s]*>|'
    r"#[^\n\r]*",
    re.S,
)
_SERVICE = re.compile(r"(?<![?$:\w.-])service(?=\s*(?:<|[?$])|\s+(?:silent\b|[\w.-]*:))", re.I)
_UPDATE = re.compile(r"(?<![?$:\w.-])(insert|delete|load|clear|create|drop|copy|move|add|with)\b(?!\s*:)", re.I)
_FORM = re.compile(r"(?<![?$:\w.-])(select|ask|construct|describe)\b", re.I)
_LANG = re.compile(
    r"(\blang\s*\(\s*[?$]\w+\s*\)\s*(?:!?=\s*|(?:not\s+)?in\s*\([^()]*?))((?-i:\"zh-Han[st]\"|'zh-Han[st]'))", re.I
)
_GRAPHS = re.compile(r"(?<![?$:\w.-])(graph|from)\b(?!\s*:)", re.I)
_FIRST_WORD = re.compile(r"(?:\s|(?:prefix\s+\S*\s*<[^>]*>|base\s*<[^>]*>))*", re.I)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.S)
_PREFIXED = re.compile(r"([\w.-]*):[^\s:<>\"'(){}]*$")
_DECLARED = re.compile(r"\bprefix\s+([\w.-]*):", re.I)
_LAST_TRIED = {"OPTIONAL", "CONSTRUCT", "VALUES"}  # what the engine's grammar tries last, wherever the mistake is
_SHOWN = 8  # expected words that a message lists


class QueryError(UserError):
    """A query that cannot run: the message shows the place with a caret."""


def blank(sparql: str) -> str:
    """The query with comments, IRIs and strings blanked out; every other character keeps its place."""

    def keep(match: re.Match[str]) -> str:
        text = match[0]
        if text[0] == "#":
            return " " * len(text)
        return text[0] + re.sub(r"[^\n]", " ", text[1:-1]) + text[-1]

    return _OPAQUE.sub(keep, sparql)


def prepare(sparql: str, *, allow_service: bool) -> str:
    """The query as the engine gets it. Raises QueryError for an update, and for SERVICE unless it is allowed.

    The store keeps language tags in lower case (RDF 1.1 lets it); `LANG(?x) = "zh-Hans"` is made to hold all the same.
    """
    plain = blank(_ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), sparql))
    update = _UPDATE.search(plain)
    form = _FORM.search(plain)
    if update and (form is None or update.start() < form.start()):
        line, column = _line_column(sparql, min(update.start(), len(sparql)))
        raise QueryError(
            f"{_shown(sparql, line, column)}\n{update[1].upper()} is an update, and kg query only reads; "
            "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    if not allow_service and _SERVICE.search(plain):
        raise QueryError("the query asks another endpoint (SERVICE); give --allow-service to let it use the network")
    while (lowered := _LANG.sub(lambda m: m[1] + m[2].lower(), sparql)) != sparql:
        sparql = lowered
    return sparql


def speaks_of_graphs(sparql: str) -> bool:
    """Whether a query names graphs (GRAPH, FROM); when in doubt, yes."""
    return _GRAPHS.search(blank(sparql)) is not None


def explain_syntax(sparql: str, message: str, prefixes: Mapping[str, str]) -> QueryError:
    """The engine's complaint with line, column and a caret; an unknown prefix names the known ones."""
    place = _PLACE.search(message)
    if not place:
        return QueryError(f"the query is no SPARQL: {message}")
    line, column, reason = int(place[1]), int(place[2]), place[3]
    if not _FORM.search(blank(sparql)):
        start = _FIRST_WORD.match(blank(sparql))
        line, column = _line_column(sparql, start.end() if start else 0)
        return QueryError(f"{_shown(sparql, line, column)}\na query needs one of SELECT, ASK, CONSTRUCT, DESCRIBE")
    if "Prefix not found" in reason:
        before = sparql.split("\n")[line - 1][: column - 1]
        found = _PREFIXED.search(before)
        if found:
            known = sorted({*prefixes, *_DECLARED.findall(blank(sparql))} - {found[1]})
            return QueryError(
                f"{_shown(sparql, line, found.start() + 1)}\nunknown prefix {found[1]}: — "
                f"known are {', '.join(p + ':' for p in known)}"
            )
    return QueryError(f"{_shown(sparql, line, column)}\n{_expectation(reason)}")


def _expectation(reason: str) -> str:
    """`expected one of …` without the grammar's character classes; the engine's own sentences as they stand."""
    reason = re.sub(r"\[.*?\](?=,|$)", "", re.sub(r"^expected(?: one of)?\s*", "", reason), flags=re.S)
    words = list(dict.fromkeys(w for w in (w.strip().strip('"') for w in reason.split(",")) if w and "u{" not in w))
    sentences = [w for w in words if " " in w]
    if sentences:
        return sentences[0]
    if not words or set(words) <= _LAST_TRIED:
        return "this cannot stand here, or what stands just before it is not finished"
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return f"expected {'one of ' if len(words) > 1 else ''}{' '.join(words[:_SHOWN])}{more}"


def _line_column(text: str, position: int) -> tuple[int, int]:
    line = text.count("\n", 0, position) + 1
    return line, position - (text.rfind("\n", 0, position) + 1) + 1


def _shown(text: str, line: int, column: int) -> str:
    return f"query, line {line}, column {column}:\n{caret(text, line, column)}"


def caret(text: str, line: int, column: int) -> str:
    """A line of a text with a caret under a column (both count from 1); wide characters take two cells."""
    from rich.cells import cell_len

    lines = text.split("\n")
    shown = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    start = max(0, column - 61)
    head, tail = shown[start : column - 1].replace("\t", " "), shown[column - 1 : column + 59].replace("\t", " ")
    return f"  {head}{tail}\n  {' ' * cell_len(head)}^"
