"""FinRE (github:thunlp/Chinese_NRE, MIT; Sina Finance) as an outside check of the relations: which of ours, if any?

usage: python benchmarks/finre.py FOLDER [--split test] [--errors N]

A row gives two names, a label for their direction and a sentence. All names of a sentence are taken as organisations,
as the data gives them; a relation counts where both names are a labelled pair of that sentence. Labels of the same pair
in both directions are one item. `MAPPING` says which label is which of our predicates, and in which direction; labels
that are not in it (分析, 纠纷, 交易, 重组, 合并, 减持, 欠款, …) have no predicate of ours and count as "none".
"""

from __future__ import annotations

import argparse
import collections
import random
from pathlib import Path

from kg.claims.attribution import Attribution
from kg.document import AnnotatedArticle, CleanArticle, EntityInfo, EntityMention, Sentence
from kg.record import SYMMETRIC, Article, Relation
from kg.relations import find_relations

# label -> (predicate, whether the first name is its subject)
MAPPING = {
    "合作": ("partnersWith", True),
    "签约": ("partnersWith", True),
    "合资": ("partnersWith", True),
    "竞争": ("competesWith", True),
    "持股": ("investsIn", True),
    "入股": ("investsIn", True),
    "注资": ("investsIn", True),
    "增持": ("investsIn", True),
    "买资": ("investsIn", True),
    "收购": ("acquires", True),
    "拟收购": ("acquires", True),
    "拥有": ("parentOrganization", False),
}
MAPPING |= {"被" + label: (predicate, not first) for label, (predicate, first) in MAPPING.items()}

Triple = tuple[str, str, str]


class SameOffsets:
    def span(self, start: int, end: int) -> tuple[int, int]:
        return start, end


def annotated(text: str, names: list[str]) -> AnnotatedArticle:
    """The sentence with every occurrence of the names as an organisation, longer names first."""
    mentions: list[EntityMention] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if all(m.end <= at or m.start >= end for m in mentions):
                mentions.append(EntityMention(at, end, name, "Organization", "name", "finre"))
            at = text.find(name, end)
    mentions.sort(key=lambda m: m.start)
    article = Article("a1", "", (), None, None, "zh-Hans", 0, len(text))
    clean = CleanArticle(article, text, text, SameOffsets(), (Sentence(0, len(text), "text", 0),))
    return AnnotatedArticle(clean, tuple(mentions), {n: EntityInfo(n, "Organization", n) for n in names})


def ordered(triple: Triple) -> Triple:
    subject, predicate, object_ = triple
    return (object_, predicate, subject) if predicate in SYMMETRIC and object_ < subject else triple


def read(path: Path) -> dict[str, dict[frozenset[str], set[Triple]]]:
    """Sentences with their labelled pairs and what our predicates say of each."""
    sentences: dict[str, dict[frozenset[str], set[Triple]]] = collections.defaultdict(dict)
    for line in path.read_text("utf-8").splitlines():
        if line.count("\t") != 3:
            continue
        one, other, label, text = line.split("\t")
        if one == other:
            continue
        pair = sentences[text].setdefault(frozenset((one, other)), set())
        if label in MAPPING:
            predicate, first = MAPPING[label]
            pair.add(ordered((one, predicate, other) if first else (other, predicate, one)))
    return sentences


def said(relations: list[Relation]) -> dict[Triple, str]:
    return {
        ordered((r.subject, r.predicate, r.object)): r.rule
        for r in relations
        if r.modality not in ("denied", "question")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each kind")
    options = parser.parse_args()
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    errors: dict[str, list[str]] = {"missed": [], "extra": []}
    ours = {predicate for predicate, _ in MAPPING.values()}
    for text, pairs in read(options.folder / f"{options.split}.txt").items():
        names = sorted(set().union(*pairs))
        found = said(find_relations(annotated(text, names), Attribution(())))
        for pair, gold in pairs.items():
            got = {t for t in found if frozenset((t[0], t[2])) == pair and t[1] in ours}
            for triple in sorted(gold | got):
                kind = "right" if triple in gold & got else "missed" if triple in gold else "extra"
                counts[triple[1], kind] += 1
                counts["all", kind] += 1
                if kind in errors:
                    errors[kind].append(f"{kind} {' '.join(triple)} [{found.get(triple, '')}] | {text}")
    print(f"{'':20}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'extra':>7}{'missed':>7}")
    for name in sorted({n for n, _ in counts}):
        right, extra, missed = (counts[name, k] for k in ("right", "extra", "missed"))
        p, r = right / max(1, right + extra), right / max(1, right + missed)
        print(f"{name:20}{p:7.3f}{r:7.3f}{2 * p * r / max(1e-9, p + r):7.3f}{right:7}{extra:7}{missed:7}")
    for lines in errors.values():
        for line in random.Random(0).sample(lines, min(options.errors, len(lines))):
            print(line)


if __name__ == "__main__":
    main()
