// Sentences in their article, with what was read from them marked.
const KIND = ['title', 'heading', 'text', 'list', 'caption'];

// A sentence cut at the ends of claims: pieces [text, claims that cover it].
function pieces(article, index, only) {
  const text = articles[article].sentences[index][4];
  const spans = [];
  for (const i of only || claimsIn[article]) {
    const p = claims[i].place;
    if (!p || index < p[0] || index > p[2]) continue;
    spans.push([index === p[0] ? p[1] : 0, index === p[2] ? p[3] : undefined, i]);
  }
  // Offsets count code points, as the record's do.
  const points = [...text];
  const cuts = [...new Set([0, points.length, ...spans.flatMap(([a, b]) => [a, b === undefined ? points.length : b])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, k) => [points.slice(cuts[k], end).join(''),
    spans.filter(([a, b]) => a <= cuts[k] && (b === undefined ? points.length : b) >= end).map(([, , i]) => i)]);
}

function sentence(article, index, mode, marked) {
  return pieces(article, index, mode === 'claim' ? [marked] : null).map(([text, on]) => {
    if (!on.length) return document.createTextNode(text);
    if (mode === 'claim') return h('mark', { text });
    return h('a', { class: on.some((i) => disputed[i]) ? 'claimed disputed' : 'claimed', href: `#claim=${claims[on[0]].id}`, text, onclick: (e) => { e.preventDefault(); open('claim', on[0]); } });
  });
}

const gap = (text) => (/[A-Za-z0-9.!?,;:)"']$/.test(text) ? ' ' : '');

function paragraphs(article, from, to, mode, marked) {
  const rows = articles[article].sentences;
  const out = [];
  let number = null;
  for (let k = from; k <= to; k += 1) {
    const [, , kind, paragraph, text] = rows[k];
    const inline = sentence(article, k, mode, marked);
    if (KIND[kind] === 'title' && mode !== 'claim') continue;
    if (paragraph === number && out.length) out[out.length - 1].append(gap(rows[k - 1][4]), ...inline);
    else out.push(h('p', { class: `s-${KIND[kind]}` }, inline));
    number = paragraph;
  }
  return out;
}

const lang = (article) => articles[article].language;

// The claim's passage with two sentences on either side.
function passage(i) {
  const c = claims[i];
  const rows = articles[c.article].sentences;
  if (!c.place) return h('blockquote', { class: 'passage', lang: lang(c.article), dir: 'auto' }, h('p', {}, h('mark', { text: c.text })));
  const from = Math.max(0, c.place[0] - 2);
  const to = Math.min(rows.length - 1, c.place[2] + 2);
  return h('blockquote', { class: `passage${from > 0 ? ' cut-above' : ''}${to < rows.length - 1 ? ' cut-below' : ''}`, lang: lang(c.article), dir: 'auto' }, paragraphs(c.article, from, to, 'claim', i));
}

function byline(article) {
  const a = articles[article];
  const people = a.authors.filter((n) => n !== a.publisher);
  return h('p', { class: 'byline' }, [a.publisher, ...people].filter(Boolean).flatMap((n) => [said(n), ' · ']), h('time', { text: dated(a) }));
}

// The citation of a claim: what was said, by whom, where, to the character.
function citation(i) {
  const c = claims[i];
  const a = articles[c.article];
  const by = [...a.authors, a.publisher && !a.authors.includes(a.publisher) ? a.publisher : null].filter(Boolean).join(english() ? ', ' : '、');
  return `“${c.text}” — ${by ? `${by}. ` : ''}${a.title ? `《${a.title}》. ` : ''}${a.published ? `${a.published}. ` : ''}${a.source}#char=${c.span[0]},${c.span[1]}`;
}
