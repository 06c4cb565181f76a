// Compare and timeline: the claims as tables, under the same filters as the graph.
const passes = (l) => passed.claim[l.a] && passed.claim[l.b];

function compareRows(kind) {
  return links.filter((l) => l.kind === kind && passes(l));
}

function compareRow(l) {
  const [a, b] = [claims[l.a], claims[l.b]];
  const side = (i) => {
    const c = claims[i];
    return h('td', {}, button('', () => open('claim', i), { class: 'side-claim' }, h('b', {}, c.kind === 'quantity' ? amount(c) : inWords(i, c.s)), ' ', modality(c)),
      h('small', {}, said(cut(holderOf(c), 24)), ' · ', said(cut(articles[c.article].publisher || titled(articles[c.article]), 24)), articles[c.article].published && ` · ${articles[c.article].published}`));
  };
  return h('tr', { class: l.kind },
    h('th', { scope: 'row' }, Number.isInteger(a.s) ? chip(a.s) : t('nobody'), h('small', { text: a.kind === 'quantity' ? word('attribute', a.p) : a.kind === 'statement' ? t('statement') : word('predicate', a.p) })),
    side(l.a), h('td', { class: 'versus', text: l.kind === 'contradicts' ? '≠' : '=' }), side(l.b), h('td', { class: 'reason', text: reasonOf(l) }));
}

function compareTable(kind, title) {
  const rows = compareRows(kind);
  if (!rows.length) return null;
  return h('section', {}, h('h2', {}, t(title), h('span', { class: 'n', text: count(rows.length) })),
    h('div', { class: 'scroll' }, h('table', { class: 'compare' },
      h('thead', {}, h('tr', {}, [t('subject'), t('one'), '', t('other'), t('reason')].map((text) => h('th', { scope: 'col', text })))),
      h('tbody', {}, rows.slice(0, 500).map(compareRow)))), unlisted(rows.length - 500));
}

const unlisted = (n) => n > 0 && h('p', { class: 'lead', text: t('notShown', count(n)) });

// Relations that more than one independent source states.
function sharedTable() {
  const rows = edges.map((e, i) => i).filter((i) => edges[i].independent > 1 && !edges[i].compares && passed.edge[i])
    .sort((a, b) => edges[b].independent - edges[a].independent || a - b);
  if (!rows.length) return null;
  const row = (i) => {
    const e = edges[i];
    return h('tr', {}, h('th', { scope: 'row' }, h('span', { class: 'triple' }, chip(e.s), h('span', { class: 'predicate', text: word('predicate', e.p) }), chip(e.o))),
      h('td', {}, button('', () => open('edge', i), { class: 'side-claim' }, h('b', { text: named(e.sources) }), ' ', h('small', { text: t('nIndependent', e.independent) }))));
  };
  return h('section', {}, h('h2', {}, t('sharedRelations'), h('span', { class: 'n', text: count(rows.length) })),
    h('div', { class: 'scroll' }, h('table', { class: 'compare' },
      h('thead', {}, h('tr', {}, [t('relation'), t('evidence')].map((text) => h('th', { scope: 'col', text })))),
      h('tbody', {}, rows.slice(0, 500).map(row)))), unlisted(rows.length - 500));
}

function compareView() {
  const tables = [compareTable('contradicts', 'disagreements'), compareTable('corroborates', 'agreements'), sharedTable()].filter(Boolean);
  return [h('p', { class: 'lead', text: tables.length ? t('compareLead') : t('noCompare') }), ...tables];
}

// When a claim's matter happened: its value where that is a date, else the time it names.
function when(c) {
  const value = c.kind === 'quantity' && c.unit === 'date' ? (Array.isArray(c.number) ? c.number[0] : c.number) : c.time;
  return typeof value === 'string' && /^\d{4}/.test(value) ? value : null;
}

function timelineRows() {
  const rows = [];
  claims.forEach((c, i) => { if (passed.claim[i] && when(c)) rows.push({ date: when(c), claim: i }); });
  articles.forEach((a, i) => { if (passed.article[i] && a.published) rows.push({ date: a.published, article: i }); });
  return rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0) || ('article' in a) - ('article' in b));
}

function timelineEntry(row) {
  if ('article' in row) {
    return h('li', { class: 'from-article' }, h('time', { datetime: row.date, text: row.date.slice(5) }), button('', () => open('article', row.article), { class: 'event' },
      h('span', { class: 'soft', text: `${t('published')} ` }), said(titled(articles[row.article]))));
  }
  const c = claims[row.claim];
  return h('li', { class: disputed[row.claim] ? 'disputed' : null }, h('time', { datetime: row.date, text: row.date.slice(5) }), button('', () => open('claim', row.claim), { class: 'event' },
    h('span', { class: 'main' }, Number.isInteger(c.s) ? [glyph(entities[c.s].type, 12), ' ', said(cut(nameOf(c.s), 40), 'who'), ' '] : null, h('span', { class: 'soft', text: word('attribute', c.p) }), c.unit === 'date' ? null : h('b', { text: ` ${amount(c)}` }), ' ', modality(c), alarm(row.claim)),
    h('span', { class: 'quote' }, said(cut(c.text, 120)))));
}

function timelineView() {
  const rows = timelineRows();
  if (!rows.length) return [h('p', { class: 'lead', text: t('noTimeline') })];
  const years = new Map();
  for (const row of rows.slice(0, 2000)) {
    const year = row.date.slice(0, 4);
    if (!years.has(year)) years.set(year, []);
    years.get(year).push(row);
  }
  return [h('p', { class: 'lead', text: t('timelineLead') }),
    ...[...years].map(([year, list]) => h('section', { class: 'year' }, h('h2', {}, year, h('span', { class: 'n', text: count(list.length) })), h('ol', { class: 'events' }, list.map(timelineEntry)))), unlisted(rows.length - 2000)];
}

function drawTables(now) {
  const graph = now.view === 'graph';
  $('app').classList.toggle('on-tables', !graph);
  $('stage').hidden = !graph;
  $('tables').hidden = graph;
  for (const tab of $('views').children) {
    const on = tab.dataset.view === now.view;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  if (!graph) {
    $('tables').setAttribute('aria-labelledby', `tab-${now.view}`);
    replace($('tables'), h('div', { class: `sheet ${now.view}` }, now.view === 'compare' ? compareView() : timelineView()));
  }
}
