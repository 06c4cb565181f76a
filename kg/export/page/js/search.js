// Search over every name in either script, with suggestions.
const folded = (text) => text.normalize('NFKC').toLowerCase().replace(/[\s·•\-_.]+/g, '');
let index = null; // made when first asked
let found = [];
let active = -1;
let picking = null; // what a choice does, when it is not "open"

// Entities by how well a name fits: the whole name, its beginning, any part; then by importance.
function find(query, most = 12) {
  const wanted = folded(query);
  if (!wanted) return [];
  index ||= entities.map((e) => allNames(e).map((n) => [folded(n), n]));
  const hits = [];
  index.forEach((names, i) => {
    let best = 9;
    let by = '';
    for (const [name, shownAs] of names) {
      const score = name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9;
      if (score < best) [best, by] = [score, shownAs];
    }
    if (best < 9) hits.push({ i, best, by });
  });
  return hits.sort((a, b) => a.best - b.best || a.i - b.i).slice(0, most);
}

function suggest() {
  const input = $('search');
  const list = $('suggestions');
  found = find(input.value);
  active = found.length ? 0 : -1;
  const empty = Boolean(input.value.trim()) && !found.length;
  replace(list, found.map(({ i, by }, k) => {
    const other = by !== nameOf(i) ? by : '';
    return h('li', { role: 'option', id: `suggestion-${k}`, 'aria-selected': String(k === active), onmousedown: (e) => { e.preventDefault(); pick(k); } },
      glyph(entities[i].type, 13), said(cut(nameOf(i), 40), 'name'), other && said(cut(other, 30), 'other'), h('span', { class: 'kind', text: word('type', entities[i].type) }));
  }), empty && h('li', { class: 'none', text: t('noResult') }));
  list.hidden = !found.length && !empty;
  input.setAttribute('aria-expanded', String(!list.hidden));
  if (active >= 0) input.setAttribute('aria-activedescendant', 'suggestion-0');
  else input.removeAttribute('aria-activedescendant');
  if (input.value.trim()) announce(found.length ? t('searchResults', found.length) : t('noResult'));
}

function moveTo(k) {
  const rows = [...$('suggestions').querySelectorAll('[role=option]')];
  if (!rows.length) return;
  active = (k + rows.length) % rows.length;
  rows.forEach((row, i) => row.setAttribute('aria-selected', String(i === active)));
  rows[active].scrollIntoView({ block: 'nearest' });
  $('search').setAttribute('aria-activedescendant', rows[active].id);
}

function closeSuggestions() {
  $('suggestions').hidden = true;
  $('search').setAttribute('aria-expanded', 'false');
  $('search').removeAttribute('aria-activedescendant');
}

function pick(k) {
  if (!found[k]) return;
  const { i } = found[k];
  $('search').value = '';
  closeSuggestions();
  $('search').blur();
  const then = picking;
  stopPicking();
  if (then) then(i);
  else {
    open('entity', i);
    $('panel').focus({ preventScroll: true });
  }
}

// Ask for another entity: the search box takes it.
function startPicking(label, then) {
  picking = then;
  $('search').placeholder = label;
  $('search').setAttribute('aria-label', label);
  $('finder').classList.add('picking');
  $('search').focus();
}

function stopPicking() {
  picking = null;
  $('finder').classList.remove('picking');
  $('search').placeholder = t('search');
  $('search').setAttribute('aria-label', t('search'));
}

function setUpSearch() {
  const input = $('search');
  input.addEventListener('input', suggest);
  input.addEventListener('focus', () => { if (input.value) suggest(); });
  input.addEventListener('blur', () => { closeSuggestions(); setTimeout(stopPicking, 150); });
  input.addEventListener('keydown', (e) => {
    if (e.isComposing) return;
    const keys = { ArrowDown: () => moveTo(active + 1), ArrowUp: () => moveTo(active - 1), Enter: () => pick(active), Escape: () => { input.value = ''; closeSuggestions(); input.blur(); } };
    if (keys[e.key]) {
      e.preventDefault();
      e.stopPropagation();
      keys[e.key]();
    }
  });
}
