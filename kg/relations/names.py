"""Relations that names carry in themselves: DeepSeek-V3 is DeepSeek's, an institute of X大学 is part of X大学."""

from __future__ import annotations

import re

from kg.document import AnnotatedArticle, EntityMention
from kg.record import AUTHOR, Relation
from kg.relations.schema import THINGS

PREFIX = 2  # shortest name, in characters, that another name may begin with

_PART = re.compile(
    r"(?:实验室|研究院|研究所|研究中心|学院|自动化所|计算所|系|中心|团队|事业部|部门|事业群|分院|附属医院|分公司|子公司"
    r"|[^大中小]学部|Lab|Research|研究部|云)$"
)
_WHOLE = re.compile(r"(?:大学|学院|科学院|工程院|集团|公司|研究院|医院|中科院|社科院)$")
_OTHER = re.compile(
    r"(?:控股|集团|公司|股份|企业|科技|日报|晚报|早报|时报|周刊|新闻|财经|网|报|观察|评论|基金会|协会|联盟|委员会|学会|大会|论坛|社区|之家|家|们)$"
)  # 苹果日报 is no part of 苹果, 联想控股 none of 联想
_LATIN = re.compile(r"[A-Za-z0-9]")


def name_relations(a: AnnotatedArticle) -> list[Relation]:
    """`develops` and `parentOrganization` where a name begins with the name of an organisation of the article."""
    first: dict[tuple[str, str], EntityMention] = {}
    norm = a.article.norm
    for m in a.mentions:
        if m.kind == "name":
            first.setdefault((norm[m.start : m.end].casefold(), m.entity), m)
    surfaces = {(e.name.casefold(), i) for i, e in a.entities.items() if e.type == "Organization"}
    surfaces |= {(s, i) for (s, i), m in first.items() if m.type == "Organization"}
    names = {i: {s for s, j in surfaces if j == i} for _, i in surfaces}
    owners = sorted(((s, i) for s, i in surfaces if len(s) >= PREFIX), key=lambda o: (-len(o[0]), o))
    done: set[tuple[str, str]] = set()
    found = []
    for (surface, entity), m in first.items():
        carried = _carried(surface, m, owners, names.get(entity, set()))
        if carried is None or carried[0] == entity or (carried[0], entity) in done:
            continue
        owner, predicate = carried
        done.add((owner, entity))
        subject, object_ = (owner, entity) if predicate == "develops" else (entity, owner)
        found.append(_relation(a, m, subject, predicate, object_))
    return found


def _carried(surface: str, m: EntityMention, owners: list[tuple[str, str]], also: set[str]) -> tuple[str, str] | None:
    """The organisation with the longest name that a name begins with, and the predicate that this says, or None.

    `also` are the other names of the same entity.
    """
    for name, owner in owners:
        rest = surface[len(name) :].strip()
        if not surface.startswith(name) or not rest or (rest[0] == "的" and m.type not in THINGS):
            continue
        if _LATIN.match(rest) and _LATIN.match(name[-1]) and surface[len(name)] != " ":
            continue  # Metacritic is no Meta-critic
        if m.type in THINGS:
            return owner, "develops"
        if m.type == "Organization" and (rest in also or _is_part(name, rest)):
            return owner, "parentOrganization"
    return None


def _is_part(name: str, rest: str) -> bool:
    """Whether a name's rest names a part of the whole that its beginning names (北京邮电大学 + 实验室)."""
    if _PART.search(rest):
        return bool(_WHOLE.search(name) or not _WHOLE.search(rest))
    return len(name) + len(rest) >= 4 and not _LATIN.match(rest) and not _OTHER.search(rest)


def _relation(a: AnnotatedArticle, m: EntityMention, subject: str, predicate: str, object_: str) -> Relation:
    sentence = a.article.sentences[a.article.sentence_index(m.start)]
    start, end = min(sentence.start, m.start), max(sentence.end, m.end)
    text = a.article.norm[start:end]
    return Relation(
        subject=subject,
        predicate=predicate,
        object=object_,
        holder=AUTHOR,
        modality="asserted",
        evidence=a.article.evidence(start + len(text) - len(text.lstrip()), start + len(text.rstrip())),
        rule=f"names.{predicate}",
    )
