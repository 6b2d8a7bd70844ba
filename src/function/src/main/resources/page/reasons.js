// Contributions of words and sentences, as shades over the text and as a list for those who do not see them.

import {h} from './dom.js';
import {T} from './texts.js';

const LISTED = 8;

/**
 * @param text that was explained
 * @param json an answer of POST /explain: label, method, words and sentences as [start, end, contribution] in
 *     UTF-16 units
 */
export function shade(text, {results: [{label, method, words, sentences, warning, neighbours}]}) {
  const strongest = Math.max(...words.map(word => Math.abs(word.contribution)), 1e-9);
  const parts = [];
  let at = 0;
  for (const {start, end, contribution} of [...words].sort((a, b) => a.start - b.start)) {
    if (start > at) parts.push(text.slice(at, start));
    const mark = h('mark', {
      class: contribution >= 0 ? 'towards' : 'against', title: contribution.toFixed(3),
    }, text.slice(start, end));
    mark.style.setProperty('--strength', (Math.abs(contribution) / strongest).toFixed(2));
    parts.push(mark);
    at = end;
  }
  parts.push(text.slice(at));
  const ranked = [...words].sort((a, b) => b.contribution - a.contribution);
  const named = list => list.slice(0, LISTED).map(word => text.slice(word.start, word.end)).join(', ')
    || T.try.nothingFor;
  return h('div', {},
    warning && h('p', {class: 'notice'}, T.try.warning),
    h('h3', {}, T.try.shaded),
    T.try.methods[method] && h('p', {class: 'hint'}, T.try.methods[method](label)),
    h('p', {class: 'shaded', dir: 'auto'}, parts),
    h('p', {}, T.try.towards(label, named(ranked.filter(word => word.contribution > 0)))),
    h('p', {}, T.try.against(label, named(ranked.filter(word => word.contribution < 0).reverse()))),
    sentences?.length > 1 && [
      h('h3', {}, T.try.sentences),
      h('ol', {class: 'sentences'}, [...sentences]
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
        .map(one => h('li', {dir: 'auto'},
          h('span', {class: 'number'}, `${one.contribution >= 0 ? '+' : '−'}${Math.abs(one.contribution).toFixed(2)}`),
          ' ', text.slice(one.start, one.end)))),
    ],
    neighbours && [
      h('h3', {}, T.try.neighbours),
      h('ol', {class: 'neighbours'}, neighbours.map(row => h('li', {dir: 'auto'},
        h('span', {class: 'number'}, row.similarity.toFixed(2)), ' ',
        h('strong', {}, row.label ?? (row.labels.join(', ') || T.try.none)), ' ',
        row.text ?? row.id))),
    ]);
}
