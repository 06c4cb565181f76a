"""Whose figure it is where somebody speaks of himself: `我进行了100多笔投资`, `我们发布了三款芯片`."""

from __future__ import annotations

import re

from kg.claims.quantity_context import Context
from kg.document import AnnotatedArticle, EntityMention

_SELF = re.compile(r"(?P<we>我们|咱们)(?:公司|团队)?|我(?![们国省市校方家])")
_THINKS = re.compile(r"认为|觉得|相信|想(?!要)|说|知道|希望|猜|估计|看到|发现|意识到|记得|感觉|预计|以为")
_POST = re.compile(
    r"[^,。;:!?]{0,10}(?:CEO|CTO|COO|CFO|创始人|联合创始人|联创|创办人|总裁|董事长|首席[^,。;:]{1,6}|总经理|负责人|高管|执行官|掌门人|老板|合伙人)[^,。;:!?]{0,6}"
)


def speaker(ctx: Context, position: int, holder: str) -> EntityMention | None:
    """The speaker, or for 我们 the organisation of the speaker's post, where a clause speaks in the first person."""
    if not holder.startswith("person/"):
        return None
    start = ctx.clauses[ctx.clause(position)][0]
    told = list(_SELF.finditer(ctx.norm, start, position))
    if not told or ctx.mentions_between(told[-1].end(), position) or _THINKS.search(ctx.norm, told[-1].end(), position):
        return None
    if told[-1]["we"]:
        return _organization(ctx.a, holder)
    return next((m for m in ctx.a.mentions if m.entity == holder), None)


def _organization(a: AnnotatedArticle, person: str) -> EntityMention | None:
    """The one organisation whose post the article gives a person: `曙光科技CEO李雷`."""
    found: dict[str, EntityMention] = {}
    for m, after in zip(a.mentions, a.mentions[1:], strict=False):
        if m.type == "Organization" and after.entity == person and _POST.fullmatch(a.article.norm, m.end, after.start):
            found.setdefault(m.entity, m)
    return next(iter(found.values())) if len(found) == 1 else None
