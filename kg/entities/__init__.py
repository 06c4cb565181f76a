"""Entities: every organisation, person, model, chip and product of a document, once each."""

from __future__ import annotations

import dataclasses

from kg.document import AnnotatedArticle, Document
from kg.entities.candidates import Page
from kg.entities.coreference import resolve_references
from kg.entities.lexicon import Lexicon, LexiconEntry, LexiconError, load_lexicon
from kg.entities.merge import merge
from kg.entities.resolve import Resolver

__all__ = ["Lexicon", "LexiconEntry", "LexiconError", "load_lexicon", "recognise"]


def recognise(document: Document, *, lexicon: Lexicon | None = None) -> tuple[AnnotatedArticle, ...]:
    """A document's articles with their mentions, names first, then pronouns and descriptions, resolved to entities.

    All articles share one set of entities. Every mention's `rule` names its evidence.
    """
    pages = [Page(article) for article in document.articles]
    named = Resolver(pages, merge(pages, lexicon or load_lexicon())).annotate()
    return tuple(_with_references(a) for a in named)


def _with_references(a: AnnotatedArticle) -> AnnotatedArticle:
    mentions = sorted((*a.mentions, *resolve_references(a)), key=lambda m: m.start)
    return dataclasses.replace(a, mentions=tuple(mentions))
