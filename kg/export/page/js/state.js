// What is shown now, and the address that says so. Every change goes through `go`.
const fresh = () => ({
  view: 'graph', // graph, compare, timeline
  at: null, // what the panel shows: {kind: 'entity' | 'edge' | 'claim' | 'article', n}
  focus: null, // an entity whose neighbourhood alone is drawn
  path: null, // [from, to]
  all: false, // more than the strongest part
  open: [], // unfolded groups of a very large graph
  types: new Set(), predicates: new Set(), articles: new Set(), modalities: new Set(), // hidden ones
  from: null, to: null, // months
  min: 1, // articles
});
let state = fresh();
const watchers = [];
let step = 0;

const escaped = (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%2C/g, ',');
const entityKey = (i) => decoded(entities[i].id);

function address(now) {
  const parts = [];
  const put = (key, value) => { if (value !== null && value !== '' && value !== undefined) parts.push(`${key}=${value}`); };
  if (now.view !== 'graph') put('view', now.view);
  if (now.at) {
    const keys = { entity: () => entityKey(now.at.n), edge: () => edgeKey(edges[now.at.n]), claim: () => claims[now.at.n].id, article: () => String(now.at.n) };
    put(now.at.kind, escaped(keys[now.at.kind]()));
  }
  if (now.focus !== null) put('focus', escaped(entityKey(now.focus)));
  if (now.path) put('path', escaped(now.path.map(entityKey).join('|')));
  if (now.all) put('all', 1);
  put('open', now.open.join(','));
  for (const key of ['types', 'predicates', 'articles', 'modalities']) put(`no-${key}`, [...now[key]].sort().join(','));
  put('from', now.from);
  put('to', now.to);
  if (now.min > 1) put('min', now.min);
  return parts.join('&');
}

// The state that an address describes; what it names and the graph does not have is left out.
function parse(hash) {
  const now = fresh();
  for (const part of hash.replace(/^#/, '').split('&')) {
    const cutAt = part.indexOf('=');
    const key = part.slice(0, cutAt);
    const value = decoded(part.slice(cutAt + 1));
    const found = { entity: entityByKey, edge: edgeByKey, claim: claimById }[key];
    if (found && found.has(value)) now.at = { kind: key, n: found.get(value) };
    else if (key === 'article' && articles[Number(value)]) now.at = { kind: key, n: Number(value) };
    else if (key === 'view' && ['graph', 'compare', 'timeline'].includes(value)) now.view = value;
    else if (key === 'focus' && entityByKey.has(value)) now.focus = entityByKey.get(value);
    else if (key === 'path') {
      const ends = value.split('|').map((v) => entityByKey.get(v));
      if (ends.length === 2 && ends.every(Number.isInteger)) now.path = ends;
    } else if (key === 'all') now.all = true;
    else if (key === 'open') now.open = value.split(',').map(Number).filter(Number.isInteger);
    else if (key === 'no-articles') now.articles = new Set(value.split(',').map(Number).filter((n) => articles[n]));
    else if (key === 'no-types') now.types = new Set(value.split(',').filter((v) => TYPES.includes(v)));
    else if (key === 'no-predicates') now.predicates = new Set(value.split(',').filter((v) => PREDICATES.includes(v)));
    else if (key === 'no-modalities') now.modalities = new Set(value.split(',').filter((v) => MODALITIES.includes(v)));
    else if ((key === 'from' || key === 'to') && /^\d{4}(-\d\d)?$/.test(value)) now[key] = value;
    else if (key === 'min' && Number(value) > 1) now.min = Math.min(99, Math.floor(Number(value)));
  }
  return now;
}

function notify(before) {
  for (const watch of watchers) watch(state, before);
}

// Change the state; `quiet` changes (sliders, boxes) replace the entry in the history instead of adding one.
function go(change, { quiet = false } = {}) {
  const before = state;
  state = { ...state, ...change };
  const hash = `#${address(state)}`;
  if (hash !== (location.hash || '#')) {
    if (!quiet) step += 1;
    history[quiet ? 'replaceState' : 'pushState']({ step }, '', hash);
  }
  notify(before);
}

addEventListener('popstate', (event) => {
  const before = state;
  step = event.state && Number.isInteger(event.state.step) ? event.state.step : 0;
  state = parse(location.hash);
  notify(before);
});

const open = (kind, n) => go({ at: { kind, n } });
const shareLink = () => `${location.href.split('#')[0]}#${address(state)}`;
