// How far the screening is: numbers only, never an advice to stop.

import {fill, h} from '../dom.js';
import {T} from '../texts.js';
import {recallPValue} from './stopping.js';

export function progressPanel() {
  const numbers = h('dl', {class: 'numbers'});
  const bar = h('progress', {max: 1, value: 0, 'aria-label': T.screen.progress});
  const element = h('section', {class: 'progress'},
    h('h2', {}, T.screen.progress), bar, numbers, h('p', {class: 'hint'}, T.screen.caveat));
  return {
    element,
    show(project) {
      const decided = project.decided();
      const found = decided.filter(item => item.decision === 'include').length;
      const unseen = project.items.filter(item => !item.decision && item.probability !== null);
      const remaining = unseen.reduce((sum, item) => sum + item.probability, 0);
      const p = recallPValue(decided.map(item => item.decision === 'include'), project.items.length);
      const all = project.items.length;
      bar.value = all ? decided.length / all : 0;
      fill(numbers,
        entry(T.screen.seen, `${decided.length} / ${all}`),
        entry(T.screen.found, String(found)),
        entry(T.screen.remaining, unseen.length || decided.length === all ? remaining.toFixed(1) : '–'),
        entry(T.screen.pValue, p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3)));
    },
  };
}

function entry(name, value) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}
