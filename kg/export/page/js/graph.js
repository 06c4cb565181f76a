// Which part of the graph is drawn, and how it answers.
let engine = null;
let passed = null; // what the filters let through
let shown = { nodes: new Set(), edges: new Set() };
let hovered = null;

const strongest = () => (DATA.engine === 'sigma' ? (innerWidth < 760 ? 80 : 250) : innerWidth < 760 ? 24 : 70);
const inDates = (a, now) =>
  (!now.from && !now.to) ||
  (a.published && (!now.from || a.published.slice(0, now.from.length) >= now.from) && (!now.to || a.published.slice(0, now.to.length) <= now.to));

// Groups of a very large graph that stand for their members now: those with a member that passes, and not unfolded.
const UNFOLDED = 300;
const foldedGroups = (now) =>
  (!DATA.groups || now.all || now.path || now.focus !== null ? [] : DATA.groups.map((_, g) => g).filter((g) => !now.open.includes(g) && membersOf[g].some((i) => passed.node[i])));
const unfold = (g) => go({ open: [...state.open, g] });

// What the filters let through; all of them combine.
function pass(now) {
  const article = articles.map((a, i) => !now.articles.has(i) && Boolean(inDates(a, now)));
  const claim = claims.map((c) => article[c.article] && !now.modalities.has(c.modality));
  const node = entities.map((e) => !now.types.has(e.type) && e.articles.filter((a) => article[a]).length >= Math.min(now.min, e.articles.length ? now.min : 0));
  const edge = edges.map((e) => {
    if (now.predicates.has(e.p) || !node[e.s] || !node[e.o]) return false;
    const found = new Set(e.claims.filter((c) => claim[c]).map((c) => claims[c].article));
    return found.size >= now.min;
  });
  if (now.predicates.size || now.modalities.size) {
    node.forEach((ok, i) => { if (ok && edgesOf[i].length && !edgesOf[i].some((e) => edge[e])) node[i] = false; });
  }
  return { article, claim, node, edge };
}

function neighbours(i) {
  return [...new Set(edgesOf[i].filter((e) => passed.edge[e]).map((e) => across(edges[e], i)))];
}

// The shortest way between two entities over what passes the filters, or null.
function way(from, to) {
  const before = new Map([[from, null]]);
  const queue = [from];
  for (let k = 0; k < queue.length && !before.has(to); k += 1) {
    for (const next of neighbours(queue[k])) {
      if (!before.has(next)) {
        before.set(next, queue[k]);
        queue.push(next);
      }
    }
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let at = to; at !== null; at = before.get(at)) steps.unshift(at);
  return steps;
}

function choose(now) {
  const some = (list) => new Set(list.filter((i) => passed.node[i]));
  if (now.path) {
    const steps = way(...now.path);
    return new Set(steps || now.path);
  }
  if (now.focus !== null) return new Set([now.focus, ...neighbours(now.focus)]);
  const all = entities.map((_, i) => i);
  if (now.all) return some(all);
  if (DATA.groups) {
    const chosen = some(now.open.filter((g) => membersOf[g]).flatMap((g) => membersOf[g].slice(0, UNFOLDED)));
    for (const i of atNodes(now)) [i, ...neighbours(i)].slice(0, 40).forEach((n) => chosen.add(n));
    return chosen;
  }
  const tied = all.filter((i) => passed.node[i] && edgesOf[i].some((e) => passed.edge[e])).slice(0, strongest());
  const inside = new Set(tied);
  const chosen = new Set(tied.filter((i) => neighbours(i).some((n) => inside.has(n) && n !== i)));
  for (const i of atNodes(now)) {
    chosen.add(i);
    neighbours(i).sort((a, b) => a - b).slice(0, 16).forEach((n) => chosen.add(n));
  }
  return chosen.size ? chosen : some(all.slice(0, strongest()));
}

// The entities that the panel's subject stands on.
function atNodes(now) {
  if (!now.at) return [];
  if (now.at.kind === 'entity') return [now.at.n];
  if (now.at.kind === 'edge') return [edges[now.at.n].s, edges[now.at.n].o];
  if (now.at.kind === 'claim') {
    const c = claims[now.at.n];
    return [c.s, c.o, ...(c.about || []), c.holder].filter(Number.isInteger);
  }
  return [];
}

function markOf(now) {
  const none = { node: null, near: null, edges: null, hover: hovered };
  if (now.path) {
    const on = new Set([...shown.edges]);
    return { ...none, node: now.at && now.at.kind === 'entity' ? now.at.n : null, edges: on, near: null };
  }
  const subject = hovered !== null ? hovered : now.at && now.at.kind === 'entity' ? now.at.n : null;
  if (subject !== null && shown.nodes.has(subject)) {
    const on = new Set(edgesOf[subject].filter((e) => shown.edges.has(e)));
    const near = new Set([subject]);
    on.forEach((e) => near.add(across(edges[e], subject)));
    return { node: now.at && now.at.kind === 'entity' ? now.at.n : null, near, edges: on, hover: hovered };
  }
  const nodes = atNodes(now).filter((i) => shown.nodes.has(i));
  if (!nodes.length) return none;
  const edge = now.at.kind === 'edge' ? now.at.n : edgeOfClaim.get(now.at.n);
  return { ...none, near: new Set(nodes), edges: new Set(edge === undefined ? [] : [edge]) };
}

function setHover(i) {
  if (i === hovered) return;
  hovered = i;
  engine.mark(markOf(state));
}

function drawGraph(now, before) {
  const nodes = choose(now);
  const inside = new Set();
  const steps = now.path ? way(...now.path) : null;
  const onWay = steps && new Set(steps.slice(1).map((n, k) => [Math.min(n, steps[k]), Math.max(n, steps[k])].join()));
  edges.forEach((e, i) => {
    if (!passed.edge[i] || !nodes.has(e.s) || !nodes.has(e.o)) return;
    if (!onWay || onWay.has([Math.min(e.s, e.o), Math.max(e.s, e.o)].join())) inside.add(i);
  });
  const same = nodes.size === shown.nodes.size && [...nodes].every((i) => shown.nodes.has(i));
  shown = { nodes, edges: inside };
  if (!engine) return;
  engine.show(nodes, inside, foldedGroups(now));
  engine.mark(markOf(now));
  const jumped = !before || before.focus !== now.focus || before.path !== now.path || before.all !== now.all || before.open !== now.open;
  if (jumped && !(innerWidth < 760 && now.at && now.focus === null && !now.path)) engine.fit([...nodes], Boolean(before));
  else if (jumped) fitNear(now);
  else if (!same || now.at !== before.at) {
    const at = now.at && now.at.kind === 'entity' ? now.at.n : null;
    if (innerWidth < 760 && now.at && !hovered) fitNear(now);
    else if (at !== null && shown.nodes.has(at) && !engine.visible(at)) engine.centre(at);
  }
}

// On a phone the graph shrinks when the panel rises: show what the panel is about, once the page has its new shape.
function fitNear(now) {
  const near = atNodes(now).filter((i) => shown.nodes.has(i));
  const around = near.length === 1 ? [...near, ...neighbours(near[0]).filter((i) => shown.nodes.has(i))] : near;
  if (around.length) setTimeout(() => engine.fit(around, true), 60);
}

function drawNotice(now) {
  const total = entities.length;
  const out = total - passed.node.filter(Boolean).length;
  const words = [];
  const groups = foldedGroups(now);
  if (groups.length) words.push(t('clusters', count(groups.length), count(groups.reduce((n, g) => n + DATA.groups[g].n, 0))));
  else if (!shown.nodes.size) words.push(t('shownNone'));
  else if (now.path) words.push(t('shownPath', count(shown.nodes.size)));
  else if (now.focus !== null) words.push(t('shownFocus', count(shown.nodes.size - 1), count(total), cut(nameOf(now.focus))));
  else if (shown.nodes.size >= total) words.push(t('shownAll', count(total)));
  else words.push(t('shownPart', count(shown.nodes.size), count(total)));
  if (out) words.push(t('filteredOut', count(out)));
  const plain = !now.path && now.focus === null;
  const more = plain && !now.all && shown.nodes.size < total - out;
  replace($('notice'), h('span', { text: words.join(english() ? ' ' : '') }),
    more && button(t('showAll'), () => go({ all: true }), { class: 'link' }),
    now.open.length > 0 && button(t('fold'), () => go({ open: [] }), { class: 'link' }),
    plain && now.all && total > strongest() && button(t('showStrong'), () => go({ all: false }), { class: 'link' }),
    out > 0 && button(t('reset'), resetFilters, { class: 'link' }));
}

// Focus and path as a strip above the graph, with the way out.
function drawTrail(now) {
  const strip = $('trail');
  strip.hidden = !now.path && now.focus === null;
  if (now.path) {
    const steps = way(...now.path);
    const names = now.path.map((i) => cut(nameOf(i)));
    replace(strip, steps
      ? steps.flatMap((i, k) => [k > 0 && h('span', { class: 'arrow', text: '—' }), button(cut(nameOf(i)), () => open('entity', i), { class: 'step' }, glyph(entities[i].type, 11), said(cut(nameOf(i))))])
      : h('span', { text: t('noPath', ...names) }),
    button(t('leavePath'), () => go({ path: null }), { class: 'leave', title: t('leavePath'), 'aria-label': t('leavePath') }, icon(ICONS.close)));
  } else if (now.focus !== null) {
    replace(strip, h('span', { text: `${t('focus')} ` }), button('', () => open('entity', now.focus), { class: 'step' }, glyph(entities[now.focus].type, 11), said(cut(nameOf(now.focus)))),
      button(t('leaveFocus'), () => go({ focus: null }), { class: 'leave', title: t('leaveFocus'), 'aria-label': t('leaveFocus') }, icon(ICONS.close)));
  }
}
