// The page: four views in tabs, one model.

import {ApiError, ask, key} from './api.js';
import {button, field, fill, h} from './dom.js';
import {modelView} from './model.js';
import {readsView} from './reads.js';
import {screenView} from './screen/view.js';
import {T, explainError} from './texts.js';
import {tryView} from './try.js';

const VIEWS = {try: tryView, reads: readsView, screen: screenView, model: modelView};

/** What the views share: the model's description, and the last request, for the curl line. */
const app = {model: null, lastRequest: null};

const status = h('p', {class: 'status', role: 'status', hidden: true});
const panels = {};
const tabs = {};

/** Says something to everybody, screen readers included; nothing hides the line. */
app.say = (text, kind = 'notice') => {
  status.textContent = text;
  status.hidden = text === '';
  status.className = `status ${kind}`;
};

/** Says why an answer takes longer, and how long. */
app.waiting = (seconds, busy) => app.say(T.errors.waiting(seconds, busy.kind));

app.fail = error => {
  app.say(explainError(error), 'error');
  if (error instanceof ApiError && error.status === 401) keyForm.hidden = false;
};

app.go = name => {
  for (const [other, tab] of Object.entries(tabs)) {
    const chosen = other === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    panels[other].hidden = !chosen;
  }
  if (location.hash !== `#${name}`) history.replaceState(null, '', `#${name}`);
  panels[name].dispatchEvent(new Event('shown'));
};

const keyInput = h('input', {type: 'password', autocomplete: 'off', spellcheck: false});
const keyForm = h('form', {
  class: 'key',
  hidden: true,
  onsubmit: event => {
    event.preventDefault();
    key.set(keyInput.value.trim());
    keyInput.value = '';
    keyForm.hidden = true;
    app.say('');
    loadModel();
  },
},
field(T.key.label, keyInput, T.key.hint),
h('div', {class: 'actions'},
  h('button', {type: 'submit', class: 'primary'}, T.key.use),
  button(T.key.forget, () => {
    key.set('');
    keyInput.value = '';
    keyForm.hidden = true;
    loadModel();
  })));

const heading = h('h1', {}, T.title(''));

function build() {
  for (const name of Object.keys(VIEWS)) {
    tabs[name] = h('button', {
      type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`, onclick: () => app.go(name),
    }, T.tabs[name]);
    panels[name] = h('section', {
      role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, tabIndex: -1, hidden: true,
    });
  }
  const list = h('div', {role: 'tablist', 'aria-label': T.title(''), onkeydown: arrows}, Object.values(tabs));
  fill(document.getElementById('app'),
    h('a', {class: 'skip', href: '#main', onclick: skip}, T.skip),
    h('header', {}, heading, h('nav', {'aria-label': T.title('')}, list),
      button(T.key.button, () => {
        keyForm.hidden = !keyForm.hidden;
        if (!keyForm.hidden) keyInput.focus();
      }, {class: 'quiet'})),
    h('main', {id: 'main', tabIndex: -1}, keyForm, status, Object.values(panels)));
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

/** Arrow keys move between tabs, as the ARIA practices have it. */
function arrows(event) {
  const names = Object.keys(VIEWS);
  const at = names.findIndex(name => tabs[name] === document.activeElement);
  const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (at < 0 || step === undefined) return;
  const next = names[(at + step + names.length) % names.length];
  app.go(next);
  tabs[next].focus();
}

async function loadModel() {
  try {
    app.model = (await ask('model')).json;
    heading.textContent = T.title(app.model.name);
    document.title = T.title(app.model.name);
  } catch (error) {
    app.model = null;
    app.fail(error);
  }
  for (const panel of Object.values(panels)) panel.dispatchEvent(new Event('model'));
}

function start() {
  build();
  for (const [name, view] of Object.entries(VIEWS)) view(panels[name], app);
  const wanted = location.hash.slice(1);
  app.go(wanted in VIEWS ? wanted : 'try');
  loadModel();
}

start();
