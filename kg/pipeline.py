"""The stages in order: how a file becomes a record, and how records become an output directory."""

from __future__ import annotations

import bisect
import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.claims.attribution import attribute
from kg.claims.comparisons import find_comparisons
from kg.claims.quantities import find_quantities
from kg.claims.voices import with_voices
from kg.document import AnnotatedArticle, Document
from kg.entities import recognise
from kg.entities.lexicon import Lexicon, load_lexicon
from kg.export.page import ArticleText
from kg.identity import claim_id
from kg.reading import MAX_SIZE, UnreadableInput, read_bytes, read_file
from kg.record import Claim, Entity, Evidence, Mention, Record
from kg.relations import find_relations

C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes the outcome of a build; goes into the manifest."""

    encoding: str | None = None
    max_size: int = MAX_SIZE
    lexicon: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input file gave: its records, their articles' sentences, warnings, or why it could not be read."""

    source: str
    records: tuple[Record, ...] = ()
    texts: tuple[ArticleText, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None


def extract(document: Document, lexicon: Lexicon | None = None) -> Record:
    """One document -> its record."""
    annotated: list[AnnotatedArticle] = []
    relations, quantities, comparisons, statements = [], [], [], []
    for named in recognise(document, lexicon=lexicon):
        attribution = attribute(named)
        a = with_voices(named, attribution)
        annotated.append(a)
        relations += _once(a, find_relations(a, attribution))
        quantities += _once(a, find_quantities(a, attribution))
        comparisons += _once(a, find_comparisons(a, attribution))
        statements += _once(a, attribution.statements)
    sha = document.sha256
    return Record(
        source=document.source,
        sha256=sha,
        articles=tuple(a.meta for a in document.articles),
        entities=_entities(annotated),
        relations=_identified("relation", sha, relations),
        quantities=_identified("quantity", sha, quantities),
        comparisons=_identified("comparison", sha, comparisons),
        statements=_identified("statement", sha, statements),
    )


def _once(a: AnnotatedArticle, claims: Iterable[C]) -> list[C]:
    """In reading order, each finding once per sentence: repeats differ in rule or in the width of their evidence."""
    kept: dict[object, C] = {}
    starts = [a.article.evidence(s.start, s.end).start for s in a.article.sentences if s.end > s.start]
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.evidence.end, repr(c))):
        sentence = bisect.bisect_right(starts, claim.evidence.start)
        finding = dataclasses.replace(claim, rule="", evidence=Evidence(0, 0, "", claim.evidence.article))
        kept.setdefault((sentence, repr(finding)), claim)
    return list(kept.values())


def _identified(kind: str, sha256: str, claims: Sequence[C]) -> tuple[C, ...]:
    named = {(i := claim_id(kind, sha256, c)): dataclasses.replace(c, id=i) for c in claims}
    return tuple(named.values())


def _entities(annotated: Sequence[AnnotatedArticle]) -> tuple[Entity, ...]:
    """The document's entities in the order of their first mention, each with all its mentions."""
    mentions: dict[str, list[Mention]] = {}
    for a in annotated:
        for m in a.mentions:
            e = a.article.evidence(m.start, m.end)
            mentions.setdefault(m.entity, []).append(Mention(e.start, e.end, e.text, m.kind, e.article, m.rule))
    known = {id_: info for a in annotated for id_, info in a.entities.items()}
    return tuple(
        Entity(id_, known[id_].type, known[id_].name, _surfaces(found), known[id_].wikidata, tuple(found))
        for id_, found in mentions.items()
    )


def _surfaces(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.text for m in mentions if m.kind == "name"))


def read_source(path: Path, source: str, settings: Settings) -> list[Document]:
    """The documents of a file, or of standard input for `-`. Raises UnreadableInput."""
    if str(path) == "-":
        data = sys.stdin.buffer.read()
        return list(read_bytes(data, source=source, encoding=settings.encoding, max_size=settings.max_size))
    return list(read_file(path, source=source, encoding=settings.encoding, max_size=settings.max_size))


def process(path: Path, source: str, settings: Settings) -> Outcome:
    """Read and extract one file; an unreadable one gives an Outcome with its error."""
    try:
        documents = read_source(path, source, settings)
    except UnreadableInput as problem:
        return Outcome(source, error=str(problem))
    warnings = tuple(w for d in documents for w in d.warnings)
    if not any(d.articles for d in documents):
        return Outcome(source, warnings=warnings, error=f"{source}: no article found in this file; is it empty?")
    lexicon = load_lexicon(settings.lexicon)
    return Outcome(
        source,
        records=tuple(extract(d, lexicon) for d in documents),
        texts=tuple(ArticleText.of(d.source, a) for d in documents for a in d.articles),
        warnings=warnings,
    )


def process_all(
    files: Sequence[tuple[Path, str]],
    settings: Settings,
    *,
    jobs: int = 1,
    advance: Callable[[str], None] | None = None,
) -> Iterator[Outcome]:
    """Process files in the order given, in `jobs` processes; `advance` is told each source that is done."""
    if jobs <= 1 or len(files) <= 1 or any(str(path) == "-" for path, _ in files):  # only this process has its stdin
        outcomes: Iterable[Outcome] = (process(p, s, settings) for p, s in files)
        yield from _reported(outcomes, advance)
        return
    load_lexicon(settings.lexicon)  # before the fork, so that workers share it and a bad line stops the build here
    with ProcessPoolExecutor(jobs) as pool:
        paths, sources = zip(*files, strict=True)
        chunk = max(1, len(files) // (jobs * 8))
        yield from _reported(pool.map(process, paths, sources, [settings] * len(files), chunksize=chunk), advance)


def _reported(outcomes: Iterable[Outcome], advance: Callable[[str], None] | None) -> Iterator[Outcome]:
    for outcome in outcomes:
        if advance:
            advance(outcome.source)
        yield outcome
