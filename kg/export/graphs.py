"""The entity graph as GraphML, GEXF and node-link JSON, with the same bytes on every run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.build import KnowledgeGraph

# What networkx's GEXF writer adds that changes from day to day or from version to version.
GEXF_META = re.compile(r"\s*<meta\b.*?</meta>", re.S)


def graphml(graph: KnowledgeGraph) -> str:
    """GraphML (UTF-8); list values are JSON."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(_flat(graph), encoding="utf-8")) + "\n"


def gexf(graph: KnowledgeGraph) -> str:
    """GEXF 1.2 without the date and version that networkx writes; list values are JSON."""
    import networkx as nx

    flat = _flat(graph)
    flat.graph["mode"] = "static"
    return GEXF_META.sub("", "\n".join(nx.generate_gexf(flat, version="1.2draft"))) + "\n"


def node_link(graph: KnowledgeGraph) -> str:
    """networkx's node-link JSON, one node or edge a line, read back by `networkx.node_link_graph(edges="edges")`."""
    import networkx as nx

    data = nx.node_link_data(_flat(graph), edges="edges")
    rows = {k: ",\n  ".join(map(_json_line, data[k])) for k in ("nodes", "edges")}
    head = {"directed": data["directed"], "multigraph": data["multigraph"], "graph": data["graph"]}
    return _json_line(head)[:-1] + f',\n "nodes": [\n  {rows["nodes"]}\n ],\n "edges": [\n  {rows["edges"]}\n ]}}\n'


def _json_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


# Characters that XML 1.0 cannot hold, whatever an article contains.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _flat(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """The network with list values as JSON text and no character that XML cannot hold."""
    import networkx as nx

    def flat(values: dict[str, Any]) -> dict[str, Any]:
        texts = {k: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for k, v in values.items()}
        return {k: NOT_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in texts.items()}

    g = nx.MultiDiGraph()
    for node, values in graph.network.nodes(data=True):
        g.add_node(node, **flat(values))
    for s, o, key, values in graph.network.edges(keys=True, data=True):
        g.add_edge(s, o, key=key, **flat(values))
    return g
