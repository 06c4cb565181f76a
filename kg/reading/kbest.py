"""The best readings of a lattice, one after another (the lazy algorithm of Huang and Chiang, 2005)."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence

Edge = tuple[float, int, tuple[int, ...]]  # what an edge adds to a score, the node that it comes from, what it passes
Derivation = tuple[float, int, int, tuple[int, ...]]  # score, the node before, which of its derivations, what is passed


class KBest:
    """The derivations of the nodes of a lattice, best first, each found only when it is asked for."""

    def __init__(self, edges: Callable[[int], Sequence[Edge]]) -> None:
        self._edges = edges
        self._found: dict[int, list[Derivation]] = {0: [(0.0, -1, 0, ())]}
        self._heaps: dict[int, list[tuple[float, int, int, int]]] = {0: []}
        self._incoming: dict[int, Sequence[Edge]] = {0: ()}

    def derivation(self, node: int, rank: int) -> Derivation | None:
        """The derivation of a node with so many better ones, None where there are not as many."""
        if node not in self._found:
            self._open(node)
        found, heap = self._found[node], self._heaps[node]
        while len(found) <= rank and heap:
            cost, at, below, _ = heapq.heappop(heap)
            gain, before, passed = self._incoming[node][at]
            found.append((-cost, before, below, passed))
            if following := self.derivation(before, below + 1):
                heapq.heappush(heap, (-(following[0] + gain), at, below + 1, 0))
        return found[rank] if rank < len(found) else None

    def _open(self, node: int) -> None:
        incoming = self._incoming[node] = self._edges(node)
        self._found[node] = []
        heap = self._heaps[node] = []
        for at, (gain, before, _) in enumerate(incoming):
            if best := self.derivation(before, 0):
                heap.append((-(best[0] + gain), at, 0, 0))
        heapq.heapify(heap)

    def paths(self, ends: Sequence[int]) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Scores and nodes (last first) of the ways to any of the ends, best first."""
        heap = [(-d[0], node, 0) for node in ends if (d := self.derivation(node, 0))]
        heapq.heapify(heap)
        while heap:
            cost, node, rank = heapq.heappop(heap)
            yield -cost, self._path(node, rank)
            if following := self.derivation(node, rank + 1):
                heapq.heappush(heap, (-following[0], node, rank + 1))

    def _path(self, node: int, rank: int) -> tuple[int, ...]:
        out: tuple[int, ...] = ()
        while node:
            derivation = self.derivation(node, rank)
            if derivation is None:
                break
            _, node, rank, passed = derivation
            out += passed
        return out
