"""Documents made of a line of text, for tests of recognition; reading would drop texts this short."""

from __future__ import annotations

import re

from kg.document import CleanArticle, Document, Sentence
from kg.identity import simplify
from kg.record import Article

HALF = str.maketrans("，；：！？（）％", ",;:!?()%")


class Same:
    """The offsets of a text that needed no repair."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        return start, end


def document(text: str) -> Document:
    norm = simplify(text).translate(HALF)
    assert len(norm) == len(text)
    ends = [m.end() for m in re.finditer(r"[。!?]+”?|\n|$", norm)]
    sentences = tuple(Sentence(s, e, "text", 0) for s, e in zip([0, *ends], ends, strict=False) if e > s)
    meta = Article("a1", "", (), None, None, "zh-Hans", 0, len(text))
    return Document("test.txt", "0" * 64, (CleanArticle(meta, text, norm, Same(), sentences),))
