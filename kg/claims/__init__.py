"""Sentences to claims: quantities, comparisons, statements, with holder and modality."""
