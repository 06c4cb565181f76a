// Labels on the canvas, written by us so that they never lie on each other: the important ones first.
const FONT = '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const widths = new Map();

function textWidth(ctx, text, weight) {
  const key = `${weight}${text}`;
  if (!widths.has(key)) {
    ctx.font = `${weight} 100px ${FONT}`;
    widths.set(key, ctx.measureText(text).width / 100);
  }
  return widths.get(key);
}

// Taken rectangles in a coarse grid of screen pixels.
class Taken {
  constructor() { this.cells = new Map(); }

  * keys([x0, y0, x1, y1]) {
    for (let x = Math.floor(x0 / 80); x <= Math.floor(x1 / 80); x += 1) {
      for (let y = Math.floor(y0 / 40); y <= Math.floor(y1 / 40); y += 1) yield `${x},${y}`;
    }
  }

  free(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) || []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

// Where the marks lie.
function marksOf(items) {
  const marks = new Taken();
  for (const { x, y, r } of items) marks.take([x - r, y - r, x + r, y + r]);
  return marks;
}

// Which labels have room, and where: `items` are {x, y, r, text, size, weight, force} in screen pixels, best first.
// Below the mark if possible, else beside or above it; off other marks if possible, never on another label.
function placed(ctx, items, taken, marks, view) {
  return items.filter((item) => {
    const width = textWidth(ctx, item.text, item.weight) * item.size;
    const high = item.size * 1.25;
    const { x, y, r } = item;
    const spots = [[x, y + r + 2], [x + r + 5 + width / 2, y - high / 2], [x - r - 5 - width / 2, y - high / 2], [x, y - r - 2 - high]];
    const boxes = spots.map(([cx, top]) => [cx - width / 2 - 2, top, cx + width / 2 + 2, top + high]);
    const inside = (box) => box[0] > view[0] && box[1] > view[1] && box[2] < view[2] && box[3] < view[3];
    let best = boxes.findIndex((box) => taken.free(box) && marks.free(box) && inside(box));
    if (best < 0 && item.keen) best = boxes.findIndex((box) => taken.free(box));
    if (best < 0 && !item.force) return false;
    best = Math.max(0, best);
    [item.cx, item.top] = spots[best];
    taken.take(boxes[best]);
    return true;
  });
}

function writeLabel(ctx, item, scale) {
  ctx.font = `${item.weight} ${item.size / scale}px ${FONT}`;
  ctx.globalAlpha = item.alpha;
  ctx.lineWidth = 3.5 / scale;
  ctx.strokeStyle = palette.bg;
  ctx.fillStyle = item.soft ? palette.soft : palette.ink;
  const y = (item.top + item.size * 0.95) / scale;
  ctx.strokeText(item.text, item.cx / scale, y);
  ctx.fillText(item.text, item.cx / scale, y);
  ctx.globalAlpha = 1;
}

// The word of an edge, on a small plate on it, where there is room.
function writePlate(ctx, text, x, y, scale, room, alarm) {
  const size = 11.5 / scale;
  ctx.font = `500 ${size}px ${FONT}`;
  const width = textWidth(ctx, text, 500) * size;
  const box = [x - width / 2, y - size * 0.7, x + width / 2, y + size * 0.7].map((n) => n * scale);
  if (!room.every((taken) => taken.free(box))) return;
  room[0].take(box);
  ctx.fillStyle = palette.bg;
  ctx.beginPath();
  ctx.roundRect(x - width / 2 - 5 / scale, y - size * 0.8, width + 10 / scale, size * 1.6, size * 0.8);
  ctx.fill();
  ctx.fillStyle = alarm ? palette.alarm : palette.soft;
  ctx.fillText(text, x, y + size * 0.36);
}

function labelItem(i, x, y, r, mark) {
  const rank = i / Math.max(1, entities.length);
  const big = (i < 6 ? 15 : i < 24 ? 13.5 : 12) - (innerWidth < 760 ? 1.5 : 0);
  const marked = mark.node === i || mark.hover === i;
  const near = !mark.near || mark.near.has(i);
  return {
    i, x, y, r,
    text: cut(nameOf(i)),
    size: marked ? Math.max(14, big) : big,
    weight: marked || i < 6 ? 600 : 500,
    force: marked,
    keen: marked || i < 8 || Boolean(mark.near && near), // may lie on a mark when there is no better place
    soft: rank > 0.5 && !marked && !mark.near,
    alpha: near ? 1 : 0.34,
    order: marked ? -2 : mark.near && near ? -1 : 0,
  };
}
