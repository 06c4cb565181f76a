"""Groups of closely tied nodes, as the summary of a graph that is too large to draw node by node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

ROUNDS = 10  # passes over the nodes at one level
LEVELS = 6
LARGEST = 0.03  # of all nodes: what one group may hold, so that a hub does not gather the whole graph
KEPT = 300  # groups that stand on their own; what is left makes one more

Weights = list[dict[int, int]]  # neighbours of a node with the number of edges to them


def communities(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The group of each node, 0 the largest; the last gathers what is small or alone.

    Louvain's method (Blondel et al. 2008, J. Stat. Mech. P10008) in whole numbers and a fixed order, so that chance and
    rounding have no part in it, with a bound on the size of groups.
    """
    weights: Weights = [{} for _ in range(count)]
    for a, b in pairs:
        if a != b:
            weights[a][b] = weights[a].get(b, 0) + 1
            weights[b][a] = weights[b].get(a, 0) + 1
    group, sizes = list(range(count)), [1] * count
    degrees = [sum(w.values()) for w in weights]
    room = max(20, int(count * LARGEST))
    for _ in range(LEVELS):
        label = _move(weights, degrees, sizes, room)
        number = {k: i for i, k in enumerate(sorted(set(label)))}
        if len(number) == len(label):
            break
        label = [number[k] for k in label]
        group = [label[g] for g in group]
        weights, degrees, sizes = _contract(weights, degrees, sizes, label, len(number))
    return _ranked(group)


def _move(weights: Weights, degrees: Sequence[int], sizes: Sequence[int], room: int) -> list[int]:
    """One level: every node to the neighbouring group where modularity gains most, until none moves."""
    label = list(range(len(weights)))
    total, held = list(degrees), list(sizes)
    twice = max(1, sum(degrees))
    for _ in range(ROUNDS):
        moved = False
        for node, around in enumerate(weights):
            own = label[node]
            votes = Counter({own: 0})
            for other, n in around.items():
                votes[label[other]] += n
            total[own] -= degrees[node]
            held[own] -= sizes[node]
            fits = (k for k in votes if k == own or held[k] + sizes[node] <= room)
            best = max(fits, key=lambda k: (votes[k] * twice - degrees[node] * total[k], k == own, -k))
            total[best] += degrees[node]
            held[best] += sizes[node]
            label[node] = best
            moved |= best != own
        if not moved:
            break
    return label


def _contract(
    weights: Weights, degrees: Sequence[int], sizes: Sequence[int], label: Sequence[int], count: int
) -> tuple[Weights, list[int], list[int]]:
    """Groups as the nodes of a smaller graph."""
    joined: Weights = [{} for _ in range(count)]
    sums, members = [0] * count, [0] * count
    for node, around in enumerate(weights):
        g = label[node]
        sums[g] += degrees[node]
        members[g] += sizes[node]
        for other, n in around.items():
            if label[other] != g:
                joined[g][label[other]] = joined[g].get(label[other], 0) + n
    return joined, sums, members


def _ranked(group: Sequence[int]) -> list[int]:
    sizes = Counter(group)
    ranked = sorted((-n, g) for g, n in sizes.items() if n > 1)[:KEPT]
    number = {g: i for i, (_, g) in enumerate(ranked)}
    return [number.get(g, len(ranked)) for g in group]
