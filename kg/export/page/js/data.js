// The island, and what is looked up in it.
const DATA = JSON.parse($('data').textContent);
const { entities, edges, claims, links, articles, drawing } = DATA;

const decoded = (id) => { try { return decodeURIComponent(id); } catch { return id; } };
const entityByKey = new Map(entities.map((e, i) => [decoded(e.id), i]));
const claimById = new Map(claims.map((c, i) => [c.id, i]));
const edgeByKey = new Map(edges.map((e, i) => [edgeKey(e), i]));

function edgeKey(e) {
  return [decoded(entities[e.s].id), e.p, decoded(entities[e.o].id)].join('|');
}

const lists = (n) => Array.from({ length: n }, () => []);
const edgesOf = lists(entities.length); // edge numbers by entity
edges.forEach((e, i) => {
  edgesOf[e.s].push(i);
  if (e.o !== e.s) edgesOf[e.o].push(i);
});
const claimsOf = lists(entities.length); // claims about an entity
const heldBy = lists(entities.length); // claims that it holds
const claimsIn = lists(articles.length);
claims.forEach((c, i) => {
  for (const e of new Set([c.s, c.o, ...(c.about || [])])) if (Number.isInteger(e)) claimsOf[e].push(i);
  if (Number.isInteger(c.holder)) heldBy[c.holder].push(i);
  claimsIn[c.article].push(i);
});
const linksOf = lists(claims.length);
links.forEach((l, i) => {
  linksOf[l.a].push(i);
  linksOf[l.b].push(i);
});
const disputed = claims.map((c, i) => linksOf[i].some((l) => links[l].kind === 'contradicts'));
const edgeDisputed = edges.map((e) => e.claims.some((c) => disputed[c]));
// Entities of whom sources say different things.
const entityDisputed = entities.map((_, i) => claimsOf[i].some((c) => disputed[c] && claims[c].s === i));
const edgeUnsure = edges.map((e) => e.claims.every((c) => claims[c].modality !== 'asserted'));

// An edge between a claim's two ends, for claims that the graph draws.
const edgeOfClaim = new Map();
edges.forEach((e, i) => e.claims.forEach((c) => edgeOfClaim.set(c, i)));

// What an entity is called in the reader's language.
function nameOf(i) {
  const { labels, name } = entities[i];
  return labels[language] || (language === 'zh-Hant' && labels['zh-Hans']) || name;
}

const allNames = (e) => [...new Set([e.name, ...Object.values(e.labels), ...e.aliases])];
const holderOf = (claim) =>
  Number.isInteger(claim.holder) ? nameOf(claim.holder) : claim.holder === 'author' ? t('author') : claim.holder;

const across = (e, i) => (e.s === i ? e.o : e.s);

// The members of each group of a very large graph, most important first.
const membersOf = lists((DATA.groups || []).length);
(DATA.group || []).forEach((g, i) => membersOf[g].push(i));
const groupLabel = (g) => t(g === DATA.groups.length - 1 ? 'restOf' : 'groupOf', cut(nameOf(membersOf[g][0])), count(DATA.groups[g].n));

// Every type, predicate and modality that occurs, in the guide's order.
const present = (group, values) => {
  const there = new Set(values);
  return Object.keys(STRINGS[group]).filter((k) => there.has(k));
};
const TYPES = present('type', entities.map((e) => e.type));
const PREDICATES = present('predicate', edges.map((e) => e.p));
const MODALITIES = present('modality', claims.map((c) => c.modality));
const MONTHS = [...new Set(articles.map((a) => a.published && a.published.slice(0, 7)).filter(Boolean))].sort();
