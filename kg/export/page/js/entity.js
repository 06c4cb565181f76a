// The panel of an entity: names, relations, numbers, what it said and what was said of it.
function relationsOf(i) {
  const groups = new Map();
  for (const n of edgesOf[i]) {
    const e = edges[n];
    if (e.compares) continue;
    const out = e.s === i;
    const key = `${out ? 'predicate' : 'inverse'}:${e.p}`;
    if (!groups.has(key)) groups.set(key, { title: word(out ? 'predicate' : 'inverse', e.p), rows: [] });
    groups.get(key).rows.push(n);
  }
  const order = [...groups.keys()].sort((a, b) => (a.startsWith('i') - b.startsWith('i')) || PREDICATES.indexOf(a.split(':')[1]) - PREDICATES.indexOf(b.split(':')[1]));
  return order.map((key) => {
    const { title, rows } = groups.get(key);
    rows.sort((a, b) => edges[b].sources - edges[a].sources || across(edges[a], i) - across(edges[b], i));
    return h('div', { class: 'relation' }, h('h4', { text: title }), listOf(rows, (n) => tie(n, i), 24, 'ties'));
  });
}

function tie(n, i) {
  const e = edges[n];
  const other = across(e, i);
  const unsure = edgeUnsure[n] && h('span', { class: `tag m-${claims[e.claims[0]].modality}`, text: word('modality', claims[e.claims[0]].modality) });
  return h('li', {}, chip(other), button('', () => open('edge', n), { class: 'support', title: t('evidence'), 'aria-label': `${nameOf(other)}: ${t('evidence')}, ${named(e.sources)}` },
    unsure, edgeDisputed[n] && h('span', { class: 'tag alarm', text: t('disputed') }), h('span', { text: named(e.sources) })));
}

function numbersOf(i) {
  const rows = claimsOf[i].filter((k) => claims[k].kind === 'quantity' && claims[k].s === i)
    .sort((a, b) => Object.keys(STRINGS.attribute).indexOf(claims[a].p) - Object.keys(STRINGS.attribute).indexOf(claims[b].p) || a - b);
  const row = (k) => {
    const c = claims[k];
    return h('tr', {},
      h('th', { scope: 'row', text: word('attribute', c.p) }),
      h('td', {}, button('', () => open('claim', k), { class: 'value' }, amount(c), ' ', modality(c), alarm(k)),
        Number.isInteger(c.o) && h('small', {}, `${t('relativeTo')} `, said(cut(nameOf(c.o), 24)))),
      h('td', { class: 'who' }, said(cut(holderOf(c), 20)), h('small', {}, said(cut(articles[c.article].publisher || titled(articles[c.article]), 20)))));
  };
  if (!rows.length) return null;
  const table = h('tbody', {}, rows.slice(0, 10).map(row));
  const more = rows.length > 10 && button(t('moreClaims', rows.length - 10), () => { table.append(...rows.slice(10).map(row)); more.remove(); }, { class: 'link more' });
  return section(t('numbers'), rows.length, h('table', { class: 'numbers' },
    h('thead', { class: 'off' }, h('tr', {}, ['attribute', 'value', 'holder'].map((k) => h('th', { scope: 'col', text: t(k) })))), table), more);
}

function entityPanel(i) {
  const e = entities[i];
  const seen = new Set([nameOf(i).toLowerCase()]);
  // The other script's spellings are for finding, not for reading.
  const unread = language === 'zh-Hant' ? 'zh-Hans' : 'zh-Hant';
  const read = [...Object.entries(e.labels), ...e.tags].filter(([tag]) => tag !== unread).map(([, name]) => name);
  const others = read.filter((n) => !seen.has(n.toLowerCase()) && seen.add(n.toLowerCase()));
  const ties = edgesOf[i].filter((n) => !edges[n].compares);
  const compared = claimsOf[i].filter((k) => claims[k].kind === 'comparison');
  const saidIt = heldBy[i].filter((k) => claims[k].kind === 'statement');
  const saidOf = claimsOf[i].filter((k) => claims[k].kind === 'statement' && claims[k].holder !== i);
  const q = /^Q[1-9]\d*$/.test(e.wikidata || '') ? e.wikidata : null;
  const numbers = numbersOf(i);
  return [
    h('p', { class: 'eyebrow' }, glyph(e.type, 13), ' ', word('type', e.type)),
    h('h2', { class: 'entity-name' }, said(nameOf(i))),
    others.length ? h('p', { class: 'aliases' }, h('span', { class: 'soft', text: `${t('alsoNamed')} ` }), others.slice(0, 10).flatMap((n, k) => [k > 0 && h('span', { class: 'dot', text: ' · ' }), said(cut(n, 60))])) : null,
    h('div', { class: 'actions' },
      button('', () => go({ focus: state.focus === i ? null : i, path: null, view: 'graph' }), { class: 'action', 'aria-pressed': String(state.focus === i), id: 'focus-here' }, icon(ICONS.focus), t('focus')),
      button('', () => startPicking(t('pathTo'), (to) => go({ path: [i, to], focus: null, view: 'graph' })), { class: 'action', id: 'path-from' }, icon(ICONS.path), t('path')),
      q && h('a', { class: 'action', href: `https://www.wikidata.org/wiki/${q}`, target: '_blank', rel: 'noopener noreferrer' }, icon(ICONS.link), `Wikidata ${q}`)),
    section(t('relations'), ties.length, relationsOf(i)),
    numbers,
    section(t('comparedWith'), compared.length, listOf(sure(compared), (k) => claimRow(k))),
    section(t('said'), saidIt.length, listOf(saidIt, (k) => claimRow(k, i), 5)),
    section(t('saidOf'), saidOf.length, listOf(saidOf, (k) => claimRow(k), 5)),
    !ties.length && !numbers && !compared.length && !saidIt.length && !saidOf.length && h('p', { class: 'soft', text: t('mentionsOnly') }),
    section(t('mentionedIn'), e.articles.length, listOf(e.articles, (n) => articleRow(n))),
  ];
}
