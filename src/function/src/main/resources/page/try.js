// One text: its label, how sure the model is, what was cut, and why.

import {ask} from './api.js';
import {button, field, fill, h} from './dom.js';
import {shade} from './reasons.js';
import {T} from './texts.js';

const NEIGHBOURS = 3;
/** Characters of an example that the choice shows. */
const SHOWN = 70;

export function tryView(panel, app) {
  const text = h('textarea', {rows: 7, placeholder: T.try.placeholder, spellcheck: false});
  const answer = h('div', {class: 'answer', 'aria-live': 'polite'});
  const go = h('button', {type: 'submit', class: 'primary'}, T.try.go);
  const examples = h('div');
  const form = h('form', {onsubmit: submit}, examples, field(T.try.text, text), h('div', {class: 'actions'}, go));
  text.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  fill(panel, form, answer);
  panel.addEventListener('model', () => fill(examples, choice(app.model?.examples ?? [], chosen => {
    text.value = chosen;
    form.requestSubmit();
  })));

  async function submit(event) {
    event.preventDefault();
    const asked = text.value;
    go.disabled = true;
    app.say('');
    try {
      const reply = await ask('classify', {text: asked}, {waiting: app.waiting});
      app.lastRequest = {text: asked};
      app.say('');
      fill(answer, result(reply, asked));
    } catch (error) {
      fill(answer);
      app.fail(error);
    } finally {
      go.disabled = false;
    }
  }

  function result({json, millis, headers}, asked) {
    const found = json.results[0];
    const network = /infer;dur=([\d.]+)/.exec(headers.get('Server-Timing') ?? '')?.[1];
    const reasons = h('div', {class: 'reasons'});
    const why = button(T.try.reasons, () => explain(asked, found, reasons, why));
    return h('article', {'aria-label': T.try.result},
      h('h2', {}, found.label ?? (found.labels.join(', ') || T.try.none)),
      found.decision && h('p', {class: `decision ${found.decision}`}, T.try.decision[found.decision]),
      h('div', {class: 'bars'}, Object.entries(found.probabilities).map(([label, p]) => bar(label, p, app.model))),
      h('p', {class: 'hint'}, found.tokens.truncated
        ? T.try.cut(found.tokens.used, found.tokens.total)
        : T.try.tokens(found.tokens.total), '; ', T.try.latency(Math.round(millis), network)),
      h('div', {class: 'actions'}, app.explains !== false && why),
      reasons);
  }

  async function explain(asked, found, into, why) {
    why.disabled = true;
    fill(into, h('p', {class: 'hint', role: 'status'}, T.try.explaining));
    try {
      const neighbours = Math.min(app.model?.neighbours ?? 0, NEIGHBOURS);
      const body = neighbours > 0 ? {text: asked, neighbours} : {text: asked};
      fill(into, shade(asked, (await ask('explain', body, {waiting: app.waiting})).json));
      app.say('');
    } catch (error) {
      fill(into);
      // A function without /explain says so once; then nobody is offered reasons any more.
      if (error.status === 404) app.explains = false;
      app.fail(error);
    }
    why.disabled = false;
  }
}

/** The texts that the release brings along; nothing where it has none. */
function choice(texts, onchoose) {
  if (texts.length === 0) return null;
  const select = h('select', {onchange: () => select.value !== '' && onchoose(texts[Number(select.value)].text)},
    h('option', {value: ''}, T.try.choose),
    texts.map(({text}, i) => h('option', {value: String(i)},
      [...text].length > SHOWN ? `${[...text].slice(0, SHOWN).join('')}…` : text)));
  return field(T.try.example, select);
}

/** A probability as a bar, with the threshold from which its label is given. */
function bar(label, p, model) {
  const at = model?.labels.indexOf(label) ?? -1;
  const threshold = model?.task === 'multi-label' ? model.thresholds[at]
    : model?.task === 'binary' && at === 1 ? model.thresholds[0] : undefined;
  const meter = h('div', {class: 'meter', 'aria-hidden': 'true'}, h('div', {class: 'value'}));
  meter.firstChild.style.inlineSize = `${100 * p}%`;
  if (threshold !== undefined) {
    const mark = h('div', {class: 'mark'});
    mark.style.insetInlineStart = `${100 * threshold}%`;
    meter.append(mark);
  }
  return h('div', {class: 'bar'},
    h('span', {class: 'name'}, label),
    meter,
    h('span', {class: 'number'}, p.toFixed(3),
      threshold !== undefined && h('small', {}, ` ${T.try.threshold(threshold.toFixed(2))}`)));
}
