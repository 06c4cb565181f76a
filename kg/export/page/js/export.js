// Taking along: pictures, tables, RDF.
function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = h('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function savePng() {
  const source = engine.canvas();
  const canvas = h('canvas', { width: source.width, height: source.height });
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = palette.bg;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, 0);
  canvas.toBlob((blob) => save('graph.png', blob));
}

// The drawn part as SVG: edges, marks and all its labels, with a title for each.
function drawingAsSvg() {
  const nodes = [...shown.nodes].sort((a, b) => a - b);
  const at = new Map(nodes.map((i) => [i, engine.place(i)]));
  const xs = [...at.values()];
  const pad = 80;
  const [x0, y0] = [Math.min(...xs.map((p) => p.x - p.r)) - pad, Math.min(...xs.map((p) => p.y - p.r)) - pad];
  const [x1, y1] = [Math.max(...xs.map((p) => p.x + p.r)) + pad, Math.max(...xs.map((p) => p.y + p.r)) + pad];
  const r = (n) => Math.round(n * 10) / 10;
  const root = s('svg', { xmlns: SVG, viewBox: [x0, y0, x1 - x0, y1 - y0].map(r).join(' '), 'font-family': FONT });
  root.append(s('title', { text: t('title') }), s('rect', { x: r(x0), y: r(y0), width: r(x1 - x0), height: r(y1 - y0), fill: palette.bg }));
  for (const i of [...shown.edges].sort((a, b) => a - b)) {
    const e = edges[i];
    const [a, b] = [at.get(e.s), at.get(e.o)];
    const via = engine.bow(i);
    const d = via ? `M${r(a.x)} ${r(a.y)}Q${r(via.x)} ${r(via.y)} ${r(b.x)} ${r(b.y)}` : `M${r(a.x)} ${r(a.y)}L${r(b.x)} ${r(b.y)}`;
    root.append(s('path', { d, fill: 'none', stroke: edgeDisputed[i] ? palette.alarm : e.compares ? palette.compare : palette.line, 'stroke-width': drawing.edges[i].width, 'stroke-dasharray': e.compares ? '2 5' : edgeUnsure[i] ? '7 5' : null },
      s('title', { text: `${clean(nameOf(e.s))} ${word('predicate', e.p)} ${clean(nameOf(e.o))}` })));
  }
  for (const i of nodes) {
    const p = at.get(i);
    root.append(s('g', { transform: `translate(${r(p.x)} ${r(p.y)})` }, s('path', { d: shapeOf(entities[i].type).d, transform: `scale(${r(p.r)})`, fill: colourOf(entities[i].type) }),
      s('text', { y: r(p.r + 16), 'text-anchor': 'middle', 'font-size': i < 6 ? 16 : 13, fill: palette.ink, stroke: palette.bg, 'stroke-width': 3, 'paint-order': 'stroke', text: cut(nameOf(i)) }), s('title', { text: clean(nameOf(i)) })));
  }
  return `${new XMLSerializer().serializeToString(root)}\n`;
}

// A cell that a spreadsheet does not take for a formula.
function cell(value) {
  const plain = String(value ?? '').replace(/\r?\n/g, ' ');
  const safe = /^[=+\-@\t]/.test(plain) && !/^-?\d+(\.\d+)?$/.test(plain) ? `'${plain}` : plain;
  return /[",\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

const CSV_HEAD = ['claim', 'kind', 'subject', 'predicate', 'operator', 'value', 'unit', 'object', 'content', 'holder', 'modality', 'evidence', 'title', 'publisher', 'published', 'file', 'start', 'end', 'rule'];

function csvRow(i) {
  const c = claims[i];
  const a = articles[c.article];
  const name = (n) => (Number.isInteger(n) ? nameOf(n) : '');
  const value = c.kind === 'quantity' ? [].concat(c.number).join('–') : '';
  const about = c.about ? c.about.map(nameOf).join('; ') : name(c.o);
  return [c.id, c.kind, name(c.s), c.p || c.mode, c.op, value, c.unit, about, c.content, holderOf(c), c.modality, c.text, a.title, a.publisher, a.published, a.source, ...c.span, c.rule];
}

// The table of what is on the screen: the claims of the selection, or of the compare or timeline view.
function csv() {
  let head = CSV_HEAD;
  let rows;
  if (!state.at && state.view === 'compare') {
    const pairs = [...compareRows('contradicts'), ...compareRows('corroborates')];
    head = ['link', 'reason', ...CSV_HEAD, ...CSV_HEAD.map((k) => `other_${k}`)];
    rows = pairs.map((l) => [l.kind, l.reason, ...csvRow(l.a), ...csvRow(l.b)]);
  } else if (!state.at && state.view === 'timeline') rows = timelineRows().filter((row) => 'claim' in row).map((row) => csvRow(row.claim));
  else rows = selection().claims.map(csvRow);
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const EXPORTS = [
  ['png', () => savePng()],
  ['svg', () => save('graph.svg', new Blob([drawingAsSvg()], { type: 'image/svg+xml' }))],
  ['csv', () => save('claims.csv', new Blob([csv()], { type: 'text/csv;charset=utf-8' }))],
  ['turtle', () => save('selection.ttl', new Blob([turtle(selection())], { type: 'text/turtle;charset=utf-8' }))],
  ['jsonld', () => save('selection.jsonld', new Blob([jsonld(selection())], { type: 'application/ld+json' }))],
];
