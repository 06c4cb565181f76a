// The panel: overview, edge, claim and article (entities have their own file).
const chip = (i, onclick = () => open('entity', i)) => button('', onclick, { class: 'chip' }, glyph(entities[i].type, 12), said(cut(nameOf(i), 40)));

function modality(claim) {
  return claim.modality === 'asserted' ? null : h('span', { class: `tag m-${claim.modality}`, text: word('modality', claim.modality) });
}
const alarm = (i) => disputed[i] && h('span', { class: 'tag alarm', text: t('disputed') });

// A claim in words: its subject may be left out where the heading says it.
function inWords(i, without = null) {
  const c = claims[i];
  const who = (n) => (n === without || !Number.isInteger(n) ? null : said(cut(nameOf(n), 40), 'who'));
  if (c.kind === 'statement') return [said(c.content, 'content')];
  if (c.kind === 'quantity') {
    const rest = Number.isInteger(c.o) ? [h('span', { class: 'soft', text: ` ${t('relativeTo')} ` }), said(cut(nameOf(c.o), 40), 'who')] : [];
    return [who(c.s), ' ', h('span', { class: 'soft', text: word('attribute', c.p) }), ' ', h('b', { text: amount(c) }), ...rest];
  }
  return [who(c.s), ' ', h('span', { class: 'soft', text: word('predicate', c.p) }), ' ', who(c.o)];
}

function claimRow(i, without = null) {
  const c = claims[i];
  const a = articles[c.article];
  return h('li', {}, button('', () => open('claim', i), { class: `row k-${c.kind}` },
    h('span', { class: 'main' }, inWords(i, without), ' ', modality(c), alarm(i)),
    h('span', { class: 'meta' }, c.kind === 'statement' && c.holder === without ? null : [said(cut(holderOf(c), 30)), ' · '], said(cut(a.publisher || a.title || a.source, 30)), a.published && ` · ${a.published}`)));
}

// A list that shows its first rows, and the rest on demand.
function listOf(items, row, most = 8, cls = 'rows') {
  const list = h('ul', { class: cls }, items.slice(0, most).map(row));
  if (items.length <= most) return list;
  const more = button(t('moreClaims', items.length - most), () => {
    const at = list.children.length;
    list.append(...items.slice(most).map(row));
    more.remove();
    list.children[at].querySelector('button, a').focus();
  }, { class: 'link more' });
  return [list, more];
}

const section = (title, n, ...body) => (n ? h('section', {}, h('h3', {}, title, h('span', { class: 'n', text: count(n) })), body) : null);

const sure = (list) => [...list].sort((a, b) => MODALITIES.indexOf(claims[a].modality) - MODALITIES.indexOf(claims[b].modality) || a - b);

function overview() {
  const disputes = links.filter((l) => l.kind === 'contradicts');
  const figures = [[entities.length, 'nEntities'], [edges.filter((e) => !e.compares).length, 'nRelations'], [claims.length, 'nClaims'], [disputes.length, 'nDisputes', 'compare']];
  return [
    h('h2', { class: 'overview-title', text: t('overview') }),
    h('p', { class: 'lead', text: t('lead', articles.length) }),
    h('p', { class: 'soft small', text: t('hint') }),
    h('dl', { class: 'figures' }, figures.map(([n, key, view]) => h('div', { class: view && n ? 'alarmed' : null }, h('dd', { text: count(n) }), h('dt', { text: t(key) })))),
    section(t('disagreements'), disputes.length, h('ul', { class: 'cards' }, disputes.slice(0, 3).map(disputeCard)),
      button(t('seeAll'), () => go({ view: 'compare' }), { class: 'link more' })),
    section(t('shownEntities'), shown.nodes.size, listOf([...shown.nodes].sort((a, b) => a - b), topRow, 8, 'tops')),
    section(t('articles'), articles.length, listOf(articles.map((_, i) => i), articleRow, 12)),
  ];
}

function topRow(i) {
  const e = entities[i];
  return h('li', {}, button('', () => open('entity', i), { class: 'top' },
    glyph(e.type, 15), said(cut(nameOf(i), 30), 'name'), h('span', { class: 'kind', text: word('type', e.type) }), entityDisputed[i] && h('span', { class: 'tag alarm', text: t('disputed') }), h('span', { class: 'n', text: named(e.articles.length) })));
}

function articleRow(i, extra = null) {
  const a = articles[i];
  return h('li', {}, button('', () => open('article', i), { class: 'row article' }, h('span', { class: 'main', lang: a.language }, said(titled(a))),
    h('span', { class: 'meta' }, a.publisher && [said(cut(a.publisher, 30)), ' · '], dated(a), typeof extra === 'string' && ` · ${extra}`)));
}

function disputeCard(l) {
  const [a, b] = [claims[l.a], claims[l.b]];
  const side = (c, i) => h('span', { class: 'side' }, h('b', {}, c.kind === 'quantity' ? amount(c) : inWords(i, c.s)), h('small', {}, said(cut(holderOf(c), 20)), ' · ', said(cut(articles[c.article].publisher || titled(articles[c.article]), 20))));
  return h('li', {}, button('', () => open('claim', l.a), { class: 'card' },
    h('span', { class: 'what' }, Number.isInteger(a.s) ? said(cut(nameOf(a.s))) : t('nobody'), ' · ', a.kind === 'quantity' ? word('attribute', a.p) : word('predicate', a.p)),
    h('span', { class: 'sides' }, side(a, l.a), h('span', { class: 'versus', text: l.kind === 'contradicts' ? '≠' : '=' }), side(b, l.b))));
}

function edgePanel(n) {
  const e = edges[n];
  return [
    h('p', { class: 'eyebrow', text: t(e.compares ? 'comparison' : 'relation') }),
    h('h2', { class: 'triple' }, chip(e.s), h('span', { class: 'predicate', text: word('predicate', e.p) }), chip(e.o)),
    h('p', { class: 'lead' }, named(e.sources), e.sources > 1 && `${english() ? ', ' : '，'}${t('nIndependent', e.independent)}`, ' ', edgeDisputed[n] && h('span', { class: 'tag alarm', text: t('disputed') })),
    ...sure(e.claims).slice(0, 20).map((i) => evidence(i)),
    e.claims.length > 20 && section(t('evidence'), e.claims.length - 20, listOf(sure(e.claims).slice(20), (i) => claimRow(i))),
  ];
}

// A claim's sentence as a card: the passage, where it stands, who says it.
function evidence(i) {
  const c = claims[i];
  return h('article', { class: 'evidence' },
    h('header', {}, button('', () => open('article', c.article), { class: 'title-link', lang: lang(c.article) }, said(titled(articles[c.article]))), byline(c.article)),
    passage(i),
    h('footer', {}, h('span', {}, holderChip(c), ' ', modality(c) || h('span', { class: 'tag', text: word('modality', c.modality) })),
      button(t('claim'), () => open('claim', i), { class: 'link' })));
}

const holderChip = (c) => (Number.isInteger(c.holder) ? chip(c.holder) : h('span', { class: 'holder' }, said(holderOf(c))));

function claimPanel(i) {
  const c = claims[i];
  const facts = [
    [t('holder'), holderChip(c)],
    [t('modality'), h('span', { class: `tag m-${c.modality}`, text: word('modality', c.modality) })],
    c.kind === 'statement' && [t('mode'), t(c.mode)],
    c.time && [t('time'), said(c.time)],
    c.dimension && [t('dimension'), said(c.dimension)],
    [t('rule'), h('code', { text: c.rule })],
    [t('file'), said(articles[c.article].source, 'file')],
    [t('position'), t('characters', count(c.span[0]), count(c.span[1]))],
  ].filter(Boolean);
  const here = c.place ? claimsIn[c.article].filter((k) => k !== i && overlaps(claims[k].place, c.place)) : [];
  const linked = linksOf[i].map((l) => links[l]);
  return [
    h('p', { class: 'eyebrow' }, t(c.kind), ' ', alarm(i)),
    claimTitle(i),
    h('article', { class: 'evidence whole' },
      h('header', {}, button('', () => open('article', c.article), { class: 'title-link', lang: lang(c.article) }, said(titled(articles[c.article]))), byline(c.article)),
      passage(i),
      h('footer', {}, button('', () => copy(citation(i)), { class: 'action', id: 'cite' }, icon(ICONS.copy), t('copyCitation')), button('', () => open('article', c.article), { class: 'action' }, icon(ICONS.article), t('wholeArticle')))),
    h('dl', { class: 'facts' }, facts.map(([k, v]) => h('div', {}, h('dt', { text: k }), h('dd', {}, v)))),
    ...['contradicts', 'corroborates'].map((kind) => {
      const some = linked.filter((l) => l.kind === kind);
      return section(t(kind), some.length, listOf(some, (l) => {
        const row = claimRow(l.a === i ? l.b : l.a);
        row.append(h('p', { class: 'reason', text: reasonOf(l) }));
        return row;
      }));
    }),
    section(t('claimsHere'), here.length, listOf(here, (k) => claimRow(k))),
  ];
}

function claimTitle(i) {
  const c = claims[i];
  if (c.kind === 'statement') return h('h2', { class: 'saying', lang: lang(c.article) }, said(c.content));
  if (c.kind === 'quantity') {
    return h('h2', { class: 'measure' }, h('span', { class: 'of' }, Number.isInteger(c.s) ? chip(c.s) : h('span', { class: 'holder', text: t('nobody') }), h('span', { class: 'predicate', text: word('attribute', c.p) })),
      h('strong', { text: amount(c) }), Number.isInteger(c.o) && h('span', { class: 'of' }, h('span', { class: 'predicate', text: t('relativeTo') }), chip(c.o)));
  }
  return h('h2', { class: 'triple' }, chip(c.s), h('span', { class: 'predicate', text: word('predicate', c.p) }), chip(c.o));
}

const before = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
const overlaps = (p, q) => Boolean(p) && before([p[0], p[1]], [q[2], q[3]]) && before([q[0], q[1]], [p[2], p[3]]);

function articlePanel(n) {
  const a = articles[n];
  return [
    h('p', { class: 'eyebrow', text: t('readArticle') }),
    h('h2', { class: 'headline', lang: a.language }, said(titled(a))),
    byline(n),
    h('p', { class: 'soft small' }, said(a.source, 'file'), ' · ', t('claimsIn')),
    h('div', { class: 'reading', lang: a.language, dir: 'auto' }, paragraphs(n, 0, a.sentences.length - 1, 'article')),
  ];
}

function drawPanel(now) {
  const panel = $('panel');
  const body = { entity: entityPanel, edge: edgePanel, claim: claimPanel, article: articlePanel };
  panel.dataset.kind = now.at ? now.at.kind : 'overview';
  $('app').classList.toggle('panel-open', Boolean(now.at));
  const head = now.at && h('div', { class: 'panel-head' },
    button('', () => history.back(), { class: 'tool', title: t('backUp'), 'aria-label': t('backUp'), disabled: step === 0 }, icon(ICONS.back)),
    button('', () => go({ at: null }), { class: 'tool', id: 'close', title: t('close'), 'aria-label': t('close') }, icon(ICONS.close)));
  replace(panel, head, h('div', { class: 'panel-body' }, now.at ? body[now.at.kind](now.at.n) : overview()));
  panel.scrollTop = 0;
}
