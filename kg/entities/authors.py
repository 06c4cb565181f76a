"""Authors as people: their names where a byline or a note beside the body holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.entities.candidates import Candidate, Page, Rank
from kg.reading.script import analysis_text

_NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿]{1,6}(?:·[一-鿿]{1,6}){1,2}|[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+){1,3}")
_SIGNED = re.compile(r"[^,。:]{0,40}$|(?:本文|文章)?(?:作者|笔者)")


def find_authors(page: Page) -> Iterator[Candidate]:
    """The article's authors in the sentences that are bylines (`极目新闻评论员徐汉雄`) or notes (`作者王明系…`)."""
    authors = [name for a in page.article.meta.authors if _NAME.fullmatch(name := analysis_text(a))]
    for sentence in page.article.sentences if authors else ():
        if sentence.kind != "caption" or not _SIGNED.match(page.norm[sentence.start : sentence.end]):
            continue
        for name in authors:
            at = page.norm.find(name, sentence.start, sentence.end)
            if at >= 0:
                yield Candidate(at, at + len(name), "Person", name, "byline", Rank.PATTERN)
