"""`kg evaluate` gives the figures of the referee, on gold taken as prediction and bent in many ways."""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluate import by_file_name, evaluate, same_amount
from kg.gold import BadGold, load_gold

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "seeds"
REFEREE = HERE.parent.parent / "shared" / "gold" / "score.py"


def as_record(gold: dict[str, Any]) -> dict[str, Any]:
    """A gold document in the form of a record that finds exactly what the gold says."""
    record = copy.deepcopy(gold) | {"source": gold["doc"]}
    for section in ("relations", "quantities", "comparisons"):
        for item in record[section]:
            item["evidence"] = {"text": item["evidence"]}
    for e in record["entities"]:
        e["mentions"] = [{"text": s, "kind": "name"} for s in e["surfaces"]]
    return record


def bend(record: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Drop, repeat, retype and shuffle parts of a record."""
    record = copy.deepcopy(record)
    for section in ("articles", "entities", "relations", "quantities", "comparisons", "statements"):
        items = [x for x in record[section] if rng.random() < 0.8]
        items += [copy.deepcopy(rng.choice(items)) for _ in range(3) if items]
        rng.shuffle(items)
        record[section] = items
    for e in record["entities"]:
        if rng.random() < 0.2:
            e["type"] = rng.choice(["Organization", "Product", "Place"])
        if rng.random() < 0.1:
            e["surfaces"] = e["surfaces"][:1]
    for section in ("relations", "quantities", "comparisons", "statements"):
        for item in record[section]:
            for key in ("subject", "object", "holder"):
                if key in item and rng.random() < 0.1:
                    item[key] = rng.choice(record["entities"])["id"]
            if rng.random() < 0.1:
                item["modality"] = rng.choice(["asserted", "denied", "question"])
            if "number" in item and rng.random() < 0.1:
                item["number"] = 7
    return record


@pytest.fixture(scope="module")
def referee() -> ModuleType:
    if not REFEREE.exists():
        pytest.skip("the referee's script is not here (../shared)")
    spec = importlib.util.spec_from_file_location("referee", REFEREE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(6))
def test_same_figures_as_the_referee(referee: ModuleType, seed: int) -> None:
    gold = load_gold(GOLD)
    rng = random.Random(seed)
    records = {g["doc"]: bend(as_record(g), rng) if seed else as_record(g) for g in gold}
    table, shares, counts, _ = referee.score(gold, records)
    ours = evaluate(gold, records).to_json()
    assert ours["table"] == table
    assert ours["shares"] == pytest.approx(shares)
    assert {k: v for k, v in ours["counts"].items() if v} == {k: v for k, v in counts.items() if v}


def test_gold_as_prediction_is_perfect() -> None:
    gold = load_gold(GOLD)
    figures = evaluate(gold, {g["doc"]: as_record(g) for g in gold})
    for name in ("articles", "entities", "quantities", "quantity values", "statements"):
        assert figures.scores[name].f1 == 1, (name, figures.scores[name].notes)
    assert min(figures.shares.values()) > 0.97  # twins with one value may be matched crosswise


def test_nothing_found_is_all_missed() -> None:
    figures = evaluate(load_gold(GOLD), {})
    assert figures.scores["entities"].recall == 0
    assert figures.scores["entities"].fn > 100


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((20, "percent"), (0.2, "ratio"), True),
        ((2048, "GPU"), (2000, "GPU"), False),
        ((5_570_000, "USD"), (5_576_000, "USD"), True),
        ((999, "items"), (998, "items"), False),
        (([20, 30], "percent"), ([0.3, 0.2], "ratio"), True),
        (("2025-01", "date"), ("2025-01-20", "date"), False),
        ((1, "rank"), (2, "rank"), False),
        ((5, "USD"), (5, "CNY"), False),
    ],
)
def test_same_amount(a: tuple[Any, str], b: tuple[Any, str], same: bool) -> None:
    assert same_amount(*({"number": n, "unit": u} for n, u in (a, b))) is same


def test_bad_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match=r"no \*\.gold\.json"):
        load_gold(tmp_path)
    (tmp_path / "x.gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadGold, match=r"x\.gold\.json"):
        load_gold(tmp_path)
    with pytest.raises(BadGold, match="two records"):
        by_file_name([{"source": "a/x.txt"}, {"source": "b/x.txt"}])
    assert json.dumps(sorted(by_file_name([{"source": "a/x.txt"}]))) == '["x.txt"]'


def test_gold_with_offsets_reads_as_gold_with_quotes(tmp_path: Path) -> None:
    text = "# 标题\n\n刘伟说,**“模型[很好](http://a.b/c)。”**国(guó)家\n"
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    gold = {
        "doc": "x.md",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "length": len(text),
        "articles": [
            {"title": [2, 4], "authors": [], "publisher": None, "published": None, "first": [6, 9], "last": [33, 34]}
        ],
        "boilerplate": [],
        "entities": [],
        "relations": [],
        "quantities": [],
        "comparisons": [],
        "statements": [{"holder": "刘伟", "mode": "direct", "modality": "asserted", "content": [13, 33]}],
    }
    (tmp_path / "x.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (read,) = load_gold(tmp_path, tmp_path)
    assert read["articles"][0]["title"] == "标题"
    assert read["articles"][0]["first"] == "刘伟说"
    assert "".join(c for c in read["statements"][0]["content"] if c.isalnum()) == "模型很好"
    with pytest.raises(BadGold, match="--texts"):
        load_gold(tmp_path)
    (tmp_path / "x.md").write_text(text.replace("很好", "很坏"), encoding="utf-8")
    with pytest.raises(BadGold, match="hash"):
        load_gold(tmp_path, tmp_path)
