"""A word model for repairs: which of several readings of a damaged text consists of words.

Word frequencies are those of jieba's dictionary (MIT licence, installed with it), read as a unigram model.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from functools import cache

from kg.reading.script import is_traditional, simplify

_BEAM = 24  # readings that are kept at every step
_LONGEST = 6  # characters of a word
_UNKNOWN = -20.0  # log probability of a character that is no word
_MARK = dict.fromkeys(",，。、", -4.0) | dict.fromkeys("“”《》：；？！（）…—·", -7.0)
_EXTRA = 0.0  # for a pair that is filled in; what vanished is no less likely than what stands
_KEEP = 60  # readings of one place with a filled-in pair that are looked at, the likeliest characters first
_PRIOR = 500.0  # characters of a document that weigh as much as the language does (Dirichlet smoothing)
_OTHER_SCRIPT = -4.0  # for a character that only the other script uses

_Path = tuple[float, tuple[float, ...], str, tuple[str, ...]]  # score, scores of the tail, tail, what was chosen


@cache
def _words() -> dict[str, float]:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    total = math.log(jieba.dt.total)
    return {w: math.log(f) - total for w, f in jieba.dt.FREQ.items() if f and len(w) <= _LONGEST}


@cache
def _character_scores() -> dict[str, float]:
    """How often a character is written, in words of any length."""
    counts: dict[str, float] = {}
    for word, score in _words().items():
        for c in word:
            counts[c] = counts.get(c, 0.0) + math.exp(score)
    return {c: math.log(n) for c, n in counts.items()}


class WordModel:
    """The word frequencies of the language, mixed with those of one document (a cache model).

    Raises nothing; loads jieba's dictionary (about a second) when it is first used.
    """

    def __init__(self, document: str) -> None:
        self._document = _plain(document)
        self._size = sum(c >= "\u3400" for c in document)
        self._traditional = is_traditional(document)
        self._known: dict[str, float | None] = {}

    def best_path(self, steps: Sequence[Sequence[str]], before: str, after: str) -> list[str]:
        """One string of each step, so that together (behind `before`, ahead of `after`) they read best as words."""
        beam: list[_Path] = [self._grow((0.0, (0.0,), "", ()), _plain(before), (), 0.0)]
        for options in steps:
            doubles = sorted((o for o in options if len(o) > 1), key=lambda o: (-self._likely(o), o))[:_KEEP]
            singles = [o for o in options if len(o) == 1]
            ranked = [(o, _plain(o), self._prior(o)) for o in (*singles, *doubles)]
            grown = [self._grow(path, plain, (option,), prior) for option, plain, prior in ranked for path in beam]
            beam = heapq.nsmallest(_BEAM, grown, key=lambda g: (-g[0], g[3]))
        ends = [self._grow(path, _plain(after), (), 0.0) for path in beam]
        return list(min(ends, key=lambda g: (-g[0], g[3]))[3])

    def _word(self, word: str) -> float | None:
        """The log probability of a word (simplified), None where it is none."""
        if word in self._known:
            return self._known[word]
        score = _words().get(word, _MARK.get(word, _UNKNOWN) if len(word) == 1 else None)
        if score is not None:
            here = self._document.count(word) if self._document else 0
            score = math.log((here + _PRIOR * math.exp(score)) / (self._size + _PRIOR))
        self._known[word] = score
        return score

    def _likely(self, option: str) -> float:
        singles = _character_scores()
        return sum(singles.get(c, _MARK.get(c, _UNKNOWN)) for c in _plain(option)) + self._prior(option)

    def _prior(self, option: str) -> float:
        other = _only_simplified() if self._traditional else _only_traditional()
        return (len(option) - 1) * _EXTRA + sum(c in other for c in option) * _OTHER_SCRIPT

    def _grow(self, path: _Path, added: str, chosen: tuple[str, ...], prior: float) -> _Path:
        """Extend a segmentation by a text; `scores[i]` of a path is the best score of the text up to `tail[:i]`."""
        known, (_, scores, tail, choices) = self._known, path
        best, text = list(scores), tail + added
        for n in range(len(tail) + 1, len(text) + 1):
            top = -math.inf
            for size in range(1, min(_LONGEST, n) + 1):
                word = text[n - size : n]
                score = known[word] if word in known else self._word(word)
                if score is not None and best[n - size] + score > top:
                    top = best[n - size] + score
            best.append(top)
        if prior:
            best = [b + prior for b in best]
        keep = min(len(text), _LONGEST)
        return best[-1], tuple(best[-keep - 1 :]), text[len(text) - keep :], choices + chosen


def _plain(text: str) -> str:
    return text.translate(_simplified_of())


@cache
def _simplified_of() -> dict[int, str]:
    characters = "".join(map(chr, range(0x4E00, 0xA000)))
    pairs = zip(characters, simplify("\n".join(characters)).split("\n"), strict=True)
    return {ord(c): s for c, s in pairs if c != s}


@cache
def _only_traditional() -> frozenset[str]:
    return frozenset(map(chr, _simplified_of()))


@cache
def _only_simplified() -> frozenset[str]:
    return frozenset(_simplified_of().values())
