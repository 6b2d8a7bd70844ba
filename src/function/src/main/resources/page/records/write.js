// Records with what was decided, in the form that they came in or another.

import {textOf} from './fields.js';

const OURS = ['SciBERT_probability', 'SciBERT_rank', 'SciBERT_decision', 'SciBERT_notes', 'SciBERT_model'];
const EARLIER = /^N1 {2}- SciBERT_(?:probability|rank|decision|notes|model): .*(?:\r\n|\n|\r)/gm;

/**
 * RIS: records that came as RIS keep every byte but for what an earlier screening noted, with notes added before their
 * end; others get the usual tags.
 *
 * @param rows {record, probability, rank, decision, notes}
 */
export function toRis(rows, file, model) {
  return rows.map(row => {
    const added = notes(row, model).map(note => `N1  - ${note}`);
    if (file.format === 'ris') return withNotes(row.record.raw.replace(EARLIER, ''), added);
    const {title, abstract, keywords, doi, year, authors} = row.record;
    const tag = (name, value) => (value ? [`${name}  - ${oneLine(value)}`] : []);
    return [
      'TY  - JOUR',
      ...authors.split('; ').flatMap(author => tag('AU', author)),
      ...tag('TI', title),
      ...tag('AB', abstract),
      ...keywords.split('; ').flatMap(keyword => tag('KW', keyword)),
      ...tag('PY', year),
      ...tag('DO', doi),
      ...added,
      'ER  - ',
    ].join('\n') + '\n\n';
  }).join('');
}

/** Lines before the one that ends a reference, or after its last one. */
function withNotes(raw, added) {
  const end = raw.includes('\r\n') ? '\r\n' : '\n';
  const last = [...raw.matchAll(/^ER(?: {1,2}- ?)?[ \t]*$/gm)].at(-1);
  const lines = added.map(line => line + end).join('');
  if (last) return raw.slice(0, last.index) + lines + raw.slice(last.index);
  const body = raw.trimEnd();
  return body + end + lines + raw.slice(body.length).replace(/^(?:\r\n|\n|\r)/, '');
}

const oneLine = text => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

function notes({probability, rank, decision, notes: own}, model) {
  const lines = [];
  if (probability !== null) lines.push(`SciBERT_probability: ${probability.toFixed(4)}`, `SciBERT_rank: ${rank}`);
  if (decision) lines.push(`SciBERT_decision: ${decision}`);
  if (model) lines.push(`SciBERT_model: ${model}`);
  if (own) lines.push(`SciBERT_notes: ${oneLine(own)}`);
  return lines;
}

/** CSV with the file's own columns and five more; cells that a spreadsheet would run are made harmless in ours. */
export function toCsv(rows, file, model) {
  const delimiter = file.delimiter ?? ',';
  const table = file.format === 'csv';
  const names = table ? file.columns : ['title', 'abstract', 'keywords', 'doi', 'pmid', 'year', 'authors', 'id'];
  // What an earlier screening wrote is replaced.
  const columns = names.flatMap((name, i) => (OURS.includes(name) ? [] : [{name, i}]));
  const line = cells => cells.map(cell => quote(cell, delimiter)).join(delimiter);
  const body = rows.map(({record, probability, rank, decision, notes: own}) => line([
    ...(table
      ? columns.map(({i}) => record.cells[i] ?? '')
      : columns.map(({name}) => harmless(String(record[name] ?? '')))),
    probability === null ? '' : probability.toFixed(4),
    rank ?? '',
    decision ?? '',
    harmless(own ?? ''),
    model ?? '',
  ]));
  return [line([...columns.map(({name}) => name), ...OURS]), ...body].join('\r\n') + '\r\n';
}

function quote(cell, delimiter) {
  const text = String(cell);
  return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

function harmless(cell) {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** Rows that fine-tune --data takes: those that were included or excluded. */
export function toRows(rows) {
  return rows
    .filter(({record, decision}) => (decision === 'include' || decision === 'exclude') && textOf(record) !== '')
    .map(({record, decision}) => JSON.stringify({
      id: record.id,
      title: record.title || undefined,
      text: textOf(record), // as the model has read it
      doi: record.doi || undefined,
      pmid: record.pmid || undefined,
      label: decision,
    }) + '\n')
    .join('');
}
