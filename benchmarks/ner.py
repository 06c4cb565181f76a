# ruff: noqa: T201
"""How well the tagger finds names, beside jieba.posseg: on CLUENER dev, UNER test and the gold texts.

    python benchmarks/ner.py --data ../shared/data --gold ../shared/gold --seeds ../shared/seeds

Data, for measuring only (nothing of it ships): CLUENER 2020 (Xu et al. 2020, arXiv:2001.04351), UNER v1 (Mayhew et al.
2024, arXiv:2311.09122; CC BY-SA). A name counts as found when span and label are exact. Prints Markdown
tables; RESULTS.md has the published figures beside them, of networks trained on the same data, which LAC and jieba
are not.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kg.entities.tagger import tag
from kg.identity import entity_id
from kg.reading import read_text
from kg.reading.script import analysis_text

Span = tuple[int, int, str]
Tagger = Callable[[Sequence[str]], list[list[Span]]]
TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}


def lac(texts: Sequence[str], margin: float = 0.0) -> list[list[Span]]:
    return [[(s.start, s.end, s.label) for s in found if s.margin >= margin] for found in tag(texts)]


def posseg(texts: Sequence[str]) -> list[list[Span]]:
    from jieba import posseg as tagger  # loads its dictionary

    labels = {"nr": "PER", "nrt": "PER", "nrfg": "PER", "nt": "ORG", "ns": "LOC"}
    result = []
    for text in texts:
        at, spans = 0, []
        for word, flag in tagger.cut(text):
            if flag in labels:
                spans.append((at, at + len(word), labels[flag]))
            at += len(word)
        result.append(spans)
    return result


TAGGERS: dict[str, Tagger] = {
    "LAC-small (ours)": lac,
    "LAC-small, margin >= 1": partial(lac, margin=1.0),
    "jieba.posseg 0.42.1": posseg,
}


def cluener(path: Path) -> Iterator[tuple[str, set[Span]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield (
            item["text"],
            {
                (start, end + 1, label)
                for label, names in item["label"].items()
                for spans in names.values()
                for start, end in spans
            },
        )


def uner(path: Path) -> Iterator[tuple[str, set[Span]]]:
    """Sentences with their spans; sentences whose tokens do not add up to the text do not occur."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        text, at, spans, start, label = "", 0, set(), 0, ""
        for line in block.splitlines():
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif not line.startswith("#"):
                _, word, mark = line.split("\t")[:3]
                begin = text.index(word, at)
                if label and not mark.startswith("I-"):
                    spans.add((start, at, label))
                    label = ""
                if mark.startswith("B-"):
                    start, label = begin, mark[2:]
                at = begin + len(word)
        if label:
            spans.add((start, at, label))
        yield text, {s for s in spans if s[2] in TYPES}


class Tally(Counter[str]):
    def add(self, gold: set[Span], found: set[Span]) -> None:
        self.update(right=len(gold & found), found=len(found), gold=len(gold))

    def __str__(self) -> str:
        p, r = self["right"] / max(1, self["found"]), self["right"] / max(1, self["gold"])
        return f"{p:.3f} | {r:.3f} | {2 * p * r / max(1e-9, p + r):.3f}"


def relabel(spans: Sequence[Span] | set[Span], labels: dict[str, str]) -> set[Span]:
    return {(s, e, labels[x]) for s, e, x in spans if x in labels}


def on_cluener(folder: Path) -> None:
    """LAC and jieba know no difference between company, organization and government: all three are ORG to them."""
    items = list(cluener(folder / "cluener2020" / "dev.json"))
    texts = [analysis_text(t) for t, _ in items]
    rows = {
        "name": ({"name": "PER"}, {"PER": "PER"}),
        "company + organization (government neutral)": ({"company": "ORG", "organization": "ORG"}, {"ORG": "ORG"}),
        "company + organization + government": (
            {"company": "ORG", "organization": "ORG", "government": "ORG"},
            {"ORG": "ORG"},
        ),
    }
    print("\n| CLUENER dev | tagger | P | R | F1 |\n|---|---|---|---|---|")
    for name, tagger in TAGGERS.items():
        tagged = tagger(texts)
        for row, (gold_labels, labels) in rows.items():
            tally = Tally()
            for (_, gold), found in zip(items, tagged, strict=True):
                neutral = {(s, e, "ORG") for s, e, x in gold if x == "government"} if "neutral" in row else set()
                tally.add(relabel(gold, gold_labels), relabel(found, labels) - neutral)
            print(f"| {row} | {name} | {tally} |")


def on_uner(folder: Path) -> None:
    print("\n| UNER test | tagger | label | P | R | F1 |\n|---|---|---|---|---|---|")
    for part, file in (("GSD", "zh_gsd"), ("GSDSIMP", "zh_gsdsimp"), ("PUD", "zh_pud")):
        items = list(uner(folder / "uner_zh" / part / f"{file}-ud-test.iob2"))
        texts = [analysis_text(t) for t, _ in items]
        for name, tagger in TAGGERS.items():
            tagged = tagger(texts)
            for labels in (["PER"], ["LOC"], ["ORG"], ["PER", "LOC", "ORG"]):
                tally, keep = Tally(), {x: x for x in labels}
                for (_, gold), found in zip(items, tagged, strict=True):
                    tally.add(relabel(gold, keep), relabel(found, keep))
                print(f"| {part} | {name} | {' '.join(labels)} | {tally} |")


def on_gold(gold: Path, texts: Path, name: str) -> None:
    """The taggers alone as builders of entities, by the project's own measure (one node per name and type)."""
    print(f"\n| entities, {name} | P | R | F1 |\n|---|---|---|---|")
    for label, tagger in TAGGERS.items():
        with tempfile.TemporaryDirectory() as folder:
            records, figures = Path(folder) / "records.jsonl", Path(folder) / "figures.json"
            lines = [record(texts / json.loads(p.read_text(encoding="utf-8"))["doc"], tagger) for p in golds(gold)]
            records.write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines), encoding="utf-8")
            score = [sys.executable, str(gold.parent / "score.py"), str(gold), str(records), "--json", str(figures)]
            subprocess.run(score, check=True, capture_output=True)
            row = json.loads(figures.read_text(encoding="utf-8"))["table"]["entities"]
            print(f"| {label} | {row['p']:.3f} | {row['r']:.3f} | {row['f1']:.3f} |")


def golds(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.gold.json"))


def record(path: Path, tagger: Tagger) -> dict[str, object]:
    names: dict[tuple[str, str], None] = {}
    for article in read_text(path.read_text(encoding="utf-8-sig"), source=path.name, sha256="").articles:
        norm = article.norm
        spans = tagger([norm[s.start : s.end] for s in article.sentences])
        for sentence, found in zip(article.sentences, spans, strict=True):
            for start, end, label in found:
                names[TYPES[label], norm[sentence.start + start : sentence.start + end]] = None
    entities = [{"id": entity_id(t, n), "type": t, "name": n, "surfaces": [n], "mentions": []} for t, n in names]
    return {"source": path.name, "articles": [], "entities": entities, "relations": []}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--seeds", type=Path)
    args = parser.parse_args()
    on_cluener(args.data)
    on_uner(args.data)
    if args.gold and args.seeds:
        on_gold(args.gold / "seeds", args.seeds, "seeds")
        on_gold(args.gold / "articles", args.gold / "articles", "articles")


if __name__ == "__main__":
    main()
