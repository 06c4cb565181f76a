"""One HTML file out of template, styles, scripts and data, under a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources
from typing import Any

from kg.export.page.drawing import vis_library

SCRIPTS = (
    "dom", "format", "data", "state", "shapes", "labels", "vis", "sigma", "graph", "filters",
    "search", "text", "panel", "entity", "tables", "serialise", "export", "keys", "main",
)  # fmt: skip
SLOT = re.compile(r"\{\{(\w+)\}\}")
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.S)
SURROGATE = re.compile("[\ud800-\udfff]")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.M)


def page(data: dict[str, Any], *, title: str) -> str:
    """The page for a data island (see `kg.export.page.model.island`)."""
    library = SOURCE_MAP.sub("", vis_library()) if data["engine"] == "vis" else _sigma_library()
    program = "(() => {\n'use strict';\n" + "\n".join(_asset(f"js/{name}.js") for name in SCRIPTS) + "})();\n"
    style = _asset("style.css")
    slots = {
        "title": SURROGATE.sub("\ufffd", title).replace("&", "&amp;").replace("<", "&lt;"),
        "policy": _policy([library, program], style),
        "style": style,
        "strings": as_island(json.loads(_asset("strings.json"))),
        "data": as_island(data),
        "library": library,
        "program": program,
    }
    return SLOT.sub(lambda m: slots[m[1]], _asset("template.html"))


def as_island(value: Any) -> str:
    """JSON that cannot end the script element it stands in: every `<` is escaped, all else stays as it is.

    Half surrogate pairs, which JSON input may hold and UTF-8 may not, become replacement characters.
    """
    text = SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def read_island(html: str) -> dict[str, Any]:
    """The data island of a page. Raises ValueError where the page has none."""
    found = DATA.search(html)
    if not found:
        raise ValueError("no data island in the page")
    island: dict[str, Any] = json.loads(found[1])
    return island


def _asset(name: str) -> str:
    return (resources.files("kg.export.page") / name).read_text(encoding="utf-8")


def _sigma_library() -> str:
    """sigma.js and what it needs, with their licences, which ask to go along with every copy."""
    return f"/*\n{_asset('vendor/LICENSES.txt')}*/\n{_asset('vendor/sigma.min.js')}"


def _policy(scripts: list[str], style: str) -> str:
    """A content security policy under which the page's own scripts and style run, and nothing is ever fetched."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
