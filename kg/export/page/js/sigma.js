// sigma.js (WebGL) as the engine of larger graphs. Only what is shown is in its graph, so that it opens fast.
const POLYGON = { Person: [3, Math.PI / 2], Model: [4, Math.PI / 2], Hardware: [4, Math.PI / 4], Product: [6, 0], Place: [3, -Math.PI / 2], Event: [-3, -Math.PI / 2], Work: [-1, 0], Technology: [5, Math.PI / 2], Benchmark: [-2, 0], Policy: [8, Math.PI / 8] };

function sigmaEngine(container, on) {
  if (!document.createElement('canvas').getContext('webgl2')) throw new Error('no WebGL');
  const { EdgeArrowProgram, EdgeRectangleProgram, MultiDirectedGraph, ShapeProgram, Sigma } = sigmaBundle;
  const graph = new MultiDirectedGraph();
  let mark = { node: null, near: null, edges: null, hover: null };
  let many = 1;

  const largest = Math.max(1, ...(DATA.groups || []).map((g) => g.n));
  const groupKey = (g) => `g${g}`;
  const isGroup = (key) => key[0] === 'g';
  // Many lines lie over each other: each is lighter then.
  const calmLine = () => (graph.size > 900 ? palette.faint : palette.line);
  const fade = (colour, faint) => (faint ? palette.faint : colour);
  const radius = (i) => drawing.nodes[i].size / many;
  let spots = new Map(); // members of unfolded groups, around the group's place

  function nodeLook(key, data) {
    if (isGroup(key)) return { ...data, color: mark.near ? palette.faint : palette.soft, label: groupLabel(Number(key.slice(1))), sides: 8, turn: Math.PI / 8 };
    const i = Number(key);
    const near = !mark.near || mark.near.has(i);
    const marked = mark.node === i || mark.hover === i;
    const [sides, turn] = POLYGON[entities[i].type] || [0, 0];
    return { ...data, size: radius(i) * (marked ? 1.3 : 1), color: fade(colourOf(entities[i].type), !near), label: near ? cut(nameOf(i)) : '', forceLabel: marked || Boolean(mark.near && mark.near.size <= 40 && near), zIndex: marked ? 2 : near ? 1 : 0, sides, turn };
  }

  function edgeLook(key, data) {
    if (isGroup(key)) return { ...data, color: mark.near ? palette.faint : calmLine() };
    const i = Number(key);
    const marked = mark.edges && mark.edges.has(i);
    const faint = mark.edges && !marked;
    const colour = edgeDisputed[i] ? palette.alarm : marked ? palette.strong : edges[i].compares ? palette.compare : calmLine();
    return { ...data, color: fade(colour, faint), size: marked ? 1.8 : data.size, zIndex: marked ? 1 : 0, label: marked && mark.edges.size <= 40 ? word('predicate', edges[i].p) : '', forceLabel: Boolean(marked && mark.edges.size <= 40) };
  }

  function label(ctx, data) {
    if (!data.label) return;
    const big = data.size > 12 ? 14 : 12;
    ctx.font = `${data.size > 12 ? 600 : 500} ${big}px ${FONT}`;
    ctx.textAlign = 'center';
    ctx.lineJoin = 'round';
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = palette.bg;
    ctx.fillStyle = palette.ink;
    ctx.strokeText(data.label, data.x, data.y + data.size + big + 1);
    ctx.fillText(data.label, data.x, data.y + data.size + big + 1);
    ctx.textAlign = 'start';
  }

  const sigma = new Sigma(graph, container, {
    allowInvalidContainer: true,
    defaultNodeType: 'shape',
    nodeProgramClasses: { shape: ShapeProgram },
    edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram },
    defaultDrawNodeLabel: label,
    defaultDrawNodeHover: label,
    nodeReducer: nodeLook,
    edgeReducer: edgeLook,
    renderEdgeLabels: true,
    edgeLabelFont: FONT,
    edgeLabelSize: 11,
    labelDensity: 0.7,
    labelGridCellSize: 110,
    labelRenderedSizeThreshold: 3,
    hideEdgesOnMove: edges.length > 3000,
    enableEdgeEvents: edges.length <= 20000,
    stagePadding: 56,
    minCameraRatio: 0.01,
    maxCameraRatio: 3,
    zIndex: true,
  });
  const camera = sigma.getCamera();
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const time = () => ({ duration: calm.matches ? 0 : 350 });

  sigma.on('clickNode', (e) => { if (!isGroup(e.node)) on.node(Number(e.node)); });
  sigma.on('clickEdge', (e) => { if (!isGroup(e.edge)) on.edge(Number(e.edge)); });
  sigma.on('clickStage', on.nothing);
  sigma.on('doubleClickNode', (e) => {
    e.preventSigmaDefault();
    if (isGroup(e.node)) unfold(Number(e.node.slice(1)));
    else on.focus(Number(e.node));
  });
  sigma.on('enterNode', (e) => { container.style.cursor = 'pointer'; if (!isGroup(e.node)) on.hover(Number(e.node)); });
  sigma.on('leaveNode', () => { container.style.cursor = ''; on.hover(null); });

  const keyOf = (i) => String(i);
  const at = (i) => spots.get(i) || { x: drawing.nodes[i].x, y: -drawing.nodes[i].y };
  const viewport = (i) => (graph.hasNode(keyOf(i)) ? sigma.graphToViewport(at(i)) : { x: -1e6, y: -1e6 });

  return {
    show(nodes, lines, groups = []) {
      graph.clear();
      many = Math.min(7, Math.max(1.8, Math.sqrt(nodes.size / 26)));
      spots = new Map();
      for (const g of state.open.filter((k) => membersOf[k])) {
        membersOf[g].forEach((i, k) => {
          const r = 14 * Math.sqrt(k + 0.5);
          spots.set(i, { x: DATA.groups[g].x + r * Math.cos(k * 2.39996), y: -DATA.groups[g].y + r * Math.sin(k * 2.39996) });
        });
      }
      for (const i of nodes) graph.addNode(keyOf(i), { ...at(i), size: radius(i) });
      for (const i of lines) {
        graph.addEdgeWithKey(keyOf(i), keyOf(edges[i].s), keyOf(edges[i].o), { size: nodes.size > 600 ? 0.3 : drawing.edges[i].width * 0.6, type: drawing.edges[i].arrows && nodes.size <= 3000 ? 'arrow' : 'line' });
      }
      for (const g of groups) graph.addNode(groupKey(g), { x: DATA.groups[g].x, y: -DATA.groups[g].y, size: 3 + 20 * Math.sqrt(DATA.groups[g].n / largest) });
      for (const [a, b, n] of groups.length ? DATA.groupTies : []) {
        if (graph.hasNode(groupKey(a)) && graph.hasNode(groupKey(b))) graph.addEdgeWithKey(`g${a}-${b}`, groupKey(a), groupKey(b), { size: Math.min(3, 0.5 + n / 40), type: 'line' });
      }
      sigma.refresh();
    },
    mark(next) {
      mark = next;
      sigma.refresh({ skipIndexation: true });
    },
    fit(ids, animate) {
      if (animate) camera.animatedReset(time());
      else camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    },
    centre(i) {
      const to = sigma.getNodeDisplayData(keyOf(i));
      if (to) camera.animate({ x: to.x, y: to.y, ratio: Math.min(camera.ratio, 0.5) }, time());
    },
    visible(i) {
      const p = viewport(i);
      return p.x > 40 && p.y > 40 && p.x < container.clientWidth - 40 && p.y < container.clientHeight - 40;
    },
    zoom(factor) { camera.animate({ ratio: Math.max(0.01, Math.min(3, camera.ratio / factor)) }, time()); },
    repaint() {
      sigma.setSetting('edgeLabelColor', { color: palette.soft });
      sigma.refresh();
    },
    canvas() {
      // The layers in one; WebGL's are only there right after a frame.
      sigma.refresh();
      const layers = [...container.querySelectorAll('canvas')];
      const whole = h('canvas', { width: layers[0].width, height: layers[0].height });
      for (const layer of layers) whole.getContext('2d').drawImage(layer, 0, 0, whole.width, whole.height);
      return whole;
    },
    place: (i) => ({ x: at(i).x, y: -at(i).y, r: drawing.nodes[i].size / 2 }),
    screen: viewport,
    bow: () => null,
  };
}
