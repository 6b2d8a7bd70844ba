// Tables: comma, semicolon, tab or pipe, quotes as in RFC 4180. Cells stay as they came, for the way out.

import {choose, recordOf} from './fields.js';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE = 50; // records by which the delimiter is told
const HEAD = 1 << 17;

export function readCsv(text, Unreadable) {
  const delimiter = sniff(text, Unreadable);
  const rows = table(text, delimiter, Unreadable);
  const columns = rows.next().value?.cells.map(name => name.trim()) ?? [];
  const chosen = choose(columns, false, Unreadable);
  const records = [];
  for (const row of rows) {
    const beyond = row.cells.slice(columns.length);
    if (row.cells.length < columns.length || !beyond.every(cell => cell.trim() === '')) {
      throw new Unreadable(`line ${row.line} has ${row.cells.length} fields, the header ${columns.length}; put fields`
        + ' that hold delimiters in quotes');
    }
    const values = new Map();
    columns.forEach((name, i) => values.has(name) || values.set(name, [row.cells[i]]));
    records.push({...recordOf(row.line, values, chosen), cells: row.cells.slice(0, columns.length)});
  }
  return {format: 'csv', delimiter, columns, records};
}

/** Rows after Excel's hint for itself ("sep=;"), blank lines left out. */
function* table(text, delimiter, Unreadable) {
  let first = true;
  for (const row of cells(text, delimiter, Unreadable)) {
    if (row.cells.length === 1 && row.blank) continue;
    if (!first || !row.cells[0].startsWith('sep=')) yield row;
    first = false;
  }
}

/** By "sep=;"; else the delimiter that gives header and first records equally many fields, and of several the most. */
function sniff(text, Unreadable) {
  if (text.startsWith('sep=') && text.length > 4) return text[4];
  const head = text.slice(0, HEAD);
  let best = ',';
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const width = widthBy(head, delimiter, Unreadable);
    if (width > most) {
      most = width;
      best = delimiter;
    }
  }
  if (most > 1) return best;
  // Records that don't agree are refused by the delimiter that the header has.
  const header = /[^\r\n]*/.exec(head)[0];
  return DELIMITERS.reduce((a, b) => (header.split(b).length > header.split(a).length ? b : a));
}

/** The number of columns; 0 if some record has another number of fields. */
function widthBy(head, delimiter, Unreadable) {
  let width = 0;
  let count = 0;
  try {
    for (const {cells: row, end} of table(head, delimiter, Unreadable)) {
      width ||= row.length;
      if (row.length < width || !row.slice(width).every(cell => cell.trim() === '')) {
        return end < head.length ? 0 : width; // the beginning of a file may end within a record
      }
      if ((count += 1) > SAMPLE) break;
    }
  } catch (error) {
    return error.end < head.length ? 0 : width;
  }
  return width;
}

/** Rows of cells with the line that they begin in and where they end. */
export function* cells(text, delimiter, Unreadable) {
  let line = 1;
  let i = 0;
  while (i < text.length) {
    const row = {line, cells: [], blank: true};
    for (;;) {
      let cell = '';
      if (text[i] === '"') {
        row.blank = false;
        const opened = line;
        for (i += 1; ; i += 1) {
          if (i >= text.length) {
            throw refusal(Unreadable, `a quote that opens a field in line ${opened} is never closed`, i);
          }
          if (text[i] === '"') {
            if (text[i + 1] !== '"') break;
            i += 1;
          } else if (text[i] === '\n') line += 1;
          cell += text[i];
        }
        i += 1;
        if (i < text.length && text[i] !== delimiter && text[i] !== '\n' && text[i] !== '\r') {
          throw refusal(Unreadable, `line ${line} has text after the quote that closes a field; double each quote`
            + ' inside the field', i);
        }
      } else {
        const start = i;
        while (i < text.length && text[i] !== delimiter && text[i] !== '\n' && text[i] !== '\r') i += 1;
        cell = text.slice(start, i);
        if (cell !== '') row.blank = false;
      }
      row.cells.push(cell);
      if (text[i] !== delimiter || i >= text.length) break;
      i += 1;
    }
    if (text[i] === '\r') i += 1;
    if (text[i] === '\n') { i += 1; line += 1; }
    row.end = i;
    yield row;
  }
}

function refusal(Unreadable, message, end) {
  return Object.assign(new Unreadable(message), {end});
}
