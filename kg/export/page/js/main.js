// Putting it together.
function applyLanguage() {
  document.documentElement.lang = language;
  $('language-now').textContent = SHORT[language];
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel));
  for (const node of document.querySelectorAll('[data-t-placeholder]')) node.placeholder = t(node.dataset.tPlaceholder);
  for (const node of document.querySelectorAll('[data-t-title]')) {
    node.title = t(node.dataset.tTitle);
    node.setAttribute('aria-label', node.title);
  }
  replace($('counts'), h('span', { text: `${named(articles.length)} · ${count(entities.length)} ${t('nEntities')}` }), h('span', { class: 'wide', text: ` · ${count(claims.length)} ${t('nClaims')}` }));
}

function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  readPalette();
  if (engine) engine.repaint();
}

const DARK = matchMedia('(prefers-color-scheme: dark)');
const themeNow = () => keep.get('theme') || (DARK.matches ? 'dark' : 'light');

function redraw(now, before) {
  const filtered = !before || ['types', 'predicates', 'articles', 'modalities', 'from', 'to', 'min'].some((k) => now[k] !== before[k]);
  if (filtered) passed = pass(now);
  drawTables(now);
  drawGraph(now, before);
  drawNotice(now);
  drawTrail(now);
  if (filtered) drawFilters(now);
  const changed = filtered || now.all !== before.all || now.path !== before.path || now.open !== before.open;
  if (!before || now.at !== before.at || now.focus !== before.focus || (!now.at && changed)) {
    drawPanel(now);
    if (before && now.at && now.at.kind === 'entity') announce(t('selected', nameOf(now.at.n)));
  }
  $('back').disabled = step === 0;
}

function retranslate() {
  applyLanguage();
  buildFilters();
  redraw(state, null);
  if (engine) engine.repaint();
}

function startEngine() {
  const on = {
    node: (i) => open('entity', i),
    edge: (i) => open('edge', i),
    nothing: () => { if (state.at) go({ at: null }); },
    focus: (i) => go({ at: { kind: 'entity', n: i }, focus: i, path: null }),
    hover: setHover,
  };
  try {
    engine = (DATA.engine === 'sigma' ? sigmaEngine : visEngine)($('network'), on);
  } catch (problem) {
    if (DATA.engine !== 'sigma') throw problem;
    $('network').append(h('p', { class: 'lead no-webgl', text: t('noWebgl', count(entities.length)) }));
  }
}

function setUpControls() {
  $('home').addEventListener('click', () => go({ ...fresh() }));
  $('back').addEventListener('click', () => history.back());
  $('forward').addEventListener('click', () => history.forward());
  $('share').addEventListener('click', () => copy(shareLink()));
  $('theme').addEventListener('click', () => {
    const next = dark() ? 'light' : 'dark';
    keep.set('theme', next);
    applyTheme(next);
  });
  DARK.addEventListener('change', () => applyTheme(themeNow()));
  $('zoom-in').addEventListener('click', () => engine.zoom(1.35));
  $('zoom-out').addEventListener('click', () => engine.zoom(1 / 1.35));
  $('zoom-fit').addEventListener('click', () => engine.fit([...shown.nodes], true));
  for (const tab of $('views').children) tab.addEventListener('click', () => go({ view: tab.dataset.view }));
  $('views').addEventListener('keydown', tabKey);
  $('network').addEventListener('keydown', graphKey);
  $('network').addEventListener('blur', () => setHover(null));
  $('filter-toggle').addEventListener('click', () => showFilters(!$('app').classList.contains('filters-open')));
  $('scrim').addEventListener('click', () => showFilters(false));
  document.addEventListener('keydown', pageKey);
  menu('export', () => EXPORTS.filter(([key]) => engine || (key !== 'png' && key !== 'svg')).map(([key, act]) => [t(key), act]));
  menu('language', () => LANGUAGES.map((l) => [LONG[l], () => { language = l; keep.set('language', l); retranslate(); }, l === language]));
  const disputes = links.filter((l) => l.kind === 'contradicts').length;
  $('disputes').hidden = !disputes;
  $('disputes').textContent = disputes;
}

function main() {
  language = chooseLanguage();
  applyTheme(themeNow());
  applyLanguage();
  state = parse(location.hash);
  history.replaceState({ step: 0 }, '');
  setUpControls();
  setUpSearch();
  buildFilters();
  startEngine();
  watchers.push(redraw);
  redraw(state, null);
  document.documentElement.dataset.ready = 'yes';
}

main();
