// Screening: a file in, a ranked list, decisions by button or key, a file out.

import {button, field, fill, h} from '../dom.js';
import {readRecords} from '../records/read.js';
import {textOf} from '../records/fields.js';
import {T} from '../texts.js';
import {openStorage} from './autosave.js';
import {exportButtons} from './exports.js';
import {virtualList} from './list.js';
import {progressPanel} from './progress.js';
import {Project, remarks} from './project.js';
import {rank} from './rank.js';
import {recordPane} from './record.js';
import {forgetSettings, loadSettings, settingsPanel} from './settings.js';

export async function screenView(panel, app) {
  const settings = loadSettings();
  let project = null;
  let selected = null;
  let filter = 'all';
  let ranking = null;
  const storage = await openStorage();

  const saved = h('p', {class: 'hint', role: 'status'});
  const keep = async items => {
    if (!storage) return;
    try {
      await (items ? storage.update(project, items) : storage.put(project));
      saved.textContent = T.screen.saved;
    } catch {
      saved.textContent = T.screen.notSaved;
    }
  };

  const label = () => app.model?.labels[app.model.labels.length === 2 ? 1 : 0];
  const chosenLabel = h('select', {onchange: () => {
    project.items.forEach(item => { item.probability = null; });
    refresh();
  }});
  const whole = h('input', {type: 'checkbox', id: 'whole'});

  // The first view: nothing is opened yet.
  async function welcome(note = null) {
    project = null;
    const kept = await storage?.get().catch(() => null);
    const drop = h('div', {
      class: 'drop',
      ondragover: event => { event.preventDefault(); drop.classList.add('over'); },
      ondragleave: () => drop.classList.remove('over'),
      ondrop: event => {
        event.preventDefault();
        drop.classList.remove('over');
        if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
      },
    },
      h('p', {}, T.screen.drop), picker(T.screen.open, 'file', open),
      picker(T.screen.openProject, 'project', openProject));
    fill(panel,
      h('p', {class: 'lead'}, T.screen.intro),
      note && h('p', {class: 'notice'}, note),
      kept && button(
        T.screen.resume(kept.name, kept.items.filter(item => item.decision).length, kept.items.length),
        () => begin(Project.open(kept)), {class: 'primary'}),
      drop);
  }

  /** A file input that looks like a button and is one for keyboards. */
  function picker(text, id, use) {
    const input = h('input', {type: 'file', id: `choose-${id}`, class: 'visually-hidden', onchange: () => {
      if (input.files[0]) use(input.files[0]);
      input.value = '';
    }});
    return h('span', {class: 'picker'}, input, h('label', {for: input.id, class: 'button'}, text));
  }

  async function open(file) {
    app.say(T.screen.reading(file.name));
    try {
      const read = readRecords(new Uint8Array(await file.arrayBuffer()));
      const opened = Project.of(file.name, read);
      const folded = read.records.length - opened.items.length;
      const empty = opened.items.filter(item => !textOf(item.record)).length;
      app.say(T.screen.read(read.records.length, folded, empty));
      await begin(opened);
      await keep();
    } catch (error) {
      app.say(T.screen.unreadable(file.name, error.message), 'error');
    }
  }

  async function openProject(file) {
    try {
      await begin(Project.open(JSON.parse(await file.text())));
      await keep();
      app.say('');
    } catch {
      app.say(T.screen.unreadable(file.name, 'it is no project of this page'), 'error');
    }
  }

  // The second view: list, record, progress.
  const list = virtualList(T.screen.list, summary, select);
  const pane = recordPane(app, settings, {decide, undo, next, noted: item => keep([item])});
  const progress = progressPanel();
  const rankState = h('span', {class: 'hint', role: 'status'});
  const rankButton = button(T.screen.rank, () => (ranking ? ranking.abort() : startRanking()), {class: 'primary'});

  async function begin(opened) {
    project = opened;
    selected = null;
    const filters = h('select', {onchange: event => { filter = event.target.value; refresh(); }},
      ['all', 'undecided', 'include', 'exclude', 'maybe'].map(name =>
        h('option', {value: name}, T.screen[name] ?? name)));
    filter = 'all';
    fill(panel,
      h('div', {class: 'toolbar'},
        h('strong', {class: 'file'}, project.name),
        rankButton, rankState,
        app.model?.labels.length > 2 && field(T.screen.rankBy, chosenLabel),
        h('p', {class: 'check'}, whole, h('label', {for: 'whole'}, T.screen.windows)),
        field(T.screen.show, filters)),
      h('div', {class: 'columns'}, list.element, pane.element),
      progress.element,
      settingsPanel(settings, () => pane.draw()),
      h('div', {class: 'toolbar'}, exportButtons(app, () => project),
        button(T.screen.forget, forget, {class: 'danger'}), saved));
    fill(chosenLabel, (app.model?.labels ?? []).map(name =>
      h('option', {value: name, selected: name === label()}, name)));
    if (!storage) saved.textContent = T.screen.notSaved;
    refresh();
    select(shown()[0] ?? null);
  }

  const shown = () => project.ranked().filter(item =>
    filter === 'all' || (filter === 'undecided' ? !item.decision : item.decision === filter));

  function summary(item, at) {
    const threshold = app.model?.task === 'binary' ? app.model.thresholds[0] : undefined;
    return [
      h('span', {class: 'rank'}, String(at + 1)),
      h('span', {class: 'title', dir: 'auto'}, item.record.title || item.record.abstract || T.screen.untitled),
      h('span', {class: 'meta'},
        item.probability !== null && h('span', {class: 'number'}, item.probability.toFixed(3)),
        item.record.year,
        remarks(item, threshold).map(remark => h('span', {class: 'badge'}, T.screen[remark])),
        item.duplicates.length > 0 && h('span', {class: 'badge'}, T.screen.duplicate(item.duplicates.length)),
        item.decision && h('span', {class: `badge ${item.decision}`}, T.screen[item.decision])),
    ];
  }

  function refresh() {
    list.show(shown());
    list.select(selected);
    pane.show(selected);
    progress.show(project);
  }

  function select(item) {
    selected = item;
    list.select(item);
    pane.show(item);
  }

  function decide(decision) {
    if (!selected) return;
    const item = selected;
    const order = shown();
    const after = order.slice(order.indexOf(item) + 1).find(other => !other.decision);
    project.decide(item, decision);
    keep([item]);
    if (item.decision && after) selected = after;
    refresh();
  }

  function undo() {
    const item = project.undo();
    if (!item) return;
    keep([item]);
    selected = item;
    refresh();
  }

  function next() {
    const order = shown();
    const at = order.indexOf(selected);
    const open = [...order.slice(at + 1), ...order.slice(0, at + 1)].find(item => !item.decision);
    if (open) select(open);
  }

  async function startRanking() {
    ranking = new AbortController();
    rankButton.textContent = T.screen.stop;
    app.say('');
    const of = project;
    try {
      await rank(of.items, app.model?.labels.length > 2 ? chosenLabel.value : label(), {
        whole: whole.checked,
        signal: ranking.signal,
        progress: (done, all) => { rankState.textContent = T.screen.ranking(done, all); },
        waiting: (seconds, busy) => { rankState.textContent = T.errors.waiting(seconds, busy.kind); },
        ranked: items => keep(items),
      });
      of.model = app.model?.version ?? null;
      selected = shown().find(item => !item.decision) ?? selected;
    } catch (error) {
      if (error.name !== 'AbortError') app.fail(error);
    }
    ranking = null;
    rankButton.textContent = T.screen.rank;
    refresh();
  }

  async function forget() {
    if (!window.confirm(T.screen.forgetSure)) return;
    ranking?.abort();
    await storage?.forget();
    forgetSettings();
    app.say('');
    await welcome();
  }

  document.addEventListener('keydown', event => {
    if (!project || panel.hidden || !settings.on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const what = Object.keys(settings.keys).find(name => settings.keys[name] === event.key.toLowerCase());
    if (!what) return;
    event.preventDefault();
    if (what === 'undo') undo();
    else if (what === 'next') next();
    else decide(what);
  });
  panel.addEventListener('model', () => project && refresh());
  panel.addEventListener('shown', () => project && list.draw());
  await welcome();
}
