"""Patterns over sentences: noun phrases first, which shrink to their heads, then clauses with their subjects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence as Seq
from dataclasses import dataclass, replace
from itertools import combinations

from kg.claims.attribution import Attribution
from kg.document import AnnotatedArticle, EntityMention, Sentence
from kg.record import Relation
from kg.relations.library import Library, Pattern, translate
from kg.relations.modality import modality_of
from kg.relations.schema import THINGS, allowed, sold
from kg.relations.sequence import ANY_MARK, BARRIERS, MARKS, Node, Sequence, sequences
from kg.relations.subjects import Subjects, Topics

ROUNDS = 6  # noun phrases nest at most this deep
LONG = 160  # characters beyond which the evidence is the clauses, not the whole sentence

_KINDS = (
    MARKS["Organization"],
    MARKS["Person"],
    MARKS["Model"] + MARKS["Product"] + MARKS["Hardware"],
    MARKS["Organization"] + MARKS["Person"],
)
_TAIL = re.compile(f"[{ANY_MARK}]([^{ANY_MARK}{BARRIERS}、]*)$")
_HEAD = re.compile(f"([^{ANY_MARK}{BARRIERS}、]*)[{ANY_MARK}]")
_FOUNDER = re.compile("(?:创始人|创办人|创建者|创立者|联创|创始合伙人)(?:之一)?[,、]?$")
_FUND = re.compile("(?:Ventures?|Capital|Partners|Fund|资本|创投|基金|投资|风投|红杉|高瓴|BVP|a16z|KPCB)$", re.I)
_Phrase = tuple[int, int, int, Pattern, re.Match[str]]  # start, end, head, and the match

# organisations, or their scholars' teams, that act together: their names are one subject for the verb that follows
_TOGETHER = (
    "(?:{x:org}(?:的?…8(?:团队|课题组|研究组|实验室))?"
    "|(?<![\ue000]){x:person}(?:副?教授|院士|博士|老师|研究员)?的?…4(?:团队|课题组|研究组))"
    "~(?:(?:与|和|跟|同)@described?{x:org}(?=(?:的?…6团队|等…6)?…8(?:共同|合作|一起|协同|携手|联手|联合|首发)…4@release)"
    "|(?:宣布|正式|将|近日|今日|今天|已|还|又)*(?:携手|联手|联合|携|牵手|协同|联袂)@described?{x:org}(?=等?~…8@release))"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """Two mentions that a pattern joins, and where in the sequence."""

    subject: EntityMention
    object: EntityMention
    start: int
    end: int


class Extractor:
    """Runs a library over articles. One instance serves any number of articles."""

    def __init__(self, library: Library) -> None:
        self._library = library
        words = library.words
        self._suffix = re.compile(translate("(?P<head>{x:thing|org|person})(?:@suffix)+", words))
        self._together = re.compile(translate(_TOGETHER, words))
        self._joins = tuple(re.compile(translate(_coordination(kinds), words)) for kinds in _KINDS)
        self._subjects = Subjects(words)

    def relations(self, a: AnnotatedArticle, attribution: Attribution) -> list[Relation]:
        """The relations of an article in text order, each once per sentence."""
        found: list[Relation] = []
        for sentence in a.article.sentences:
            mentions = a.mentions_in(sentence.start, sentence.end)
            if mentions:
                found.extend(self._of_sentence(a, sentence, mentions, attribution))
        return found

    def _of_sentence(
        self, a: AnnotatedArticle, sentence: Sentence, mentions: Seq[EntityMention], attribution: Attribution
    ) -> list[Relation]:
        found: dict[tuple[str, str, str], Relation] = {}
        headline = sentence.kind in ("title", "heading")
        topics = Topics(a, sentence)
        for sequence in sequences(a.article.norm, sentence.start, sentence.end, mentions, headline=headline):
            for pattern, at, pair in self._of_sequence(sequence, topics):
                relation = _relation(a, sentence, attribution, pattern, at, pair)
                if relation is not None:
                    found.setdefault((relation.subject, relation.predicate, relation.object), relation)
        return list(found.values())

    def _of_sequence(self, sequence: Sequence, topics: Topics) -> Iterator[tuple[Pattern, Sequence, _Found]]:
        phrases, clauses = self._library.active(sequence.text)
        for _ in range(ROUNDS):
            matches = [
                (pattern, m)
                for pattern in phrases
                for m in pattern.regex.finditer(sequence.text)
                if _named(pattern, m, sequence, topics)
            ]
            for pattern, m in matches:
                yield from ((pattern, sequence, pair) for pair in self._pairs(pattern, m, sequence, topics))
            smaller = self._reduce(sequence, [(p, m) for p, m in matches if p.keep])
            if smaller is sequence:
                break
            sequence = smaller
        for pattern in clauses:
            for m in pattern.regex.finditer(sequence.text):
                if not _named(pattern, m, sequence, topics):
                    continue
                yield from ((pattern, sequence, pair) for pair in self._pairs(pattern, m, sequence, topics))

    def _pairs(self, pattern: Pattern, m: re.Match[str], sequence: Sequence, topics: Topics) -> Iterator[_Found]:
        if not pattern.predicate:
            return
        if m.groupdict().get("both"):
            members = sequence.nodes[m.start("both")]
            for one, other in combinations(members.mentions if members else (), 2):
                yield _Found(one, other, m.start(), m.end())
            return
        start = m.start()
        arguments = {role: _argument(m, role, sequence) for role in ("s", "o")}
        if pattern.subject:
            place = self._subjects.find(sequence, m, pattern, topics)
            if place is None:
                return
            arguments[pattern.subject_role], start = place
            start = max(start, sequence.clause(m.start())[0])
        subject, objects = arguments["s"], arguments["o"]
        for one in _doers(pattern, subject, topics):
            for other in _belonging(pattern, objects):
                if topics.looks(one, pattern.named.get("s")) and topics.looks(other, pattern.named.get("o")):
                    yield _Found(one, other, start, m.end())

    def _reduce(self, sequence: Sequence, phrases: list[tuple[Pattern, re.Match[str]]]) -> Sequence:
        """The sequence with every matched phrase replaced by its head; else with one kind of coordination joined."""
        if m := self._together.search(sequence.text):
            return _joined(sequence, m)
        spans = _ready([(m.start(), m.end(), m.start(p.keep), p, m) for p, m in phrases])
        result = sequence
        for start, end, head, pattern, m in spans:
            if node := _argument(m, pattern.keep, sequence):
                result = result.reduced(start, end, head, _with_owner(node, pattern, m, sequence))
        if result is not sequence:
            return result
        if m2 := self._suffix.search(sequence.text):
            node = sequence.nodes[m2.start("head")]
            return sequence.reduced(m2.start(), m2.end(), m2.start("head"), node) if node else sequence
        for join in self._joins:
            for m3 in join.finditer(sequence.text):
                if _parallel(sequence.text, m3.start(), m3.end()):
                    continue
                return _joined(sequence, m3)
        return sequence


def _argument(m: re.Match[str], role: str, sequence: Sequence) -> Node | None:
    """What a role's mark stands for; a pattern of two branches has `s` and `s2`."""
    groups = m.groupdict()
    for name in (role, f"{role}2"):
        if groups.get(name):
            nodes = [n for n in sequence.nodes[m.start(name) : m.end(name)] if n]
            return Node(tuple(x for n in nodes for x in n.mentions), nodes[-1].owner)
    return None


def _belonging(pattern: Pattern, node: Node | None) -> tuple[EntityMention, ...]:
    """The object's mentions; for a product's people or suppliers, its maker."""
    if node is None:
        return ()
    if pattern.predicate in ("affiliatedWith", "supplies") and node.mentions[0].type in THINGS:
        return (node.owner,) if node.owner else ()
    return node.mentions


def _doers(pattern: Pattern, node: Node | None, topics: Topics) -> tuple[EntityMention, ...]:
    """The subject's mentions, or who acts through them: for a presenter or a team's head the employer, for a partner of
    a fund that fund, for a product bought its maker.
    """
    if node is None or node.owner is None:
        return node.mentions if node else ()
    type_, owner = node.mentions[0].type, node.owner
    presents = type_ == "Person" and pattern.predicate in ("develops", "partnersWith")
    invests = type_ == "Person" and pattern.predicate == "investsIn" and topics.looks(owner, _FUND)
    bought = type_ in THINGS and pattern.predicate in ("supplies", "partnersWith")
    return (owner,) if presents or invests or bought else node.mentions


def _named(pattern: Pattern, m: re.Match[str], sequence: Sequence, topics: Topics) -> bool:
    """Whether the names in the slots look as the pattern demands."""
    for role, name in pattern.named.items():
        node = _argument(m, role, sequence)
        if node and not all(topics.looks(x, name) for x in node.mentions):
            return False
    return True


def _coordination(marks: str) -> str:
    """Members of one kind between enumeration commas and 和; members after the first may carry a short description."""
    one = f"[{marks}]"
    return f"{one}(?:(?:@and)(?:@described)?{one})+(?:等@plural*)?|{one}(?:,{one})+(?:@and{one}|等@plural*)"


def _joined(sequence: Sequence, m: re.Match[str]) -> Sequence:
    """The sequence with a coordination replaced by its last mark, which then stands for all members."""
    places = [i for i in range(m.start(), m.end()) if sequence.nodes[i]]
    nodes = [n for i in places if (n := sequence.nodes[i])]
    joint = len({sequence.text[i] for i in places}) > 1  # a scholar's team beside a company: his university acts
    members = [(n.owner,) if joint and n.owner and n.mentions[0].type == "Person" else n.mentions for n in nodes]
    everyone = Node(tuple(x for some in members for x in some), nodes[-1].owner)
    return sequence.reduced(m.start(), m.end(), places[-1], everyone)


def _ready(phrases: list[_Phrase]) -> list[_Phrase]:
    """The phrases to reduce first, from right to left, without overlap: those whose parts are no phrases themselves."""
    inner = [a for a in phrases if not any(a[0] <= b[2] < a[1] and a[2] != b[2] for b in phrases)]
    chosen: list[_Phrase] = []
    for phrase in sorted(inner or phrases, key=lambda x: (-x[1], x[0])):
        if not chosen or phrase[1] <= chosen[-1][0]:
            chosen.append(phrase)
    return chosen


def _parallel(text: str, start: int, end: int) -> bool:
    """Whether the members belong to two like clauses (`A加入[B、C]加入D`) and are no coordination."""
    before, after = _TAIL.search(text, 0, start), _HEAD.match(text, end)
    return bool(before and after and before[1] and before[1] == after[1])


def _with_owner(node: Node, pattern: Pattern, m: re.Match[str], sequence: Sequence) -> Node:
    """A head with the organisation that its phrase named: officers act for it, a product's people belong to it.

    A founder may act for another company.
    """
    if pattern.predicate in ("affiliatedWith", "develops") and not node.owner:
        other = "o" if pattern.keep == "s" else "s"
        founder = _FOUNDER.search(sequence.text, m.start(), m.start(pattern.keep))
        owner = sequence.nodes[m.start(other)] if m.groupdict().get(other) and not founder else None
        if owner and owner.mentions[0].type == "Organization":
            return replace(node, owner=owner.mentions[0])
    return node


def _relation(
    a: AnnotatedArticle, sentence: Sentence, attribution: Attribution, pattern: Pattern, at: Sequence, pair: _Found
) -> Relation | None:
    subject, object_ = pair.subject, pair.object
    if subject.entity == object_.entity or not allowed(pattern.predicate, subject.type, object_.type):
        return None
    if pattern.predicate in ("investsIn", "acquires") and not sold(a.entities[object_.entity].name):
        return None
    start, end = at.starts[min(pair.start, len(at.starts) - 1)], at.ends[pair.end - 1]
    context = attribution.modality(start, end)
    modality = modality_of(at, pair.start, pair.end, context, phrase=pattern.phrase)
    if modality is None:
        return None
    if sentence.end - sentence.start <= LONG:
        first, last = sentence.start, sentence.end
    else:
        first = at.starts[at.clause(pair.start)[0]]
        last = at.ends[at.clause(pair.end - 1)[1] - 1]
    first, last = min(first, subject.start, object_.start), max(last, subject.end, object_.end)
    if first < sentence.start:  # a topic carried over does not widen the evidence
        first = sentence.start if sentence.end - sentence.start <= LONG else min(start, end)
    text = a.article.norm[first:last]
    first, last = first + len(text) - len(text.lstrip()), last - len(text) + len(text.rstrip())
    return Relation(
        subject=subject.entity,
        predicate=pattern.predicate,
        object=object_.entity,
        holder=attribution.holder(start),
        modality=modality,
        evidence=a.article.evidence(first, last),
        rule=pattern.id,
    )
