"""Write `ontology/index.html`, the ontology for human readers, from `ontology/kg.ttl`: `python ontology/make_page.py`.

pyLODE 3.2.3 was tried: it shows one language only and leaves the concept schemes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.collection import Collection
from rdflib.term import Node

HERE = Path(__file__).parent
OWN = "https://w3id.org/newskg/"
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #d0d7de } h3 { margin: 1.6rem 0 .2rem } a { color: #0b57a4 }
code { font-size: .85em; color: #57606a } dl { display: grid; grid-template-columns: 11rem 1fr; margin: .3rem 0 }
dt { color: #57606a } dd { margin: 0 } p { margin: .2rem 0 }
@media (prefers-color-scheme: dark) {
  body { background: #0d1117; color: #e6edf3 } a { color: #79b8ff }
  code, dt { color: #9da7b1 } h2 { border-color: #30363d }
}
"""
FACTS = (
    ("subclass of", RDFS.subClassOf),
    ("subproperty of", RDFS.subPropertyOf),
    ("domain", RDFS.domain),
    ("range", RDFS.range),
    ("inverse of", OWL.inverseOf),
    ("close match", SKOS.closeMatch),
)


def page(graph: rdflib.Graph) -> str:
    """The whole page: classes, properties, then one section for each concept scheme."""
    head = graph.value(predicate=RDF.type, object=OWL.Ontology)
    titles = _texts(graph, head, rdflib.DCTERMS.title)
    about = _texts(graph, head, rdflib.DCTERMS.description)
    sections = [("Classes · 类", graph.subjects(RDF.type, OWL.Class))]
    sections.append(("Object properties · 对象属性", graph.subjects(RDF.type, OWL.ObjectProperty)))
    sections.append(("Datatype properties · 数据属性", graph.subjects(RDF.type, OWL.DatatypeProperty)))
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        sections.append((" · ".join(_texts(graph, scheme, RDFS.label)), graph.subjects(SKOS.inScheme, scheme)))
    body = "".join(_section(graph, title, [s for s in found if str(s).startswith(OWN)]) for title, found in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{escape(titles[0])}</title>\n'
        f"<style>{STYLE}</style>\n<h1>{escape(' · '.join(titles))}</h1>\n"
        + "".join(f"<p>{escape(text)}</p>\n" for text in about)
        + f'<p>Source: <a href="kg.ttl">kg.ttl</a>, <a href="shapes.ttl">shapes.ttl</a>, '
        f'<a href="context.jsonld">context.jsonld</a>. Prefix <code>kg: &lt;{OWN}ontology#&gt;</code></p>\n'
        f"{body}</html>\n"
    )


def _section(graph: rdflib.Graph, title: str, terms: list[Node]) -> str:
    return f"<h2>{escape(title)}</h2>\n" + "".join(_term(graph, term) for term in sorted(terms, key=str))


def _term(graph: rdflib.Graph, term: Node) -> str:
    labels = _texts(graph, term, RDFS.label) or _texts(graph, term, SKOS.prefLabel)
    comments = _texts(graph, term, RDFS.comment) or _texts(graph, term, SKOS.definition)
    facts = [(name, " ".join(_shown(graph, o) for o in _sorted(graph, term, p))) for name, p in FACTS]
    if (term, RDF.type, OWL.SymmetricProperty) in graph:
        facts.append(("symmetric", "yes"))
    lines = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return (
        f'<h3 id="{escape(_anchor(term))}">{escape(" · ".join(labels))}</h3>\n<p><code>{escape(str(term))}</code></p>\n'
        + "".join(f"<p>{escape(text)}</p>\n" for text in comments)
        + (f"<dl>{lines}</dl>\n" if lines else "")
    )


def _sorted(graph: rdflib.Graph, term: Node, predicate: rdflib.URIRef) -> list[Node]:
    return sorted(graph.objects(term, predicate), key=lambda o: _shown(graph, o))


def _texts(graph: rdflib.Graph, term: Node | None, predicate: rdflib.URIRef) -> list[str]:
    """The texts in English, then in Chinese."""
    found = [o for o in graph.objects(term, predicate) if isinstance(o, rdflib.Literal)]
    return [str(o) for o in sorted(found, key=lambda o: str(o.language))]


def _shown(graph: rdflib.Graph, node: Node) -> str:
    """A link to a term, a union of terms, or another vocabulary's name."""
    union = graph.value(node, OWL.unionOf)
    if union is not None:
        return " or ".join(_members(graph, union))
    name = escape(graph.qname(str(node)) if isinstance(node, rdflib.URIRef) else str(node))
    target = f"#{_anchor(node)}" if str(node).startswith(OWN) else str(node)
    return f'<a href="{escape(target)}">{name}</a>'


def _members(graph: rdflib.Graph, union: Node) -> Iterator[str]:
    for member in Collection(graph, union):
        yield _shown(graph, member)


def _anchor(term: Node) -> str:
    return str(term).removeprefix(OWN).replace("#", "-")


if __name__ == "__main__":
    source = rdflib.Graph().parse(HERE / "kg.ttl")
    (HERE / "index.html").write_text(page(source), encoding="utf-8")
