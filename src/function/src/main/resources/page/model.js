// The release that answers, and how it does in service.

import {ask} from './api.js';
import {fill, h} from './dom.js';
import {candidateSection, driftSection} from './service.js';
import {T} from './texts.js';

export function modelView(panel, app) {
  const service = h('div');
  const drawService = () => fill(service, driftSection(app.model.drift), candidateSection(app.model.candidate));
  const draw = () => {
    if (app.model) drawService();
    fill(panel, app.model ? [facts(app.model), scores(app.model), service, curl(app), files(app.model)]
      : h('p', {class: 'hint'}, T.loading));
  };
  panel.addEventListener('model', draw);
  panel.addEventListener('shown', look);
  draw();

  /** What is counted in service has changed since the page was loaded, and perhaps the release. */
  async function look() {
    draw();
    if (!app.model) return;
    try {
      const {version} = app.model;
      app.model = (await ask('model')).json;
      if (app.model.version === version) drawService();
      else draw();
    } catch (error) {
      app.fail(error);
    }
  }
}

function facts(model) {
  const rows = {
    name: model.name,
    version: model.version,
    created: model.createdAt,
    task: model.task,
    labels: model.labels.join(', '),
    threshold: model.thresholds.map(t => t.toFixed(3)).join(', '),
    maxTokens: model.maxTokens,
    encoder: model.encoder,
    precision: model.precision,
    precisionReason: model.precisionReason,
    words: model.words?.terms,
    neighbours: model.neighbours,
  };
  return h('section', {},
    h('h2', {}, T.model.facts),
    h('dl', {class: 'facts'}, Object.entries(rows).filter(([, value]) => value !== '' && value !== undefined)
      .map(([name, value]) => [h('dt', {}, T.model[name]), h('dd', {}, String(value))])));
}

/** Numbers by split; an interval stands beside its number where metrics.json has one. */
function scores(model) {
  const splits = Object.entries(model.metrics ?? {}).filter(([name]) => name === 'dev' || name === 'test');
  if (splits.length === 0) return null;
  const names = [...new Set(splits.flatMap(([, split]) => Object.keys(split)))]
    .filter(name => splits.some(([, split]) => typeof split[name] === 'number'));
  return h('section', {},
    h('h2', {}, T.model.scores),
    h('p', {class: 'hint'}, T.model.scoresHint),
    h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': T.model.scores}, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, T.model.measure),
        splits.map(([name]) => h('th', {scope: 'col'}, name)))),
      h('tbody', {}, names.map(name => h('tr', {}, h('th', {scope: 'row'}, name),
        splits.map(([, split]) => h('td', {}, number(split, name)))))))));
}

function number(split, name) {
  const value = split[name];
  if (typeof value !== 'number') return '';
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(4);
  const interval = split.intervals?.[name];
  return interval ? `${shown} [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]` : shown;
}

function curl(app) {
  const quoted = app.lastRequest && JSON.stringify(app.lastRequest).replaceAll('\'', '\'\\\'\'');
  return h('section', {},
    h('h2', {}, T.model.curl),
    app.lastRequest
      ? h('pre', {tabIndex: 0}, `curl -s ${new URL('classify', document.baseURI)} `
        + `-H 'Content-Type: application/json' -d '${quoted}'`)
      : h('p', {class: 'hint'}, T.model.curlNone));
}

function files(model) {
  return h('section', {},
    h('h2', {}, T.model.files),
    h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': T.model.files}, h('table', {},
      h('thead', {}, h('tr', {},
        [T.model.file, T.model.size, T.model.digest].map(name => h('th', {scope: 'col'}, name)))),
      h('tbody', {}, (model.files ?? []).map(file => h('tr', {},
        h('th', {scope: 'row'}, file.path ?? file.name), h('td', {}, String(file.size)),
        h('td', {}, h('code', {}, file.sha256))))))));
}
