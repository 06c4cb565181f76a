// vis-network (pyvis) as the engine of graphs of up to some two thousand nodes. Physics is off: places come with the data.
function visEngine(container, on) {
  let mark = { node: null, near: null, edges: null, hover: null };
  let shownNodes = new Set();
  let shownEdges = new Set();
  let network = null;
  // Marks and lines shrink more slowly than the picture, so that they stay visible from afar.
  const lift = () => Math.min(3.4, Math.max(0.7, network.getScale() ** -0.6));
  const size = (i) => drawing.nodes[i].size * (network ? lift() : 1);

  function node({ ctx, id, x, y }) {
    const r = size(id);
    return {
      drawNode() {
        const near = !mark.near || mark.near.has(id);
        const colour = colourOf(entities[id].type);
        ctx.globalAlpha = 1;
        paintShape(ctx, entities[id].type, x, y, r, { fill: palette.bg, ring: palette.bg, ringWidth: 3 });
        ctx.globalAlpha = near ? 1 : 0.26;
        if (mark.node === id || mark.hover === id) {
          paintShape(ctx, entities[id].type, x, y, r, { fill: colour, ring: palette.ink, ringWidth: 4.5 });
          paintShape(ctx, entities[id].type, x, y, r, { fill: colour, ring: palette.bg, ringWidth: 2 });
        } else paintShape(ctx, entities[id].type, x, y, r, { fill: colour });
        if (entityDisputed[id]) paintShape(ctx, 'Organization', x + 0.75 * r, y - 0.75 * r, 5.5 * lift(), { fill: palette.alarm, ring: palette.bg, ringWidth: 1.6 * lift() });
        ctx.globalAlpha = 1;
      },
      nodeDimensions: { width: 1.8 * r, height: 1.8 * r },
    };
  }

  const line = (i) => {
    const marked = mark.edges && mark.edges.has(i);
    const faint = mark.edges && !marked;
    const colour = edgeDisputed[i] ? palette.alarm : marked ? palette.strong : edges[i].compares ? palette.compare : palette.line;
    return { color: { color: colour, highlight: colour, hover: colour, opacity: faint ? 0.22 : 1, inherit: false } };
  };

  const nodes = new vis.DataSet(drawing.nodes.map((n) => ({ ...n, hidden: true })));
  const lines = new vis.DataSet(drawing.edges.map(({ bend, ...e }) => ({
    ...e, hidden: true, ...line(e.id),
    dashes: e.dashes ? [2, 5] : edgeUnsure[e.id] ? [7, 5] : false,
    smooth: bend ? { enabled: true, type: bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(bend) } : false,
  })));
  const options = structuredClone(drawing.options);
  options.nodes.ctxRenderer = node;
  options.interaction.hideEdgesOnDrag = edges.length > 1500;
  network = new vis.Network(container, { nodes, edges: lines }, options);
  const body = network.body;

  network.on('beforeDrawing', () => {
    const factor = lift();
    for (const i of shownEdges) if (body.edges[i]) body.edges[i].options.width = drawing.edges[i].width * factor * (mark.edges && mark.edges.has(i) ? 1.35 : 1);
  });
  network.on('afterDrawing', (ctx) => {
    const scale = network.getScale();
    ctx.textAlign = 'center';
    ctx.lineJoin = 'round';
    const items = [];
    for (const i of shownNodes) {
      const at = body.nodes[i];
      if (at) items.push(labelItem(i, at.x * scale, at.y * scale, size(i) * scale, mark));
    }
    items.sort((a, b) => a.order - b.order || a.i - b.i);
    const taken = new Taken();
    const [low, high] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight })];
    const marks = marksOf(items);
    const labels = placed(ctx, items, taken, marks, [low.x, low.y, high.x, high.y].map((n) => n * scale));
    for (const i of mark.edges || []) {
      if (!shownEdges.has(i) || !body.edges[i]) continue;
      // Away from the crowded end: two thirds of the way to the other one.
      const toEnd = edges[i].s === (mark.hover ?? mark.node) ? 0.64 : edges[i].o === (mark.hover ?? mark.node) ? 0.36 : 0.5;
      const { x, y } = body.edges[i].edgeType.getPoint(toEnd);
      writePlate(ctx, word('predicate', edges[i].p), x, y, scale, [taken, marks], edgeDisputed[i]);
    }
    for (const item of labels.reverse()) writeLabel(ctx, item, scale);
  });

  network.on('click', (e) => {
    if (e.nodes.length) on.node(e.nodes[0]);
    else if (e.edges.length) on.edge(e.edges[0]);
    else on.nothing();
  });
  network.on('doubleClick', (e) => { if (e.nodes.length) on.focus(e.nodes[0]); });
  network.on('hoverNode', (e) => { container.style.cursor = 'pointer'; on.hover(e.node); });
  network.on('blurNode', () => { container.style.cursor = ''; on.hover(null); });
  network.on('hoverEdge', () => { container.style.cursor = 'pointer'; });
  network.on('blurEdge', () => { container.style.cursor = ''; });

  function paintLines() {
    lines.update([...shownEdges].map((i) => ({ id: i, ...line(i) })));
  }

  const animation = (on_) => (on_ && !matchMedia('(prefers-reduced-motion: reduce)').matches ? { duration: 350, easingFunction: 'easeInOutQuad' } : false);

  return {
    show(newNodes, newEdges) {
      const changed = (before, after) => [...before].filter((i) => !after.has(i)).map((i) => ({ id: i, hidden: true }))
        .concat([...after].filter((i) => !before.has(i)).map((i) => ({ id: i, hidden: false })));
      nodes.update(changed(shownNodes, newNodes));
      lines.update(changed(shownEdges, newEdges));
      shownNodes = newNodes;
      shownEdges = newEdges;
      paintLines();
    },
    mark(next) {
      const repaint = next.edges !== mark.edges;
      mark = next;
      if (repaint) paintLines();
      network.redraw();
    },
    fit(ids, animate) {
      if (!ids.length || !container.clientWidth) return;
      // The box of the marks, with room for their labels.
      const places = ids.map((i) => body.nodes[i]);
      const [x0, x1] = [Math.min(...places.map((p) => p.x)), Math.max(...places.map((p) => p.x))];
      const [y0, y1] = [Math.min(...places.map((p) => p.y)), Math.max(...places.map((p) => p.y))];
      const narrow = container.clientWidth < 600;
      const scale = Math.min(narrow ? 0.6 : 1.15, (container.clientWidth - (narrow ? 70 : 150)) / (x1 - x0 + 1), (container.clientHeight - (narrow ? 140 : 130)) / (y1 - y0 + 1));
      network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 + (narrow ? 26 : 8) / scale }, scale, animation: animation(animate) });
    },
    centre(i) { network.moveTo({ position: network.getPosition(i), scale: Math.max(network.getScale(), 0.55), animation: animation(true) }); },
    visible(i) {
      const p = network.canvasToDOM(network.getPosition(i));
      return p.x > 40 && p.y > 40 && p.x < container.clientWidth - 40 && p.y < container.clientHeight - 40;
    },
    zoom(factor) { network.moveTo({ scale: network.getScale() * factor, animation: animation(true) }); },
    repaint() { paintLines(); network.redraw(); },
    resize() { network.redraw(); },
    canvas: () => container.querySelector('canvas'),
    place(i) { const { x, y } = body.nodes[i]; return { x, y, r: size(i) }; },
    screen(i) { return network.canvasToDOM(network.getPosition(i)); },
    bow(i) { return body.edges[i] && body.edges[i].edgeType.getViaNode ? body.edges[i].edgeType.getViaNode() : null; },
  };
}
