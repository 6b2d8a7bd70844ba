// RIS with its dialects, PubMed's nbib, Web of Science and EndNote's %0. Each record keeps its own lines: concatenated
// they are the file.

import {choose, recordOf} from './fields.js';

/** How tags are written, where records begin and end, which tags are the file's, which lines go on with a value. */
const DIALECTS = {
  ris: {tag: /^([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)/, begins: 'TY', ends: 'ER', goesOn: () => true},
  nbib: {tag: /^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)/, begins: 'PMID', goesOn: line => line.startsWith('  ')},
  wos: {
    tag: /^([A-Z][A-Z0-9])(?: (.*)|$)/, begins: 'PT', ends: 'ER', ofFile: ['FN', 'VR', 'EF'],
    goesOn: line => line.startsWith('  '),
  },
  endnote: {tag: /^(%[A-Za-z0-9@!#$&()*+,/:;<=>?[\]^_`{|}~-])(?: (.*)|$)/, begins: '%0', goesOn: () => true},
};

/** The format of a text, if it has tags. */
export function formatOf(head) {
  if (/^\s*(?:FN |PT [A-Z]\b)/.test(head) && /^(?:ER|PT [A-Z]\b.*)\r?$/m.test(head)) return 'wos';
  if (/^PMID- *\d/m.test(head)) return 'nbib';
  if (/^(?:\d+\. *)?TY {1,2}- *[A-Z]{2,}/m.test(head)) return 'ris';
  return /^%0 \S/m.test(head) ? 'endnote' : null;
}

export function readTagged(text, format, Unreadable) {
  const dialect = DIALECTS[format];
  const found = [];
  let raw = '';
  let fields = new Map();
  let value = null; // {texts, at}: where a line without a tag goes on
  let begun = false;
  let firstLine = 0;
  let number = 0;
  const take = () => {
    found.push({line: firstLine, raw, fields});
    raw = '';
    fields = new Map();
    value = null;
    begun = false;
  };
  const add = ([tag, first]) => {
    if (fields.size === 0) firstLine = number;
    begun ||= tag === dialect.begins;
    if (!fields.has(tag)) fields.set(tag, []);
    fields.get(tag).push(first);
    value = {texts: fields.get(tag), at: fields.get(tag).length - 1};
  };
  for (const line of text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []) {
    number += 1;
    const tagged = tagOf(line.replace(/[\r\n]+$/, ''), dialect);
    const tag = tagged?.[0];
    if (tag === dialect.begins && begun) take(); // the end of the record before it is missing, or has no tag
    raw += line;
    if (tag === undefined) {
      const more = line.trim();
      if (value !== null && more !== '' && dialect.goesOn(line)) {
        value.texts[value.at] += `${value.texts[value.at] === '' ? '' : ' '}${more}`;
      }
    } else if (tag === dialect.ends) {
      if (fields.size > 0) take();
      else value = null;
    } else if (dialect.ofFile?.includes(tag)) value = null;
    else add(tagged);
  }
  if (begun || fields.size > 0) take();
  else if (found.length > 0) found.at(-1).raw += raw;
  const columns = choose([...new Set(found.flatMap(({fields: of}) => [...of.keys()]))], true, Unreadable);
  if (format === 'nbib') columns.pmid = ['PMID'];
  return {format, records: found.map(({line, raw: own, fields: of}) => ({...recordOf(line, of, columns), raw: own}))};
}

/** A line's tag and value; null for one that goes on with a value or belongs to no record. */
function tagOf(line, {tag, ends}) {
  const found = tag.exec(line);
  if (!found) return null;
  const value = (found[2] ?? '').trim();
  // "ER positive tumours" is the next line of a wrapped abstract.
  return found[1] === ends && value !== '' ? null : [found[1], value];
}
