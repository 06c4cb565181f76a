"""One node per thing: which mentions of a document name the same entity, and under which id.

Names of one lexicon entry are one entity. Other names are joined where the text itself joins them: the same name but
for spaces and hyphens, a definition (`深度求索(下称DeepSeek)`), a short form of a longer name that stands in the text.
What could be two things stays two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.document import AnnotatedArticle, EntityInfo, EntityMention
from kg.entities.candidates import Candidate, Page, Rank
from kg.identity import entity_id

_FAMILY_NAME = re.compile("[·•・‧]")
_SQUEEZE = re.compile(r"[\s\-_–·•・‧.,'’]+")
_BRACKET = re.compile(r"[”’》]? ?\([“‘《]?")
_CLOSED = re.compile(r"[”’》]?(?:[),]|$)")
_FORMER = re.compile(r" ?\((?:原名|原|前身|曾用名|旧称|前称)(?:为|叫|是)?[ :“]?")
_NAMED_ALIKE = {"Organization", "Product"}  # what a former name may be listed as
_COMPANY_ENDS = ("股份有限公司", "有限责任公司", "有限公司", "公司", "集团", "科技", "智能", "资本", "机器人")
_LATIN_ENDS = ("AI", "Labs", "Inc", "Ventures", "Capital")


def squeeze(name: str) -> str:
    """A name without case, spaces, hyphens and dots, for comparison within a document."""
    return _SQUEEZE.sub("", name).casefold()


class _Squeezed(dict[str, str]):
    """`squeeze` of the names of one document, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = squeeze(name)
        return self[name]


class Resolver:
    """Assigns the candidates of one document to entities."""

    def __init__(self, pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> None:
        self._pages = pages
        self._found = found
        self._infos: dict[str, EntityInfo] = {}
        self._parent: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._plain: dict[str, str] = {}  # names in the spelling of norm text, for comparison
        self._ids: dict[tuple[str, str], str] = {}  # the first entity of a type and a squeezed name
        self._squeezed = _Squeezed()
        self._types = self._settle_types()

    def annotate(self) -> tuple[AnnotatedArticle, ...]:
        keyed = [[(c, self._key(c, page)) for c in found] for page, found in zip(self._pages, self._found, strict=True)]
        for page, pairs in zip(self._pages, keyed, strict=True):
            self._join_definitions(page, pairs)
        listed = {key for pairs in keyed for c, key in pairs if c.entry}
        self._join_surfaces(keyed, listed)
        self._join_short_forms(listed)
        roots = {key: self._root(key) for key in self._infos}
        infos = {roots[k]: self._infos[roots[k]] for pairs in keyed for _, k in pairs}
        articles = []
        for page, pairs in zip(self._pages, keyed, strict=True):
            mentions = tuple(self._mention(c, k, roots[k]) for c, k in pairs)
            articles.append(AnnotatedArticle(page.article, mentions, infos))
        return tuple(articles)

    def _mention(self, c: Candidate, key: str, root: str) -> EntityMention:
        rule = c.rule if root == key else f"{c.rule}; {self._reasons[key]}"
        return EntityMention(c.start, c.end, root, self._infos[root].type, "name", rule)

    def _settle_types(self) -> dict[str, str]:
        """One type for each name that no list or shape has: the type most of its places have."""
        named = [(self._squeezed[c.name], c) for found in self._found for c in found]
        votes: dict[str, dict[str, int]] = {name: {} for name, c in named if c.rank != Rank.LEXICON}
        for name, c in named:
            if name in votes:
                votes[name][c.type] = votes[name].get(c.type, 0) + (1000 if c.rank == Rank.LEXICON else 1)
        return {name: max(sorted(v), key=lambda t: v[t]) for name, v in votes.items()}

    def _key(self, c: Candidate, page: Page) -> str:
        """The entity of a candidate; an unlisted one is named as the text writes it, in the text's own script."""
        if c.entry:
            if c.entry.id not in self._infos:
                self._add(EntityInfo(c.entry.id, c.entry.type, c.entry.name, c.entry.wikidata), c.entry.name)
            return c.entry.id
        squeezed = self._squeezed[c.name]
        type_ = c.type if c.rank == Rank.LEXICON else self._types[squeezed]
        known = self._ids.get((type_, squeezed))
        if known:
            return known
        id_ = entity_id(type_, c.name)
        if id_ not in self._infos:
            as_written = page.article.text[c.start : c.end] if page.norm[c.start : c.end] == c.name else c.name
            self._add(EntityInfo(id_, type_, as_written), c.name)
        return id_

    def _add(self, info: EntityInfo, plain: str) -> None:
        self._infos[info.id] = info
        self._plain[info.id] = plain
        self._ids.setdefault((info.type, self._squeezed[plain]), info.id)

    def _root(self, key: str) -> str:
        while key in self._parent:
            key = self._parent[key]
        return key

    def _join(self, child: str, parent: str, reason: str) -> None:
        child, parent = self._root(child), self._root(parent)
        if child != parent:
            self._parent[child] = parent
            self._reasons[child] = reason

    def _join_definitions(self, page: Page, pairs: Sequence[tuple[Candidate, str]]) -> None:
        """`A(B)` where both are names of one type and at most one of them is listed; `Meta(原Facebook)` always."""
        norm = page.norm
        counts = Counter(key for _, key in pairs)
        for (a, ka), (b, kb) in zip(pairs, pairs[1:], strict=False):
            if norm.find("(", a.end, b.start) < 0:
                continue
            former = _FORMER.fullmatch(norm, a.end, b.start) and {a.type, b.type} <= _NAMED_ALIKE
            if ka != kb and former and counts[kb] == 1:
                self._join(kb, ka, f"former name:{norm[a.start : b.end]}")
            if ka == kb or not _BRACKET.fullmatch(norm, a.end, b.start):
                continue
            same_type = self._infos[ka].type == self._infos[kb].type
            if same_type and not (a.entry and b.entry) and _CLOSED.match(norm, b.end):
                listed, other = (kb, ka) if b.entry else (ka, kb)
                self._join(other, listed, f"defined:{norm[a.start : b.end]}")

    def _join_surfaces(self, keyed: Sequence[Sequence[tuple[Candidate, str]]], listed: set[str]) -> None:
        """Unlisted entities whose name is how the text writes another of their type."""
        surfaces = {
            (page.norm[c.start : c.end], key)
            for page, pairs in zip(self._pages, keyed, strict=True)
            for c, key in pairs
        }
        written: dict[tuple[str, str], set[str]] = defaultdict(set)
        for surface, key in surfaces:
            written[self._infos[key].type, self._squeezed[surface]].add(self._root(key))
        for key, info in list(self._infos.items()):
            others = written.get((info.type, self._squeezed[self._plain[key]]), set()) - {self._root(key)}
            if key not in listed and len(others) == 1:
                self._join(key, next(iter(others)), f"written {info.name}")

    def _join_short_forms(self, listed: set[str]) -> None:
        """Unlisted companies by their name without its ending, unlisted people by their family name alone."""
        names = {id_: self._plain[id_] for id_ in self._infos if id_ not in self._parent}
        owners: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, full in names.items():
            type_ = self._infos[id_].type
            for short in _short_forms(full, type_):
                owners[type_, short].append(id_)
        for id_, name in names.items():
            if id_ in listed:
                continue  # Google is not short for Google Quantum AI
            longer = owners.get((self._infos[id_].type, name), ())
            if len(longer) == 1 and longer[0] not in self._parent:
                self._join(id_, longer[0], f"short for {names[longer[0]]}")


def _short_forms(full: str, type_: str) -> set[str]:
    """The shorter names that a name of this type may go by in its document."""
    words = full.split()
    if type_ == "Person":
        shorts = {*words, *_FAMILY_NAME.split(full)}
    elif type_ == "Organization":
        shorts = {full.removesuffix(end) for end in _COMPANY_ENDS}
        shorts.update(words[:1] if words[-1] in _LATIN_ENDS else ())
    else:
        return set()
    return {short for short in shorts if 2 <= len(short) < len(full)}
