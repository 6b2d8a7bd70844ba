// RIS with its dialects, and PubMed's nbib. Each record keeps its own lines: concatenated they are the file.

import {decisionOf, doiOf, present} from './fields.js';

// Two letters or digits, one or two spaces, a dash; Cochrane adds a space, some leave the last one out.
const RIS_TAG = /^\ufeff?([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?$/;
const RIS_END = /^ER\s{1,2}-\s*$/;
const NBIB_TAG = /^\ufeff?([A-Z]{2,4})\s{0,2}- (.*)$/;

export function isRis(text) {
  return /^\ufeff?TY {1,2}-/m.test(text);
}

export function isNbib(text) {
  return /^\ufeff?PMID- ?\d/m.test(text);
}

export function readRis(text) {
  const records = [];
  let lines = [];
  let open = false;
  const close = () => {
    // What stands before the first record, or after the last, belongs to that record and is no record of its own.
    if (open) records.push(risRecord(lines));
    else if (records.length > 0) records.at(-1).raw += lines.join('');
    if (open) lines = [];
    open = false;
  };
  for (const line of text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []) {
    const bare = line.replace(/[\r\n]+$/, '');
    if (/^\ufeff?TY\s{1,2}-/.test(bare) && open) close();
    lines.push(line);
    if (/^\ufeff?TY\s{1,2}-/.test(bare)) open = true;
    if (RIS_END.test(bare) && open) close();
  }
  if (open) close();
  else if (records.length > 0 && lines.length > 0) records.at(-1).raw += lines.join('');
  return {format: 'ris', records};
}

function risRecord(lines) {
  const tags = tagged(lines, RIS_TAG, /^/);
  const first = (...names) => present(names.flatMap(name => tags.get(name) ?? []).find(value => present(value) !== ''));
  const notes = [...(tags.get('N1') ?? []), ...(tags.get('RN') ?? [])];
  const noted = notes.map(note => /\b(ASReview_(?:not_)?(?:ir)?relevant)\b/i.exec(note)?.[1]).find(Boolean);
  return {
    title: first('TI', 'T1', 'CT', 'BT'),
    abstract: first('AB', 'N2'),
    keywords: (tags.get('KW') ?? []).map(present).filter(Boolean).join('; '),
    doi: doiOf(first('DO', 'DI') || (tags.get('UR') ?? []).find(url => doiOf(url))),
    pmid: '',
    year: first('PY', 'Y1', 'DA').slice(0, 4),
    authors: (tags.get('AU') ?? tags.get('A1') ?? []).map(present).filter(Boolean).join('; '),
    id: first('ID', 'AN'),
    label: decisionOf(noted),
    raw: lines.join(''),
  };
}

export function readNbib(text) {
  const records = [];
  let lines = [];
  const close = () => {
    if (lines.some(line => NBIB_TAG.test(line.trimEnd()))) records.push(nbibRecord(lines));
    else if (records.length > 0) records.at(-1).raw += lines.join('');
    lines = [];
  };
  for (const line of text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []) {
    if (/^\ufeff?PMID- /.test(line) && lines.length > 0) close();
    lines.push(line);
  }
  close();
  return {format: 'nbib', records};
}

function nbibRecord(lines) {
  const tags = tagged(lines, NBIB_TAG, /^ {6}/);
  const first = name => present((tags.get(name) ?? [])[0]);
  const ids = [...(tags.get('LID') ?? []), ...(tags.get('AID') ?? [])];
  return {
    title: first('TI'),
    abstract: first('AB'),
    keywords: [...(tags.get('MH') ?? []), ...(tags.get('OT') ?? [])].map(present).join('; '),
    doi: doiOf(ids.find(id => id.includes('[doi]'))),
    pmid: first('PMID').replace(/\D/g, ''),
    year: first('DP').slice(0, 4),
    authors: (tags.get('FAU') ?? tags.get('AU') ?? []).map(present).join('; '),
    id: first('PMID'),
    label: null,
    raw: lines.join(''),
  };
}

/** Values by tag; a line without a tag goes on with the value before it. */
function tagged(lines, pattern, indent) {
  const tags = new Map();
  let last = null;
  for (const line of lines) {
    const bare = line.replace(/[\r\n]+$/, '');
    const found = pattern.exec(bare);
    if (found) {
      last = [found[2] ?? ''];
      if (!tags.has(found[1])) tags.set(found[1], []);
      const values = tags.get(found[1]);
      values.push(last[0]);
      last = {values, at: values.length - 1};
    } else if (last !== null && bare.trim() !== '' && indent.test(bare)) {
      last.values[last.at] = `${last.values[last.at]} ${bare.trim()}`;
    }
  }
  return tags;
}
