"""The analysis text: simplified, half-width, one form of each mark, of the same length as the clean text."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from kg.identity import converter

# One form for what texts write in several ways. Quotation marks of all kinds become “ ” and ‘ ’.
_FORMS = {
    "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "﹃": "‘", "﹄": "’", "〝": "“",
    "〞": "”", "〟": "”", "＂": '"', "＇": "'", "‛": "‘", "‟": "“", "„": "“", "‹": "〈", "›": "〉", "«": "《",
    "»": "》", "｡": "。", "．": ".", "､": "、", "•": "·", "・": "·", "‧": "·", "･": "·", "∙": "·", "⋅": "·",
    "〔": "(", "〕": ")", "﹙": "(", "﹚": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "－": "-",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "―": "—", "─": "—", "━": "—", "﹣": "-", "−": "-", "～": "~",
    "〜": "~", "∼": "~", "﹐": ",", "﹑": "、", "﹒": ".", "﹔": ";", "﹕": ":", "﹖": "?", "﹗": "!",
    "﹪": "%", "⋯": "…", "︰": ":", "∶": ":", "￥": "¥", "＄": "$", "％": "%", "＋": "+", "｜": "|", "∣": "|",
    "︱": "|", "\u3000": " ", "\xa0": " ",
}  # fmt: skip
_TABLE = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | _FORMS)


_FREQUENT = [(c, _TABLE[ord(c)]) for c in "，：；？！（）％「」『』～"]
_RARE = re.compile("[" + re.escape("".join(map(chr, sorted(_TABLE)))) + "]")
_SCRIPT_SAMPLE = 4000  # characters that tell the script of a text


@cache
def _traditional() -> re.Pattern[str]:
    """Every character that simplification changes (of the planes in use)."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    changed = [c for c, s in zip(han, converter("t2s").convert("\n".join(han)).split("\n"), strict=True) if c != s]
    return re.compile("[" + "".join(changed) + "]")


@cache
def _simplified() -> re.Pattern[str]:
    """Every character that only simplified writing uses."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    changed = [c for c, s in zip(han, converter("s2t").convert("\n".join(han)).split("\n"), strict=True) if c != s]
    return re.compile("[" + "".join(changed) + "]")


def simplify(text: str) -> str:
    """Traditional to simplified characters without a change of length (phrase by phrase where that allows it)."""
    if not _traditional().search(text):
        return text
    return "\n".join(map(_simplify_line, text.split("\n")))


def _simplify_line(line: str) -> str:
    if not _traditional().search(line):
        return line
    converted = str(converter("t2s").convert(line))
    if len(converted) == len(line):
        return converted
    return "".join(c if len(s := str(converter("t2s").convert(c))) != 1 else s for c in line)


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters (more of them than of simplified ones at its beginning)."""
    text = text[:_SCRIPT_SAMPLE]
    traditional = len(_traditional().findall(text))
    return traditional > sum(1 for _ in islice(_simplified().finditer(text), traditional))  # no more than decide it


def written_simplified(character: str) -> bool:
    """Whether only simplified writing uses a character."""
    return _simplified().search(character) is not None


def analysis_text(text: str) -> str:
    """The `norm` of a clean text: same length, see `kg.document`."""
    for mark, plain in _FREQUENT:  # much faster than a table, which is asked for every character
        text = text.replace(mark, plain)
    for mark in sorted(set(_RARE.findall(text))):
        text = text.replace(mark, _TABLE[ord(mark)])
    plain = simplify(text)
    if '"' not in plain and "'" not in plain:
        return plain
    return "\n".join(_directed(line) if '"' in line or "'" in line else line for line in plain.split("\n"))


_STRAIGHT = re.compile("[\"'“”]")


def _directed(text: str) -> str:
    """A line's straight quotation marks turned into “ and ”; an apostrophe inside a latin word stays."""
    out, double, single = list(text), False, False
    for match in _STRAIGHT.finditer(text):
        i, mark = match.start(), match[0]
        if mark == '"':
            if i and text[i - 1].isdigit() and not double:
                continue  # inches
            out[i] = "”" if double else "“"
            double = not double
        elif mark in "“”":
            double = mark == "“"
        elif mark == "'":
            before = text[i - 1] if i else " "
            after = text[i + 1] if i + 1 < len(text) else " "
            if before.isascii() and before.isalnum() and (after.isascii() and after.isalnum() or not single):
                continue
            out[i] = "’" if single else "‘"
            single = not single
    return "".join(out)
