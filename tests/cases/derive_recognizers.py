"""Derive `recognizers_text_zh.json` from the Chinese specifications of Recognizers-Text.

usage: derive_recognizers.py SPEC_FOLDER > recognizers_text_zh.json

Source: github.com/microsoft/Recognizers-Text @ 90e968ea44dc8fda3f2e1c3e4b20aa233817488d, Specs/*/Chinese/*.json,
MIT licence, (c) Microsoft. Only the facts are kept: the inputs and the values expected of them.
"""

import json
import pathlib
import sys


def load(folder: pathlib.Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig"))


def values(case: dict) -> list[str]:
    return [v for r in case["Results"] if (v := r["Resolution"].get("value"))]


def accepted(result: dict) -> list[str]:
    """The dates that count as right: the open form and the nearest dates before and after the reference."""
    value = result["Value"]
    found = [value.get("Timex", "").replace("XXXX-", "--")]
    found += [value.get(key, {}).get("date", "") for key in ("PastResolution", "FutureResolution")]
    return sorted({f for f in found if f and not f.startswith("0001")})


def main(folder: pathlib.Path) -> None:
    plain = {
        "number": "Number_Chinese_NumberModel",
        "percentage": "Number_Chinese_PercentModel",
        "currency": "NumberWithUnit_Chinese_CurrencyModel",
        "dimension": "NumberWithUnit_Chinese_DimensionModel",
    }
    table: dict[str, object] = {
        "source": "github.com/microsoft/Recognizers-Text @ 90e968ea44dc8fda3f2e1c3e4b20aa233817488d, Specs/*/Chinese",
        "licence": "MIT, (c) Microsoft",
    }
    for key, name in plain.items():
        table[key] = [[c["Input"], [v.rstrip("%") for v in values(c)]] for c in load(folder, name)]
    table["date"] = [
        [c["Input"], c["Context"]["ReferenceDateTime"][:10], [accepted(r) for r in c["Results"]]]
        for c in load(folder, "DateTime_Chinese_DateParser")
    ]
    table["date_span"] = [
        [c["Input"], [r["Text"] for r in c["Results"]]] for c in load(folder, "DateTime_Chinese_DateExtractor")
    ]
    body = ",\n".join(f'"{k}": {_lines(v)}' for k, v in table.items())
    sys.stdout.write("{\n" + body + "\n}\n")


def _lines(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n]"


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
