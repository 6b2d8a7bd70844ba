// Tables: comma, semicolon, tab or pipe, quotes as in RFC 4180. Cells stay as they came, for the way out.

import {COLUMNS, decisionOf, doiOf, present} from './fields.js';

const DELIMITERS = [',', ';', '\t', '|'];

export function readCsv(text, Unreadable) {
  // Excel's hint for itself, such as "sep=;".
  const hint = /^\ufeff?sep=(.)\r?\n/i.exec(text);
  const body = hint ? text.slice(hint[0].length) : text;
  const delimiter = hint ? hint[1] : sniff(body);
  const rows = cells(body, delimiter);
  const columns = (rows.shift() ?? []).map(name => name.trim());
  const at = places(columns);
  if (at.title === undefined && at.abstract === undefined && at.text === undefined) {
    throw new Unreadable('its first line names no column title, abstract or text; it names '
      + (columns.slice(0, 8).map(name => `“${name.slice(0, 30)}”`).join(', ') || 'nothing'));
  }
  const records = rows.filter(row => row.some(cell => cell !== '')).map(row => {
    const cell = what => (at[what] === undefined ? '' : present(row[at[what]]));
    return {
      title: cell('title') || (cell('abstract') ? '' : cell('text')),
      abstract: cell('abstract') || (cell('title') ? cell('text') : ''),
      keywords: cell('keywords'),
      doi: doiOf(cell('doi')),
      pmid: cell('pmid').replace(/\D/g, ''),
      year: cell('year').slice(0, 4),
      authors: cell('authors'),
      id: cell('id'),
      label: at.label === undefined ? null : decisionOf(row[at.label]),
      cells: row,
    };
  });
  return {format: 'csv', delimiter, columns, records};
}

/** Where the known columns are, by what they hold. */
function places(columns) {
  const names = columns.map(name => name.replace(/^\ufeff/, '').trim().toLowerCase());
  const found = {};
  for (const [what, known] of Object.entries(COLUMNS)) {
    const name = known.find(candidate => names.includes(candidate));
    if (name !== undefined) found[what] = names.indexOf(name);
  }
  return found;
}

/** The delimiter that gives the first lines the same number of cells, more than one; the comma if none does. */
function sniff(text) {
  const head = text.slice(0, 64 * 1024);
  let best = ',';
  let score = 0;
  for (const delimiter of DELIMITERS) {
    const rows = cells(head, delimiter).slice(0, 20);
    const width = rows[0]?.length ?? 0;
    // The last row may be cut in the middle.
    const alike = rows.slice(0, -1).filter(row => row.length === width).length + 1;
    if (width > 1 && alike / rows.length * width > score) {
      score = alike / rows.length * width;
      best = delimiter;
    }
  }
  return best;
}

/** Rows of cells; a quote inside an unquoted cell is a character as any. */
export function cells(text, delimiter) {
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += '"'; i += 1; } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === delimiter) { row.push(cell); cell = ''; } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i += 1;
      row.push(cell);
      rows.push(row);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) {
    row.push(cell);
    rows.push(row);
  }
  return rows;
}
