"""Pronouns and descriptions resolved to the entity that they stand for: 他, 其, 该公司, 这家初创企业, 后者.

Rules and weights are data (`kg/data/patterns/coreference.toml`). Each candidate named before gets a sum of weighted,
named features (role, distance, kind of name, …); the best wins if it leads by a margin, otherwise the words stay
unresolved.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.document import AnnotatedArticle, EntityMention
from kg.entities.coreference_library import Reference, library
from kg.entities.coreference_salience import Place, Salience

_NAME_BEFORE = re.compile(r"[A-Za-z0-9)》”]\s*$")
_CLAUSE = re.compile(r"[,。;:!?\n]")
_SENTENCE = re.compile(r"[。!?\n]")
_COPULA = re.compile("[是为像]|当[作成]|^的")
TOPIC_REACH = 2  # sentences back that a subject left out may stand
_PEOPLE = frozenset(("Person",))
UNNAMED = "?"  # begins the id of what a description stands for that has no name in the text


def resolve_references(a: AnnotatedArticle) -> tuple[EntityMention, ...]:
    """The pronouns and descriptions of an article that stand for one of its named entities, sorted by start.

    They do not overlap the article's mentions or each other. What could be two entities is left out.
    """
    salience = Salience(a, library())
    found: list[EntityMention] = []
    for start, end, rule in _occurrences(a):
        place = _antecedent(salience, start, end, rule)
        if place is not None and not place.entity.startswith(UNNAMED):
            found.append(EntityMention(start, end, place.entity, place.type, rule.kind, rule.id))
            salience.add(found[-1])
        elif rule.kind == "description" and len(rule.types) == 1:
            # somebody all the same: later pronouns may stand for him, and then for nobody else
            (type_,) = rule.types
            salience.add(EntityMention(start, end, f"{UNNAMED}{start}", type_, rule.kind, rule.id))
    return tuple(found)


def topic_at(a: AnnotatedArticle, position: int, types: frozenset[str]) -> str | None:
    """The entity of one of these types that a subject left out at a position stands for, or None where it is open.

    That is the subject of the nearest clause before (in the position's own clause, before it, too), within the sentence
    and the `TOPIC_REACH` sentences before; failing a subject, the object just introduced (for models, R1 in
    `推出R1,拥有6710亿参数`).
    `a.mentions` may hold resolved references; they count like names.
    """
    salience = _salience(_Same(a))
    scores = salience.scores(salience.zero(position), types, reach=TOPIC_REACH)
    return _clear_winner(scores, library().topic_floor)


class _Same:
    """An article as a cache key: articles are large, and the same one is asked about many times."""

    def __init__(self, article: AnnotatedArticle) -> None:
        self.article = article

    def __hash__(self) -> int:
        return id(self.article)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.article is other.article


@lru_cache(maxsize=4)
def _salience(key: _Same) -> Salience:
    return Salience(key.article, library())


def _occurrences(a: AnnotatedArticle) -> list[tuple[int, int, Reference]]:
    """Where rules match outside mentions; of overlapping matches the first, the longest and the first rule's."""
    norm, opened = a.article.norm, library().opened
    result: list[tuple[int, int, Reference]] = []
    taken = 0
    for place in library().openings.finditer(norm):
        start = place.start()
        if start < taken:
            continue
        ends = [(match.end(), rule) for rule in opened[place[0]] if (match := rule.pattern.match(norm, start))]
        if not ends:
            continue
        ends = [(e, r) for e, r in ends if not (r.before and r.before.search(norm, max(0, start - 4), start))]
        ends = [(e, r) for e, r in ends if not _covered(a, start, e)]
        if ends:
            taken, rule = max(ends, key=lambda found: found[0])
            result.append((start, taken, rule))
    return result


def _covered(a: AnnotatedArticle, start: int, end: int) -> bool:
    """Whether a span overlaps a mention or stands beside a name as its title (这家公司OpenAI, Holistic这家公司)."""
    if end - start > 1 and _NAME_BEFORE.search(a.article.norm, max(0, start - 4), start):
        return True
    near = a.mentions_in(start - 60, end + 1)
    beside = end - start > 1
    return any(m.start < end and m.end > start or beside and start == m.end or m.start == end for m in near)


def _antecedent(salience: Salience, start: int, end: int, rule: Reference) -> EntityMention | None:
    if rule.pick:
        return _of_two(salience, start, rule)
    here = salience.here(start, end, people=rule.types == _PEOPLE, own_clause=rule.own_clause)
    scores = salience.scores(here, rule.types, reach=rule.reach) if here else {}
    if not scores and not rule.topical:
        return None
    mentions: dict[str, EntityMention] = {}
    for place in salience.before(start, rule.types, reach=rule.reach):
        mentions.setdefault(place.mention.entity, place.mention)
    said_of = [types for pattern, types in library().suits if types & rule.types and pattern.match(salience.norm, end)]
    for entity in list(scores):
        change = _fit(salience, mentions[entity], start, end, rule, said_of)
        if change is None:
            del scores[entity]
        else:
            scores[entity] += change
    topic = _topic(salience, start, here.shut, rule) if rule.topical and here else None
    winner = _clear_winner(scores, rule.floor)
    if topic and (rule.topical == "first" or winner is None):
        return topic
    return mentions[winner] if winner else None


def _topic(salience: Salience, start: int, shut: frozenset[str], rule: Reference) -> EntityMention | None:
    """What the section or the article is about, if the words can stand for it: `公司又收购了Y` in a text on X."""
    (type_,) = rule.types
    topic = salience.about(start, type_)
    if topic is None or topic.entity in shut or topic.start > start:
        return None
    info = salience.article.entities.get(topic.entity)
    name = info.name if info else salience.norm[topic.start : topic.end]
    return None if rule.unnamed and rule.unnamed.search(name) else topic


def _fit(
    salience: Salience, mention: EntityMention, start: int, end: int, rule: Reference, said_of: list[frozenset[str]]
) -> float | None:
    """What the words themselves say for or against an entity; None where its name is of another kind.

    `said_of` are the types of which such things are said as follow the words.
    """
    weights, norm = library().weights, salience.norm
    info = salience.article.entities.get(mention.entity)
    names = {norm[mention.start : mention.end], info.name if info else ""}
    score = rule.priors.get(mention.type, 0.0)
    if said_of:
        score += weights["suits" if any(mention.type in types for types in said_of) else "unsuited"]
    if rule.new_topic:
        score += _other_topics(salience.skeleton(mention.end, start), mention)
    if rule.unnamed and any(rule.unnamed.search(n) for n in names):
        return None
    young = rule.kind == "description" and library().young.search(norm, start, end)
    if young and any(library().giants.search(n) for n in names):
        return None
    if rule.named:
        if not any(rule.named.search(n) for n in names):
            return None
        score += weights["kind_named"]
    if rule.vague and norm.startswith(rule.vague, start, end):
        score += weights["vague"]
    if rule.gender and salience.gender(mention.entity) not in (None, rule.gender):
        score += weights["gender"]
    if rule.others and rule.others.search(norm, mention.end, start):
        score += weights["unnamed"]
    if rule.somebody and _somebody_between(salience, mention, start, end, rule):
        score += weights["unnamed"]
    return score


def _other_topics(between: str, mention: EntityMention) -> float:
    """What the words since a name say against it: a clause about something unnamed, 一个系统, AI."""
    roles, weights = library().roles, library().weights
    score = weights["new_topic"] if roles.topic.search(between) else 0.0
    things = (between[: m.start()] for m in roles.thing.finditer(between))
    if any(not _said_of_name(b) and (mention.kind == "name" or _SENTENCE.search(b)) for b in things):
        score += weights["thing"]  # what 它 does with a thing in the same sentence leaves 它 the topic
    if roles.generic_object.search(between):
        score += weights["generic_object"]
    if mention.type == "Person" and roles.generic.search(between):
        score += weights["generic"]
    return score


def _said_of_name(between: str) -> bool:
    """Whether what follows these words after a name is said of it: X是最近火起来的一款…, X, 作为一款…."""
    clause = _CLAUSE.split(between)[-1]
    return bool(_COPULA.search(clause) if clause == between else library().roles.copula.match(clause))


def _somebody_between(salience: Salience, mention: EntityMention, start: int, end: int, rule: Reference) -> bool:
    """Whether an unnamed one of the kind lies between: 一家初创公司, but not X是一家初创公司 or 一家名为X的公司.

    Of a description also where the name comes after, in what the unnamed one does: 一位研究员反驳X. 这位研究员….
    """
    assert rule.somebody is not None
    roles, norm = library().roles, salience.norm
    head = norm[max(start, end - 2) : end] if rule.kind == "description" else ""
    before = salience.sentence_at(mention.start).start if head else mention.start - 8
    for match in rule.somebody.finditer(norm, max(0, min(before, mention.start - 8)), start):
        predicative = roles.predicative.search(norm, max(0, match.start() - 6), match.start())
        again = head and match[0].endswith(head) and roles.goes_on.match(norm, match.end())
        if (match.end() > mention.end or again) and not predicative and not roles.named.search(match[0]):
            return True
    return False


def _of_two(salience: Salience, start: int, rule: Reference) -> EntityMention | None:
    """前者 and 后者: the first and the last of the two things of one type just named."""
    here = salience.clause_index(start)
    near = [p for p in salience.before(start, rule.types, reach=rule.reach) if p.clause != here]
    if not near:
        return None
    nearest = near[0].sentence
    if nearest != salience.sentence_number(start) and not salience.opens_sentence(start):
        return None
    inside = [p for p in reversed(near) if p.sentence == nearest]
    pair = _two_of_a_type(inside)
    if pair:
        return pair[0 if rule.pick == "first" else 1]
    last = inside[-1]
    return last.mention if rule.pick == "last" and last.role == "object" and here - last.clause == 1 else None


def _two_of_a_type(places: list[Place]) -> tuple[EntityMention, EntityMention] | None:
    by_type: dict[str, dict[str, EntityMention]] = {}
    for place in places:
        by_type.setdefault(place.mention.type, {}).setdefault(place.mention.entity, place.mention)
    pairs = [tuple(found.values()) for found in by_type.values() if len(found) == 2]
    return (pairs[0][0], pairs[0][1]) if len(pairs) == 1 else None


def _clear_winner(scores: dict[str, float], floor: float) -> str | None:
    """The entity that leads by the margin and lies above the floor; None on a tie."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < floor:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < library().margin:
        return None
    return ranked[0][0]
