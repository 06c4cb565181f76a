"""Who did what a date dates, read from the clause: the subject before or after the date, or that nobody is named.

`李雷2003年加入远航`, `2021年成立的曙光科技`, `二战结束后,他来到远航`. Words and parts of speech come from the
tagger. Where the clause has no subject of its own the answer is open: the date goes on with whom the sentence spoke of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.claims.quantity_context import Context
from kg.claims.quantity_patterns import pattern, words
from kg.document import EntityMention
from kg.entities.tagger import Word

Kind = Literal["named", "agent", "self", "pronoun", "company", "others", "left-out", "unknown"]

_NOUNS = frozenset(("n", "nz", "nt", "ns", "nr", "nw", "vn", "s", "LOC", "ORG", "PER"))
_LINKS = frozenset((*"的前原“”《》()·", "创始", "联合创始"))
_TIMES = frozenset(("首次", "多次", "再次", "第一次", "首度", "数次"))
_POINTING = frozenset(("那", "这", "时间", "日期"))  # 那是2012年,我…
_TYPES = ("Organization", "Person", "Model", "Product", "Hardware", "Event", "Work", "Policy", "Technology")
_PASSIVE = frozenset(("由", "被", "受", "让", "遭"))
_AIM = pattern("doer-aim")  # before a name: it is no doer
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("self", pattern("doer-self")),
    ("pronoun", pattern("doer-pronoun")),
    ("company", pattern("doer-company")),
)
_BETWEEN = pattern("doer-between")  # between a name and the date of its deed
_WHILE = pattern("doer-while")  # a clause that ends so tells when, and not what
_TAIL = re.compile(rf"[“”《》() ]*(?:{words('doer-tail')})?[“”《》() ]*")  # after a name that heads its phrase
_OPENING = pattern("clause-opening")
_DEEDS = (pattern("event"), pattern("dated-deed"))
_DATE_OPENING = re.compile(rf"(?:{words('date-opening')})*")  # a date that opens its clause


@dataclass(frozen=True, slots=True)
class Doer:
    """Who did it: a name, or the word that stands for one. `at` is where the verb begins, -1 where unknown."""

    kind: Kind
    mention: EntityMention | None = None
    at: int = -1
    word: str = ""


def doer(ctx: Context, start: int, end: int) -> Doer:
    """The doer of what the date at [start, end) of the sentence dates."""
    before = _before(ctx, start, end)
    return before if before.kind != "unknown" else _after(ctx, start, end)


def opens(ctx: Context, m: EntityMention) -> bool:
    """Whether a mention opens its clause, but for words of time and joining."""
    return _OPENING.fullmatch(ctx.norm, ctx.clauses[ctx.clause(m.start)][0], m.start) is not None


def begins(ctx: Context, start: int) -> bool:
    """Whether a date opens its clause, but for words of time and joining."""
    return _DATE_OPENING.fullmatch(ctx.norm, ctx.clauses[ctx.clause(start)][0], start) is not None


def referring(ctx: Context, start: int, end: int) -> Doer | None:
    """What word for somebody a clause at [start, end) opens with: `我们`, `他们`, `公司`."""
    for kind, regex in _WORDS:
        if (word := regex.match(ctx.norm, start, end)) and not any(m.start <= start < m.end for m in ctx.mentions):
            return Doer(kind, None, -1, word[0])
    return None


def _verb(ctx: Context, position: int) -> int:
    """Where the verb after a position begins, in its clause or, where that holds no more than a time, in the next."""
    clause = min(ctx.clause(position), len(ctx.clauses) - 1)
    later = [w for w in ctx.words if w.start >= position and not _named(ctx, w) and ctx.norm[w.start : w.end] != "起"]
    here = [w for w in later if w.end <= ctx.clauses[clause][1]]
    if all(w.tag in ("f", "t", "TIME", "u", "w") for w in here) and clause + 1 < len(ctx.clauses):
        here = [w for w in later if w.end <= ctx.clauses[clause + 1][1]]
    return _main_verb(here)


def _main_verb(tokens: list[Word]) -> int:
    """Where the first verb begins, else the first noun made of one; -1 for none."""
    return next((w.start for tag in ("v", "vn") for w in tokens if w.tag == tag), -1)


def _named(ctx: Context, w: Word) -> bool:
    return any(m.start <= w.start < m.end for m in ctx.mentions)


def _before(ctx: Context, start: int, end: int) -> Doer:
    """The subject that stands right before a date: `李雷在2003年`, `我2007年`, `由李雷于2003年`."""
    clause = ctx.clauses[ctx.clause(start)][0]
    low = start
    while not any(m.end == low for m in ctx.mentions) and (gap := _BETWEEN.search(ctx.norm, clause, low)):
        low = gap.start()
    named = next((m for m in ctx.mentions if m.end == low and m.start >= clause and m.type in _TYPES), None)
    if named is not None:
        by = ctx.norm.endswith("由", clause, named.start)
        if by or not (_AIM.search(ctx.norm, clause, named.start) or ctx.role(named) in ("source", "agent")):
            return Doer("agent" if by else "named", named, _verb(ctx, end))
        return Doer("unknown")
    for kind, regex in _WORDS:
        word = next((m for m in regex.finditer(ctx.norm, clause, low) if m.end() == low), None)
        if word:
            return Doer(kind, None, _verb(ctx, end), word[0])
    last = next((w for w in reversed(ctx.words) if clause <= w.start and w.end <= low), None)
    if last is not None and (last.tag in _NOUNS or last.tag == "r") and last.end == low and not _named(ctx, last):
        name = ctx.norm[last.start : last.end]
        return Doer("others", None, _verb(ctx, end), name) if name not in _POINTING else Doer("unknown")
    return Doer("unknown")


def _after(ctx: Context, start: int, end: int) -> Doer:
    """The subject that follows a date, in its clause or, where the date opens that, in one of the three after it."""
    first = ctx.clause(start)
    opening = begins(ctx, start)
    found, modifier = Doer("unknown"), False
    for clause in range(ctx.clause(end - 1), min(first + (4 if opening else 1), len(ctx.clauses))):
        low, high = ctx.clauses[clause]
        tokens = [w for w in ctx.words if max(low, end) <= w.start and w.end <= high]
        if clause > first and any(w.tag == "TIME" for w in tokens[:2]):
            break  # another date
        if not tokens:
            continue
        before, found = found, _read(ctx, tokens)
        undergone = ctx.norm[tokens[0].start : tokens[0].end] in _PASSIVE
        if modifier and not (undergone and found.kind == "named"):
            return before
        modifier = undergone and found.kind == "left-out" and opening
        if modifier and clause + 1 < len(ctx.clauses):
            continue  # 由Y投资,被誉为明星的X发布了…
        aside = _WHILE.search(ctx.norm, max(low, end), high) and not (
            found.kind == "named" and ctx.norm.startswith("当", low)
        )
        if found.kind != "unknown" and not (aside and clause + 1 < len(ctx.clauses)):
            return found
    return found if found.kind == "left-out" else Doer("unknown")


def _read(ctx: Context, tokens: list[Word]) -> Doer:
    """The subject of a clause from its words."""
    i = 0
    while i < len(tokens):
        w = tokens[i]
        word = ctx.norm[w.start : w.end]
        if _named(ctx, w) or w.tag in _NOUNS or w.tag in ("r", "m", "a", "b"):
            return _phrase(ctx, tokens, i)
        if w.tag == "v":
            return _described(ctx, tokens, i) or Doer("left-out", None, w.start)
        if w.tag == "p" and word in _PASSIVE:
            return _described(ctx, tokens, i) or Doer("left-out", None, w.start)
        if w.tag == "w" and word not in "\"“”'‘’《》 ":
            return Doer("unknown")
        i = _past(tokens, i) if w.tag == "p" and word != "当" else i + 1
    return Doer("unknown")


def _past(tokens: list[Word], i: int) -> int:
    """The index after the phrase that the preposition at `i` opens: `在李雷的带领下`, `从远航`."""
    for j in range(i + 1, len(tokens)):
        if tokens[j].tag == "w":
            break
        if tokens[j].tag == "f":
            return j + 1
    return next((j for j in range(i + 1, len(tokens)) if tokens[j].tag == "v"), len(tokens))


def _phrase(ctx: Context, tokens: list[Word], i: int) -> Doer:
    """What the noun phrase that begins at token `i` names; of several that are joined, the first."""
    j = i
    while j < len(tokens) and _nominal(ctx, tokens[j]):
        j += 1
    joined = j
    while joined < len(tokens) and (_nominal(ctx, tokens[joined]) or _joins(ctx, tokens[joined])):
        joined += 1
    low, high = tokens[i].start, tokens[j - 1].end
    verb = _main_verb(tokens[joined:])
    inside = [m for m in ctx.mentions if low <= m.start and m.end <= high and m.type in _TYPES]
    last = next((m for m in ctx.mentions if m.end == tokens[joined - 1].end and m.type == "Person"), None)
    if last is not None and not any(m.end == high for m in inside):
        return Doer("named", last, verb)  # OpenAI创始成员、科学家李雷
    for m in reversed(inside):
        if _TAIL.fullmatch(ctx.norm, m.end, high) or (verb >= 0 and ctx.norm.startswith("的", m.end)):
            return Doer("named", m, verb)  # OpenAI, OpenAI教授, OpenAI的研究者
        doing = next((w for w in tokens[i:j] if w.start >= m.end), None)
        if doing is not None and doing.start == m.end and doing.tag == "vn":
            return Doer("named", m, doing.start)
        if any((deed := regex.match(ctx.norm, m.end, high)) and len(deed[0]) > 1 for regex in _DEEDS):
            return Doer("named", m, m.end)  # 欧盟指控公司…: read as one name
        if m.start == low and m.kind == "pronoun" and verb >= 0 and not ctx.norm.startswith("的", m.end):
            return Doer("named", m, verb)  # 我大学毕业后
    for kind, regex in _WORDS:
        word = regex.match(ctx.norm, low, high)
        if word and (word.end() == high or (kind == "self" and ctx.norm[word.end()] != "的")):
            return Doer(kind, None, verb, word[0])
    return Doer("others", None, verb)


def _nominal(ctx: Context, w: Word) -> bool:
    """Whether a word goes on with a noun phrase."""
    if ctx.norm[w.start : w.end] in _TIMES:
        return False
    return (
        _named(ctx, w) or w.tag in _NOUNS or w.tag in ("r", "m", "a", "q", "b") or ctx.norm[w.start : w.end] in _LINKS
    )


def _joins(ctx: Context, w: Word) -> bool:
    return w.tag == "c" or ctx.norm[w.start : w.end] == "、"


def _described(ctx: Context, tokens: list[Word], i: int) -> Doer | None:
    """What a relative clause that begins at token `i` describes: `成立的曙光科技`, `被誉为明星的新秀曙光科技`."""
    of = next((j for j in range(i + 1, len(tokens)) if ctx.norm[tokens[j].start : tokens[j].end] == "的"), len(tokens))
    rest = tokens[of + 1 :]
    k = 0
    while k < len(rest) and (_nominal(ctx, rest[k]) or (rest[k].tag == "v" and rest[k].end - rest[k].start == 1)):
        k += 1
    if not k:
        return None
    low, high = rest[0].start, rest[k - 1].end
    inside = [m for m in ctx.mentions if low <= m.start and m.end <= high and m.type in _TYPES]
    if not inside or not (inside[-1].end == high or _TAIL.fullmatch(ctx.norm, inside[-1].end, high)):
        return None
    if of > i + 1 and (k == len(rest) or rest[k].tag not in ("v", "d", "p", "ad", "vd")):
        return None  # 筹备独立的X: what it was done to
    verb = tokens[i].start if tokens[i].tag == "v" else _verb(ctx, high)
    return Doer("named", inside[-1], verb)
