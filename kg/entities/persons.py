"""People: parts of names already known, and the statistical tagger's people where the text speaks of a person.

The tagger knows Chinese and transliterated names that no list has, but takes other words for names too, so that its
people count only with a second sign: a title or a saying verb beside the name, another person joined by 和 or 、, or the
name said again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.entities.candidates import Candidate, Page, Rank
from kg.entities.latin import Parts
from kg.entities.lexicon import LexiconEntry
from kg.entities.patterns import load_patterns
from kg.entities.tagger import tag

MARGIN = 1.5  # log score by which the tagger must prefer the name
ENOUGH = 2


def person_parts(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> Parts:
    """Given and family names of the document's people in latin script, where only one of them has it."""
    owners: dict[str, dict[str, LexiconEntry | None]] = defaultdict(dict)
    for page, here in zip(pages, found, strict=True):
        for c in here:
            if c.type == "Person":
                for full in {c.name, page.norm[c.start : c.end]}:
                    for part in full.split() if full.isascii() and " " in full else ():
                        owners[part][c.name] = c.entry
    return {part: next(iter(names.items())) for part, names in owners.items() if len(names) == 1 and len(part) > 2}


def find_persons(pages: Sequence[Page], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """People that the tagger finds in sentences with a sign of one, and later places of every person's name."""
    tagged = [_tagged(page, here) for page, here in zip(pages, found, strict=True)]
    scores: dict[str, int] = defaultdict(int)
    for page, spans, here in zip(pages, tagged, found, strict=True):
        people = sorted((c.start, c.end) for c in here if c.type == "Person")
        for start, end in spans:
            scores[page.norm[start:end]] += _signs(page.norm, start, end, people)
    names = {n for n, s in scores.items() if s >= ENOUGH}
    return [
        [Candidate(s, e, "Person", page.norm[s:e], "tagger:person", Rank.TAGGER) for s, e in _places(page, names)]
        for page in pages
    ]


def _tagged(page: Page, here: Sequence[Candidate]) -> list[tuple[int, int]]:
    signs = _cues().sign
    sentences = [s for s in page.article.sentences if signs.search(page.norm, s.start, s.end)]
    covered = sorted((c.start, c.end) for c in here)
    spans: list[tuple[int, int]] = []
    for sentence, tags in zip(sentences, tag([page.norm[s.start : s.end] for s in sentences]), strict=True):
        for t in tags:
            start, end = sentence.start + t.start, sentence.start + t.end
            plausible = t.label == "PER" and t.margin >= MARGIN and _cues().name.fullmatch(page.norm, start, end)
            if plausible and not any(s < end and e > start for s, e in covered):
                spans.append((start, end))
    return spans


class _Cues:
    def __init__(self) -> None:
        parts = load_patterns().parts
        title = f"(?:{parts['title']})"
        self.name = re.compile(rf"(?:{parts['surname']})[一-鿿]{{1,2}}|{parts['translit']}{{2,7}}")
        self.before = re.compile(rf"(?:{title}|叫|名叫|请来|采访了|采访|对话)(?:、|·| |:|,|“)?$")
        verbs = "表示|认为|指出|说|称|介绍|透露|强调|坦言|告诉|回应|谈到|提到|写道|补充|解释|直言|感慨|回忆|担任|出任|毕业|出生|加入|创立|创办"
        self.after = re.compile(rf"(?:还|也|又|曾|在|对|就|于|[^,。;!?]{{0,4}})?(?:{verbs})|{title}|先生|女士|老师|等人|[::]")
        self.sign = re.compile(f"{title}|{verbs}|和|、")


_CUES: list[_Cues] = []


def _cues() -> _Cues:
    if not _CUES:
        _CUES.append(_Cues())
    return _CUES[0]


def _signs(norm: str, start: int, end: int, people: Sequence[tuple[int, int]]) -> int:
    """How much speaks for a person at a place: each place counts one, a cue beside it two more."""
    score = 1
    if _cues().before.search(norm, max(0, start - 10), start) or _cues().after.match(norm, end):
        score += 2
    joined = any(
        (e <= start and norm[e:start] in ("和", "、", "与", "及")) or (s >= end and norm[end:s] in ("和", "、", "与", "及"))
        for s, e in people
    )
    return score + (2 if joined else 0)


def _places(page: Page, names: set[str]) -> list[tuple[int, int]]:
    if not names:
        return []
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))))
    return [m.span() for m in pattern.finditer(page.norm)]
