"""Writing, loading and asking a graph of a million triples; against rdflib's own engine on a smaller one.

    python benchmarks/rdf.py --triples 1000000 [--rdflib-triples 100000] [--folder DIR]

The records are generated (seeded, so always the same): articles that name some of a pool of entities in a skewed way,
with claims of every kind in the proportions of real news.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg import query as q
from kg.export.rdf import FORMATS, RdfDataset, rdf_dataset, write_file, write_store
from kg.graph.build import ClaimRef, KnowledgeGraph, Node, parties
from kg.graph.reconcile import Link
from kg.identity import claim_id, entity_id
from kg.record import (
    ATTRIBUTES,
    DIRECTIONS,
    Article,
    Comparison,
    Evidence,
    Quantity,
    Record,
    Relation,
    Statement,
)  # fmt: skip
from kg.relations.schema import DOMAIN_RANGE

PER_ARTICLE = 12  # claims
TRIPLES_PER_ARTICLE = 310
TYPES = ("Organization", "Organization", "Person", "Model", "Product", "Hardware")
MODALITIES = ("asserted",) * 13 + ("reported",) * 2 + ("hedged",) * 3 + ("denied", "question")
DATED = {"release_date", "founding_date", "event_date"}
RULES, HOUSES = 400, 50
WORDS = "深度求索发布新一代大模型训练成本算力芯片开源市场竞争研究人员表示未来应用用户增长全球领先技术突破"


def entities(number: int) -> list[Node]:
    found = []
    for i in range(number):
        type_ = TYPES[i % len(TYPES)]
        name = f"{type_} {i}" if i % 3 else f"实体{i}"
        labels = {"en": name} if i % 3 else {"zh-Hans": name, "zh-Hant": f"實體{i}"}
        if i % 5 == 0:
            labels |= {"en": f"Name {i}", "zh-Hans": f"名称{i}", "zh-Hant": f"名稱{i}"}
        found.append(Node(entity_id(type_, name), type_, name, labels, (), None, 1, ()))
    return found


def sentence(rng: random.Random) -> str:
    return "".join(rng.choice(WORDS) for _ in range(rng.randint(18, 60)))


class Claims:
    """Draws the claims of an article: a few names stand in many claims, most in one or two."""

    def __init__(self, rng: random.Random, pool: list[Node]) -> None:
        self.rng = rng
        self.pool = pool
        self.by_type: dict[str, list[Node]] = {}
        for node in pool:
            self.by_type.setdefault(node.type, []).append(node)

    def pick(self, types: frozenset[str] | None = None) -> str:
        among = self.pool if types is None else self.by_type[self.rng.choice(sorted(types & set(self.by_type)))]
        return among[int(len(among) * self.rng.random() ** 3)].id

    def article(self) -> Iterator[tuple[str, Any]]:
        position = 10
        for _ in range(PER_ARTICLE):
            text = sentence(self.rng)
            evidence = Evidence(position, position + len(text), text, "a1")
            position += len(text)
            yield self.claim(evidence)

    def claim(self, evidence: Evidence) -> tuple[str, Any]:
        rng = self.rng
        holder = (
            "author" if rng.random() < 0.7 else self.pick() if rng.random() < 0.6 else f"业界人士{rng.randint(1, 300)}"
        )
        said = (holder, rng.choice(MODALITIES), evidence, f"rule.{int(RULES * rng.random() ** 2)}")
        kind = rng.random()
        if kind < 0.3:
            predicate = rng.choice(sorted(DOMAIN_RANGE))
            domain, range_ = DOMAIN_RANGE[predicate]
            return "relation", Relation(self.pick(domain), predicate, self.pick(range_), *said)
        if kind < 0.65:
            return "quantity", self.quantity(said)
        if kind < 0.75:
            return "comparison", Comparison(self.pick(), rng.choice(DIRECTIONS), self.pick(), "size", *said)
        return "statement", Statement(holder, "indirect", said[1], evidence.text, (self.pick(), self.pick()), *said[2:])

    def quantity(self, said: tuple[str, str, Evidence, str]) -> Quantity:
        rng = self.rng
        attribute, number = rng.choice(ATTRIBUTES), rng.randint(1, 10**9)
        time_ = f"2025-{rng.randint(1, 12):02d}" if rng.random() < 0.4 else None
        subject = self.pick() if rng.random() < 0.9 else None
        if attribute in DATED:
            day = f"{rng.randint(2015, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            return Quantity(subject, attribute, "=", day, "date", "", None, None, *said)
        if rng.random() < 0.05:
            limits: list[float | int] = [number, 2 * number]
            return Quantity(subject, attribute, "<>", limits, "items", "个", None, time_, *said)
        against = self.pick() if rng.random() < 0.08 else None
        return Quantity(subject, attribute, "=", number, "items", "个", against, time_, *said)


def links(rng: random.Random, refs: dict[str, ClaimRef]) -> Iterator[Link]:
    """Of a hundred claims three are corroborated; one in two hundred is contradicted."""
    names = sorted(n for n, r in refs.items() if r.kind == "quantity")
    for name in names:
        chance = rng.random()
        if chance < 0.05:
            a, b = sorted((name, rng.choice(names)))
            if a != b:
                yield Link("contradicts" if chance < 0.007 else "corroborates", a, b, "two values of one attribute")


def generate(triples: int) -> KnowledgeGraph:
    """A graph of about that many triples."""
    rng = random.Random(7)
    number = max(1, triples // TRIPLES_PER_ARTICLE)
    pool = entities(number * 2)
    claims = Claims(rng, pool)
    records, refs = [], {}
    named: dict[str, dict[tuple[str, str], None]] = {}
    for i in range(number):
        sha, source = f"{i:016x}" * 4, f"{i}.txt"
        day, house = f"2025-{i % 12 + 1:02d}-{i % 28 + 1:02d}", f"报社{rng.randint(1, HOUSES)}"
        article = Article("a1", sentence(rng), (f"记者{rng.randint(1, 20 * HOUSES)}",), house, day, "zh-Hans", 0, 10**6)
        records.append(Record(source, sha, (article,), (), (), (), (), ()))
        for kind, claim in claims.article():
            name = claim_id(kind, sha, claim)
            refs[name] = ClaimRef(replace(claim, id=name), kind, source)
            for entity in parties(claim):
                named.setdefault(entity, {})[source, "a1"] = None
    nodes = {n.id: replace(n, articles=tuple(named.get(n.id, ()))) for n in pool}
    return KnowledgeGraph(tuple(records), nodes, (), refs, tuple(links(rng, refs)))


def timed(what: str, work: Callable[[], Any], note: str = "") -> Any:
    start, used = time.perf_counter(), time.process_time()
    found = work()
    spent = time.process_time() - used
    print(f"{what:44} {time.perf_counter() - start:9.3f} s, {spent:.3f} s of processor time {note}", flush=True)  # noqa: T201
    return found


def first_of_each_type(graph: KnowledgeGraph) -> list[str]:
    """The names that stand in most claims."""
    return list({n.type: n.name for n in reversed(list(graph.nodes.values()))}.values())


def questions(loaded: q.Loaded, names: list[str]) -> Iterator[tuple[str, str]]:
    """Every shipped query: of everything, where it needs no name, and of the name among `names` that it has most of."""
    for name, query in q.named_queries().items():
        parameters = [p for p in query.parameters if p.kind == "name"]
        if not any(p.required for p in parameters):
            yield name, q.named_query(name)
        if parameters:
            texts = [q.named_query(name, {parameters[0].name: n}) for n in names]
            yield f"{name} of one", max(texts, key=lambda text: len(q.run(loaded, text).rows))


def measure(dataset: RdfDataset, folder: Path, names: list[str]) -> None:
    for format_ in FORMATS:
        timed(f"write {format_}", lambda f=format_: write_file(dataset, f, folder / f"graph.{f}"))  # type: ignore[misc]
    timed("write store (on disk)", lambda: write_store(dataset, folder / "store"))
    for file in ("graph.ttl", "graph.nq"):
        loaded = timed(f"load {file}", lambda f=file: q.load(folder / f))  # type: ignore[misc]
    asked = list(questions(loaded, names))
    for where, store in (("memory", loaded), ("disk", timed("open store", lambda: q.load(folder)))):
        for seconds, rows, name in sorted(((*best(store, text), name) for name, text in asked), reverse=True):
            print(f"ask {name:36} on {where:6} {seconds:6.3f} s of processor time, {rows} rows", flush=True)  # noqa: T201


def best(loaded: q.Loaded, text: str) -> tuple[float, int]:
    """The least processor time of three runs, and the number of rows."""
    least, rows = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        rows = len(q.run(loaded, text).rows)
        least = min(least, time.process_time() - start)
    return least, rows


def against_rdflib(triples: int, folder: Path) -> None:
    """The same questions to rdflib's own store and engine, and to ours, on the same Turtle file."""
    import rdflib

    graph = generate(triples)
    subject = next(iter(graph.nodes.values())).name
    dataset = rdf_dataset(graph)
    file = folder / "small.ttl"
    write_file(dataset, "ttl", file)
    print(f"--- {len(dataset.union):,} triples, rdflib beside ours")  # noqa: T201
    theirs = timed("rdflib: load ttl", lambda: rdflib.Graph().parse(file))
    ours = timed("ours: load ttl", lambda: q.load(file))
    timed("rdflib: write ttl", lambda: theirs.serialize(format="turtle"))
    timed("ours: write ttl", lambda: write_file(dataset, "ttl", file))
    timed("rdflib: write json-ld", lambda: theirs.serialize(format="json-ld", auto_compact=True))
    timed("ours: write json-ld", lambda: write_file(dataset, "jsonld", folder / "small.jsonld"))
    for name in ("numbers-of", "said-about", "who-develops-what", "people-and-posts"):
        params = {p.name: subject for p in q.named_queries()[name].parameters if p.required}
        text = q.named_query(name, params)
        a = timed(f"rdflib: {name}", lambda t=text: list(theirs.query(t)))  # type: ignore[misc]
        b = timed(f"ours: {name}", lambda t=text: q.run(ours, t).rows)  # type: ignore[misc]
        assert len(a) == len(b), (name, len(a), len(b))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--triples", type=int, default=1_000_000)
    arguments.add_argument("--rdflib-triples", type=int, default=50_000)
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        graph = timed("generate", lambda: generate(given.triples))
        dataset = timed("graph to triples", lambda: rdf_dataset(graph))
        print(f"{len(dataset.union):,} triples, {len(graph.claims):,} claims, {len(dataset.graphs) - 1:,} named graphs")  # noqa: T201
        measure(dataset, Path(name), first_of_each_type(graph))
        if given.rdflib_triples:
            against_rdflib(given.rdflib_triples, Path(name))


if __name__ == "__main__":
    main()
