"""Who does what a verb says: the subject of a clause, or the one carried over from the clause or sentence before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.relations.library import Words, alternatives, translate
from kg.relations.sequence import BARRIERS, MARKS, Node, Sequence

REACH = 30  # characters between a subject and its verb
HELD = 2  # sentences through which a topic holds

_ORGANIZATION, _PERSON = MARKS["Organization"], MARKS["Person"]


class Subjects:
    """Finds subjects in one article, sentence after sentence; remembers what the sentences before were about."""

    def __init__(self, words: Words) -> None:
        self._preposition = re.compile(alternatives(words["preposition"]) + "$")
        self._opening = re.compile(translate("(?:@opening|@adverb)*", words))
        self._after_subject = re.compile(alternatives(words["not_subject"]))
        self._zero = re.compile(translate("(?:@opening|@adverb|@carried)*", words))
        self._foreign = re.compile(alternatives(words["other_subject"]))
        self.restart()

    def restart(self) -> None:
        """Forget the topics: a new article begins."""
        self._topics: list[tuple[int, Node, str]] = []
        self._count = 0

    def remember(self, sequence: Sequence) -> None:
        """Take note of the subjects of a sentence's clauses as topics of the next."""
        self._count += 1
        start = 0
        for end in _clause_ends(sequence.text):
            if (i := self._initial(sequence, start, end)) is not None and (node := sequence.nodes[i]):
                self._topics.append((self._count, node, sequence.text[i]))
            start = end + 1
        del self._topics[:-8]

    def find(self, sequence: Sequence, verb: int, marks: str) -> tuple[Node, int] | None:
        """The subject of the verb at `verb` that is one of `marks`, and where it stands (the verb, if carried over)."""
        start = sequence.clause(verb)[0] if verb else 0
        at = self._in_clause(sequence, start, verb, marks)
        if at is not None:
            node = _acting(sequence, at, marks)
            return (node, at) if node else None
        if not self._may_carry(sequence.text[start:verb]):
            return None
        while start > 0:
            end, start = start - 1, sequence.clause(start - 1)[0] if start > 1 else 0
            if sequence.text[end] == "。":
                break
            at = self._initial(sequence, start, end)
            if at is not None:
                node = _acting(sequence, at, marks)
                return (node, at) if node else None
        return self._topic(marks, verb)

    def _topic(self, marks: str, verb: int) -> tuple[Node, int] | None:
        for count, node, mark in reversed(self._topics):
            if self._count - count >= HELD:
                break
            if mark in marks:
                return node, verb
        return None

    def _in_clause(self, sequence: Sequence, start: int, verb: int, marks: str) -> int | None:
        """The nearest fit mention before the verb that is not governed by a preposition or by 的."""
        for i in range(verb - 1, start - 1, -1):
            if sequence.nodes[i] is None:
                continue
            if verb - i > REACH:
                return None
            after, before = sequence.text[i + 1 : verb], sequence.text[start:i]
            if self._after_subject.match(after) or self._preposition.search(before):
                continue
            if sequence.text[i] in marks or (sequence.text[i] == _PERSON and _ORGANIZATION in marks):
                return i
        return None

    def _initial(self, sequence: Sequence, start: int, end: int) -> int | None:
        """The mention that begins the clause [start, end), time words and the like aside."""
        opening = self._opening.match(sequence.text, start, end)
        at = opening.end() if opening else start
        if at < end and sequence.nodes[at] and not self._after_subject.match(sequence.text, at + 1):
            return at
        return None

    def _may_carry(self, before_verb: str) -> bool:
        """Whether a clause that opens so has no subject of its own."""
        zero = self._zero.match(before_verb)
        rest = before_verb[zero.end() :] if zero else before_verb
        return len(rest) <= 14 and not self._foreign.search(rest)


def _clause_ends(text: str) -> list[int]:
    return [*(i for i, char in enumerate(text) if char in BARRIERS), len(text)]


def _acting(sequence: Sequence, at: int, marks: str) -> Node | None:
    """The node at a place; for an officer where an organisation must act, that organisation."""
    node = sequence.nodes[at]
    if node is None or sequence.text[at] in marks:
        return node
    if sequence.text[at] == _PERSON and _ORGANIZATION in marks and node.owner:
        return replace(node, mentions=(node.owner,), owner=None)
    return None
