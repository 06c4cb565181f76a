"""pyvis, and nothing but pyvis: the network in vis-network's terms, and the library that draws it.

pyvis's own page is not used: it fetches Bootstrap from a CDN whatever `cdn_resources` says, writes in the locale's
encoding, leaves headings unescaped and hands titles that contain "href" to innerHTML; `add_node` scans a list. So
nodes and edges are made directly, without titles or labels, and only pyvis's data and its vis-network are taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 86400000,
        "zoomSpeed": 0.6,
    },
    "nodes": {"shape": "custom", "labelHighlightBold": False},
    "edges": {
        "arrows": {"to": {"enabled": False, "scaleFactor": 0.42}},
        "arrowStrikethrough": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "color": {"inherit": False},
        "smooth": False,
    },
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A node to draw: its number, place and radius in layout units."""

    id: int
    x: int
    y: int
    size: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge to draw between two nodes; `bend` is 0 for a straight line, else how far it curves and to which side."""

    id: int
    start: int
    end: int
    width: float
    dashed: bool
    arrow: bool
    bend: float


def vis_network(dots: Iterable[Dot], lines: Iterable[Line]) -> dict[str, Any]:
    """Nodes, edges and options as pyvis gives them to vis-network."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [_without(Node(d.id, "custom", None, x=d.x, y=d.y, size=d.size).options, "label") for d in dots]
    network.edges = [
        Edge(e.start, e.end, e.arrow, id=e.id, width=e.width, dashes=e.dashed, bend=e.bend).options for e in lines
    ]
    network.options = OPTIONS
    nodes, edges, *_ = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": network.options}


def _without(options: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in options.items() if k != key}


def vis_library() -> str:
    """vis-network 9.1.2 (Apache-2.0 or MIT) as pyvis carries it."""
    return (resources.files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8")
