"""What the words beside a name in latin script say of its type (`latin.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.entities.money import said_of_money

Weights = dict[str, tuple[tuple[str, int], ...]]  # types with their weights, by cue

_KIND = re.compile(r" ?\([^(),;。的]{2,16}(?:公司|企业|厂商|机构|基金|创企)[,)]")  # X(一家软件公司,…)
_POST = re.compile(
    r"\([^()]{0,30}(?:CEO|CTO|COO|CFO|创始人|联创|总裁|董事长|合伙人|负责人|教授|研究员|科学家|工程师|ceo|cto)\)"
)
_POSTS = (
    r"(?:联合创始人|创始合伙人|管理合伙人|合伙人|创始人|联创|首席[一-鿿]{2,4}官|首席科学家|CEO|CTO|COO|CFO|CPO|CMO|董事长|总裁|"
    r"副总裁|总经理|创办人|产品负责人|产品经理|高级副总裁|投资人|工程师|研究员|研究科学家|董事总经理|分析师)"
)
# X合伙人Jane Doe: a post and who holds it
_HELD = re.compile(
    rf" ?的?(?:前|现任|高级|资深|首席|联合)?{_POSTS}(?: ?(?:兼|、|/|&|和|及)? ?{_POSTS})? ?[A-ZÀ-Þ][a-zà-ž]+ [A-ZÀ-Þ]"
)
_EXAMPLES = re.compile(r"[,(:]? ?(?:例如|比如|比方说|譬如|诸如|像|如)(?:说|是)?,?$")
_OPEN = " “‘*(《「【—-"
_SHUT = " ”’*)》」】"
_JOINT_AFTER = re.compile(r" ?(?:、|和|与|及|以及|,|/|&)(?:以及|和)? ?")
_JOINT_BEFORE = re.compile(r" ?(?:、|和|与|以及|及|,|/|&)(?:以及|和)? ?$")
_JOINT_EDGES = " 、和与及以,/&\n"  # what a joint, or the line before a name, begins and ends with
_PLACE_BEFORE = ("在", "于", "到", "去", "从")
_PLACE_AFTER = ("上", "平台", "检索", "社区")
REACH = 8  # characters beside a name in which cues stand
ENOUGH = 3  # weight from which a type counts


@dataclass(frozen=True)
class Cues:
    """`latin.toml`: the weight of each word by side and type, last words by type, words that are no names."""

    before: Weights
    after: Weights
    endings: dict[str, str]
    against: tuple[re.Pattern[str], ...]  # what stands between two names that are set against each other
    stop: frozenset[str]
    cuts: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]


@cache
def cues() -> Cues:
    data = resources.files("kg") / "data"
    table = tomllib.loads((data / "patterns" / "entities" / "latin.toml").read_text(encoding="utf-8"))
    given, family = (
        frozenset(n for line in lines if not line.startswith("#") for n in line.split())
        for file in ("first_names.txt", "last_names.txt")
        for lines in [(data / "lexicons" / file).read_text(encoding="utf-8").splitlines()]
    )
    before: dict[str, list[tuple[str, int]]] = defaultdict(list)
    after: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for type_, sides in table.items():
        if type_ in ("endings", "stop", "against"):
            continue
        for side, words in (("before", before), ("after", after)):
            for weight, group in sides.get(side, {}).items():
                for word in group:
                    words[word].append((type_, int(weight)))
    return Cues(
        before={w: tuple(v) for w, v in before.items()},
        after={w: tuple(v) for w, v in after.items()},
        endings={word: type_ for type_, group in table["endings"].items() for word in group},
        against=tuple(map(re.compile, table["against"]["between"])),
        stop=frozenset(table["stop"]["words"]),
        cuts=frozenset(table["stop"]["cuts"]),
        given=given,
        family=family,
    )


def weigh(norm: str, start: int, end: int, scores: dict[str, int]) -> None:
    """Add to `scores` what the words right beside a span say of its type."""
    table = cues()
    left = _EXAMPLES.sub("如", norm[max(0, start - REACH - 6) : start].rstrip(_OPEN))
    for type_, weight in _longest(table.before, left, behind=False):
        scores[type_] = scores.get(type_, 0) + weight
    right = norm[end : end + REACH + 2].lstrip(_SHUT)
    if left.endswith(_PLACE_BEFORE) and right.startswith(_PLACE_AFTER):
        scores["Product"] = scores.get("Product", 0) + ENOUGH
    if right.startswith("(") and (close := norm.find(")", end, end + 40)) > 0:
        if _KIND.match(norm, end, close + 1):
            scores["Organization"] = scores.get("Organization", 0) + ENOUGH
        if _POST.match(norm, end, close + 1):
            scores["Person"] = scores.get("Person", 0) + 2 * ENOUGH
        right = norm[close + 1 : close + 1 + REACH].lstrip(_SHUT)
    for type_, weight in _longest(table.after, right, behind=True):
        scores[type_] = scores.get(type_, 0) + weight
    if said_of_money(norm, start, end) or _HELD.match(norm, end):
        scores["Organization"] = scores.get("Organization", 0) + ENOUGH


def _longest(table: Weights, text: str, *, behind: bool) -> tuple[tuple[str, int], ...]:
    """The weights of the longest cue that a text begins with (`behind` a name), or ends with."""
    for length in range(min(REACH, len(text)), 0, -1):
        cue = text[:length] if behind else text[-length:]
        if cue in table:
            return table[cue]
    return ()


def beyond_joint(norm: str, position: int, step: int) -> int | None:
    """Where the next name of a list begins (`step` 1) or the one before it ends (-1), None where no joint stands."""
    if norm[position - (step < 0) : position + (step > 0)] not in _JOINT_EDGES:
        return None  # most names
    if step > 0:
        joint = _JOINT_AFTER.match(norm, position)
        return joint.end() if joint else None
    before = norm[max(0, position - 6) : position]
    cut = _JOINT_BEFORE.search(before)
    return position - (len(before) - cut.start()) if cut else None


def winner(scores: dict[str, int]) -> str | None:
    """The type that leads with enough weight, None on a tie."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < ENOUGH or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]
