// How the network reads texts: tokens, input ids, attention mask, padding.

import {ask} from './api.js';
import {field, fill, h} from './dom.js';
import {T} from './texts.js';

const FIRST = 'We aim to predict citation intent.\n'
  + 'Angiotensin blockade preserved renal function in spontaneously hypertensive rats.';
const MAX_TEXTS = 16;

export function readsView(panel, app) {
  const input = h('textarea', {rows: 4, spellcheck: false, value: FIRST});
  const output = h('div', {'aria-live': 'polite'});
  const go = h('button', {type: 'submit', class: 'primary'}, T.reads.go);
  fill(panel,
    h('p', {class: 'lead'}, T.reads.intro),
    h('form', {onsubmit: submit}, field(T.reads.texts, input), h('div', {class: 'actions'}, go)),
    output);

  async function submit(event) {
    event.preventDefault();
    const texts = input.value.split('\n').filter(line => line.trim() !== '').slice(0, MAX_TEXTS);
    if (texts.length === 0) return;
    go.disabled = true;
    app.say('');
    try {
      const {json} = await ask('tokenize', {texts}, {waiting: app.waiting});
      app.say('');
      const padding = json.results.flatMap(row => row.attentionMask).filter(mask => mask === 0).length;
      fill(output,
        h('p', {}, T.reads.batch(json.rows, json.columns, padding)),
        json.results.map((row, i) => encoded(texts[i], row, i)),
        h('p', {class: 'hint'}, T.reads.legend));
    } catch (error) {
      fill(output);
      app.fail(error);
    } finally {
      go.disabled = false;
    }
  }
}

/** One row of the batch under its text; a token that is pointed at is marked in the text. */
function encoded(text, row, index) {
  const shown = h('p', {class: 'source', dir: 'auto'}, text);
  const point = span => {
    if (!span) return fill(shown, text);
    return fill(shown, text.slice(0, span[0]), h('mark', {}, text.slice(span[0], span[1])), text.slice(span[1]));
  };
  const tokens = row.tokens.map((token, i) => {
    const mask = row.attentionMask[i];
    const kind = mask === 0 ? 'pad' : token === '[UNK]' ? 'unknown' : row.spans[i] === null ? 'special'
      : token.startsWith('##') ? 'piece' : '';
    const span = row.spans[i];
    return h('li', {
      class: kind,
      tabIndex: span ? 0 : null,
      title: kind === 'unknown' ? T.reads.unknown : null,
      onmouseenter: () => point(span), onmouseleave: () => point(null),
      onfocus: () => point(span), onblur: () => point(null),
    },
    h('span', {class: 'token'}, token),
    h('span', {class: 'id'}, String(row.inputIds[i])),
    h('span', {class: 'mask'}, String(mask)));
  });
  return h('section', {class: 'encoded'},
    h('h2', {}, T.reads.row(index + 1, row.total, row.truncated)),
    shown,
    h('div', {class: 'grid'},
      h('ul', {class: 'rows', 'aria-hidden': 'true'},
        h('li', {}, T.reads.token), h('li', {}, T.reads.id), h('li', {}, T.reads.mask)),
      h('ol', {class: 'tokens', 'aria-label': `${T.reads.token}, ${T.reads.id}, ${T.reads.mask}`}, tokens)));
}
