// Making and finding elements. Texts only ever enter through textContent.
const SVG = 'http://www.w3.org/2000/svg';
const $ = (id) => document.getElementById(id);

const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'text') node.textContent = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(2).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const replace = (node, ...children) => node.replaceChildren(...children.flat(2).filter(Boolean));

// What an article says, shown as it is: isolated, so that its direction marks do not reach the words around it.
const said = (text, cls) => h('bdi', { class: cls, text });

const icon = (path, cls = '') => s('svg', { viewBox: '0 0 20 20', class: `icon ${cls}`, 'aria-hidden': 'true' }, s('path', { d: path }));

const ICONS = {
  focus: 'M10 6.500a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7zM10 2v3M10 15v3M2 10h3M15 10h3',
  path: 'M4.5 15.500a1.8 1.8 0 1 0 0-.1M15.5 4.500a1.8 1.8 0 1 0 0-.1M6 14.5 14 5.8',
  link: 'M8.5 11.500a3.2 3.2 0 0 0 4.6 0l2.6-2.600a3.2 3.2 0 0 0-4.6-4.600l-1 1M11.5 8.500a3.2 3.2 0 0 0-4.6 0l-2.6 2.600a3.2 3.2 0 0 0 4.6 4.600l1-1',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4 6 10l6 6',
  copy: 'M7 7V4h9v9h-3M4 7h9v9H4z',
  article: 'M5 3h10v14H5zM7.5 7h5M7.5 10h5M7.5 13h3',
};

const button = (label, onclick, props = {}, ...children) =>
  h('button', { type: 'button', onclick, ...props }, children.length ? children : label);

function announce(text) {
  $('status').textContent = '';
  requestAnimationFrame(() => { $('status').textContent = text; });
}

// A short word that appears and goes: what a button just did.
function toast(text) {
  const note = h('div', { class: 'toast', text });
  $('app').append(note);
  announce(text);
  setTimeout(() => note.remove(), 1800);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('copied'));
  } catch {
    const area = h('textarea', { class: 'off', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    toast(t(document.execCommand('copy') ? 'copied' : 'notCopied'));
    area.remove();
  }
}

// Kept between visits where the browser allows it.
const keep = {
  get(key) { try { return localStorage.getItem(`newskg.${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`newskg.${key}`, value); } catch { /* private mode: not remembered */ } },
};
