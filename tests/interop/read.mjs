// Reads one RDF file with an independent parser and prints what it holds as JSON:
//   node read.mjs n3 FILE          Turtle, TriG, N-Quads by N3.js (RDF 1.2 where the file has it)
//   node read.mjs jsonld FILE      JSON-LD by jsonld.js, which may load nothing from elsewhere
// {"quads", "triples", "graphs", "reifies", "iris": [..bad ones..]}
import { readFileSync } from "node:fs";

const [reader, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

function summary(quads) {
  const graphs = new Set(), triples = new Set(), bad = new Set();
  let reifies = 0;
  for (const [s, p, o, g, iris] of quads) {
    triples.add(`${s} ${p} ${o}`);
    if (g) graphs.add(g);
    if (p.endsWith("#reifies")) reifies += 1;
    for (const iri of iris) if (!iri.startsWith("_:")) { try { new URL(iri); } catch { bad.add(iri); } }
  }
  return { quads: quads.length, triples: triples.size, graphs: graphs.size, reifies, bad: [...bad] };
}

async function n3() {
  const { Parser } = await import("n3");
  const id = (term) =>
    term.termType === "Quad"
      ? `<<(${id(term.subject)} ${id(term.predicate)} ${id(term.object)})>>`
      : term.termType === "Literal" ? `"${term.value}"@${term.language}^^${term.datatype.value}` : term.value;
  return new Parser().parse(text).map((q) => [
    id(q.subject), id(q.predicate), id(q.object), q.graph.value,
    [q.subject, q.predicate, q.object].filter((t) => t.termType === "NamedNode").map((t) => t.value),
  ]);
}

async function jsonld() {
  const { default: library } = await import("jsonld");
  const documentLoader = async (url) => { throw new Error(`would load ${url}`); };
  const document = JSON.parse(text);
  const quads = await library.toRDF(document, { documentLoader });
  const expanded = await library.expand(document, { documentLoader });
  const compacted = await library.compact(expanded, document["@context"], { documentLoader });
  const again = await library.toRDF(compacted, { documentLoader });
  if (again.length !== quads.length) throw new Error(`${quads.length} quads, ${again.length} after compaction`);
  const kept = JSON.stringify(Object.keys(compacted["@graph"][0]).sort()) === JSON.stringify(Object.keys(document["@graph"][0]).sort());
  if (!kept) throw new Error("compaction by jsonld.js gives other keys than the file has");
  return quads.map((q) => [
    q.subject.value, q.predicate.value, `"${q.object.value}"@${q.object.language ?? ""}^^${q.object.datatype?.value ?? ""}`,
    q.graph.value, [q.subject, q.predicate, q.object].filter((t) => t.termType === "NamedNode").map((t) => t.value),
  ]);
}

console.log(JSON.stringify(summary(await (reader === "n3" ? n3() : jsonld()))));
