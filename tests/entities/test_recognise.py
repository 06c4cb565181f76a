"""Recognition from text to entities: cases as data, and what holds for any text."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import AnnotatedArticle
from kg.entities import Lexicon, load_lexicon, recognise
from kg.entities.lexicon import COLUMNS, parse
from kg.reading import read_file
from tests.entities.conftest import Recognise
from tests.entities.documents import document

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
HEADER = "\t".join(COLUMNS) + "\n"
CASES = tomllib.loads((Path(__file__).parent / "recognise.toml").read_text(encoding="utf-8"))["case"]
PIECES = [
    *("英伟达", "GPU", "DeepSeek", "-R1", " V3", "大学", "北京", "实验室", "《时代》", "周刊", "创始人", "Kevin Lin"),
    *("说", "X", "在", "上", "公司", "·", "马斯克", "(下称", ")", "，", "。", "\n", "2.5", "Max", " ", "張三", "教授"),
]


def surfaces(article: AnnotatedArticle) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for m in article.mentions:
        if m.kind == "name":
            found.setdefault(m.entity, {})[article.article.text[m.start : m.end]] = None
    return {id_: list(texts) for id_, texts in found.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_cases(case: dict[str, Any], annotate: Recognise) -> None:
    found = surfaces(annotate(case["text"]))
    assert {id_: found.get(id_) for id_ in case["names"]} == case["names"]
    assert not set(case.get("never", ())) & set(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join))
def test_mentions_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for a in recognise(document(text)):
        ends = 0
        for m in a.mentions:
            assert ends <= m.start < m.end <= len(a.article.text)
            ends = m.end
            assert m.entity in a.entities
            assert a.entities[m.entity].type == m.type
            assert m.rule


def test_every_mention_says_where_its_name_comes_from(annotate: Recognise) -> None:
    article = annotate("英伟达的黄仁勋与初创公司 Qorvexa 见面,杭州云深处科技有限公司也在。")
    rules = {article.article.text[m.start : m.end]: m.rule for m in article.mentions}
    assert rules["英伟达"].startswith("lexicon:core_organizations.tsv:")
    assert rules["Qorvexa"] == "latin:organization"
    assert rules["杭州云深处科技有限公司"].startswith("pattern:org-company")


def test_an_unlisted_entity_is_named_as_the_text_writes_it(annotate: Recognise) -> None:
    article = annotate("國科會主委吳誠文表示樂觀。")
    assert article.entities["person/%E5%90%B4%E8%AF%9A%E6%96%87"].name == "吳誠文"


def test_a_users_name_is_found_and_beats_the_shipped_ones() -> None:
    shipped = load_lexicon()
    mine = Lexicon([*shipped, *parse(HEADER + "Product\t沐光引擎\t沐光|英伟达沐光\n", "mine.tsv")])
    (article,) = recognise(document("英伟达沐光与沐光引擎是一个产品。"), lexicon=mine)
    assert surfaces(article)["product/%E6%B2%90%E5%85%89%E5%BC%95%E6%93%8E"] == ["沐光", "沐光引擎"]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared gold is not here")
@pytest.mark.parametrize(("gold", "texts", "floor"), [("seeds", "seeds", 0.95), ("articles", "gold/articles", 0.97)])
def test_entities_against_the_gold(gold: str, texts: str, floor: float, tmp_path: Path) -> None:
    """Only what the cleaned text has can be found, so that the floor of the seeds depends on reading too."""
    records = tmp_path / "records.jsonl"
    lines = []
    for file in sorted((GOLD / gold).glob("*.gold.json")):
        source = json.loads(file.read_text(encoding="utf-8"))["doc"]
        (doc,) = read_file(GOLD.parent / texts / source, source=source)
        lines.append(json.dumps({"source": source, "entities": _listed(recognise(doc))}, ensure_ascii=False))
    records.write_text("\n".join(lines), encoding="utf-8")
    command = [
        sys.executable,
        str(GOLD / "score.py"),
        str(GOLD / gold),
        str(records),
        "--json",
        str(tmp_path / "out.json"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    scores = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    table = scores.get("table", scores)
    assert table["entities"]["f1"] >= floor


def _listed(articles: tuple[AnnotatedArticle, ...]) -> list[dict[str, object]]:
    found: dict[str, dict[str, None]] = {}
    infos = {}
    for a in articles:
        infos |= a.entities
        for id_, texts in surfaces(a).items():
            found.setdefault(id_, {}).update(dict.fromkeys(texts))
    return [
        {"id": id_, "type": infos[id_].type, "name": infos[id_].name, "surfaces": list(texts)}
        for id_, texts in found.items()
    ]
