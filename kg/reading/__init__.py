"""Bytes -> clean articles: every format, encoding and kind of noise ends in `kg.document.Document`."""

from kg.reading.files import MAX_SIZE, UnreadableInput, find_sources, read_bytes, read_file, read_text

__all__ = ["MAX_SIZE", "UnreadableInput", "find_sources", "read_bytes", "read_file", "read_text"]
