// The record that is looked at: text, decisions, notes, reasons.

import {ask} from '../api.js';
import {button, field, fill, h} from '../dom.js';
import {textOf} from '../records/fields.js';
import {shade} from '../reasons.js';
import {T} from '../texts.js';
import {marked} from './settings.js';

/** @param actions decide(decision), undo(), next(), noted(item) */
export function recordPane(app, settings, actions) {
  let item = null;
  const body = h('div', {class: 'body', tabIndex: 0, role: 'region', 'aria-label': T.screen.record});
  const notes = h('textarea', {rows: 2, onchange: () => {
    if (!item) return;
    item.notes = notes.value;
    actions.noted(item);
  }});
  const hint = name => (settings.on ? ` (${settings.keys[name]})` : '');
  const buttons = h('div', {class: 'decisions'});
  const element = h('section', {class: 'record', 'aria-label': T.screen.record}, body, buttons,
    field(T.screen.notes, notes));

  function draw() {
    fill(buttons,
      ['include', 'exclude', 'maybe'].map(name => button(
        `${T.screen[name]}${hint(name)}`, () => actions.decide(name),
        {class: name, 'aria-pressed': String(item?.decision === name), disabled: !item})),
      button(`${T.screen.undo}${hint('undo')}`, actions.undo, {class: 'quiet'}),
      button(`${T.screen.next}${hint('next')}`, actions.next, {class: 'quiet'}));
    if (!item) return fill(body, h('p', {class: 'hint'}, T.screen.empty));
    const {title, abstract, authors, year, doi, pmid, keywords} = item.record;
    const reasons = h('div', {class: 'reasons'});
    return fill(body,
      h('h2', {dir: 'auto'}, title ? marked(title, settings) : T.screen.untitled),
      h('p', {class: 'hint', dir: 'auto'}, [authors, year].filter(Boolean).join(' · ')),
      abstract ? h('p', {class: 'abstract', dir: 'auto'}, marked(abstract, settings))
        : h('p', {class: 'badge'}, T.screen.noAbstract),
      keywords && h('p', {class: 'hint', dir: 'auto'}, keywords),
      h('p', {class: 'links'},
        doi && link(`https://doi.org/${doi.split('/').map(encodeURIComponent).join('/')}`, doi),
        pmid && link(`https://pubmed.ncbi.nlm.nih.gov/${pmid}/`, `PMID ${pmid}`),
        app.explains !== false && textOf(item.record)
          && button(T.screen.reasons, event => explain(item, reasons, event.target), {class: 'quiet'})),
      reasons);
  }

  async function explain(of, into, why) {
    const text = textOf(of.record);
    why.disabled = true;
    fill(into, h('p', {class: 'hint', role: 'status'}, T.try.explaining));
    try {
      fill(into, shade(text, (await ask('explain', {text}, {waiting: app.waiting})).json));
      app.say('');
    } catch (error) {
      fill(into);
      if (error.status === 404) app.explains = false;
      app.fail(error);
    }
    why.disabled = false;
  }

  return {
    element,
    draw,
    show(next) {
      const same = item === next;
      item = next;
      notes.value = item?.notes ?? '';
      notes.disabled = !item;
      draw();
      if (!same) body.scrollTop = 0;
    },
  };
}

function link(href, text) {
  return h('a', {href, rel: 'noopener noreferrer', target: '_blank'}, text);
}
