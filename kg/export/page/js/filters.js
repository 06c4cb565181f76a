// Legend and filters: one list that explains the marks and switches them.
const resetFilters = () => go({ types: new Set(), predicates: new Set(), articles: new Set(), modalities: new Set(), from: null, to: null, min: 1 }, { quiet: true });

function toggle(key, value) {
  const hidden = new Set(state[key]);
  if (!hidden.delete(value)) hidden.add(value);
  go({ [key]: hidden }, { quiet: true });
}

const only = (key, value, values) => go({ [key]: new Set(values.filter((v) => v !== value)) }, { quiet: true });

function box(key, value, values, label, mark) {
  const input = h('input', { type: 'checkbox', 'data-key': key, 'data-value': value, onchange: () => toggle(key, value) });
  return h('li', { class: 'option' },
    h('label', {}, input, mark, h('span', { class: 'name' }, said(label)), h('output', { 'data-count': `${key}:${value}` })),
    button(t('only'), () => only(key, value, values), { class: 'only', 'aria-label': `${t('only')} ${label}` }));
}

const stroke = (cls) => s('svg', { viewBox: '0 0 22 8', width: 22, height: 8, class: `stroke ${cls}`, 'aria-hidden': 'true' }, s('path', { d: 'M1 4H21' }));

function group(title, key, values, row, openAtFirst = true) {
  if (values.length < 1) return null;
  return h('details', { open: openAtFirst, 'data-group': key },
    h('summary', {}, h('span', { text: title }),
      button(t('allOf'), (e) => { e.preventDefault(); go({ [key]: new Set([...state[key]].filter((v) => !values.includes(v))) }, { quiet: true }); }, { class: 'all', 'data-all': key })),
    h('ul', {}, values.map(row)));
}

// Two handles over the months in which articles appeared.
function dateRange() {
  if (MONTHS.length < 2) return null;
  const last = MONTHS.length - 1;
  const slider = (key, start) => h('input', {
    type: 'range', min: 0, max: last, step: 1, value: start, 'data-date': key, 'aria-label': t(`${key}Date`),
    oninput: () => {
      const [from, to] = ['from', 'to'].map((k) => Number($('filters').querySelector(`[data-date=${k}]`).value));
      const low = Math.min(from, to);
      const high = Math.max(from, to);
      go({ from: low > 0 ? MONTHS[low] : null, to: high < last ? MONTHS[high] : null }, { quiet: true });
    },
  });
  const most = Math.max(...MONTHS.map((m) => articles.filter((a) => (a.published || '').startsWith(m)).length));
  const bars = MONTHS.map((m) => {
    const n = articles.filter((a) => (a.published || '').startsWith(m)).length;
    return s('rect', { x: MONTHS.indexOf(m) + 0.15, y: 10 - (9 * n) / most, width: 0.7, height: (9 * n) / most, 'data-month': m });
  });
  return h('details', { open: true }, h('summary', { text: t('dates') }),
    h('div', { class: 'range' },
      s('svg', { viewBox: `0 0 ${MONTHS.length} 10`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, bars),
      h('div', { class: 'handles' }, slider('from', 0), slider('to', last)),
      h('p', { class: 'ends' }, h('output', { id: 'from-month' }), h('output', { id: 'to-month' }))));
}

function buildFilters() {
  const relations = PREDICATES.filter((p) => edges.some((e) => e.p === p && !e.compares));
  const comparing = PREDICATES.filter((p) => edges.some((e) => e.p === p && e.compares));
  const most = Math.max(1, ...entities.map((e) => e.articles.length));
  // Of very many articles, those with most claims.
  const keys = articles.map((_, i) => i).sort((a, b) => claimsIn[b].length - claimsIn[a].length || a - b).slice(0, 60).sort((a, b) => a - b);
  const others = articles.length - keys.length;
  const min = most < 2 ? null : h('details', { open: true }, h('summary', { text: t('minSources') }),
    h('div', { class: 'least' },
      h('input', { type: 'range', id: 'least', min: 1, max: Math.min(most, 12), step: 1, value: state.min, 'aria-label': t('minSources'), oninput: (e) => go({ min: Number(e.target.value) }, { quiet: true }) }),
      h('output', { id: 'least-now' })));
  const inner = [
    h('div', { class: 'filters-head' }, h('h2', { text: t('filters') }), button(t('reset'), resetFilters, { class: 'link', id: 'reset' }),
      button(t('close'), () => showFilters(false), { class: 'tool narrow', 'aria-label': t('close') }, icon(ICONS.close))),
    group(t('types'), 'types', TYPES, (v) => box('types', v, TYPES, word('type', v), glyph(v, 15))),
    entityDisputed.some(Boolean) && DATA.engine === 'vis' && h('p', { class: 'key' }, s('svg', { viewBox: '0 0 10 10', width: 9, height: 9, 'aria-hidden': 'true' }, s('circle', { cx: 5, cy: 5, r: 4.5 })), t('disputedMark')),
    group(t('relations'), 'predicates', relations, (v) => box('predicates', v, PREDICATES, word('predicate', v), stroke('relation'))),
    group(t('comparisons'), 'predicates', comparing, (v) => box('predicates', v, PREDICATES, word('predicate', v), stroke('compare')), false),
    min,
    dateRange(),
    group(t('modality'), 'modalities', MODALITIES, (v) => box('modalities', v, MODALITIES, word('modality', v), stroke(v === 'asserted' ? 'relation' : 'unsure'))),
    group(others ? `${t('articles')} ${keys.length} / ${count(articles.length)}` : t('articles'), 'articles', keys, (v) => box('articles', v, articles.map((_, i) => i), titled(articles[v]), null), articles.length <= 12),
  ];
  const scrolled = $('filters').scrollTop;
  replace($('filters'), inner);
  $('filters').scrollTop = scrolled;
}

// Boxes and counts follow the state.
function drawFilters(now) {
  const root = $('filters');
  for (const input of root.querySelectorAll('input[type=checkbox]')) {
    const { key, value } = input.dataset;
    input.checked = !now[key].has(key === 'articles' ? Number(value) : value);
  }
  const tally = new Map();
  const add = (key, value, ok) => {
    const [n, all] = tally.get(`${key}:${value}`) || [0, 0];
    tally.set(`${key}:${value}`, [n + (ok ? 1 : 0), all + 1]);
  };
  entities.forEach((e, i) => add('types', e.type, passed.node[i]));
  edges.forEach((e, i) => add('predicates', e.p, passed.edge[i]));
  claims.forEach((c, i) => { add('modalities', c.modality, passed.claim[i]); add('articles', c.article, passed.claim[i]); });
  for (const out of root.querySelectorAll('output[data-count]')) {
    const [n, all] = tally.get(out.dataset.count) || [0, 0];
    out.textContent = n === all ? count(all) : `${count(n)} / ${count(all)}`;
  }
  for (const all of root.querySelectorAll('[data-all]')) {
    const list = [...all.closest('details').querySelectorAll('input')];
    all.hidden = list.every((i) => i.checked);
  }
  if ($('least')) {
    $('least').value = now.min;
    $('least-now').textContent = now.min;
  }
  if ($('from-month')) {
    const [low, high] = [now.from || MONTHS[0], now.to || MONTHS[MONTHS.length - 1]];
    root.querySelector('[data-date=from]').value = Math.max(0, MONTHS.findIndex((m) => m >= low));
    root.querySelector('[data-date=to]').value = MONTHS.filter((m) => m <= high || m.startsWith(high)).length - 1;
    $('from-month').textContent = low;
    $('to-month').textContent = high;
    for (const bar of root.querySelectorAll('[data-month]')) bar.classList.toggle('out', bar.dataset.month < low || bar.dataset.month > high);
  }
  const touched = ['types', 'predicates', 'articles', 'modalities'].some((k) => now[k].size) || now.from || now.to || now.min > 1;
  $('reset').hidden = !touched;
  $('filter-toggle').classList.toggle('on', Boolean(touched));
}

function showFilters(yes) {
  $('app').classList.toggle('filters-open', yes);
  $('filter-toggle').setAttribute('aria-expanded', String(yes));
  $('scrim').hidden = !yes;
  if (yes) $('filters').querySelector('button, input').focus();
}
