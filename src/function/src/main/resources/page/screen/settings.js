// Keys and marked words, kept in this browser.

import {field, h} from '../dom.js';
import {T} from '../texts.js';

const STORED = 'screening-settings';
const DEFAULTS = {
  on: true,
  keys: {include: 'i', exclude: 'e', maybe: 'm', undo: 'u', next: 'n'},
  favourable: '',
  unfavourable: '',
};

export function loadSettings() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? '{}');
    return {...DEFAULTS, ...stored, keys: {...DEFAULTS.keys, ...stored.keys}};
  } catch {
    return structuredClone(DEFAULTS);
  }
}

export function forgetSettings() {
  try {
    localStorage.removeItem(STORED);
  } catch { /* nothing was stored either */ }
}

/** A panel that changes the settings in place. */
export function settingsPanel(settings, changed) {
  const store = () => {
    try {
      localStorage.setItem(STORED, JSON.stringify(settings));
    } catch { /* the settings last as long as the page */ }
    changed();
  };
  const words = name => h('textarea', {
    rows: 3, spellcheck: false, value: settings[name],
    onchange: event => { settings[name] = event.target.value; store(); },
  });
  const single = h('input', {
    type: 'checkbox', id: 'single-keys', checked: settings.on,
    onchange: event => { settings.on = event.target.checked; store(); },
  });
  const keys = Object.entries(settings.keys).map(([what, key]) => field(T.screen.keyOf(T.screen[what]), h('input', {
    class: 'letter', maxLength: 1, autocomplete: 'off', value: key,
    onchange: event => {
      const wanted = event.target.value.trim().toLowerCase();
      const taken = Object.entries(settings.keys).some(([other, used]) => other !== what && used === wanted);
      if (wanted && !taken) settings.keys[what] = wanted;
      event.target.value = settings.keys[what];
      store();
    },
  })));
  return h('details', {class: 'settings'},
    h('summary', {}, T.screen.keys),
    h('p', {class: 'check'}, single, h('label', {for: 'single-keys'}, T.screen.keysOn)),
    h('div', {class: 'letters'}, keys),
    field(T.screen.wordsFor, words('favourable')),
    field(T.screen.wordsAgainst, words('unfavourable')));
}

/** A text with the marked words in it, as children of an element. */
export function marked(text, settings) {
  const lists = [['favourable', 'good'], ['unfavourable', 'bad']].map(([name, kind]) =>
    [settings[name].split('\n').map(word => word.trim()).filter(Boolean), kind]);
  const all = lists.flatMap(([words, kind]) => words.map(word => [word.toLowerCase(), kind]))
    .sort((a, b) => b[0].length - a[0].length);
  if (all.length === 0) return [text];
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(${all.map(([word]) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  const kinds = new Map(all);
  return text.split(pattern).map((part, i) => (i % 2 === 0 ? part
    : h('mark', {class: kinds.get(part.toLowerCase())}, part)));
}

