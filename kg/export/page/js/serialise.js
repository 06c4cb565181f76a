// The selection as Turtle and JSON-LD, in the vocabulary of the exported graph.
const ONTOLOGY = 'https://w3id.org/newskg/';
const PREFIXES = {
  kg: `${ONTOLOGY}ontology#`, attr: `${ONTOLOGY}attribute#`, unit: `${ONTOLOGY}unit#`, op: `${ONTOLOGY}operator#`, direction: `${ONTOLOGY}direction#`,
  modality: `${ONTOLOGY}modality#`, mode: `${ONTOLOGY}mode#`, schema: 'https://schema.org/', skos: 'http://www.w3.org/2004/02/skos/core#',
  oa: 'http://www.w3.org/ns/oa#', owl: 'http://www.w3.org/2002/07/owl#', prov: 'http://www.w3.org/ns/prov#', dcterms: 'http://purl.org/dc/terms/', xsd: 'http://www.w3.org/2001/XMLSchema#',
};
const OPERATORS = { '=': 'exactly', '~': 'about', '>=': 'atLeast', '<=': 'atMost', '<>': 'between' };
const SYMMETRIC = ['partnersWith', 'competesWith'];

const iri = (path) => ({ iri: DATA.base + path });
const term = (name) => ({ name });
const text = (value, tag = null) => ({ value, tag });
const typed = (value, type) => ({ value: String(value), type });
const entityIri = (i) => iri(entities[i].id);
const claimIri = (i) => iri(`claim/${claims[i].id}`);
const articleIri = (i) => iri(`article/${articles[i].hash}-${articles[i].id}`);
const spanIri = (kind, c) => iri(`${kind}/${articles[c.article].hash}-${c.span[0]}-${c.span[1]}`);
const ruleIri = (rule) => iri(`rule/${encodeURIComponent(rule).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`);

// What is selected: the entity, edge or claim of the panel with all that hangs on it, else all that is drawn.
function selection() {
  const at = state.at;
  let chosen = [];
  if (at && at.kind === 'entity') chosen = [...claimsOf[at.n], ...heldBy[at.n]];
  else if (at && at.kind === 'edge') chosen = edges[at.n].claims;
  else if (at && at.kind === 'claim') chosen = [at.n];
  else if (at && at.kind === 'article') chosen = claimsIn[at.n];
  else chosen = claims.map((_, i) => i).filter((i) => passed.claim[i] && [claims[i].s, claims[i].o].every((e) => !Number.isInteger(e) || shown.nodes.has(e)));
  const which = [...new Set(chosen)].sort((a, b) => a - b);
  const nodes = new Set(at ? atNodes(state) : shown.nodes);
  for (const i of which) for (const e of [claims[i].s, claims[i].o, claims[i].holder, ...(claims[i].about || [])]) if (Number.isInteger(e)) nodes.add(e);
  return { claims: which, entities: [...nodes].sort((a, b) => a - b), articles: [...new Set(which.map((i) => claims[i].article))].sort((a, b) => a - b) };
}

// Subjects with their properties: [iri, [[property, value], ...]].
function statements(chosen) {
  const out = [];
  for (const i of chosen.entities) {
    const e = entities[i];
    const rows = [['a', term(`kg:${e.type}`)]];
    for (const [tag, label] of Object.entries(e.labels)) rows.push(['skos:prefLabel', text(label, tag)]);
    for (const [tag, label] of e.tags) rows.push(['skos:altLabel', text(label, tag)]);
    if (/^Q[1-9]\d*$/.test(e.wikidata || '')) rows.push(['owl:sameAs', { iri: `http://www.wikidata.org/entity/${e.wikidata}` }]);
    for (const c of chosen.claims.map((k) => claims[k])) {
      if (c.kind !== 'relation' || c.modality !== 'asserted') continue;
      if (c.s === i) rows.push([`kg:${c.p}`, entityIri(c.o)]);
      else if (c.o === i && SYMMETRIC.includes(c.p)) rows.push([`kg:${c.p}`, entityIri(c.s)]);
    }
    out.push([entityIri(i), rows]);
  }
  for (const i of chosen.claims) out.push([claimIri(i), claimRows(i)], ...evidenceRows(claims[i]), [ruleIri(claims[i].rule), [['a', term('kg:Rule')], ['dcterms:identifier', text(claims[i].rule)]]]);
  for (const i of chosen.articles) {
    const a = articles[i];
    const rows = [['a', term('kg:Article')], ['schema:inLanguage', text(a.language)], ['prov:wasDerivedFrom', iri(`source/${a.hash}`)]];
    if (a.title) rows.push(['schema:headline', text(a.title, a.language)]);
    if (a.published) rows.push(['schema:datePublished', dateValue(a.published)]);
    out.push([articleIri(i), rows]);
  }
  return out;
}

function claimRows(i) {
  const c = claims[i];
  const kind = { relation: 'RelationClaim', quantity: 'QuantityClaim', comparison: 'ComparisonClaim', statement: 'StatementClaim' }[c.kind];
  const rows = [['a', term(`kg:${kind}`)], ['kg:statedIn', articleIri(c.article)], ['kg:modality', term(`modality:${c.modality}`)], ['kg:foundBy', ruleIri(c.rule)], ['kg:evidence', spanIri('evidence', c)]];
  rows.push(Number.isInteger(c.holder) ? ['kg:holder', entityIri(c.holder)] : c.holder === 'author' ? ['kg:holder', articleIri(c.article)] : ['kg:holderText', text(c.holder, articles[c.article].language)]);
  if (Number.isInteger(c.s)) rows.push(['kg:subject', entityIri(c.s)]);
  if (c.kind === 'relation') rows.push(['kg:predicate', term(`kg:${c.p}`)], ['kg:object', entityIri(c.o)]);
  if (c.kind === 'comparison') rows.push(['kg:direction', term(`direction:${c.p}`)], ['kg:object', entityIri(c.o)], ...(c.dimension ? [['kg:dimension', text(c.dimension)]] : []));
  if (c.kind === 'statement') rows.push(['kg:mode', term(`mode:${c.mode}`)], ['kg:content', text(c.content, articles[c.article].language)], ...c.about.map((e) => ['schema:about', entityIri(e)]));
  if (c.kind === 'quantity') rows.push(...quantityRows(c));
  for (const l of linksOf[i].map((k) => links[k])) rows.push([`kg:${l.kind}`, claimIri(l.a === i ? l.b : l.a)]);
  return rows;
}

const decimal = (n) => typed(Number.isInteger(n) ? BigInt(n).toString() : String(n).includes('e') ? n.toFixed(20).replace(/0+$/, '') : n, 'decimal');

// A date as exact as it is given; what the calendar does not know stays plain text.
function dateValue(value) {
  const shape = [[/^\d{4}-\d\d-\d\d$/, 'date'], [/^\d{4}-\d\d$/, 'gYearMonth'], [/^\d{4}$/, 'gYear'], [/^--\d\d-\d\d$/, 'gMonthDay'], [/^--\d\d$/, 'gMonth']].find(([p]) => p.test(value));
  if (!shape) return text(value);
  const [year, month = '01', day = '01'] = value.replace(/^--/, '2000-').split('-');
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number(year) > 0 && at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) ? typed(value, shape[1]) : text(value);
}

function quantityRows(c) {
  const rows = [['kg:attribute', term(`attr:${c.p}`)], ['kg:operator', term(`op:${OPERATORS[c.op]}`)], ['kg:unit', term(`unit:${c.unit}`)]];
  if (Array.isArray(c.number)) rows.push(...c.number.map((n, k) => [k ? 'kg:highValue' : 'kg:lowValue', typeof n === 'number' ? decimal(n) : dateValue(String(n))]));
  else rows.push(typeof c.number === 'number' ? ['kg:value', decimal(c.number)] : ['kg:dateValue', dateValue(String(c.number))]);
  if (c.unitText) rows.push(['kg:unitText', text(c.unitText)]);
  if (Number.isInteger(c.o)) rows.push(['kg:relativeTo', entityIri(c.o)]);
  if (c.time) rows.push(['kg:time', dateValue(c.time)]);
  return rows;
}

// Claims that rest on the same span share its nodes.
function evidenceRows(c) {
  const [evidence, position, quote] = ['evidence', 'position', 'quote'].map((kind) => spanIri(kind, c));
  return [
    [evidence, [['a', term('oa:SpecificResource')], ['oa:hasSource', iri(`source/${articles[c.article].hash}`)], ['oa:hasScope', articleIri(c.article)], ['oa:hasSelector', position], ['oa:hasSelector', quote]]],
    [position, [['a', term('oa:TextPositionSelector')], ['oa:start', typed(c.span[0], 'nonNegativeInteger')], ['oa:end', typed(c.span[1], 'nonNegativeInteger')]]],
    [quote, [['a', term('oa:TextQuoteSelector')], ['oa:exact', text(c.text)]]],
  ];
}

const ESCAPES = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const quoted = (value) => `"${value.replace(/[\\"\n\r\t]/g, (c) => ESCAPES[c]).replace(/[\u0000-\u001f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
const bracketed = (value) => `<${value.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => encodeURIComponent(c))}>`;

function turtleTerm(v) {
  if (v.iri) return bracketed(v.iri);
  if (v.name) return v.name;
  return quoted(v.value) + (v.tag ? `@${v.tag}` : v.type ? `^^xsd:${v.type}` : '');
}

function turtle(chosen) {
  const head = Object.entries(PREFIXES).map(([k, v]) => `@prefix ${k}: <${v}> .`);
  const blocks = new Map(statements(chosen).map(([subject, rows]) => [subject.iri, [subject, rows]]));
  const body = [...blocks.values()].map(([subject, rows]) => `${bracketed(subject.iri)} ${[...new Set(rows.map(([p, v]) => `${p} ${turtleTerm(v)}`))].join(' ;\n    ')} .`);
  return `${[...head, '', ...body].join('\n')}\n`;
}

function jsonld(chosen) {
  const value = (v) => (v.iri ? { '@id': v.iri } : v.name ? { '@id': v.name } : v.tag ? { '@value': v.value, '@language': v.tag } : v.type ? { '@value': v.value, '@type': `xsd:${v.type}` } : v.value);
  const nodes = new Map();
  for (const [subject, rows] of statements(chosen)) {
    const node = { '@id': subject.iri };
    if (nodes.has(subject.iri)) continue; // a span or a rule that several claims share
    nodes.set(subject.iri, node);
    for (const [p, v] of rows) {
      if (p === 'a') node['@type'] = v.name;
      else (node[p] ||= []).push(value(v));
    }
  }
  const graph = [...nodes.values()];
  return `${JSON.stringify({ '@context': PREFIXES, '@graph': graph }, null, 1)}\n`;
}
