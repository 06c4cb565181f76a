"""Text as the LAC network knows it: one spelling, no spaces beside Chinese, sentences of at most 60 characters.

Every character that is left keeps its offset, so that tags lead back to the text given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kg.entities.tagger_weights import Indices

LONGEST = 60  # characters of a sequence; longer ones gain nothing on UNER and CLUENER, and few long ones are slow
UNKNOWN = "OOV"
PLANE = 0x10000  # characters beyond the basic plane are unknown to the network

# the network's training text had these signs only
SPELLINGS = str.maketrans(
    {
        **dict.fromkeys("“”‘’「」『』〝〞＂'", '"'),
        **dict.fromkeys("、，", ","),
        **dict.fromkeys("。…．", "."),
        **dict.fromkeys("—–―─", "-"),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
        **dict.fromkeys("〈", "<"),
        **dict.fromkeys("〉", ">"),
        "\u3000": " ",
        **{chr(c): chr(c - 0xFEE0).lower() for c in range(0xFF01, 0xFF5F) if chr(c) not in "，．"},
        **{chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)},
    }
)
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_SPACE = " \\t\u00a0\u3000"
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}])[{_SPACE}]+|(?<![{_SPACE}])[{_SPACE}]+(?=[{_HAN}])")
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』\")）]*|[\r\n]+")
_PAUSE = re.compile(r"[,，;；:：、](?!.*[,，;；:：、])", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A sequence for the network: character ids and, of each, its offset in the text it came from."""

    text: int
    ids: Indices
    offsets: Indices


class Speller:
    """Turns texts into pieces by the network's vocabulary (token -> id)."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        table = np.full(PLANE, ids[UNKNOWN], np.intp)
        for token, number in ids.items():
            if len(token) == 1 and ord(token) < PLANE:
                table[ord(token)] = number
        for source, target in SPELLINGS.items():
            table[source] = ids.get(target, ids[UNKNOWN])
        self._table = table

    def pieces(self, number: int, text: str) -> list[Piece]:
        """The pieces of text number `number`; none where it is empty or all space."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        ids = self._table[np.minimum(codes, PLANE - 1)]
        keep = np.ones(len(text), bool)
        for match in _SPACE_BESIDE_HAN.finditer(text):
            keep[match.start() : match.end()] = False
        pieces = []
        for start, end in cuts(text):
            offsets = np.flatnonzero(keep[start:end]) + start
            if len(offsets):
                pieces.append(Piece(number, ids[offsets], offsets))
        return pieces


def cuts(text: str) -> list[tuple[int, int]]:
    """The spans between sentence ends, without line breaks and outer space, each at most `LONGEST` characters.

    Longer sentences are cut after their last pause that fits, or hard.
    """
    spans = []
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.end() if match else len(text)
        a, b = start, end
        start = end
        while a < b and text[a].isspace():
            a += 1
        while a < b and text[b - 1].isspace():
            b -= 1
        while b - a > LONGEST:
            pause = _PAUSE.search(text, a, a + LONGEST)
            middle = pause.end() if pause else a + LONGEST
            spans.append((a, middle))
            a = middle
        if a < b:
            spans.append((a, b))
    return spans
