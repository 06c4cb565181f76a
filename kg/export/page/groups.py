"""Groups of closely tied nodes, as the summary of a graph that is too large to draw node by node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

ROUNDS = 8
LARGEST = 0.03  # of all nodes: what one group may hold, so that a hub does not gather the whole graph
KEPT = 300  # groups that stand on their own; what is left makes one more


def communities(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The group of each node, 0 the largest, by label propagation (Raghavan et al. 2007) with bounded groups.

    Nodes take, in their order, the label most frequent among their neighbours, the lowest of equals: no chance in it.
    """
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        if a != b:
            neighbours[a].append(b)
            neighbours[b].append(a)
    label = list(range(count))
    size = [1] * count
    room = max(20, int(count * LARGEST))
    for _ in range(ROUNDS):
        if not _round(label, size, neighbours, room):
            break
    ranked = sorted(((-n, k) for k, n in enumerate(size) if n > 1))[:KEPT]
    number = {k: i for i, (_, k) in enumerate(ranked)}
    return [number.get(k, len(ranked)) for k in label]


def _round(label: list[int], size: list[int], neighbours: Sequence[Sequence[int]], room: int) -> bool:
    moved = False
    for node, around in enumerate(neighbours):
        if not around:
            continue
        votes = Counter(label[other] for other in around)
        best = min(
            (k for k in votes if k == label[node] or size[k] < room), key=lambda k: (-votes[k], k), default=label[node]
        )
        if best != label[node] and votes[best] > votes.get(label[node], 0):
            size[label[node]] -= 1
            size[best] += 1
            label[node] = best
            moved = True
    return moved
