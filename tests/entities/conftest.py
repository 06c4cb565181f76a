"""Recognition of a line of text, for tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.document import AnnotatedArticle
from kg.entities import recognise
from tests.entities.documents import document

Recognise = Callable[[str], AnnotatedArticle]


@pytest.fixture
def annotate() -> Recognise:
    """Recognise the entities of a text that is one article."""

    def run(text: str) -> AnnotatedArticle:
        (article,) = recognise(document(text))
        return article

    return run
