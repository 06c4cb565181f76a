"""Records whose every text tries to be more than text."""

from __future__ import annotations

from kg.record import Article, Comparison, Entity, Evidence, Mention, Quantity, Record, Relation, Statement

TEXTS = (
    "<script>window.hacked = 'script'</script>",
    "</script><script>window.hacked = 'end'</script>",
    "<img src=x onerror=\"window.hacked = 'img'\">",
    "<!--<script>",
    "javascript:window.hacked='link'",
    "{{policy}} {% raw %} ${window.hacked = 'template'} `${1}`",
    "\u202eright to left\u2066 \u200b\ufeff",
    "长" * 10_000,
    "a\u0000b\u2028c\u2029d\\\"'&amp;&lt;",
    "\U0001f9ea emoji \U0001f469\u200d\U0001f52c",
    '=HYPERLINK("http://example.com")',
    "__proto__",
    "constructor|toString",
)


def record() -> Record:
    """One article in which every name, title, holder, unit, content and rule is one of `TEXTS`."""
    body = "\n".join(TEXTS)
    entities, relations, quantities, comparisons, statements = [], [], [], [], []
    for i, text in enumerate(TEXTS):
        other = f"organization/e{(i + 1) % len(TEXTS)}"
        start = body.index(text)
        evidence = Evidence(start, start + len(text), text, "a1")
        mention = Mention(start, start + len(text), text, "name", "a1", text)
        wikidata = "Q1" if i == 0 else 'Q1" onclick="window.hacked=1'
        entities.append(Entity(f"organization/e{i}", "Organization", text, (text,), wikidata, (mention,)))
        relations.append(
            Relation(f"organization/e{i}", "partnersWith", other, text, "asserted", evidence, text, f"r{i}")
        )
        quantities.append(
            Quantity(
                f"organization/e{i}",
                "other",
                "=",
                i,
                "other",
                text,
                None,
                text,
                text,
                "hedged",
                evidence,
                text,
                f"q{i}",
            )
        )
        comparisons.append(
            Comparison(f"organization/e{i}", "better", other, text, text, "reported", evidence, text, f"c{i}")
        )
        statements.append(Statement(text, "direct", "asserted", text, (other,), evidence, text, f"s{i}"))
    article = Article("a1", TEXTS[0], TEXTS, TEXTS[1], "2025-01-01", "zh-Hans", 0, len(body))
    return Record(
        source="a</title><script>window.hacked='source'</script>.txt",
        sha256="0" * 64,
        articles=(article,),
        entities=tuple(entities),
        relations=tuple(relations),
        quantities=tuple(quantities),
        comparisons=tuple(comparisons),
        statements=tuple(statements),
    )
