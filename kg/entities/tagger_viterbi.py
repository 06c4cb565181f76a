"""The CRF of LAC-small: the best tag sequence, and by how much each tag beats all readings without it.

Scores are whole numbers of 1/128 in 16 bits, which adds and compares twice as many at once as float32. Each step is
shifted so that its best score is zero; what lies more than `DEPTH` below can no longer win. Tags of a word's inside can
only follow their own kind (`X-I` after `X-B` or `X-I`: the network scores all else below -7), so that of 57 x 57
transitions 57 x 29 and 28 x 2 are left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.entities.tagger_packing import Packing, pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.entities.tagger_weights import Floats, Indices, Weights

    Scores = NDArray[np.int16]

UNIT = 128  # scores per unit of the network's log score
DEPTH = np.int16(-12000)
NAMES = {"PER": "nr", "LOC": "ns", "ORG": "nt"}  # the network tells these apart by its two sources of training data
FORBIDDEN = np.int16(-18000)  # with DEPTH still above the lowest 16-bit number


@dataclass(frozen=True)
class Decoded:
    """The best tag of each character of a sequence, and where asked for the margins in `UNIT`s.

    `lead[i]`: by how much the best path beats every path with another tag at i; `ends[i]`: by how much it beats every
    path on which the word of character i-1 goes on at i. Tags that mean the same (`NAMES`) count as one.
    """

    tags: Indices
    lead: Indices | None = None
    ends: Indices | None = None


class Decoder:
    """Viterbi over packed batches. The weights' tags are in the order B..., O, I... (see `tagger_weights.load`)."""

    def __init__(self, weights: Weights) -> None:
        self._kinds = kinds = len(weights.tags) // 2
        transitions = _scores(weights.transitions)
        self._to_opening = transitions[:, : kinds + 1].copy()
        own = np.arange(kinds)
        self._begin_inside = transitions[own, kinds + 1 + own][:, None]
        self._inside_inside = transitions[kinds + 1 + own, kinds + 1 + own][:, None]
        self._transitions = np.full_like(transitions, FORBIDDEN)
        self._transitions[:, : kinds + 1] = self._to_opening
        self._transitions[own, kinds + 1 + own] = self._begin_inside[:, 0]
        self._transitions[kinds + 1 + own, kinds + 1 + own] = self._inside_inside[:, 0]
        self._twin = twins(weights.tags)
        self._start = _scores(weights.start)[:, None]
        self._end = _scores(weights.end)[:, None]

    def decode(self, emissions: Floats, packing: Packing, marked: Collection[int] = ()) -> list[Decoded]:
        """The best tags of each sequence of a batch; with margins where a sequence has one of the `marked` tags."""
        scores = self._forward(_scores(emissions.T), packing)
        packed = self._backtrack(scores, packing)
        tags = packing.unpack(packed)
        if not marked:
            return [Decoded(t) for t in tags]
        wanted = np.unique(packing.sequence[np.isin(packed, list(marked))])
        result = [Decoded(t) for t in tags]
        if len(wanted):
            part = pack(packing.lengths[wanted])
            rows = np.array(packing.bounds)[part.step] + wanted[part.sequence]
            lead, ends = self._margins(scores[:, rows], _scores(emissions[rows].T), packed[rows], part)
            for i, a, b in zip(wanted.tolist(), part.unpack(lead), part.unpack(ends), strict=True):
                result[i] = Decoded(tags[i], a, b)
        return result

    def _forward(self, scores: Scores, packing: Packing) -> Scores:
        """Emissions (tags x rows) to the score of the best path to each, in place."""
        kinds, bounds = self._kinds, packing.bounds
        scores[:, : bounds[1]] += self._start
        buffer = np.empty(self._to_opening.size * bounds[1], np.int16)
        _shift(scores[:, : bounds[1]])
        for before, start, end in zip(bounds, bounds[1:], bounds[2:], strict=False):
            n = end - start
            here, last = scores[:, start:end], scores[:, before : before + n]
            paths = buffer[: self._to_opening.size * n].reshape(*self._to_opening.shape, n)
            np.add(last[:, None], self._to_opening[:, :, None], out=paths)
            here[: kinds + 1] += paths.reshape(len(paths), -1).max(axis=0).reshape(kinds + 1, n)
            here[kinds + 1 :] += np.maximum(last[:kinds] + self._begin_inside, last[kinds + 1 :] + self._inside_inside)
            _shift(here)
        return scores

    def _backtrack(self, scores: Scores, packing: Packing) -> Indices:
        bounds = packing.bounds
        best = np.empty(scores.shape[1], np.intp)
        for before, start, end in reversed(list(zip(bounds, bounds[1:], [*bounds[2:], bounds[-1]], strict=False))):
            going = end - start
            best[before + going : start] = (scores[:, before + going : start] + self._end).argmax(axis=0)
            if going:
                step = scores[:, before : before + going] + self._transitions[:, best[start:end]]
                best[before : before + going] = step.argmax(axis=0)
        return best

    def _margins(self, forward: Scores, emissions: Scores, best: Indices, packing: Packing) -> tuple[Indices, Indices]:
        """`lead` and `ends` of each packed row."""
        both = (forward + self._backward(emissions, packing)).astype(np.intp)
        top = both.max(axis=0)
        rows = np.arange(len(best))
        before = best[rows - _behind(packing)]
        on = np.where(before < self._kinds, before + self._kinds + 1, before)
        ends = top - np.maximum(both[on, rows], both[self._twin[on], rows])
        both[best, rows] = both[self._twin[best], rows] = 4 * int(DEPTH)
        return top - both.max(axis=0), ends

    def _backward(self, emissions: Scores, packing: Packing) -> Scores:
        """The score of the best path from each tag (its own emission excluded) to the end."""
        kinds, bounds = self._kinds, packing.bounds
        scores = np.empty_like(emissions)
        to_opening = np.ascontiguousarray(self._to_opening.T)
        for before, start, end in reversed(list(zip(bounds, bounds[1:], [*bounds[2:], bounds[-1]], strict=False))):
            n = end - start
            scores[:, before + n : start] = self._end
            if n:
                after = scores[:, start:end] + emissions[:, start:end]
                paths = after[: kinds + 1, None] + to_opening[:, :, None]
                here = paths.reshape(kinds + 1, -1).max(axis=0).reshape(-1, n)
                inside = after[kinds + 1 :]
                np.maximum(here[:kinds], inside + self._begin_inside, out=here[:kinds])
                np.maximum(here[kinds + 1 :], inside + self._inside_inside, out=here[kinds + 1 :])
                _shift(here)
                scores[:, before : before + n] = here
        return scores


def twins(tags: Sequence[str]) -> Indices:
    """Of each tag the one that means the same (`PER-B` and `nr-B`), itself where there is none."""
    same = NAMES | {v: k for k, v in NAMES.items()}
    number = {t: i for i, t in enumerate(tags)}
    return np.array([number["-".join([same.get(kind, kind), *rest])] for kind, *rest in (t.split("-") for t in tags)])


def _behind(packing: Packing) -> Indices:
    """How many rows before each packed row the same sequence's last character stands (0 in the first step)."""
    widths = np.diff(packing.bounds)
    return np.concatenate(([0], widths[:-1]))[packing.step]


def _scores(values: Floats) -> Scores:
    """Log scores in whole `UNIT`s, contiguous."""
    return np.ascontiguousarray(np.rint(values * np.float32(UNIT)).astype(np.int16))


def _shift(scores: Scores) -> None:
    """Make the best score of each column zero and the worst at least `DEPTH`, in place."""
    scores -= scores.max(axis=0)
    np.maximum(scores, DEPTH, out=scores)
