"""Where to draw the nodes: a force layout in numpy, the same on every processor.

ForceAtlas2's forces (Jacomy et al. 2014, PLoS ONE 9(6): degree-weighted repulsion, linear attraction, gravity) with a
cooling step. Repulsion is exact up to `EXACT` nodes; above, masses are spread on a grid and the forces read off a
convolution (particle mesh), so that a step costs O(n + grid). Positions are rounded after every step: differences in
the last bits of a float, which processors have, die out instead of growing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

EXACT = 500  # nodes up to which every pair repels exactly
MESH = 128  # cells per side of the grid for more nodes
QUANTUM = 16.0  # positions are kept to 1/16 of a unit
GOLDEN = 2.399963229728653  # radians; the sunflower's angle spreads points evenly
GRAVITY = 0.9
SPREAD = 5200.0  # strength of repulsion; sets the scale of the picture


def layout(
    count: int, edges: Sequence[tuple[int, int]], boxes: Sequence[tuple[int, int]] | None = None
) -> list[tuple[int, int]]:
    """Positions of nodes 0..count-1 (most important first), in whole units.

    `boxes` are the widths and heights that nodes with their labels need; they are moved apart until few overlap.
    Nodes without edges stand on rings around the rest.
    """
    import numpy as np

    if not count:
        return []
    pairs = np.array(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}), dtype=np.int64).reshape(-1, 2)
    linked = np.unique(pairs)
    place = np.zeros((count, 2))
    if len(linked):
        number = np.full(count, -1)
        number[linked] = np.arange(len(linked))
        points = _forces(_start(len(linked), number[pairs]), number[pairs])
        place[linked] = points
        if boxes is not None:
            place[linked] = _separate(points, np.array(boxes, dtype=np.float64)[linked])
    alone = np.setdiff1d(np.arange(count), linked)
    place[alone] = _rings(len(alone), place[linked], boxes is not None)
    return [(int(x), int(y)) for x, y in np.rint(place)]


def _round(points: Points) -> Points:
    import numpy as np

    rounded: Points = np.rint(points * QUANTUM) / QUANTUM
    return rounded


def _start(n: int, pairs: NDArray[Any]) -> Points:
    """A sunflower in the order of a breadth-first walk, so that neighbours begin near each other."""
    import numpy as np

    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in pairs.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    order: list[int] = []
    seen = [False] * n
    for root in range(n):
        if seen[root]:
            continue
        seen[root] = True
        begin = len(order)
        order.append(root)
        while begin < len(order):
            for other in neighbours[order[begin]]:
                if not seen[other]:
                    seen[other] = True
                    order.append(other)
            begin += 1
    rank = np.empty(n)
    rank[order] = np.arange(n)
    return _sunflower(rank, 60.0)


def _sunflower(rank: NDArray[Any], step: float) -> Points:
    import numpy as np

    radius, angle = step * np.sqrt(rank + 0.5), rank * GOLDEN
    return _round(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1))


def _forces(points: Points, pairs: NDArray[Any]) -> Points:
    import numpy as np

    n = len(points)
    mass = 1.0 + np.bincount(pairs.ravel(), minlength=n)
    repel = _exact(mass) if n <= EXACT else _mesh(mass)
    steps = 320 if n <= EXACT else 140
    hottest = 60.0 * np.sqrt(n)
    for i in range(steps):
        force = SPREAD * repel(points)
        pull = points[pairs[:, 1]] - points[pairs[:, 0]]
        for axis in (0, 1):
            force[:, axis] += np.bincount(pairs[:, 0], pull[:, axis], n) - np.bincount(pairs[:, 1], pull[:, axis], n)
        force -= GRAVITY * mass[:, None] * points
        move = force / (2.0 * mass[:, None])
        length = np.sqrt((move**2).sum(axis=1)) + 1e-9
        heat = hottest * (1.0 - i / steps) ** 2 * 0.1 + 1.0
        points = _round(points + move * np.minimum(0.5, heat / length)[:, None])
    return points


def _exact(mass: NDArray[Any]) -> Any:
    def repel(points: Points) -> Points:
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        pull = mass[:, None] * mass[None, :] / (dx * dx + dy * dy + 1.0)
        import numpy as np

        return np.stack([(dx * pull).sum(axis=1), (dy * pull).sum(axis=1)], axis=1)

    return repel


def _mesh(mass: NDArray[Any]) -> Any:
    """Repulsion by particle mesh: masses to the grid, convolution with d / (|d|² + 1), forces back, all bilinear."""
    import numpy as np

    side = 2 * MESH
    offset = np.where(np.arange(side) < MESH, np.arange(side), np.arange(side) - side).astype(np.float64)
    square = offset[:, None] ** 2 + offset[None, :] ** 2 + 1.0
    kernels = [np.fft.rfft2(offset[:, None] / square), np.fft.rfft2(offset[None, :] / square)]

    def repel(points: Points) -> Points:
        low = points.min(axis=0)
        cell = float(max((points.max(axis=0) - low).max() / (MESH - 2), 1.0))
        spot = (points - low) / cell
        corner = np.floor(spot).astype(np.int64)
        part = spot - corner
        corners = []
        for ox in (0, 1):
            for oy in (0, 1):
                share = np.abs(1 - ox - part[:, 0]) * np.abs(1 - oy - part[:, 1])
                corners.append(((corner[:, 0] + ox) * side + corner[:, 1] + oy, share))
        grid = sum(np.bincount(at, share * mass, side * side) for at, share in corners)
        seen = np.fft.rfft2(np.reshape(grid, (side, side)))
        out = np.empty_like(points)
        for axis, kernel in enumerate(kernels):
            field = np.fft.irfft2(seen * kernel, s=(side, side)).ravel()
            out[:, axis] = sum(field[at] * share for at, share in corners)
        return np.asarray(out * mass[:, None] / cell)

    return repel


def _separate(points: Points, boxes: Points, rounds: int = 80) -> Points:
    """Push overlapping boxes apart along the axis where they overlap least, until none do or the rounds are over."""
    import numpy as np

    points = points.copy()
    n = len(points)
    for _ in range(rounds):
        order = np.argsort(points[:, 0], kind="stable")
        moved = np.zeros_like(points)
        hits = 0
        for gap in range(1, n):
            a, b = order[:-gap], order[gap:]
            apart = points[b] - points[a]
            room = (boxes[a] + boxes[b]) / 2
            if not (apart[:, 0] < room[:, 0]).any():
                break
            excess = room - np.abs(apart)
            hit = (excess > 0).all(axis=1)
            if not hit.any():
                continue
            a, b, excess, apart = a[hit], b[hit], excess[hit], apart[hit]
            hits += len(a)
            axis = (excess[:, 0] > excess[:, 1]).astype(np.int64)
            each = np.arange(len(a))
            push = (excess[each, axis] / 2 + 1) * np.where(apart[each, axis] < 0, -1.0, 1.0) * 0.6
            np.subtract.at(moved, (a, axis), push)
            np.add.at(moved, (b, axis), push)
        points = _round(points + np.clip(moved, -60, 60))
        if not hits:
            break
    return points


def _rings(n: int, inner: Points, wide: bool) -> Points:
    """Even rings around what is there already."""
    import numpy as np

    step = 90.0 if wide else 40.0
    reach = float(np.sqrt((inner**2).sum(axis=1)).max()) + 2 * step if len(inner) else 0.0
    first = (reach / step) ** 2
    return _sunflower(np.arange(n) + first, step)
