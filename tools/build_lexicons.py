"""Derive the imported lexicon files from open data sets: `python tools/build_lexicons.py DATA_DIR`.

DATA_DIR holds the sets as `kg/data/SOURCES.md` names them. Names that the curated files have already are left out, and
so is everything that could be a common word; see each function for its filter. Writes kg/data/lexicons/import_*.tsv.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.entities.cues import cues
from kg.entities.lexicon import COLUMNS, Lexicon, parse
from kg.entities.versions import read_version
from kg.identity import simplify

LEXICONS = Path(__file__).parent.parent / "kg" / "data" / "lexicons"
HAN = re.compile(r"[\u3400-\u9fff]")
ALL_HAN = re.compile(r"[\u3400-\u9fff·・()（）-]+")


@dataclass(frozen=True)
class Row:
    type: str
    name: str
    names: tuple[str, ...] = ()
    wikidata: str = ""


# Chinese city names of two characters that are also words or parts of other names.
CITY_WORDS = """
太平 和平 安康 永康 高明 中山 东方 文山 宝山 文昌 万宁 长安 大同 平安 兴化 开平 建德 金华
三明 仙桃 天门 自贡 达州 眉山 通化 白山 白城 大安 公主 双城 安达 富裕 同江 吉安 宜春 上饶
普宁 兴宁 四会 高要 台山 鹤山 恩平 英德 连州 阳春 信宜 化州 廉江 雷州 吴川 韶山 安国 保定
永安 长乐 福安 福清 石狮 龙海 建瓯 新民 海城 大连湾 北票 凌海 东港 凤城 盖州 义乌 东阳 江山
兰溪 平湖 海宁 桐乡 上虞 昌黎 光明 新城 河口 老河口 南通 南阳 安阳 信阳 咸阳 朝阳 沈阳区 青年
民族 合作 大冶 应城 安陆 汉川 石首 洪湖 松滋 当阳 宜都 枝江
"""


def universities(folder: Path) -> Iterator[Row]:
    """Mainland universities by their full names."""
    data = json.loads((folder / "cn_universities" / "china_mainland_universities.json").read_text(encoding="utf-8"))
    for province in data.values():
        for name in province["all"]:
            if len(name) >= 4:
                yield Row("Organization", name)


def institutions(folder: Path) -> Iterator[Row]:
    """Research organisations with a Chinese name of four characters or more; abbreviations are left out."""
    with (folder / "ror_zh" / "ror_zh.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            chinese = [n for n in line["zh_names"].split("|") if ALL_HAN.fullmatch(n) and len(n) >= 4]
            english = [n for n in line["other_names"].split("|") if n.isascii() and len(n.split()) >= 2]
            if chinese:
                name, *others = [*english[:1], *chinese]
                yield Row("Organization", name, tuple(others), line["qid"])


def places(folder: Path) -> Iterator[Row]:
    """Countries and territories (CLDR) and large cities (GeoNames)."""
    with (folder / "cldr_zh" / "territories.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["code"].isalpha() and len(line["zh_hans"]) >= 2 and not re.search(r"[()（）]", line["zh_hans"]):
                yield Row("Place", line["en"], tuple(dict.fromkeys((line["zh_hans"], line["zh_hant"]))))
    with (folder / "geonames_zh" / "cities15000_zh.tsv").open(encoding="utf-8", newline="") as file:
        cities = sorted(
            csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), key=lambda c: -int(c["population"])
        )
    seen: set[str] = set()
    words = set(CITY_WORDS.split())
    for line in cities:
        least = 600_000 if line["country"] == "CN" else 250_000
        names = [n.removesuffix("市") for n in line["zh_names"].split("|") if ALL_HAN.fullmatch(n)]
        first = simplify(names[0]) if names else ""
        names = [
            n
            for n in dict.fromkeys(names)
            if simplify(n) == first and 2 <= len(n) <= 8 and simplify(n) not in words | seen
        ]
        if line["country"] != "CN":
            names = [n for n in names if len(n) >= 3 or int(line["population"]) > 2_000_000]
        if int(line["population"]) >= least and names and line["name"] not in seen:
            seen |= {line["name"], *map(simplify, names)}
            yield Row("Place", line["name"], tuple(names))


def brands(folder: Path) -> Iterator[Row]:
    """Companies behind shops, banks and brands with a Chinese name of four characters or more."""
    with (folder / "nsi_brands_zh_qid" / "nsi_zh_qid.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            chinese = [n for n in (line["zh"], line["zh_hant"]) if ALL_HAN.fullmatch(n or "") and len(n) >= 4]
            generic = any(
                re.search(r"(?:公园|医院|邮政|车站|地铁|公交|加油站|图书馆|停车|小学|中学|省|市)$", n) for n in chinese
            )
            if chinese and not generic and not chinese[0].startswith(("中国", "亚马逊", "大西洋")):
                english = [line["en"]] if line["en"] and line["en"].isascii() and " " in line["en"] else []
                yield Row("Organization", [*english, *chinese][0], tuple([*english, *chinese][1:]), line["qid"])


def people(folder: Path) -> Iterator[Row]:
    """People of the field with their names in both scripts."""
    with (folder / "ai_people_companies_zh_en" / "zh_en.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["type"] == "person" and (not line["zh"] or len(line["zh"]) >= 3):
                yield Row("Person", line["en"], (line["zh"],) if line["zh"] else ())


def models(folder: Path) -> Iterator[Row]:
    """Epoch AI's models whose name looks like nothing else: with a digit, a hyphen or a capital inside."""
    for line in _epoch(folder, "all_ai_models.csv"):
        name = re.sub(r" ?\(.*\)$", "", line["Model"]).strip()
        shaped = re.fullmatch(r"[A-Z][A-Za-z0-9.+]*(?:[- ][A-Za-z0-9.+]+){0,4}", name)
        telling = re.search(r"\d", name) or re.search(r"[a-z][A-Z]", name)
        if shaped and telling and 5 <= len(name) <= 40 and not re.search(r" (?:of|for|with|on|in|and) ", name):
            yield Row("Model", name)


def makers(folder: Path) -> Iterator[Row]:
    """The organisations of Epoch AI's models, where their name has two words."""
    for line in _epoch(folder, "all_ai_models.csv"):
        for part in line["Organization"].split(","):
            name = re.sub(r" ?\(.*\)$", "", part).strip()
            if re.fullmatch(r"[A-Z][\w.&'-]*(?: [\w.&'-]+){1,5}", name) and name.isascii() and " - " not in name:
                yield Row("Organization", name)


def hardware(folder: Path) -> Iterator[Row]:
    """Epoch AI's accelerators, without memory sizes and boards, with and without their maker's name."""
    for line in _epoch(folder, "ml_hardware_2026-07.csv"):
        name = re.sub(
            r" (?:\d+ ?[GT]B|SXM\d?|PCIe|NVL|HBM\d\w?|Max-Q|Mobile|OAM)\b.*$", "", line["Hardware name"]
        ).strip()
        maker = line["Manufacturer"].split(",")[0].partition(" ")[0]
        short = name.removeprefix(maker).strip()
        if re.search(r"\d", short) and len(short) >= 4 and name.isascii():
            yield Row("Hardware", short, (name,) if name != short else ())


def _epoch(folder: Path, file: str) -> Iterator[dict[str, str]]:
    with (folder / "epoch_ai" / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


SETS = {
    "import_brands": (brands, "OpenStreetMap name-suggestion-index, BSD-3-Clause"),
    "import_hardware": (hardware, "Epoch AI, Machine Learning Hardware, CC BY 4.0"),
    "import_institutions": (institutions, "ROR, CC0 1.0"),
    "import_makers": (makers, "Epoch AI, AI models, CC BY 4.0"),
    "import_models": (models, "Epoch AI, AI models, CC BY 4.0"),
    "import_people": (people, "xindoucha/ai-resource, MIT"),
    "import_places": (places, "Unicode CLDR, Unicode-3.0; GeoNames, CC BY 4.0"),
    "import_universities": (universities, "codeudan/crawler-china-mainland-universities, MIT"),
}


def new_rows(rows: Iterable[Row], known: set[str], items: set[str], curated: Lexicon) -> Iterator[Row]:
    """The rows whose names are all new; a row that shares a name with a known thing is the known thing."""
    for row in rows:
        names = [n for n in (row.name, *row.names) if n]
        folded = {simplify(n).lower() for n in names}
        if folded & known or row.wikidata in items or any(n in cues().stop or n in cues().given for n in names):
            continue
        if row.type in ("Model", "Hardware") and any(_versioned(n, curated) for n in names):
            continue
        known |= folded
        if row.wikidata:
            items.add(row.wikidata)
        yield row


def _versioned(name: str, curated: Lexicon) -> bool:
    """Whether the shape of versions finds the name without a list."""
    for hit in curated.find(name.lower()):
        for entry in hit.strong + hit.weak:
            version = read_version(name, hit.end, entry) if hit.start == 0 else None
            if version and version.end == len(name):
                return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    folder = parser.parse_args().data
    entries = [e for f in sorted(LEXICONS.glob("core_*.tsv")) for e in parse(f.read_text(encoding="utf-8"), f.name)]
    known = {simplify(a).lower() for e in entries for a in e.aliases}
    curated = Lexicon(entries)
    items = {entry.wikidata for entry in entries if entry.wikidata}
    for file, (rows, source) in SETS.items():
        lines = [f"# source: {source}; derived by tools/build_lexicons.py", "\t".join(COLUMNS)]
        for row in sorted(new_rows(rows(folder), known, items, curated), key=lambda r: (r.name.casefold(), r.name)):
            cells = (row.type, row.name, "|".join(row.names), "", "", row.wikidata)
            lines.append("\t".join(cells).rstrip("\t"))
        (LEXICONS / f"{file}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
