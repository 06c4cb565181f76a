"""The pattern files of statements, modality and comparisons: complete, without repeats, every form alive."""

from __future__ import annotations

from typing import Any

import pytest

from kg.claims.wording import find_verbs, patterns

ENTRIES = [
    (name, entry)
    for name, section in (("statements", "verb"), ("modality", "cue"), ("comparisons", "trigger"))
    for entry in patterns(name)[section]
]


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=lambda x: x if isinstance(x, str) else x["id"])
def test_an_entry_has_an_id_and_no_word_twice(name: str, entry: dict[str, Any]) -> None:
    assert entry["id"]
    assert entry["forms"]
    for key in ("forms", "before", "after", "follow"):
        assert len(entry.get(key, [])) == len(set(entry.get(key, []))), key


@pytest.mark.parametrize("name", ["statements", "modality", "comparisons"])
def test_ids_are_unique(name: str) -> None:
    ids = [entry["id"] for n, entry in ENTRIES if n == name]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["sources", "titles", "documents", "hearsay", "reported_sources"])
def test_word_lists_have_no_word_twice(name: str) -> None:
    words = patterns("statements")["words"][name]
    assert len(words) == len(set(words))


def test_every_verb_is_found_after_a_speaker() -> None:
    dead = [
        form
        for entry in patterns("statements")["verb"]
        if "follow" not in entry
        for form in entry["forms"]
        if not any(v.start <= 2 and v.end >= 2 + len(form) for v in find_verbs(f"甲君{form},某事", 0, 5 + len(form)))
    ]
    assert dead == []


@pytest.mark.parametrize("name", ["statements", "modality", "comparisons"])
def test_forms_are_in_the_spelling_of_the_analysis_text(name: str) -> None:
    for _, entry in [e for e in ENTRIES if e[0] == name]:
        for form in entry["forms"]:
            assert not set(form) & set("，；：！？（）「」『』說報導稱認為將與達")
