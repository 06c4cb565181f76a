// One shape and one colour for each type of entity: Okabe and Ito's palette, told apart without colour as well.
const polygon = (n, turn, r = 1) =>
  `M${Array.from({ length: n }, (_, i) => {
    const a = turn + (2 * Math.PI * i) / n;
    return `${(r * Math.cos(a)).toFixed(4)} ${(r * Math.sin(a)).toFixed(4)}`;
  }).join('L')}Z`;
const star = () =>
  `M${Array.from({ length: 10 }, (_, i) => {
    const a = -Math.PI / 2 + (Math.PI * i) / 5;
    const r = i % 2 ? 0.55 : 1.15;
    return `${(r * Math.cos(a)).toFixed(4)} ${(r * Math.sin(a)).toFixed(4)}`;
  }).join('L')}Z`;
const UP = -Math.PI / 2;
const CIRCLE = 'M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z';

const SHAPES = {
  Organization: { d: CIRCLE, light: '#0072b2', dark: '#4aa3df' },
  Person: { d: polygon(3, UP, 1.25), light: '#009e73', dark: '#2fc29a' },
  Model: { d: polygon(4, UP, 1.2), light: '#e08a00', dark: '#f0a93a' },
  Hardware: { d: 'M-.86 -.86H.86V.86H-.86Z', light: '#56a7d8', dark: '#8ccbf0' },
  Product: { d: polygon(6, 0, 1.05), light: '#c0679a', dark: '#dd90bd' },
  Place: { d: polygon(3, -UP, 1.2), light: '#7c8794', dark: '#98a3af' },
  Event: { d: star(), light: '#b59a00', dark: '#e0c94a' },
  Work: { d: 'M-.72 -1H.72V1H-.72Z', light: '#7f74c8', dark: '#a9a0e8' },
  Technology: { d: polygon(5, UP, 1.08), light: '#6f8f3f', dark: '#9dbf6a' },
  Benchmark: { d: 'M-.4 -1H.4V-.4H1V.4H.4V1H-.4V.4H-1V-.4H-.4Z', light: '#a0643c', dark: '#cf9570' },
  Policy: { d: polygon(8, Math.PI / 8, 1.05), light: '#4b5563', dark: '#b3bcc8' },
};
for (const shape of Object.values(SHAPES)) shape.path = null;
const shapeOf = (type) => SHAPES[type] || SHAPES.Place;
const dark = () => document.documentElement.dataset.theme === 'dark';
const colourOf = (type) => shapeOf(type)[dark() ? 'dark' : 'light'];

// The mark of a type, for legend, lists and panels.
const glyph = (type, size = 14) =>
  s('svg', { viewBox: '-1.3 -1.3 2.6 2.6', width: size, height: size, class: `glyph type-${type}`, 'aria-hidden': 'true' }, s('path', { d: shapeOf(type).d }));

let palette = {};
function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  palette = { bg: value('stage'), ink: value('ink'), soft: value('ink-soft'), line: value('edge'), strong: value('edge-strong'), compare: value('edge-compare'), faint: value('edge-faint'), alarm: value('alarm'), accent: value('accent') };
}

function paintShape(ctx, type, x, y, r, { fill, ring, ringWidth = 0 }) {
  const shape = shapeOf(type);
  if (!shape.path) shape.path = new Path2D(shape.d);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(r, r);
  if (ringWidth) {
    ctx.lineJoin = 'round';
    ctx.lineWidth = (2 * ringWidth) / r;
    ctx.strokeStyle = ring;
    ctx.stroke(shape.path);
  }
  ctx.fillStyle = fill;
  ctx.fill(shape.path);
  ctx.restore();
}
