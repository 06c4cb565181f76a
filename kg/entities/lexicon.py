"""Names that lists know: the lexicon files, and one automaton that finds them all.

A lexicon file is tab-separated UTF-8 with the header `type name names weak context wikidata`:

- `type` one of the guide's types, or `-` for a phrase that only looks like a name (`提高通过` hides `高通`);
- `name` the canonical name, from which the entity id is made (it is an alias too, unless `weak` repeats it);
- `names` other forms that always count, `|` between them, in any script and case;
- `weak` short or ambiguous forms that count only in context: where the text also has a strong form of the same entity,
  or one of the words in `context`, or where a cue beside the name speaks of such a thing (see `merge`);
- `wikidata` the item, only where certain.

Lines that begin with `#` are comments; `# source: ...` names the source of the lines after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.errors import UserError
from kg.identity import entity_id, fold, simplify, traditional
from kg.record import TYPES

COLUMNS = ("type", "name", "names", "weak", "context", "wikidata")
BLOCK = "-"  # the type of phrases that hide the names inside them
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_ADDRESS = re.compile(r"(?://|www\.|\.[a-z]{2,4}/)[!-~]*$")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class LexiconError(UserError):
    """A line of a lexicon file that cannot be used; the message names file, line and reason."""


@dataclass(frozen=True)
class LexiconEntry:
    """One thing that the lexicon knows. `line` says where (`organizations.tsv:12`), `source` on whose word."""

    type: str
    name: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    context: tuple[str, ...]
    wikidata: str | None
    line: str
    source: str

    @cached_property
    def id(self) -> str:
        return entity_id(self.type, self.name)

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Every form of the name, the canonical one first."""
        return tuple(dict.fromkeys((self.name, *self.names, *self.weak)))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The preferred label by language: `zh-Hans`, `zh-Hant` (both or neither) and `en`, as far as known."""
        chinese = [a for a in self.aliases if _HAN.search(a)]
        latin = [a for a in self.aliases if not _HAN.search(a)]
        labels: dict[str, str] = {}
        if chinese:
            simplified = next((a for a in chinese if simplify(a) == a), None)
            labels["zh-Hans"] = simplified or simplify(chinese[0])
            written = next((a for a in chinese if simplify(a) != a), None)
            labels["zh-Hant"] = written or traditional(labels["zh-Hans"])
        if latin:
            labels["en"] = latin[0]
        return labels


class Hit(NamedTuple):
    """A form of the lexicon found in folded text, with the things it may name.

    `cut`: a digit follows its letters, so that it counts only with a version (`Qwen2`).
    """

    start: int
    end: int
    cut: bool
    strong: tuple[LexiconEntry, ...]
    weak: tuple[LexiconEntry, ...]


@dataclass
class _Form:
    strong: list[LexiconEntry] = field(default_factory=list)
    weak: list[LexiconEntry] = field(default_factory=list)


class Lexicon:
    """The entries of all files; a later entry replaces an earlier one of the same id (the user's file comes last)."""

    def __init__(self, entries: Iterable[LexiconEntry]) -> None:
        by_id = {entry.id: entry for entry in entries}
        self._by_id = by_id
        simplified = _simplify_all(a for e in by_id.values() for a in e.aliases + e.context)
        self._context = {id_: tuple(simplified[w] for w in e.context) for id_, e in by_id.items()}
        forms: dict[str, _Form] = {}
        makers = _makers(by_id.values(), simplified)
        for entry in by_id.values():
            weak = set(entry.weak)
            for alias in entry.aliases:
                if _run_together(alias, entry, makers, simplified):
                    continue
                form = forms.setdefault(simplified[alias], _Form())
                (form.weak if alias in weak else form.strong).append(entry)
        self._forms = [(tuple(f.strong), tuple(f.weak)) for f in forms.values()]
        self._latin = [_word(text[0]) or _word(text[-1]) for text in forms]  # others stand anywhere
        self._index = {text: i for i, text in enumerate(forms)}
        self._automaton = AhoCorasick(list(forms), matchkind=MatchKind.Standard)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[LexiconEntry]:
        return iter(self._by_id.values())

    def entry(self, entity_id: str) -> LexiconEntry | None:
        """The entry of an entity id, or None where the entity was only found in a text."""
        return self._by_id.get(entity_id)

    def context(self, entry: LexiconEntry) -> tuple[str, ...]:
        """The words that let an entry's weak names count, as they stand in folded text."""
        return self._context.get(entry.id, ())

    def lookup(self, name: str) -> tuple[LexiconEntry, ...]:
        """Every entry that has this name, in any case and script, strong forms first."""
        index = self._index.get(name.lower() if name.isascii() else fold(name))
        if index is None:
            return ()
        strong, weak = self._forms[index]
        return strong + weak

    def find(self, folded: str) -> list[Hit]:
        """All forms in text that is simplified and lower-cased; latin forms only as whole tokens. Overlaps stay in."""
        forms, latin = self._forms, self._latin
        hits: list[Hit] = []
        for i, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            cut = _edge(folded, start, end) if latin[i] else False
            if cut is not None:
                hits.append(Hit(start, end, cut, *forms[i]))
        return hits


def _edge(text: str, start: int, end: int) -> bool | None:
    """None where a span cuts a latin word in two; else whether it ends between a letter and a digit."""
    if start and _word(text[start]) and (_word(text[start - 1]) or _in_address(text, start)):
        return None
    if end == len(text) or not _word(text[end - 1]):
        return False
    if text[end].isdigit() and not text[end - 1].isdigit():
        return True
    inside = _word(text[end]) or text[end] in "@_" or (text[end] == "." and _word(text[end + 1 : end + 2]))
    return None if inside else False


def _in_address(text: str, start: int) -> bool:
    """Whether a position is inside a handle or a web address; `GPT-4o/Claude` is none."""
    if text[start - 1] != "/":
        return text[start - 1] in "@_."
    return bool(_ADDRESS.search(text, max(0, start - 60), start))


def _word(char: str) -> bool:
    return char < "\u2e80" and char.isalnum()


def _makers(entries: Iterable[LexiconEntry], simplified: Mapping[str, str]) -> dict[str, LexiconEntry]:
    """The organisations by their strong forms in Chinese characters."""
    return {
        simplified[alias]: entry
        for entry in entries
        if entry.type == "Organization"
        for alias in entry.aliases
        if alias not in entry.weak and len(alias) <= 5 and _HAN.search(alias)
    }


def _run_together(
    alias: str, entry: LexiconEntry, makers: Mapping[str, LexiconEntry], simplified: Mapping[str, str]
) -> bool:
    """Whether a form is a maker's name and another form of the entry: `英伟达H100` names two things, not one."""
    text = simplified[alias]
    forms = {simplified[a] for a in entry.aliases if a not in entry.weak}
    for cut in range(2, min(6, len(text) - 1)):
        maker = makers.get(text[:cut])
        if maker and maker is not entry and text[cut:].strip() in forms:
            return not entry.name.startswith(maker.name.split()[0])
    return False


def _simplify_all(names: Iterable[str]) -> dict[str, str]:
    """Simplified lower-case forms by name; one conversion for all, since each call has a cost."""
    unique = list(dict.fromkeys(names))
    folded = [" ".join(s.split()) for s in simplify("\n".join(unique)).lower().split("\n")]
    return dict(zip(unique, folded, strict=True))


def parse(text: str, file: str) -> Iterator[LexiconEntry]:
    """The entries of one lexicon file. Raises LexiconError, which names file, line and reason."""
    source = ""
    header_seen = False
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{file}:{number}"
        if line.startswith("#"):
            source = line.partition("source:")[2].strip() or source
        elif not line.strip():
            continue
        elif not header_seen:
            if tuple(line.split("\t")) != COLUMNS:
                raise LexiconError(f"{where}: the header must be {' '.join(COLUMNS)}, with tabs between")
            header_seen = True
        else:
            yield _entry(line, where, source or file)


def _entry(line: str, where: str, source: str) -> LexiconEntry:
    cells = line.split("\t")
    if len(cells) > len(COLUMNS):
        raise LexiconError(f"{where}: {len(cells)} columns, {len(COLUMNS)} at most")
    type_, name, names, weak, context, wikidata = (c.strip() for c in (*cells, *[""] * (len(COLUMNS) - len(cells))))
    if type_ not in TYPES and type_ != BLOCK:
        raise LexiconError(f"{where}: unknown type {type_!r}; one of {', '.join(TYPES)} or {BLOCK}")
    if not fold(name):
        raise LexiconError(f"{where}: the name is empty")
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        raise LexiconError(f"{where}: {wikidata!r} is not a Wikidata item (Q and digits)")
    return LexiconEntry(type_, name, _split(names), _split(weak), _split(context), wikidata or None, where, source)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))


@cache
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the user's file on top.

    Raises LexiconError for a bad line of the user's file and for a file that cannot be read as UTF-8.
    """
    entries: list[LexiconEntry] = []
    folder = resources.files("kg") / "data" / "lexicons"
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name):
        entries.extend(parse(file.read_text(encoding="utf-8"), file.name))
    if extra is not None:
        try:
            text = extra.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"{extra}: cannot be read: {error}") from error
        entries.extend(parse(text, str(extra)))
    return Lexicon(entries)
