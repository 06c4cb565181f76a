"""A word model for repairs: which of several readings of a damaged text consists of words.

Word frequencies are those of jieba's dictionary (MIT licence, installed with it), read as a unigram model; beside it
stands a bigram model of characters. The weights were set on runs in other texts than those that figures are reported
on.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from kg.reading.kbest import Edge, KBest
from kg.reading.ngrams import START, STEPS, LocalModel, cost, grams, normal
from kg.reading.script import analysis_text, is_traditional, simplify, written_simplified

_LONGEST = 6  # characters of a word
_UNKNOWN = -20.0  # log probability of a character that is no word
_MARK = dict.fromkeys(",。、", -4.0) | dict.fromkeys("“”‘’《》:;?!()…—·", -7.0)
_KEEP = 40  # readings of one place with a filled-in pair that are looked at, the likeliest characters first
_BOND = 0.3  # weight of neighbouring characters beside words
_NEXT = 0.6  # weight of the log probability of a character behind its neighbour
_SMOOTH = 0.05  # weight of chance in the counts of neighbours
_DISCOUNT = 0.75  # taken off every count of neighbours for those never seen (Kneser-Ney smoothing)
_UNSEEN = 8000  # characters that may follow though no text had them so
_FOLLOWER = re.compile(r"(\D)(\d*)")
_EXTRA = 0.6  # for a character beyond the first at a place, against the sum's liking for few characters
_PRIOR = 2500.0  # characters of a document that weigh as much as the language does (Dirichlet smoothing)
_AROUND = 4  # characters before a run whose words may go on in it
_AFTER = 6  # characters behind a run that its words may go on in
_CONTEXT = 30  # characters before a run that the model of characters may see, at most
_READINGS = 60  # of a run, which are ranked
_CUTS = 20  # ways of cutting each into words that are passed over, on the average
_WORSE = 14.0  # than the best reading, at which the search ends
_WEIGHTS = (45, 34, 57, 101, 215)  # of the measures of a reading
_PRONOUNS = {"他": 0.6, "她": 0.1, "它": 0.3}  # of the third person, which sound alike; the share of each
_OUT_OF_PLACE = -6.0  # for a closing mark where none is open, and the other way round
_OTHER_SCRIPT = -4.0  # for a character that only the other script uses


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


@cache
def _endings() -> frozenset[str]:
    """Every proper end of a word: what a walk backwards over a word may pass."""
    return frozenset(word[i:] for word in _words() for i in range(1, len(word)))


@cache
def _character_scores() -> dict[str, float]:
    """How often a character is written, in words of any length."""
    counts: dict[str, float] = {}
    for word, score in _words().items():
        for c in word:
            counts[c] = counts.get(c, 0.0) + math.exp(score)
    return {c: math.log(n) for c, n in counts.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand at a place: one character (`whole`), or several where something vanished between them.

    Several are one of `first`, then perhaps one of `inner`, then one of `last`.
    """

    whole: Sequence[str]
    first: Sequence[str] = ()
    inner: Sequence[str] = ()
    last: Sequence[str] = ()


@dataclass(slots=True)
class _Node:
    """A character of the lattice: the best score of what ends with it, and what is before it."""

    plain: str
    shown: str
    place: int
    cost: float
    before: list[int]
    entry: float = -math.inf  # the best score of what is before it, with the bond to it
    score: float = -math.inf


class WordModel:
    """The word frequencies of the language, mixed with those of one document (a cache model).

    Raises nothing; loads jieba's dictionary (about a second) when it is first used.
    """

    def __init__(self, document: str) -> None:
        self._document = plain(document)
        self._singles = Counter(self._document)
        self._pairs = Counter(map("".join, pairwise(self._document)))
        self._size = sum(c >= "\u3400" for c in document)
        self._traditional = is_traditional(document)
        self._known: dict[str, float | None] = {}
        self._bonds: dict[str, float] = {}
        self._misplaced = frozenset[str]()
        self._ranked: dict[tuple[int, str], list[str]] = {}
        self._local = LocalModel(normal(self._document))

    def best_path(
        self, places: Sequence[Place], before: str, after: str, misplaced: frozenset[str] = frozenset()
    ) -> list[str]:
        """One string for each place, so that together (behind `before`, ahead of `after`) they read best as words.

        `misplaced` are the marks that hardly stand here: those that close what is not open, or open what is.
        An exact search finds the readings of the lattice with the best sums of words, neighbours and priors; the model
        of characters, mixed with this document's, then says which of them is the best.
        """
        self._misplaced = misplaced
        nodes = [_Node("", "", -1, 0.0, [], score=0.0)]
        ends = [0]
        for c in plain(before[-_AROUND:]):
            ends = self._layer(nodes, ends, [c], -1, 0.0)
        for i, place in enumerate(places):
            whole = self._layer(nodes, ends, place.whole, i, 0.0)
            first = self._layer(nodes, ends, place.first, i, _EXTRA / 2) if place.last else []
            inner = self._layer(nodes, first, self._likeliest(place.inner), i, _EXTRA) if first else []
            last = self._layer(nodes, first + inner, place.last, i, _EXTRA / 2) if first else []
            ends = whole + last
            if not ends:
                return []
        for c in plain(after[:_AFTER]):
            ends = self._layer(nodes, ends, [c], len(places), 0.0)
        readings = self._readings(nodes, ends, len(places))
        return list(max(readings, key=lambda reading: self._rank("".join(reading), before, after)))

    def _readings(self, nodes: list[_Node], ends: list[int], size: int) -> list[tuple[str, ...]]:
        """The best readings of a lattice, best first, one string for each of its places."""
        found: dict[tuple[str, ...], None] = {}
        best = max(nodes[n].score for n in ends)
        for tried, (score, path) in enumerate(KBest(lambda n: self._edges(nodes, n)).paths(ends)):
            if len(found) == _READINGS or tried == _READINGS * _CUTS or score < best - _WORSE:
                break
            chosen = [""] * size
            for n in path:
                if 0 <= nodes[n].place < size:
                    chosen[nodes[n].place] = nodes[n].shown + chosen[nodes[n].place]
            found[tuple(chosen)] = None
        return list(found)

    def _rank(self, reading: str, before: str, after: str) -> int:
        """How well a reading stands between what is around it, in whole steps."""
        return sum(map(operator.mul, _WEIGHTS, self.measures(reading, before, after)))

    def measures(self, reading: str, before: str, after: str) -> tuple[int, ...]:
        """What the rank of a reading is the weighted sum of, in steps: characters, those mixed with the document's,
        words, what hardly stands here, length."""
        left = START + normal(plain(before.rsplit("\n", 1)[-1][-_CONTEXT:]))
        text = left + normal(plain(reading + after[:_AFTER]))
        language = sum(-cost(gram) for gram in grams(text, len(left)))
        local = sum(-self._local.cost(gram) for gram in grams(text, len(left)))
        words = self._best_words(plain(before[-_AROUND:] + reading + after[:_AFTER]))
        prior = sum(map(self._prior, reading)) + _pronouns(plain(reading), plain(before + after))
        return language, local, round(words * STEPS), round(prior * STEPS), len(reading) * STEPS

    def _best_words(self, text: str) -> float:
        """The log probability of the likeliest words that a text consists of."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            words = ((best[i], self._word(text[i:end])) for i in range(max(0, end - _LONGEST), end))
            best.append(max(score + word for score, word in words if word is not None))
        return best[-1]

    def _layer(
        self, nodes: list[_Node], before: list[int], options: Iterable[str], place: int, cost: float
    ) -> list[int]:
        """Add a node for each option, behind each of the nodes `before`; their numbers."""
        out = list[int]()
        for option in options:
            node = _Node(plain(option), option, place, cost + self._prior(option), before)
            nodes.append(node)
            out.append(len(nodes) - 1)
            node.entry = max(
                (nodes[b].score + self._bond(nodes[b].plain + node.plain) for b in before), default=-math.inf
            )
            self._close(nodes, len(nodes) - 1)
        return out

    def _close(self, nodes: list[_Node], end: int) -> None:
        """Find the best word that ends at a node."""
        node = nodes[end]
        for gained, walked in self._words_to(nodes, end):
            first = nodes[walked[-1]]
            node.score = max(node.score, first.entry + gained)

    def _edges(self, nodes: list[_Node], end: int) -> list[Edge]:
        """All words that end at a node, behind all that may stand before them."""
        return [
            (gained + self._bond(nodes[b].plain + nodes[walked[-1]].plain), b, walked)
            for gained, walked in self._words_to(nodes, end)
            for b in nodes[walked[-1]].before
        ]

    def _words_to(self, nodes: list[_Node], end: int) -> Iterator[tuple[float, tuple[int, ...]]]:
        """The scores and nodes (last first) of all words that end at a node: walk back as far as words end so."""
        endings, node = _endings(), nodes[end]
        stack: list[tuple[int, str, float, tuple[int, ...]]] = [(end, node.plain, node.cost, (end,))]
        while stack:
            n, text, gained, walked = stack.pop()
            score = self._word(text)
            if score is not None:
                yield score + gained, walked
            if text not in endings:
                continue
            for b in nodes[n].before:
                longer = nodes[b].plain + text
                if b and (longer in endings or longer in _words()):
                    stack.append((b, longer, gained + nodes[b].cost + self._bond(longer[:2]), (*walked, b)))

    def _likeliest(self, options: Sequence[str]) -> list[str]:
        key = (len(options), "".join(options[:2]))
        if key not in self._ranked:
            self._ranked[key] = sorted(options, key=lambda o: (-self._likely(o), o))[:_KEEP]
        return self._ranked[key]

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

    def _bond(self, pair: str) -> float:
        """How well two characters stand together, in the language and in this document."""
        if len(pair) < 2:
            return 0.0
        if (known := self._bonds.get(pair)) is None:
            kinds = "".join(map(_kind, pair))
            bond = _BOND * max(_language_bond(kinds), self._own_bond(pair))
            known = self._bonds[pair] = bond + _NEXT * _next(kinds)
        return known

    def _own_bond(self, pair: str) -> float:
        here = self._pairs[pair]
        if here < 2 or not self._size:
            return -math.inf
        alone = self._singles[pair[0]] * self._singles[pair[1]]
        return math.log(here * self._size / alone)

    def _likely(self, option: str) -> float:
        singles = _character_scores()
        return sum(singles.get(c, _MARK.get(c, _UNKNOWN)) for c in plain(option)) + self._prior(option)

    def _prior(self, option: str) -> float:
        other = _only_simplified() if self._traditional else _only_traditional()
        if option in self._misplaced:
            return _OUT_OF_PLACE
        return _OTHER_SCRIPT if option in other else 0.0


def plain(text: str) -> str:
    """The text in simplified characters, with one form of each mark; of the same length."""
    return text.translate(_forms())


def _pronouns(reading: str, around: str) -> float:
    """How much likelier the pronouns of a reading are here than elsewhere: the one that is in use is used on."""
    here = {p: around.count(p) for p in _PRONOUNS}
    total = sum(here.values()) + 1
    return sum(reading.count(p) * math.log((here[p] + share) / (total * share)) for p, share in _PRONOUNS.items())


@dataclass(frozen=True, slots=True)
class _Bigrams:
    """Counts of neighbouring characters (`kg/data/reading/bigrams.tsv`): by first, of firsts, of second ones."""

    pairs: dict[str, dict[str, int]]
    counts: dict[str, int]
    total: int
    preceded: dict[str, int]  # how many different characters stand before a character
    kinds: int  # of pairs


@cache
def _bigrams() -> _Bigrams:
    pairs: dict[str, dict[str, int]] = {}
    table = files("kg").joinpath("data/reading/bigrams.tsv").read_text(encoding="utf8")
    for line in table.splitlines():
        if not line.startswith("# "):
            first, followers = line.split("\t")
            pairs[first] = {c: int(n or 1) for c, n in _FOLLOWER.findall(followers)}
    counts = {first: sum(followers.values()) for first, followers in pairs.items()}
    preceded = Counter(c for followers in pairs.values() for c in followers)
    return _Bigrams(pairs, counts, sum(counts.values()), preceded, sum(preceded.values()))


def _kind(character: str) -> str:
    """How a character stands in the counts: letters and digits by kind."""
    return "#" if character.isdigit() else "A" if character.isascii() and character.isalpha() else character


@cache
def _language_bond(pair: str) -> float:
    """How much likelier a pair is than chance."""
    bigrams = _bigrams()
    first, second = (bigrams.counts.get(c, 0) for c in pair)
    if not first or not second:
        return 0.0
    expected = first * second / bigrams.total
    seen = bigrams.pairs.get(pair[0], {}).get(pair[1], 0)
    return math.log((seen + _SMOOTH * expected) / (expected * (1 + _SMOOTH) + 0.5))


@cache
def _next(pair: str) -> float:
    """The log probability of a character behind its neighbour (Kneser-Ney)."""
    bigrams = _bigrams()
    kinds = len(bigrams.preceded)
    alone = max(bigrams.preceded.get(pair[1], 0) - _DISCOUNT, 0.0) + _DISCOUNT * kinds / _UNSEEN
    likely, followers = alone / bigrams.kinds, bigrams.pairs.get(pair[0], {})
    if followers:
        count = bigrams.counts[pair[0]]
        likely = max(followers.get(pair[1], 0) - _DISCOUNT, 0.0) / count + _DISCOUNT * len(followers) / count * likely
    return math.log(likely)


@cache
def _simplified_of() -> dict[int, str]:
    characters = "".join(map(chr, range(0x4E00, 0xA000)))
    pairs = zip(characters, simplify("\n".join(characters)).split("\n"), strict=True)
    return {ord(c): s for c, s in pairs if c != s}


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
