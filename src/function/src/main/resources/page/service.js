// How the release does in service: the texts that came beside those that it was measured on, and a candidate on trial.

import {h} from './dom.js';
import {T} from './texts.js';

/** @param drift of GET /model: shares of the last texts, and of dev where the release has them */
export function driftSection(drift) {
  if (!drift) return null;
  const {dev = {}} = drift;
  const shares = [
    ...Object.keys(drift.labels ?? {}).map(label => [T.service.label(label), drift.labels[label], dev.labels?.[label]]),
    ...['asked', 'unsure', 'truncated', 'unknownTokens'].map(name => [T.service[name], drift[name], dev[name]]),
  ].filter(([, now]) => now !== undefined);
  const psi = ['scorePsi', 'labelPsi'].filter(name => drift[name] !== undefined)
    .map(name => T.service[name](drift[name].toFixed(3)));
  return h('section', {},
    h('h2', {}, T.service.drift),
    h('p', {class: 'hint'}, T.service.counted(drift.texts, drift.window, dev.texts)),
    shares.length > 0 && table(T.service.drift, [T.service.share, T.service.now, T.service.dev],
      shares.map(([name, now, then]) => [name, percent(now), then === undefined ? '–' : percent(then)])),
    psi.length > 0 && h('p', {}, psi.join('; '), '. ', T.service.psiHint));
}

/** @param candidate of GET /model; missing where nothing is on trial */
export function candidateSection(candidate) {
  if (!candidate) return null;
  const facts = {
    version: candidate.version,
    state: T.service.states[candidate.state] ?? candidate.state,
    reason: candidate.reason,
    answers: candidate.state !== 'on trial' ? undefined
      : candidate.share === undefined ? T.service.shadow : percent(candidate.share),
    texts: candidate.texts,
    errors: candidate.errors,
    skipped: candidate.skipped,
    compared: candidate.compared,
    agreement: candidate.agreement === undefined ? undefined : percent(candidate.agreement),
    difference: candidate.difference?.toFixed(4),
    latencyRatio: candidate.latencyRatio?.toFixed(2),
  };
  return h('section', {},
    h('h2', {}, T.service.candidate),
    h('p', {class: 'hint'}, T.service.candidateHint),
    h('dl', {class: 'facts'}, Object.entries(facts).filter(([, value]) => value !== undefined)
      .map(([name, value]) => [h('dt', {}, T.service.facts[name]), h('dd', {}, String(value))])));
}

function table(name, heads, rows) {
  return h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': name}, h('table', {class: 'shares'},
    h('thead', {}, h('tr', {}, heads.map(head => h('th', {scope: 'col'}, head)))),
    h('tbody', {}, rows.map(([first, ...others]) => h('tr', {}, h('th', {scope: 'row'}, first),
      others.map(value => h('td', {}, value)))))));
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
