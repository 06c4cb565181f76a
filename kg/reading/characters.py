"""Repair of single characters: what no reader sees, and look-alikes of ideographs."""

from __future__ import annotations

import re
import unicodedata

from kg.reading.offsets import Edit

OTHER_END = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LINE_END = re.compile("\r\n?|\n?[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\xa0\xad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffd\U000e0000-\U000e01ef]"
)
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
# CJK radicals supplement: the ideograph that each looks like (Unicode's NFKC leaves them, fonts in PDFs confuse them).
_RADICALS = (
    "⺁厂⺃乚⺄乙⺅亻⺆冂⺇几⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭"
    "⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳罒⺴罒⺵罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶"
    "⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_PLAIN = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


def line_ends(text: str) -> list[Edit]:
    """Line ends of other systems (CRLF, CR, form feed, U+2028 and the like) as `\\n`."""
    if not OTHER_END.search(text):
        return []
    return [(m.start(), m.end(), "\n") for m in _LINE_END.finditer(text)]


def unseen(text: str) -> list[Edit]:
    """Odd spaces as a space; controls, zero-width and other characters that no reader sees away."""
    return [(m.start(), m.end(), " " if _is_space(m[0]) else "") for m in UNSEEN.finditer(text)]


def private_use(text: str) -> list[Edit]:
    """Characters of the private-use areas (icons of web fonts) away."""
    return [(m.start(), m.end(), "") for m in PRIVATE.finditer(text)]


def _is_space(character: str) -> bool:
    return unicodedata.category(character) == "Zs" or character == "\x1f"


def lookalikes(text: str) -> list[Edit]:
    """Radicals and compatibility ideographs (texts copied from PDFs) as the ideographs that they look like."""
    edits = list[Edit]()
    for match in LOOKALIKE.finditer(text):
        plain = _PLAIN.get(match[0]) or unicodedata.normalize("NFKC", match[0])
        if plain != match[0]:
            edits.append((match.start(), match.end(), plain))
    return edits
