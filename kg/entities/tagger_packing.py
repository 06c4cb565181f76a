"""Sequences of different lengths in one array without padding.

Sorted by falling length, step t holds the t-th characters of all sequences that are longer than t: a recurrence goes
from step to step over ever fewer rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.entities.tagger_weights import Indices


@dataclass(frozen=True)
class Packing:
    """Where the characters of sorted sequences lie: step t is rows `bounds[t]:bounds[t + 1]`."""

    lengths: Indices
    bounds: list[int]
    step: Indices  # of each packed row
    sequence: Indices  # of each packed row
    flat: Indices  # packed row -> position in the concatenation of the sequences
    turn: Indices  # packed row <-> packed row with each sequence reversed (its own inverse)

    def unpack(self, rows: NDArray[Any]) -> list[NDArray[Any]]:
        """Values of packed rows, sequence by sequence."""
        joined = np.empty_like(rows)
        joined[self.flat] = rows
        return np.split(joined, np.cumsum(self.lengths)[:-1])


def pack(lengths: Indices) -> Packing:
    """Needs lengths sorted falling, all at least 1."""
    steps = np.arange(lengths[0])
    alive = np.searchsorted(-lengths, -steps, side="left")  # sequences longer than t
    bounds = np.concatenate(([0], np.cumsum(alive)))
    step = np.repeat(steps, alive)
    sequence = np.arange(bounds[-1]) - bounds[step]
    first = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return Packing(
        lengths=lengths,
        bounds=bounds.tolist(),
        step=step,
        sequence=sequence,
        flat=first[sequence] + step,
        turn=bounds[lengths[sequence] - 1 - step] + sequence,
    )
