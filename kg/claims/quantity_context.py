"""What surrounds an amount: its sentence, its clause, the mentions near it, and what masks numbers from being read."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from kg.entities.coreference_library import library
from kg.entities.coreference_salience import Salience
from kg.document import AnnotatedArticle, EntityMention, Sentence

_BREAK = re.compile(r"[,;:。!?\n]|——|……")
_OPENING = re.compile(
    r"\s*(?:[而但且又并]|然而|但是|而且|同时|此外|另外|其中|早在|自从?|据悉|目前|当前|随后|此后|后来|截至目前|截至|在|到|就在|仅|如今|现在|当时|事实上|因为|由于|虽然|尽管|不过|例如|比如|首先|其次)?\s*"
    r"(?:\d{4}\s?年|\d{1,2}\s?月(?:份)?|\d{1,2}\s?[日号]|去年|今年|明年|前年|上个?月|本月|上周|本周|昨[天日]|今[天日]|近日|日前|最近|近期|年[初底末中]|上半年|下半年|第[一二三四]季度|[初底末中的晚]|\s)*"
)
_MASKS = re.compile(
    r"https?://[^\s一-鿿]+|www\.[^\s一-鿿]+|[\w.+-]+@[\w-]+\.[\w.]+"  # addresses
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|\d{3,4}-\d{7,8}|400-\d{3,4}-\d{3,4}"  # telephone numbers
    r"|\b\d{4,6}\.(?:HK|SZ|SH|SS|BJ|T|KS|KQ|TW|US|hk|sz|sh|O|N)\b|(?:HK|SZ|SH|SZSE|SSE|NASDAQ|NYSE)[:.]?\s?\d{4,6}"  # shares
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<!\d)\d{1,2}[点时](?:\d{1,2}分|半|整|许|左右|钟|前|后|起)"  # times of day
    r"|(?:凌晨|清晨|早上?|上午|中午|下午|傍晚|晚上?|晚间|深夜|今晚|夜里)\s?[\d一二两三四五六七八九十]{1,3}\s?[点时](?:\d{1,2}分?|半)?"
    r"|\[\d{1,3}\]|(?<![A-Za-z0-9])[A-Za-z]+[-_.]?\d[A-Za-z0-9.-]*|\d+(?:\.\d+){2,}|[Vv]\d+(?:\.\d+)*"  # notes, codes, versions
    r"|\((?:19|20)\d{2}[a-z]?\)|\(\d{1,2}\)|(?:[上本]个?世纪|\d{2}世纪|十[八九]世纪|二十世纪)?初?[\d一二三四五六七八九十]{1,4}年代|\d+(?:\s?[+×*=]\s?\d+)+(?=[\s」”』)]|$)|\d+\(\d+\)"
    r"|[图表]\s?\d+(?:[-.]\d+)?|(?i:top|no\.?|level|part|chapter|vol\.?|figure|fig\.?|table)\s?\d+"
    r"|arXiv[: ]?\d{4}\.\d{4,5}|(?:ISBN|ISSN|DOI|QQ群?|微信号?|电话|邮编|群号)[:: ]?[\d-]{4,}|\d+[xX×*]\d+(?:[xX×*]\d+)?|\d+:\d+"
)
_LIST_NUMBER = re.compile(
    r"\s*(?:[(（]?\d{1,2}(?:\.\d{1,2})*[)）.、](?!\d)|[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|NO\.?\s?\d+|No\.?\s?\d+|#\d+|Part\s?\d+|0\d(?=\D))"
)


@dataclass
class Context:
    """One sentence of an article with its clauses and mentions (absolute offsets)."""

    a: AnnotatedArticle
    index: int
    sentence: Sentence
    clauses: list[tuple[int, int]]
    mentions: list[EntityMention]
    masked: list[tuple[int, int]] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)

    def role(self, m: EntityMention) -> str:
        """The grammatical role of a mention: subject, coordinated, possessor, agent, object or source."""
        return self.roles.get(m.start, "object")

    @property
    def norm(self) -> str:
        return self.a.article.norm

    def clause(self, position: int) -> int:
        """The index of the clause that holds a position."""
        starts = [s for s, _ in self.clauses]
        return max(0, bisect.bisect_right(starts, position) - 1)

    def clause_text(self, position: int) -> str:
        s, e = self.clauses[self.clause(position)]
        return self.norm[s:e]

    def mentions_between(self, start: int, end: int) -> list[EntityMention]:
        """The sentence's mentions that begin in [start, end)."""
        return [m for m in self.mentions if start <= m.start < end]

    def is_masked(self, start: int, end: int) -> bool:
        return any(s < end and start < e for s, e in self.masked)


def contexts(a: AnnotatedArticle) -> list[Context]:
    """One context per sentence of the article that holds a digit, a numeral or a word of time."""
    out = []
    roles = {p.mention.start: str(p.role) for p in Salience(a, library()).places}
    for i, s in enumerate(a.article.sentences):
        if s.end > s.start:
            mentions = list(a.mentions_in(s.start, s.end))
            for m in mentions:
                if roles.get(m.start) == "object" and _opens(a.article.norm, s, m):
                    roles[m.start] = "subject"
            out.append(Context(a, i, s, _clauses(a.article.norm, s), mentions, _masked(a, s, mentions), roles))
    return out


def _opens(norm: str, s: Sentence, m: EntityMention) -> bool:
    """Whether only words of time and joining stand before a mention in its clause: it is the clause's subject."""
    begin = max((x.end() for x in _BREAK.finditer(norm, s.start, m.start)), default=s.start)
    return _OPENING.fullmatch(norm, begin, m.start) is not None


def _clauses(norm: str, s: Sentence) -> list[tuple[int, int]]:
    """Clauses end at commas, colons, semicolons and dashes, but not inside a number."""
    out, start = [], s.start
    for m in _BREAK.finditer(norm, s.start, s.end):
        if m[0] in ",:" and norm[m.start() - 1 : m.start()].isdigit() and norm[m.end() : m.end() + 1].isdigit():
            continue
        if m.start() > start:
            out.append((start, m.start()))
        start = m.end()
    if start < s.end:
        out.append((start, s.end))
    return out or [(s.start, s.end)]


def _masked(a: AnnotatedArticle, s: Sentence, mentions: list[EntityMention]) -> list[tuple[int, int]]:
    spans = [(m.start, m.end) for m in mentions if m.kind == "name"]
    spans += [m.span() for m in _MASKS.finditer(a.article.norm, s.start, s.end)]
    number = _LIST_NUMBER.match(a.article.norm, s.start, s.end)
    if number:
        spans.append(number.span())
    return spans
