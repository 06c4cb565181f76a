// Words and numbers in the reader's language.
const STRINGS = JSON.parse($('strings').textContent);
const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'];
const SHORT = { 'zh-Hans': '简', 'zh-Hant': '繁', en: 'EN' };
const LONG = { 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', en: 'English' };
let language = 'zh-Hans';

function chooseLanguage() {
  const kept = keep.get('language');
  if (LANGUAGES.includes(kept)) return kept;
  const wanted = (navigator.language || '').toLowerCase();
  if (/^zh-(hant|tw|hk|mo)/.test(wanted)) return 'zh-Hant';
  return wanted.startsWith('zh') || !wanted ? 'zh-Hans' : 'en';
}

const word = (group, key) => {
  const row = STRINGS[group][key];
  return row ? row[LANGUAGES.indexOf(language)] : key;
};
const t = (key, ...values) => values.reduce((text, v, i) => text.replace(`{${i}}`, () => v), word('ui', key));
const english = () => language === 'en';

// Control and direction characters do not belong in a one-line label.
const clean = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, ' ').trim();

function cut(text, wide = 24) {
  let width = 0;
  let out = '';
  for (const c of clean(text)) {
    width += c.codePointAt(0) > 0x2e7f ? 2 : 1;
    if (width > wide) return `${out}…`;
    out += c;
  }
  return out;
}

const count = (n) => n.toLocaleString('en-US');

function figure(n) {
  if (typeof n !== 'number') return String(n);
  const size = Math.abs(n);
  const short = (value) => String(Number(value.toPrecision(6)));
  const steps = english()
    ? [[1e12, ' trillion'], [1e9, ' billion'], [1e6, ' million']]
    : [[1e12, language === 'zh-Hant' ? ' 萬億' : ' 万亿'], [1e8, language === 'zh-Hant' ? ' 億' : ' 亿'], [1e4, language === 'zh-Hant' ? ' 萬' : ' 万']];
  for (const [step, name] of steps) if (size >= step) return short(n / step) + name;
  return Number.isInteger(n) && size >= 1000 ? count(n) : short(n);
}

const SIGN = { '=': '', '~': ['约 ', '約 ', 'about '], '>=': ['≥ ', '≥ ', '≥ '], '<=': ['≤ ', '≤ ', '≤ '], '<>': '' };

// A quantity as a reader would write it: 约 557.6 万美元, about $5.576 million.
function amount(claim) {
  const sign = SIGN[claim.op] ? SIGN[claim.op][LANGUAGES.indexOf(language)] : '';
  const numbers = Array.isArray(claim.number) ? claim.number : [claim.number];
  const one = (f) => sign + numbers.map(f).join(' – ');
  switch (claim.unit) {
    case 'date': return one(String);
    case 'percent': return `${one(String)}%`;
    case 'rank': return english() ? `#${one(String)}` : `第 ${one(String)}`;
    case 'ratio': return one((n) => (n > 0 && n < 1 ? `1/${Number((1 / n).toPrecision(3))}` : `${n}${english() ? '×' : ' 倍'}`));
    case 'USD': if (english()) return one((n) => `$${figure(n)}`);
  }
  const plain = claim.unit === 'items' || claim.unit === 'other';
  const unit = plain ? claim.unitText || '' : word('unit', claim.unit);
  const value = one(figure);
  return clean(value + (/[万亿萬億]$/.test(value) ? '' : ' ') + (unit === 'other' || unit === 'items' ? '' : unit));
}

// Why two claims agree or not: the kind of reason in the reader's language, or the words given.
const reasonOf = (link) => {
  const first = link.reason.split(':')[0];
  const kind = link.kind === 'contradicts' && /^(dates|month and day)$/.test(first) ? 'different dates' : first;
  return STRINGS.reason[kind] ? word('reason', kind) : link.reason;
};

const dated = (article) => article.published || t('undated');
// An article without a title is known by its first words.
const titled = (article) => article.title || (article.sentences.length ? `“${cut(article.sentences[0][4], 30)}”` : t('untitled'));
const named = (n) => (n === 1 ? t('oneSource') : t('nSources', n));
