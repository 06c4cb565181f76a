"""A model of the characters of news texts: how likely a text is, by the three characters before each of its own.

The model is `kg/data/reading/ngrams.gz`, which `tools/build_ngrams.py` trains: log probabilities in whole steps, so
that scores are whole numbers and the same on every processor.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

ORDER = 4  # characters of the longest n-grams
STEPS = 16  # to one unit of the natural logarithm
UNSEEN = 255  # steps for a character that no text had; no n-gram costs more
FILE = "data/reading/ngrams.gz"
BASE = 0x100  # code of the character that stands for no steps in the file
START = "^"  # before a paragraph, in the model
END = "$"  # behind it
_PRIOR = 8.0  # characters of a document that weigh as much as the language does behind a history
_LATIN = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"\d[\d.]*")


def normal(text: str) -> str:
    """The text as the model reads it: one sign for a number, one for a word of Latin letters, no spaces."""
    return _LATIN.sub("A", _DIGITS.sub("0", "".join(text.split())))


@cache
def cost(gram: str) -> int:
    """The steps (the negative log probability) of the last of some characters behind those before it.

    They are `ORDER` at most, simplified and `normal`; a paragraph begins with `START`.
    """
    table, total = _table(), 0
    for n in range(len(gram)):
        row = table.get(gram[n:-1])
        if row is not None:
            followers, steps = row[1:].split("\t")
            at = followers.find(gram[-1])
            if at >= 0:
                return total + ord(steps[at]) - BASE
            total += ord(row[0]) - BASE
    return total + UNSEEN


def costs(history: str, characters: Sequence[str]) -> dict[str, int]:
    """The same for each of several characters behind one history, which is faster than one by one."""
    table, total, found = _table(), 0, dict[str, int]()
    for n in range(len(history) + 1):
        row = table.get(history[n:])
        if row is None:
            continue
        followers, steps = row[1:].split("\t")
        for c in characters:
            if c not in found and (at := followers.find(c)) >= 0:
                found[c] = total + ord(steps[at]) - BASE
        total += ord(row[0]) - BASE
    return {c: found.get(c, total + UNSEEN) for c in characters}


class LocalModel:
    """The same model mixed with what one document has: its names and terms come again in it."""

    def __init__(self, document: str) -> None:
        """`document` is simplified and `normal`."""
        self._counts = [Counter(document[i : i + n] for i in range(len(document) - n + 1)) for n in range(ORDER + 1)]

    def has(self, gram: str) -> bool:
        """Whether the document has some characters, `ORDER` at most, beside each other."""
        return gram in self._counts[len(gram)]

    def cost(self, gram: str) -> int:
        """As the function `cost`."""
        likely = math.exp(-cost(gram) / STEPS)
        for n in range(2, len(gram) + 1):
            if before := self._counts[n - 1][gram[-n:-1]]:
                likely = (self._counts[n][gram[-n:]] + _PRIOR * likely) / (before + _PRIOR)
        return round(-math.log(likely) * STEPS)


def grams(text: str, start: int) -> Iterator[str]:
    """The n-grams that end at the characters of `text[start:]`."""
    return (text[max(0, i + 1 - ORDER) : i + 1] for i in range(start, len(text)))


@cache
def _table() -> dict[str, str]:
    """By history: the steps of falling back behind it, the characters that follow it, and the steps of each."""
    lines = gzip.decompress(files("kg").joinpath(FILE).read_bytes()).decode("utf8").split("\n")
    return dict(zip(lines[::2], lines[1::2], strict=True))
