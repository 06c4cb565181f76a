"""Which of several readings of a damaged text is the likeliest: by its characters, its words, and the rest of the text.

Characters are those of the model of `kg.reading.ngrams`; word frequencies those of jieba's dictionary (MIT licence,
installed with it), read as a unigram model. The weights were set on runs in other texts than those that figures are
reported on.
"""

from __future__ import annotations

import heapq
import math
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from kg.identity import traditional
from kg.reading.ngrams import END, ORDER, START, STEPS, LocalModel, cost, costs, grams, normal
from kg.reading.script import analysis_text, is_traditional, simplify, written_simplified

_LONGEST = 6  # characters of a word
_UNKNOWN = -20.0  # log probability of a character that is no word
UNKNOWN_DIGIT = "?"  # is shown where a digit is lost
_SIGNS = {
    "\n": END,
    UNKNOWN_DIGIT: "0",
    " ": "A",
}  # of the models, for what may be lost besides (a space before a word)
_MARK = dict.fromkeys(",。、\n", -4.0) | dict.fromkeys("“”‘’《》:;?!()…—·", -7.0)
_PRIOR = 2500.0  # characters of a document that weigh as much as the language does (Dirichlet smoothing)
_AROUND = 4  # characters before a run whose words may go on in it
_AFTER = 6  # characters behind a run that its words may go on in
_CONTEXT = 30  # characters before a run that the model of characters may see, at most
_READINGS = 100  # of a run so far that are read on, the best ones
_HALVES = 60  # of them with the first character beside a pair that vanished
_DOUBLES = 15  # of them with another character between two pairs that vanished
_INNER = 60  # likeliest characters that are looked at between two pairs that vanished
_LIKELY = 12  # characters behind a pair that vanished that are weighed in full, besides those that the document has so
_WEIGHTS = (45, 34, 57, 101, 215)  # of the measures of a reading
_GOES_ON = tuple(",、")  # marks behind which no line ends
_NO_LINE_END = re.compile("[,、]\n")
_PRONOUNS = {"他": 0.6, "她": 0.1, "它": 0.3}  # of the third person, which sound alike; the share of each
_OUT_OF_PLACE = -6 * STEPS  # for a closing mark where none is open, and the other way round
_UNSEEN_FORM = -1  # for a traditional character that the document does not have; some have other forms (畫, 畵)
_ODD_FORM = -8  # for such a one that is not the usual form
_OTHER_SCRIPT = -4 * STEPS  # for a character that only the other script uses


@cache
def _words() -> dict[str, float]:
    """The log probabilities of words, read from jieba's `dict.txt` without importing jieba, which builds more."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba, a dependency, is not installed")
    total, words = 0, dict[str, float]()
    for line in Path(spec.origin).with_name("dict.txt").read_text(encoding="utf8").splitlines():
        word, count, *_ = line.split(" ")
        total += int(count)
        if len(word) <= _LONGEST:
            words[word] = math.log(int(count) or 1)
    return {word: score - math.log(total) for word, score in words.items()}


Inner = tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand at a place: one character (`whole`), or several where something vanished between them.

    Several are one of `first[n]` and one of `last[n]`, for any n; or one of `first[n]`, one of `inner[n][m]` and one
    of `last[m]`, where `inner` (which many places have in common) has them.
    """

    whole: Sequence[str]
    first: Sequence[Sequence[str]] = ()
    last: Sequence[Sequence[str]] = ()
    inner: Inner = ()


class _Option(NamedTuple):
    """A character that may stand at a place: as it is written, as the models read it, and what hardly stands there."""

    shown: str
    plain: str
    prior: int


class _Reading(NamedTuple):
    """What a run may say up to a place: its score, the last characters as the models read them, and itself."""

    score: int
    history: str
    places: tuple[str, ...]


@dataclass(slots=True)
class _Weighed:
    """The options of a place, and how much each adds behind each history (found when it is asked for)."""

    options: list[_Option]
    behind: dict[str, list[tuple[int, _Option]]] = field(default_factory=dict)


class WordModel:
    """The models of the language, mixed with what one document has.

    Raises nothing; loads jieba's dictionary (about a second) when it is first used.
    """

    def __init__(self, document: str) -> None:
        self._document = plain(document)
        self._size = sum(c >= "\u3400" for c in document)
        self._traditional = is_traditional(document)
        self._seen = frozenset(document)
        self._known: dict[str, float | None] = {}
        self._misplaced = frozenset[str]()
        self._likely: dict[tuple[int, frozenset[str]], list[list[_Weighed]]] = {}
        self._local = LocalModel(START + (END + START).join(map(normal, self._document.split("\n"))))

    def best_path(
        self,
        places: Sequence[Place],
        before: str,
        after: str,
        misplaced: frozenset[str] = frozenset(),
    ) -> list[str]:
        """One string for each place, so that together (behind `before`, ahead of `after`) they read best.

        `misplaced` are the marks that hardly stand here: those that close what is not open, or open what is.
        A beam search finds the readings whose characters are the likeliest; their words are weighed in to choose.
        """
        self._misplaced = misplaced
        readings = [_Reading(0, _left(before)[1 - ORDER :], ())]
        for place in places:
            readings = self._read_on(readings, place, self._inner(place.inner))
        chosen = [reading.places for reading in readings]
        return list(max(chosen, key=lambda strings: self._rank("".join(strings), before, after), default=()))

    def _read_on(self, readings: list[_Reading], place: Place, inner: list[list[_Weighed]]) -> list[_Reading]:
        """The best readings up to behind a place, best first."""
        found = list(self._extend(readings, self._weighed(place.whole), opens=True))
        begun = [
            heapq.nlargest(_HALVES, self._extend(readings, self._weighed(characters), opens=True))
            for characters in place.first
        ]
        for m, characters in enumerate(place.last):
            halves = list(begun[m])
            for n, row in enumerate(inner[: len(begun)]):
                if m < len(row):
                    halves += heapq.nlargest(_DOUBLES, self._extend(begun[n][:_DOUBLES], row[m]))
            found += self._extend(halves, self._weighed(characters))
        return heapq.nlargest(_READINGS, found)

    def _extend(self, readings: list[_Reading], weighed: _Weighed, *, opens: bool = False) -> Iterator[_Reading]:
        """The readings with one more character, which `opens` a place or stands behind another at it."""
        for score, history, places in readings:
            if history not in weighed.behind:
                weighed.behind[history] = self._gains(history, weighed.options)
            for gain, option in weighed.behind[history]:
                shown = (*places, option.shown) if opens else (*places[:-1], places[-1] + option.shown)
                seen = START if option.plain == END else normal(history + option.plain)[1 - ORDER :]
                yield _Reading(score + gain, seen, shown)

    def _gains(self, history: str, options: list[_Option]) -> list[tuple[int, _Option]]:
        """What the likelier of some options add to a score behind a history."""
        language, local, _, prior, _ = _WEIGHTS
        steps = costs(history, [option.plain for option in options])
        ordered = sorted(options, key=lambda o: steps[o.plain] - o.prior)
        likely = ordered[:_LIKELY] + [o for o in ordered[_LIKELY:] if self._local.has(history[-1:] + o.plain)]
        out = _OUT_OF_PLACE if history.endswith(_GOES_ON) else 0
        return [
            (
                prior * (o.prior + out * (o.plain == END))
                - language * steps[o.plain]
                - local * self._local.cost(history + o.plain),
                o,
            )
            for o in likely
        ]

    def _weighed(self, characters: Iterable[str]) -> _Weighed:
        return _Weighed([_Option(c, _SIGNS.get(c) or normal(plain(c)) or " ", self._prior(c)) for c in characters])

    def _inner(self, inner: Inner) -> list[list[_Weighed]]:
        """The likeliest characters between two pairs that vanished, found once for each of the few sets of marks."""
        key = id(inner), self._misplaced  # the places have few of them in common, which stay
        if key not in self._likely:
            self._likely[key] = [[self._weighed(self._likeliest(characters)) for characters in row] for row in inner]
        return self._likely[key]

    def _likeliest(self, characters: Sequence[str]) -> list[str]:
        return heapq.nlargest(_INNER, characters, key=lambda c: (self._prior(c) - cost(plain(c)), c))

    def _rank(self, reading: str, before: str, after: str) -> int:
        """How well a reading stands between what is around it, in whole steps."""
        return sum(map(operator.mul, _WEIGHTS, self.measures(reading, before, after)))

    def measures(self, reading: str, before: str, after: str) -> tuple[int, ...]:
        """What the rank of a reading is the weighted sum of, in steps: characters, those mixed with the document's,
        words, what hardly stands here, length."""
        reading = reading.replace(UNKNOWN_DIGIT, "0")
        seen = list(_grams(_left(before), reading + after[:_AFTER]))
        language = sum(-cost(gram) for gram in seen)
        local = sum(-self._local.cost(gram) for gram in seen)
        words = self._best_words(plain(before[-_AROUND:] + reading + after[:_AFTER]))
        prior = (
            sum(map(self._prior, reading))
            + _OUT_OF_PLACE * len(_NO_LINE_END.findall(plain(reading)))
            + round(STEPS * _pronouns(plain(reading), plain(before + after)))
        )
        return language, local, round(words * STEPS), prior, len(reading) * STEPS

    def _best_words(self, text: str) -> float:
        """The log probability of the likeliest words that a text consists of."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            words = ((best[i], self._word(text[i:end])) for i in range(max(0, end - _LONGEST), end))
            best.append(max(score + word for score, word in words if word is not None))
        return best[-1]

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

    def _prior(self, character: str) -> int:
        """What a character hardly stands here for, in steps."""
        other = _only_simplified() if self._traditional else _only_traditional()
        if character in self._misplaced:
            return _OUT_OF_PLACE
        if character in other:
            return _OTHER_SCRIPT
        return 0 if character in self._seen or character not in _only_traditional() else _unseen_form(character)


def _left(before: str) -> str:
    """What the model of characters sees of the text before a run: its paragraph, if that is not long."""
    return START + normal(plain(before.rsplit("\n", 1)[-1][-_CONTEXT:]))


def _grams(left: str, text: str) -> Iterator[str]:
    """The n-grams of a text behind what the model of characters sees before it; each line has its own."""
    lines = text.split("\n")
    for n, line in enumerate(lines):
        before = START if n else left
        seen = before + normal(plain(line)) + END * (n + 1 < len(lines))
        yield from grams(seen, len(before))


@cache
def commonest(count: int) -> frozenset[str]:
    """The characters of both scripts, and marks, that are the likeliest in any text."""
    characters = map(chr, (*range(0x3000, 0x3020), *range(0x4E00, 0xA000), *range(0xFF01, 0xFF20)))
    return frozenset(sorted((*characters, *"“”‘’…—·"), key=lambda c: (cost(plain(c)), c))[:count])


def strangeness(text: str) -> float:
    """How unlikely a text is, in steps for each of its characters; 0 for none."""
    seen = list(_grams("", text))
    return sum(map(cost, seen)) / len(seen) if seen else 0.0


def plain(text: str) -> str:
    """The text in simplified characters, with one form of each mark; of the same length."""
    return text.translate(_forms())


def _pronouns(reading: str, around: str) -> float:
    """How much likelier the pronouns of a reading are here than elsewhere: the one that is in use is used on."""
    here = {p: around.count(p) for p in _PRONOUNS}
    total = sum(here.values()) + 1
    return sum(reading.count(p) * math.log((here[p] + share) / (total * share)) for p, share in _PRONOUNS.items())


@cache
def _simplified_of() -> dict[int, str]:
    characters = "".join(map(chr, range(0x4E00, 0xA000)))
    pairs = zip(characters, simplify("\n".join(characters)).split("\n"), strict=True)
    return {ord(c): s for c, s in pairs if c != s}


@cache
def _unseen_form(character: str) -> int:
    return _UNSEEN_FORM if traditional(_simplified_of()[ord(character)]) == character else _ODD_FORM


@cache
def _forms() -> dict[int, str]:
    """The same with one form of each mark (`，` as `,`)."""
    marks = "，：；？！（）「」『』％"
    return _simplified_of() | {ord(c): analysis_text(c) for c in marks}


@cache
def _only_traditional() -> frozenset[str]:
    return frozenset(map(chr, _simplified_of()))


@cache
def _only_simplified() -> frozenset[str]:
    """Without those that traditional writing uses too (系, 干)."""
    return frozenset(filter(written_simplified, _simplified_of().values()))
