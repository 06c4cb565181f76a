// Asks a Turtle file a SPARQL query with Comunica and prints the rows as JSON: node ask.mjs FILE QUERYFILE
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-file";
import { Parser, Store } from "n3";

const [file, queryFile] = process.argv.slice(2);
const store = new Store(new Parser().parse(readFileSync(file, "utf8")));
const bindings = await new QueryEngine().queryBindings(readFileSync(queryFile, "utf8"), { sources: [store] });
const rows = [];
for (const row of await bindings.toArray()) {
  rows.push(Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}
console.log(JSON.stringify(rows));
