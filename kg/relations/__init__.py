"""Relations between the entities of an article: patterns over sentences, and names that carry other names."""

from __future__ import annotations

from functools import cache

from kg.claims.attribution import Attribution
from kg.document import AnnotatedArticle
from kg.record import Relation
from kg.relations.authors import author_relations
from kg.relations.engine import Extractor
from kg.relations.known import known_relations
from kg.relations.library import library
from kg.relations.names import name_relations
from kg.relations.series import series_relations
from kg.relations.settle import settle, with_makers


@cache
def _extractor() -> Extractor:
    return Extractor(library())


def find_relations(a: AnnotatedArticle, attribution: Attribution) -> list[Relation]:
    """The relations that an article states or plainly implies, in text order, once per sentence and triple.

    Modality tells what is denied, asked, planned or hearsay; all of it is kept. `rule` is the id of the pattern.
    """
    found = [*_extractor().relations(a, attribution), *name_relations(a)]
    found = with_makers(settle(found, library().weak), a.entities)
    found += author_relations(a, found)
    found += known_relations(a, found)
    found += series_relations(a, found)
    return sorted(found, key=lambda r: (r.evidence.start, r.subject, r.predicate, r.object))
