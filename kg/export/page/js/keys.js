// Menus, tabs and the keyboard.
function menu(id, items) {
  const opener = $(id);
  const popup = $(`${id}-menu`);
  const show = (yes) => {
    popup.hidden = !yes;
    opener.setAttribute('aria-expanded', String(yes));
    if (yes) popup.firstElementChild.focus();
  };
  const fillMenu = () => replace(popup, items().map(([label, act, checked]) =>
    button(label, () => { show(false); opener.focus(); act(); }, { role: checked === undefined ? 'menuitem' : 'menuitemradio', 'aria-checked': checked === undefined ? null : String(checked), tabindex: '-1' })));
  opener.addEventListener('click', () => { fillMenu(); show(popup.hidden); });
  popup.addEventListener('keydown', (e) => {
    const rows = [...popup.children];
    const at = rows.indexOf(document.activeElement);
    if (e.key === 'ArrowDown') rows[(at + 1) % rows.length].focus();
    else if (e.key === 'ArrowUp') rows[(at - 1 + rows.length) % rows.length].focus();
    else if (e.key === 'Escape') { show(false); opener.focus(); } else if (e.key !== 'Tab') return;
    if (e.key !== 'Tab') e.preventDefault();
    e.stopPropagation();
  });
  document.addEventListener('pointerdown', (e) => { if (!popup.hidden && !popup.contains(e.target) && !opener.contains(e.target)) show(false); });
  popup.addEventListener('focusout', (e) => { if (!popup.contains(e.relatedTarget) && e.relatedTarget !== opener) show(false); });
}

// The drawn entity that lies nearest in a direction.
function towards(from, dx, dy) {
  const here = engine.screen(from);
  let best = null;
  let least = Infinity;
  for (const i of shown.nodes) {
    if (i === from) continue;
    const p = engine.screen(i);
    const along = (p.x - here.x) * dx + (p.y - here.y) * dy;
    const off = Math.abs((p.x - here.x) * dy) + Math.abs((p.y - here.y) * dx);
    if (along > 4 && along + 2 * off < least) [best, least] = [i, along + 2 * off];
  }
  return best;
}

function graphKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || !engine) return;
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const at = hovered !== null ? hovered : state.at && state.at.kind === 'entity' && shown.nodes.has(state.at.n) ? state.at.n : null;
  if (ways[e.key]) {
    const next = at === null ? Math.min(...shown.nodes) : towards(at, ...ways[e.key]);
    if (next !== null && Number.isFinite(next)) {
      setHover(next);
      if (!engine.visible(next)) engine.centre(next);
      announce(`${nameOf(next)}, ${word('type', entities[next].type)}`);
    }
  } else if (e.key === 'Enter' && at !== null) open('entity', at);
  else if ((e.key === 'f' || e.key === 'F') && at !== null) go({ focus: at, path: null });
  else if (e.key === '+' || e.key === '=') engine.zoom(1.3);
  else if (e.key === '-') engine.zoom(1 / 1.3);
  else if (e.key === '0') engine.fit([...shown.nodes], true);
  else return;
  e.preventDefault();
}

function pageKey(e) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== 'checkbox';
  if (e.key === '/' && !typing) {
    e.preventDefault();
    $('search').focus();
  } else if (e.key === 'Escape' && !typing) {
    if ($('app').classList.contains('filters-open')) showFilters(false);
    else if (state.at) go({ at: null });
    else if (state.path || state.focus !== null) go({ path: null, focus: null });
  }
}

function tabKey(e) {
  const tabs = [...$('views').children];
  const at = tabs.indexOf(document.activeElement);
  const step_ = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  if (at < 0 || !step_) return;
  e.preventDefault();
  const next = tabs[(at + step_ + tabs.length) % tabs.length];
  next.focus();
  go({ view: next.dataset.view });
}
