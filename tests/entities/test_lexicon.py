"""The lexicon: its format, what a bad line says, the user's file, and that the shipped files keep their own rules."""

from __future__ import annotations

from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from kg.entities import Lexicon, LexiconError, load_lexicon
from kg.entities.lexicon import BLOCK, COLUMNS, parse
from kg.identity import simplify
from kg.record import TYPES

HEADER = "\t".join(COLUMNS) + "\n"
FOLDER = resources.files("kg") / "data" / "lexicons"
FILES = sorted((f for f in FOLDER.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)


def lexicon(*lines: str) -> Lexicon:
    return Lexicon(parse(HEADER + "\n".join(lines), "user.tsv"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("type\tname\n", "user.tsv:1: the header must be"),
        (HEADER + "Company\tAcme\n", "user.tsv:2: unknown type 'Company'"),
        (HEADER + "\nPerson\t \n", "user.tsv:3: the name is empty"),
        (HEADER + "Person\tAda\t\t\t\tq1\n", "user.tsv:2: 'q1' is not a Wikidata item"),
        (HEADER + "Person\tAda\t\t\t\t\t\tx\n", "user.tsv:2: 8 columns"),
    ],
)
def test_a_bad_line_names_file_line_and_reason(text: str, says: str) -> None:
    with pytest.raises(LexiconError) as error:
        list(parse(text, "user.tsv"))
    assert says in str(error.value)


def test_the_users_file_adds_and_overrides(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    lines = "Organization\tAcme Wolke\t云上艾克米\nOrganization\tOpenAI\t开门人工智能\t\t\tQ1\n"
    file.write_text(HEADER + lines, encoding="utf-8")
    mine = load_lexicon(file)
    assert [e.name for e in mine.lookup("雲上艾克米")] == ["Acme Wolke"]
    entry = mine.entry("organization/openai")
    assert entry is not None
    assert (entry.wikidata, entry.line) == ("Q1", f"{file}:3")
    assert load_lexicon().entry("organization/acme%20wolke") is None


def test_a_users_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "latin.tsv").write_bytes(HEADER.encode() + b"Person\t\xff\n")
    for name in ("missing.tsv", "latin.tsv"):
        with pytest.raises(LexiconError, match=name):
            load_lexicon(tmp_path / name)


def test_labels_come_in_both_scripts() -> None:
    nvidia = load_lexicon().entry("organization/nvidia")
    assert nvidia is not None
    assert nvidia.labels == {"zh-Hans": "英伟达", "zh-Hant": "英偉達", "en": "NVIDIA"}
    assert {"輝達", "英偉達", "英伟达", "NVIDIA"} <= set(nvidia.aliases)


def test_the_other_script_is_converted_where_no_line_gives_it() -> None:
    (entry,) = lexicon("Organization\t云上艾克米")
    assert entry.labels == {"zh-Hans": "云上艾克米", "zh-Hant": "雲上艾克米"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("acme发布", [(0, 4, False)]),
        ("acmes发布", []),
        ("lacme发布", []),
        ("见www.acme.com/x", []),
        ("a/acme/b", [(2, 6, False)]),
        ("@acme", []),
        ("acme.", [(0, 4, False)]),
        ("acme2发布", [(0, 4, True)]),
    ],
)
def test_latin_names_are_whole_tokens(text: str, found: list[tuple[int, int, bool]]) -> None:
    assert [(h.start, h.end, h.cut) for h in lexicon("Organization\tAcme").find(text)] == found


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_shipped_files_keep_the_rules(file: resources.abc.Traversable) -> None:
    entries = list(parse(file.read_text(encoding="utf-8"), file.name))
    assert entries
    ids = [e.id for e in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert entry.type in TYPES or entry.type == BLOCK
        assert entry.source != file.name, f"{entry.line} has no source"
        assert set(entry.weak) <= set(entry.aliases)


def test_no_name_always_counts_for_two_things() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in load_lexicon():
        for alias in set(entry.aliases) - set(entry.weak):
            owners[simplify(alias).lower()].add(entry.id)
    assert {a: ids for a, ids in owners.items() if len(ids) > 1} == {}


def test_a_wikidata_item_belongs_to_one_entity() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in load_lexicon():
        if entry.wikidata:
            owners[entry.wikidata].add(entry.id)
    assert {q: ids for q, ids in owners.items() if len(ids) > 1} == {}
