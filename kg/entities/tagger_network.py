"""LAC-small's forward pass in numpy: two bidirectional GRU layers, emissions, Viterbi. Bit-identical on all processors.

Sequences of a batch are sorted by falling length and packed step by step: step t holds the t-th characters of all
sequences that are longer than t, so that no padding is computed and a batch gives exactly what each sequence alone
would give. The backward direction runs over the same steps with each sequence reversed; `Packing.turn` leads from one
order to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.entities.tagger_weights import (
    CANDIDATE_STATE_BITS,
    GATES,
    HIDDEN,
    REACH,
    STATE_BITS,
    STEPS,
    Direction,
    Weights,
)

if TYPE_CHECKING:
    from kg.entities.tagger_weights import Floats, Indices

BATCH = 8192  # characters of a batch; more no longer helps, and the buffers leave the cache
TABLE = int(2 * REACH * STEPS) + 1


@dataclass(frozen=True)
class Packing:
    """Where the characters of sorted sequences lie: step t is rows `bounds[t]:bounds[t + 1]`."""

    bounds: list[int]
    flat: Indices  # packed row -> position in the concatenation of the sequences
    turn: Indices  # packed row <-> packed row in the reversed order (its own inverse)


def pack(lengths: Indices) -> Packing:
    """Needs lengths sorted falling, all at least 1."""
    longest, count = int(lengths[0]), len(lengths)
    steps = np.arange(longest)
    alive = np.searchsorted(-lengths, -steps, side="left")  # sequences longer than t
    bounds = np.concatenate(([0], np.cumsum(alive)))
    step = np.repeat(steps, alive)
    sequence = np.arange(bounds[-1]) - bounds[step]
    first = np.concatenate(([0], np.cumsum(lengths)[: count - 1]))
    return Packing(
        bounds=bounds.tolist(),
        flat=first[sequence] + step,
        turn=bounds[lengths[sequence] - 1 - step] + sequence,
    )


class Network:
    """The network with its tables; `decode` is all that callers need."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        grid = np.linspace(-REACH, REACH, TABLE)
        # math functions differ in the last bit between libraries; rounded to 16 bits they no longer do
        self._tanh = (np.rint(np.tanh(grid) * 2**16) / 2**16).astype(np.float32)
        self._sigmoid = (np.rint(0.5 * (1 + np.tanh(grid / 2)) * 2**16) / 2**16).astype(np.float32)
        vocabulary = len(weights.embedding)
        self._projected = [np.empty((vocabulary, GATES + HIDDEN), np.float32) for _ in range(2)]
        self._known = np.zeros(vocabulary, bool)

    def decode(self, sequences: Sequence[Indices]) -> list[Indices]:
        """The best tag of every character of every sequence of character ids (none empty)."""
        tags: list[Indices] = [np.empty(0, np.intp)] * len(sequences)
        for batch in _batches(sequences):
            parts = [sequences[i] for i in batch]
            packing = pack(np.array([len(p) for p in parts]))
            ids = np.concatenate(parts)[packing.flat]
            best = np.empty(len(ids), np.intp)
            best[packing.flat] = viterbi(self._emissions(ids, packing), packing, self._weights)
            for i, tagged in zip(batch, np.split(best, np.cumsum([len(p) for p in parts])[:-1]), strict=True):
                tags[i] = tagged
        return tags

    def _emissions(self, ids: Indices, packing: Packing) -> Floats:
        self._learn(ids)
        inputs = [self._projected[0][ids], self._projected[1][ids[packing.turn]]]
        first = self._layer(inputs, packing, 0)
        forward, backward = self._weights.layers[1]
        inputs = [first @ forward.project + forward.bias, first[packing.turn] @ backward.project + backward.bias]
        second = self._layer(inputs, packing, 1)
        return second @ self._weights.emission + self._weights.emission_bias

    def _learn(self, ids: Indices) -> None:
        """Project the embeddings that are new; a text uses a few thousand of the 21,000 characters."""
        new = np.unique(ids[~self._known[ids]])
        for table, direction in zip(self._projected, self._weights.layers[0], strict=True):
            product = self._weights.embedding[new].astype(np.float64) @ direction.project.astype(np.float64)
            table[new] = product.astype(np.float32) + direction.bias
        self._known[new] = True

    def _layer(self, inputs: Sequence[Floats], packing: Packing, layer: int) -> Floats:
        """The states of both directions side by side (rows x 256), in forward order, on the states' grid."""
        forward, backward = self._weights.layers[layer]
        return np.hstack(
            (
                self._run(inputs[0], packing.bounds, forward),
                self._run(inputs[1], packing.bounds, backward)[packing.turn],
            )
        )

    def _run(self, inputs: Floats, bounds: list[int], direction: Direction) -> Floats:
        states = np.empty((len(inputs), HIDDEN), np.float32)
        width = bounds[1]
        h = np.zeros((width, HIDDEN), np.float32)
        rounded = h
        for start, end in zip(bounds, bounds[1:], strict=False):
            n = end - start
            h, rounded = h[:n], rounded[:n]
            x = inputs[start:end]
            gate = self._look_up(self._sigmoid, x[:, :GATES] + rounded @ direction.gates)
            reset = _round(gate[:, HIDDEN:] * h, CANDIDATE_STATE_BITS)
            candidate = self._look_up(self._tanh, x[:, GATES:] + reset @ direction.candidate)
            h = h + gate[:, :HIDDEN] * (candidate - h)
            rounded = _round(h, STATE_BITS)
            states[start:end] = rounded
        return states

    @staticmethod
    def _look_up(table: Floats, arguments: Floats) -> Floats:
        return table.take(arguments.astype(np.intp), mode="clip")


def _round(x: Floats, bits: int) -> Floats:
    """Round values in [-1, 1] to multiples of 2**-bits: the shift leaves a float32 just those bits."""
    shift = np.float32(1.5 * 2 ** (23 - bits))
    return (x + shift) - shift


def _batches(sequences: Sequence[Indices]) -> Iterator[list[int]]:
    """Indices of sequences, longest first, `BATCH` characters at a time."""
    order = sorted(range(len(sequences)), key=lambda i: -len(sequences[i]))
    batch: list[int] = []
    size = 0
    for i in order:
        if batch and size + len(sequences[i]) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(i)
        size += len(sequences[i])
    if batch:
        yield batch


def viterbi(emissions: Floats, packing: Packing, weights: Weights) -> Indices:
    """The best tag of each packed row."""
    bounds = packing.bounds
    scores = np.ascontiguousarray(emissions.T)  # tags x rows: long inner loops
    transitions = weights.transitions[:, :, None]
    scores[:, : bounds[1]] += weights.start[:, None]
    for before, start, end in zip(bounds, bounds[1:], bounds[2:], strict=False):
        n = end - start
        scores[:, start:end] += (scores[:, None, before : before + n] + transitions).max(axis=0)
    best = np.empty(len(emissions), np.intp)
    after = 0
    for before, start, end in reversed(list(zip(bounds, bounds[1:], [*bounds[2:], bounds[-1]], strict=False))):
        after = end - start
        final = (scores[:, before + after : start] + weights.end[:, None]).argmax(axis=0)
        step = scores[:, before : before + after] + weights.transitions[:, best[start:end]]
        best[before : before + after] = step.argmax(axis=0)
        best[before + after : start] = final
    return best
