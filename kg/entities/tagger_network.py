"""LAC-small's forward pass in numpy: two bidirectional GRU layers and emissions. Bit-identical on all processors.

A batch is packed (`tagger_packing`) and gives exactly what each sequence alone would give. The backward direction runs
over the same steps with each sequence reversed; both directions are computed side by side, in arrays of two planes.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.entities.tagger_packing import Packing, pack
from kg.entities.tagger_viterbi import Decoded, Decoder
from kg.entities.tagger_weights import (
    CANDIDATE_STATE_BITS,
    GATES,
    HIDDEN,
    REACH,
    STATE_BITS,
    STEPS,
    Layer,
    Weights,
)

if TYPE_CHECKING:
    from kg.entities.tagger_weights import Floats, Indices

BATCH = 16384  # characters of a batch: the more, the wider the steps and the fewer the calls
BLOCK = 1024  # rows whose inputs are computed at once: many enough for a quick product, few enough for the cache


class Network:
    """The network with its tables; `decode` is all that callers need."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._decoder = Decoder(weights)
        grid = np.arange(-REACH * STEPS, REACH * STEPS + 1) / STEPS
        # math functions differ in the last bit between libraries; rounded to 16 bits they no longer do
        self._tanh = (np.rint(np.tanh(grid) * 2**16) / 2**16).astype(np.float32)
        self._sigmoid = (np.rint(0.5 * (1 + np.tanh(grid / 2)) * 2**16) / 2**16).astype(np.float32)
        vocabulary = len(weights.embedding)
        self._projected = np.empty((2, vocabulary, GATES + HIDDEN), np.float32)
        self._known = np.zeros(vocabulary, bool)

    def decode(self, sequences: Sequence[Indices], marked: Collection[int] = ()) -> list[Decoded]:
        """The best tags of every sequence of character ids (none empty), with margins where a `marked` tag is in it."""
        results: dict[int, Decoded] = {}
        for batch in _batches(sequences):
            parts = [sequences[i] for i in batch]
            packing = pack(np.array([len(p) for p in parts]))
            ids = np.concatenate(parts)[packing.flat]
            decoded = self._decoder.decode(self._emissions(ids, packing), packing, marked)
            results.update(zip(batch, decoded, strict=True))
        return [results[i] for i in range(len(sequences))]

    def _emissions(self, ids: Indices, packing: Packing) -> Floats:
        """The score of every tag (columns) for every packed row."""
        self._learn(ids)
        first, second = self._weights.layers
        both = np.stack((ids, ids[packing.turn]))

        def look_up(start: int, end: int, out: Floats) -> None:
            for d in range(2):
                self._projected[d].take(both[d, start:end], axis=0, mode="clip", out=out[d])

        states = self._run(look_up, packing, first)
        inputs = np.stack((states, states.take(packing.turn, axis=0)))

        def project(start: int, end: int, out: Floats) -> None:
            np.matmul(inputs[:, start:end], second.project, out=out)
            np.add(out, second.bias, out=out)

        return self._run(project, packing, second) @ self._weights.emission + self._weights.emission_bias

    def _learn(self, ids: Indices) -> None:
        """Project the embeddings that are new; a text uses a few thousand of the 21,000 characters."""
        layer = self._weights.layers[0]
        new = np.unique(ids[~self._known[ids]])
        product = self._weights.embedding[new].astype(np.float64) @ layer.project.astype(np.float64)
        self._projected[:, new] = product.astype(np.float32) + layer.bias
        self._known[new] = True

    def _run(self, fill: Callable[[int, int, Floats], None], packing: Packing, layer: Layer) -> Floats:
        """The states of both directions side by side (rows x 256), in forward order, on the states' grid.

        `fill(start, end, out)` writes the inputs of the packed rows [start, end) of both directions.
        """
        bounds = packing.bounds
        states = np.empty((2, bounds[-1], HIDDEN), np.float32)
        buffers = _Buffers(bounds[1])
        h = np.zeros((2, bounds[1], HIDDEN), np.float32)
        rounded, filled, origin = h, 0, 0
        for step, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
            if end > filled:
                origin, filled = start, _block_end(bounds, step)
                fill(origin, filled, buffers.inputs[:, : filled - origin])
            n = end - start
            buffers.fit(n)
            h = h[:, :n]
            x = buffers.inputs[:, start - origin : end - origin]
            np.matmul(rounded[:, :n], layer.gates, out=buffers.gates)
            gates = _look_up(self._sigmoid, buffers.gates, x[..., :GATES], buffers.gate_indices)
            reset = np.multiply(gates[..., HIDDEN:], h, out=buffers.reset)
            _round(reset, CANDIDATE_STATE_BITS, out=reset)
            np.matmul(reset, layer.candidate, out=buffers.candidate)
            candidate = _look_up(self._tanh, buffers.candidate, x[..., GATES:], buffers.candidate_indices)
            candidate -= h
            candidate *= gates[..., :HIDDEN]
            h += candidate
            rounded = states[:, start:end]
            _round(h, STATE_BITS, out=rounded)
        return np.concatenate((states[0], states[1].take(packing.turn, axis=0)), axis=1)


def _block_end(bounds: list[int], step: int) -> int:
    """The end of the last step that still lies within `BLOCK` rows (at least of this one)."""
    return bounds[max(step + 1, bisect.bisect_right(bounds, bounds[step] + BLOCK) - 1)]


class _Buffers:
    """Working space for steps of falling width, contiguous for each width."""

    def __init__(self, width: int) -> None:
        self.inputs = np.empty((2, max(width, BLOCK), GATES + HIDDEN), np.float32)
        self._wide = np.empty(2 * width * GATES, np.float32)
        self._narrow = np.empty((2, 2 * width * HIDDEN), np.float32)
        self._indices = np.empty(2 * width * GATES, np.intp)
        self._width = -1

    def fit(self, n: int) -> None:
        if n != self._width:
            self._width = n
            self.gates = self._wide[: 2 * n * GATES].reshape(2, n, GATES)
            self.reset, self.candidate = self._narrow[:, : 2 * n * HIDDEN].reshape(2, 2, n, HIDDEN)
            self.gate_indices = self._indices[: 2 * n * GATES].reshape(2, n, GATES)
            self.candidate_indices = self._indices[: 2 * n * HIDDEN].reshape(2, n, HIDDEN)


def _look_up(table: Floats, arguments: Floats, bias: Floats, indices: Indices) -> Floats:
    """The table's values for arguments + bias, in place of the arguments. Arguments count in table steps."""
    arguments += bias
    np.copyto(indices, arguments, casting="unsafe")
    # no index leaves the table (see `check_reach`); "wrap" is merely the quickest mode
    return table.take(indices, mode="wrap", out=arguments)


def _round(x: Floats, bits: int, *, out: Floats) -> None:
    """Round values in [-1, 1] to multiples of 2**-bits: the shift leaves a float32 just those bits."""
    shift = np.float32(1.5 * 2 ** (23 - bits))
    np.add(x, shift, out=out)
    np.subtract(out, shift, out=out)


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
