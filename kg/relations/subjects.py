"""Who does what a verb says: the subject of a clause, or the one carried over from the clause or sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.entities.coreference import topic_at
from kg.relations.library import Pattern, Words, alternatives, translate
from kg.relations.sequence import BARRIERS, MARKS, Node, Sequence

REACH = 30  # characters between a subject and its verb
LEAD = 4  # sentences through which a company leads
LOOSE = 14  # characters before a verb that may be no subject of their own, within a sentence

_ORGANIZATION, _PERSON = MARKS["Organization"], MARKS["Person"]
_AGENTS = _ORGANIZATION + _PERSON
_OTHER = -1  # the place of a subject that a pattern cannot take
_TYPE_OF = {mark: name for name, mark in MARKS.items()}
_STOP = "。!?\n"
_UNRESOLVED = re.compile("(?:其|它|他|她|们|对方|前者|后者)[^,]{0,2}$")
_GOVERNS = re.compile("[在于从向对为由把将与被给比用让和同跟据]$")
_CLAUSAL = re.compile("(?:在|当|自|自从|随着|继|由于|因|因为|自打)$")  # these govern clauses, too
_RAISES = re.compile(
    r"[^,。;!?:]{0,10}(?:完成|获得?|拿到|拿下|再拿|筹集|融了|融到|募集|宣布)[^,。;!?:]{0,20}(?:融资|[美欧]元|美金|投资|万元|亿元)"
)
_MODIFIES = re.compile(r"[^,。;!?:]{0,6}(?:创始人|CEO|CTO|合伙人|董事长|总裁|负责人|教授|研究员|[、和与])")


@dataclass(frozen=True)
class Topics:
    """What a sentence's left-out subjects stand for, from the sentences before it."""

    article: AnnotatedArticle
    sentence: Sentence

    def find(self, marks: str, *, lead: bool = False) -> Node | None:
        """The topic that is one of the types of `marks`, or None where it is open.

        That is what coreference says, or else the subject of the sentence before; for the `lead` only what begins one
        of the sentences before.
        """
        types = frozenset(_TYPE_OF[m] for m in marks)
        entity = None if lead else topic_at(self.article, self.sentence.start, types)
        entity = entity or self._leading(types, LEAD if lead else 1)
        info = self.article.entities.get(entity) if entity else None
        if entity is None or info is None:
            return None
        start = self.sentence.start
        return Node((EntityMention(start, start, entity, info.type, "description", "topic"),))

    def receiver(self) -> Node | None:
        """The organisation that was said last, in the sentences before, to raise money: whose `本轮融资` is."""
        clean = self.article.article
        index = clean.sentence_index(self.sentence.start)
        for sentence in reversed(clean.sentences[max(0, index - LEAD) : index]):
            for m in reversed(self.article.mentions_in(sentence.start, sentence.end)):
                if m.type == "Organization" and _RAISES.match(clean.norm, m.end):
                    start = self.sentence.start
                    return Node((EntityMention(start, start, m.entity, m.type, "description", "topic"),))
        return None

    def looks(self, mention: EntityMention, name: re.Pattern[str] | None) -> bool:
        """Whether a mention's words, or its entity's name where words are left out, look as demanded."""
        if name is None:
            return True
        words = self.article.article.norm[mention.start : mention.end]
        if mention.kind != "name" and (info := self.article.entities.get(mention.entity)):
            words = info.name
        return name.search(words) is not None

    def _leading(self, types: frozenset[str], reach: int) -> str | None:
        """The last entity of these types that begins a clause of the sentences before, as its subject or owner."""
        clean = self.article.article
        index = clean.sentence_index(self.sentence.start)
        for sentence in reversed(clean.sentences[max(0, index - reach) : index]):
            for m in reversed(self.article.mentions_in(sentence.start, sentence.end)):
                opening = m.start == sentence.start or clean.norm[m.start - 1] in BARRIERS + " “"
                if m.type in types and opening and not _MODIFIES.match(clean.norm, m.end):
                    return m.entity
        return None


class Subjects:
    """Finds the subjects of verbs."""

    def __init__(self, words: Words) -> None:
        self._preposition = re.compile(alternatives(words["preposition"]) + "$")
        self._opening = re.compile(translate("(?:@opening|@adverb)*", words))
        self._after_subject = re.compile(alternatives(words["not_subject"]))
        self._zero = re.compile(translate("(?:@opening|@adverb|@carried|@phrase)*", words))
        self._carries_on = re.compile(translate("(?:@opening|@adverb|@carried|@phrase)*$", words))
        self._phrase = re.compile(alternatives(words["phrase"]))
        self._companions = re.compile("^" + alternatives(words["companions"]))
        self._relative = re.compile(translate("(?:…6的…8@agent|…10的…8{x:org|person})", words))
        self._giver = re.compile(translate("(?:@plural|等)*~(?:领投|参投|跟投|投资)", words))
        self._met = re.compile(alternatives(words["met"]))
        self._receiver = re.compile(translate("(?P<o>{x:org})~(?:@receives)", words))
        self._foreign = re.compile(alternatives(words["other_subject"]))
        self._subordinate = re.compile(translate("(?:@adverb|@opening)*?@subordinate", words))
        self._subordinate_end = re.compile(alternatives(words["subordinate_end"]) + "$")

    def find(self, sequence: Sequence, m: re.Match[str], pattern: Pattern, topics: Topics) -> tuple[Node, int] | None:
        """The subject of the verb that `m` begins with, and where it stands (at the verb, if carried over)."""
        verb = m.start()
        start, stop = sequence.clause(verb)
        follows = self._subordinate_end.search(sequence.text[m.end() : stop]) is not None
        at = self._in_clause(sequence, start, verb, pattern, clausal=follows)
        if at == _OTHER:
            return None
        if at is not None:
            node = _acting(sequence, at, pattern)
            return (node, at) if node else None
        before = sequence.text[start:verb]
        if _UNRESOLVED.search(before):
            return None
        if self._relative.match(sequence.text, m.end()) or self._foreign.search(before):
            return None  # a relative clause has its subject after it
        if follows and self._subordinate.match(before):
            return self._after(sequence, stop + 1, pattern)
        return self._before(sequence, start, verb, pattern, topics)

    def _before(
        self, sequence: Sequence, start: int, verb: int, pattern: Pattern, topics: Topics
    ) -> tuple[Node, int] | None:
        """The subject carried over from the clauses or the sentences before."""
        before, marks = sequence.text[start:verb], pattern.subject
        zero = self._zero.match(before)
        if len(before) - (zero.end() if zero else 0) > LOOSE:
            return None
        while start > 0 and sequence.text[start - 1] not in _STOP:
            end, start = start - 1, sequence.clause(start - 1)[0] if start > 1 else 0
            start = min(start, end)
            at = self._of_clause(sequence, start, end, pattern)
            node = _acting(sequence, at, pattern) if at is not None else None
            if node is None and at is not None and pattern.subject_role == "o":
                at = _only(sequence, start, end, marks)
                node = sequence.nodes[at] if at is not None else None
            if node is not None and at is not None:
                return node, at
            if at is not None and marks != _PERSON:
                return None
        topic = None
        if pattern.carry and self._carries_on.match(before):
            funded = pattern.predicate == "investsIn" and pattern.subject_role == "o"
            topic = (topics.receiver() if funded else None) or topics.find(marks, lead=pattern.lead)
        if topic is None or self._named_apart(sequence, verb, topic, pattern):
            return None
        return topic, verb

    def _of_clause(self, sequence: Sequence, start: int, end: int, pattern: Pattern) -> int | None:
        """The mention that an earlier clause is about; of one who is given money or bought, wherever it stands."""
        at = self._initial(sequence, start, end, owner=True)
        if at == end - 1 and sequence.text.startswith(":", end):
            return None  # the speaker of a dialogue
        receives = pattern.subject_role == "o"
        if at is None and receives and (m := self._receiver.search(sequence.text, start, end)):
            at = m.start()
        if at is None and (pattern.subject == _PERSON or (pattern.predicate == "acquires" and receives)):
            at = _only(sequence, start, end, pattern.subject)
            if at is not None and self._met.search(sequence.text, start, at):
                return None
        return None if at is None or self._unfit(sequence, at, pattern) else at

    def _unfit(self, sequence: Sequence, at: int, pattern: Pattern) -> bool:
        """Whether a mention gives money where the receiver is sought."""
        return pattern.subject_role == "o" and bool(self._giver.match(sequence.text, at + 1))

    def _named_apart(self, sequence: Sequence, verb: int, topic: Node, pattern: Pattern) -> bool:
        """Whether the sentence names the topic itself, but not as the receiver of money that is sought, or tells of a
        product before the verb, whose company may be another.
        """
        if pattern.subject_role != "o":
            return False
        product = pattern.predicate == "investsIn" and MARKS["Product"] in sequence.text[:verb]
        return product or any(n and n.mentions[0].entity == topic.mentions[0].entity for n in sequence.nodes)

    def _after(self, sequence: Sequence, start: int, pattern: Pattern) -> tuple[Node, int] | None:
        """The subject of the main clause that follows a subordinate one."""
        if start >= len(sequence.text):
            return None
        end = sequence.clause(start)[1]
        at = self._initial(sequence, start, end)
        if at is None:
            at = _only(sequence, start, end, pattern.subject)
        node = _acting(sequence, at, pattern) if at is not None else None
        return (node, at) if node and at is not None else None

    def _in_clause(self, sequence: Sequence, start: int, verb: int, pattern: Pattern, *, clausal: bool) -> int | None:
        """The nearest mention before the verb that is not governed by a preposition or by 的; `_OTHER` if it is unfit.

        `clausal` says that the clause is subordinate, as in 在…之后, so that 在 does not govern its subject.
        """
        marks = pattern.subject
        for i in range(verb - 1, start - 1, -1):
            if sequence.nodes[i] is None:
                continue
            if _UNRESOLVED.search(sequence.text, i + 1, verb):
                return None
            after = self._companions.sub("", sequence.text[i + 1 : verb], count=1)
            before = sequence.text[start:i]
            if len(after) > REACH or self._foreign.search(self._phrase.sub("", after)):
                return None
            governed = self._preposition.search(before) and not (clausal and _CLAUSAL.search(before))
            if governed or self._after_subject.match(after):
                continue
            if sequence.text[i] in marks or (sequence.text[i] == _PERSON and _ORGANIZATION in marks):
                return None if self._unfit(sequence, i, pattern) else i
            if sequence.text[i] in _AGENTS:
                return _OTHER
        return None

    def _initial(self, sequence: Sequence, start: int, end: int, *, owner: bool = False) -> int | None:
        """The mention that begins the clause [start, end), time words and the like aside; so may an `owner` with 的."""
        opening = self._opening.match(sequence.text, start, end)
        at = opening.end() if opening else start
        free = at < end and not _GOVERNS.search(sequence.text, start, at)
        if not free or not sequence.nodes[at]:
            return None
        if not self._after_subject.match(sequence.text, at + 1) or (owner and sequence.text[at + 1] == "的"):
            return at
        return None


def _only(sequence: Sequence, start: int, end: int, marks: str) -> int | None:
    """The one mention of a type in a stretch, if there is just one."""
    places = [i for i in range(start, end) if sequence.nodes[i] and sequence.text[i] in marks]
    return places[0] if len(places) == 1 else None


def _acting(sequence: Sequence, at: int, pattern: Pattern) -> Node | None:
    """The node at a place; for an officer where an organisation must act, that organisation."""
    node, marks = sequence.nodes[at], pattern.subject
    for_company = _ORGANIZATION in marks and (_PERSON not in marks or pattern.predicate == "develops")
    if node is not None and sequence.text[at] == _PERSON and for_company and node.owner:
        return replace(node, mentions=(node.owner,), owner=None)
    return node if sequence.text[at] in marks else None
