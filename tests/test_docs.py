"""The README and the program say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_documented(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [c for c in main.commands if f"kg {c}" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_every_documented_command_and_option_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for command, rest in re.findall(r"\bkg (?!is\b|reads\b)([a-z]+)\b([^\n`|]*)", text):
        assert command in main.commands, command
        known = {o for p in main.commands[command].params for o in p.opts}
        assert set(re.findall(r"(?<=\s)--[a-z][a-z0-9-]*", rest)) <= known, (command, rest)


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert (ROOT / target).exists(), target
