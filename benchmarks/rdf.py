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
from kg.graph.build import ClaimRef, KnowledgeGraph, Node
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
TRIPLES_PER_ARTICLE = 260
TYPES = ("Organization", "Organization", "Person", "Model", "Product", "Hardware")
MODALITIES = ("asserted",) * 7 + ("reported", "hedged", "hedged")
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


def claims(rng: random.Random, pool: list[Node], by_type: dict[str, list[Node]]) -> Iterator[tuple[str, Any]]:
    def pick(types: Any = None) -> Node:
        among = pool if types is None else by_type[rng.choice(sorted(types & set(by_type)))]
        return among[int(len(among) * rng.random() ** 3)]

    position = 10
    for _ in range(PER_ARTICLE):
        text = sentence(rng)
        evidence = Evidence(position, position + len(text), text, "a1")
        position += len(text)
        holder = "author" if rng.random() < 0.7 else pick().id if rng.random() < 0.6 else "业界人士"
        modality, kind = rng.choice(MODALITIES), rng.random()
        if kind < 0.3:
            predicate = rng.choice(sorted(DOMAIN_RANGE))
            domain, range_ = DOMAIN_RANGE[predicate]
            yield "relation", Relation(pick(domain).id, predicate, pick(range_).id, holder, modality, evidence, "r.1")
        elif kind < 0.65:
            number: Any = rng.randint(1, 10**9)
            yield (
                "quantity",
                Quantity(
                    pick().id,
                    rng.choice(ATTRIBUTES),
                    "=",
                    number,
                    "items",
                    "个",
                    None,
                    None,
                    holder,
                    modality,
                    evidence,
                    "q.1",
                ),
            )
        elif kind < 0.75:
            a, b = pick(), pick()
            yield (
                "comparison",
                Comparison(a.id, rng.choice(DIRECTIONS), b.id, "size", holder, modality, evidence, "c.1"),
            )
        else:
            yield "statement", Statement(holder, "indirect", modality, text, (pick().id, pick().id), evidence, "s.1")


def generate(triples: int) -> KnowledgeGraph:
    """A graph of about that many triples."""
    rng = random.Random(7)
    number = max(1, triples // TRIPLES_PER_ARTICLE)
    pool = entities(number * 2)
    by_type: dict[str, list[Node]] = {}
    for node in pool:
        by_type.setdefault(node.type, []).append(node)
    records, refs = [], {}
    for i in range(number):
        sha, source = f"{i:016x}" * 4, f"{i}.txt"
        article = Article("a1", sentence(rng), (), None, f"2025-{i % 12 + 1:02d}-{i % 28 + 1:02d}", "zh-Hans", 0, 10**6)
        records.append(Record(source, sha, (article,), (), (), (), (), ()))
        for kind, claim in claims(rng, pool, by_type):
            name = claim_id(kind, sha, claim)
            refs[name] = ClaimRef(replace(claim, id=name), kind, source)
    return KnowledgeGraph(tuple(records), {n.id: n for n in pool}, (), refs, ())


def timed(what: str, work: Callable[[], Any], note: str = "") -> Any:
    start, used = time.perf_counter(), time.process_time()
    found = work()
    spent = time.process_time() - used
    print(f"{what:44} {time.perf_counter() - start:9.3f} s, {spent:.3f} s of processor time {note}", flush=True)  # noqa: T201
    return found


def questions(loaded: q.Loaded, subject: str) -> list[tuple[str, str]]:
    """Every shipped query, with its required parameters set to the entity that most is said of."""
    return [
        (name, q.named_query(name, {p.name: subject for p in query.parameters if p.kind == "name"}))
        for name, query in q.named_queries().items()
    ]


def measure(dataset: RdfDataset, folder: Path, subject: str) -> None:
    for format_ in FORMATS:
        timed(f"write {format_}", lambda f=format_: write_file(dataset, f, folder / f"graph.{f}"))  # type: ignore[misc]
    timed("write store (on disk)", lambda: write_store(dataset, folder / "store"))
    for file in ("graph.ttl", "graph.nq"):
        timed(f"load {file}", lambda f=file: q.load(folder / f))  # type: ignore[misc]
    loaded = timed("open store", lambda: q.load(folder))
    worst: list[tuple[float, str, int]] = []
    for name, text in questions(loaded, subject):
        q.run(loaded, text)
        start = time.process_time()
        rows = len(q.run(loaded, text).rows)
        worst.append((time.process_time() - start, name, rows))
    for seconds, name, rows in sorted(worst, reverse=True):
        print(f"ask {name:40} {seconds:9.3f} s of processor time, {rows} rows", flush=True)  # noqa: T201


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
        measure(dataset, Path(name), next(iter(graph.nodes.values())).name)
        if given.rdflib_triples:
            against_rdflib(given.rdflib_triples, Path(name))


if __name__ == "__main__":
    main()
