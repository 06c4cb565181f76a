"""A sentence as patterns see it: gap text in which every mention is one private character of its type.

`[OpenAI]今天发布了“[GPT-5]”(代号[Orion])` becomes `O今天发布了M` and, apart, `代号M`: quotation marks and
spaces are dropped, parentheses are lifted out into sequences of their own. Every character keeps its place in the clean
text. Reduction replaces a noun phrase by its head mention, a coordination by one mark that stands for all its members.
"""

from __future__ import annotations

import re
from collections.abc import Sequence as Seq
from dataclasses import dataclass, replace

from kg.document import EntityMention
from kg.record import CORE_TYPES, TYPES

MARKS = {name: chr(0xE000 + i) for i, name in enumerate(TYPES)}
ANY_MARK = "\ue000-\ue0ff"
BARRIERS = ",。;!?:\n"  # a clause ends here
DROPPED = "“”‘’「」『』《》〈〉【】\"'*#`_"  # quotation marks and leftovers of Markdown

_SPECIAL = re.compile(f"[{re.escape(DROPPED)}\\s]")
_VERBAL = re.compile(
    "[的在将已曾也还正并称于不未是为会能可与和对向从由被把拟有没而则仅只均都又再要想以]|表示|认为|宣布|计划|成为|希望|发布|推出|中|他|它|实|次|余"
)
_WORDY = re.compile(r"[A-Za-z0-9.%+-]")
_CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Node:
    """What a mark stands for: one mention, or several that are coordinated; `owner` is an apposed organisation."""

    mentions: tuple[EntityMention, ...]
    owner: EntityMention | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """`text[i]` came from the clean text's [starts[i], ends[i]) and, where it is a mark, stands for `nodes[i]`."""

    text: str
    starts: list[int]
    ends: list[int]
    nodes: list[Node | None]

    def cut(self, start: int, end: int) -> Sequence:
        """The sequence of [start, end) alone."""
        part = slice(start, end)
        return replace(
            self, text=self.text[part], starts=self.starts[part], ends=self.ends[part], nodes=self.nodes[part]
        )

    def reduced(self, start: int, end: int, head: int, node: Node) -> Sequence:
        """The sequence with [start, end) replaced by the mark at `head`, which now stands for `node`."""
        return replace(
            self,
            text=self.text[:start] + self.text[head] + self.text[end:],
            starts=[*self.starts[:start], self.starts[start], *self.starts[end:]],
            ends=[*self.ends[:start], self.ends[end - 1], *self.ends[end:]],
            nodes=[*self.nodes[:start], node, *self.nodes[end:]],
        )

    def clause(self, position: int) -> tuple[int, int]:
        """The clause around a position, as [start, end) between barriers."""
        start = max(self.text.rfind(b, 0, position) for b in BARRIERS) + 1
        stops = [i for b in BARRIERS if (i := self.text.find(b, position)) >= 0]
        return start, min(stops, default=len(self.text))


def sequences(
    norm: str, start: int, end: int, mentions: Seq[EntityMention], *, headline: bool = False
) -> list[Sequence]:
    """The sentence norm[start:end] as sequences: the main line first, then what its parentheses hold."""
    return _lift_parentheses(_flat(norm, start, end, mentions, headline))


@dataclass(slots=True)
class _Line:
    """A sequence being written."""

    chars: list[str]
    starts: list[int]
    ends: list[int]
    nodes: list[Node | None]

    def put(self, text: str, start: int, end: int, node: Node | None = None) -> None:
        """Append gap text that came from [start, end) character by character, or one mark."""
        self.chars.append(text)
        if node:
            self.starts.append(start)
            self.ends.append(end)
            self.nodes.append(node)
        else:
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
            self.nodes.extend([None] * (end - start))


def _flat(norm: str, start: int, end: int, mentions: Seq[EntityMention], headline: bool) -> Sequence:
    line = _Line([], [], [], [])
    position = start
    for mention in mentions:
        if mention.start < position or mention.end > end or mention.type not in CORE_TYPES:
            continue
        _put_gap(norm, position, mention.start, line, headline)
        line.put(MARKS[mention.type], mention.start, mention.end, Node((mention,)))
        position = mention.end
        if mention.kind == "pronoun" and norm[mention.start] == "其" and not _VERBAL.match(norm, position):
            line.chars.append("的")  # 其Edge浏览器 is 微软的Edge浏览器
            line.starts.append(mention.start)
            line.ends.append(mention.end)
            line.nodes.append(None)
    _put_gap(norm, position, end, line, headline)
    return Sequence("".join(line.chars), line.starts, line.ends, line.nodes)


def _put_gap(norm: str, start: int, end: int, line: _Line, headline: bool) -> None:
    """Copy gap text without quotation marks and without spaces, save those that part latin words or headlines."""
    position = start
    for special in _SPECIAL.finditer(norm, start, end):
        i = special.start()
        line.put(norm[position:i], position, i)
        position = i + 1
        if special[0].isspace() and (kept := _space(norm, i, start, end, headline)):
            line.put(kept, i, i + 1)
    line.put(norm[position:end], position, end)


def _space(norm: str, i: int, start: int, end: int, headline: bool) -> str:
    """What stands for the white space at `i`: nothing, a space, or a clause's end in a headline."""
    before, after = norm[i - 1 : i], norm[i + 1 : i + 2]
    if headline and i > start and _CJK.match(before) and (_CJK.match(after) or i == end - 1):
        return ","
    return " " if start < i < end - 1 and _WORDY.match(before) and _WORDY.match(after) else ""


def _lift_parentheses(flat: Sequence) -> list[Sequence]:
    inner: list[Sequence] = []
    while (close := flat.text.find(")")) > 0 and (opening := flat.text.rfind("(", 0, close)) >= 0:
        if close > opening + 1:
            inner.append(_parenthesis(flat, opening, close))
        flat = replace(
            flat,
            text=flat.text[:opening] + flat.text[close + 1 :],
            starts=flat.starts[:opening] + flat.starts[close + 1 :],
            ends=flat.ends[:opening] + flat.ends[close + 1 :],
            nodes=flat.nodes[:opening] + flat.nodes[close + 1 :],
        )
    return [flat, *inner]


def _parenthesis(flat: Sequence, opening: int, close: int) -> Sequence:
    """What a parenthesis holds, after the mention that it explains (`P,O创始人` for `李彦宏(百度创始人)`)."""
    content = flat.cut(opening + 1, close)
    host = flat.nodes[opening - 1] if opening else None
    if host is None:
        return content
    head = flat.cut(opening - 1, opening + 1)
    return Sequence(
        text=head.text[0] + "," + content.text,
        starts=head.starts + content.starts,
        ends=head.ends + content.ends,
        nodes=head.nodes + content.nodes,
    )
