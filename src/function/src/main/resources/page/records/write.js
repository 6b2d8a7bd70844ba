// Records with what was decided, in the form that they came in or another.

const MEANING = {include: 'include', exclude: 'exclude', maybe: 'maybe'};

/**
 * RIS: records that came as RIS keep every byte, with a note added before their end; others get the usual tags.
 *
 * @param rows {record, probability, rank, decision, notes}
 */
export function toRis(rows, model) {
  return rows.map(row => {
    const added = notes(row, model).map(note => `N1  - ${note}`);
    const raw = row.record.raw;
    if (raw !== undefined && /^ER\s{1,2}-/m.test(raw)) {
      const end = /\r\n/.test(raw) ? '\r\n' : '\n';
      return raw.replace(/^ER\s{1,2}-/m, `${added.join(end)}${end}$&`);
    }
    const {title, abstract, keywords, doi, year, authors} = row.record;
    return [
      'TY  - JOUR',
      ...authors.split('; ').filter(Boolean).map(author => `AU  - ${author}`),
      title && `TI  - ${title}`,
      abstract && `AB  - ${abstract}`,
      ...keywords.split('; ').filter(Boolean).map(keyword => `KW  - ${keyword}`),
      year && `PY  - ${year}`,
      doi && `DO  - ${doi}`,
      ...added,
      'ER  - ',
      '',
    ].filter(line => line !== '' || line === undefined).join('\n') + '\n\n';
  }).join('');
}

function notes({probability, rank, decision, notes: own}, model) {
  const lines = [];
  if (probability !== null) lines.push(`SciBERT_probability: ${probability.toFixed(4)}`, `SciBERT_rank: ${rank}`);
  if (decision) lines.push(`SciBERT_decision: ${MEANING[decision]}`);
  if (model) lines.push(`SciBERT_model: ${model}`);
  if (own) lines.push(`SciBERT_notes: ${own.replace(/\s+/g, ' ').trim()}`);
  return lines;
}

const OURS = ['SciBERT_probability', 'SciBERT_rank', 'SciBERT_decision', 'SciBERT_notes', 'SciBERT_model'];

/** CSV with the file's own columns and five more; cells that a spreadsheet would run are made harmless in ours. */
export function toCsv(rows, file, model) {
  const delimiter = file.delimiter ?? ',';
  const table = file.format === 'csv';
  const columns = table ? file.columns : ['title', 'abstract', 'keywords', 'doi', 'pmid', 'year', 'authors', 'id'];
  const line = cells => cells.map(cell => quote(cell, delimiter)).join(delimiter);
  const body = rows.map(({record, probability, rank, decision, notes: own}) => line([
    ...(table
      ? columns.map((_, i) => record.cells[i] ?? '')
      : columns.map(name => harmless(String(record[name] ?? '')))),
    probability === null ? '' : probability.toFixed(4),
    rank ?? '',
    decision ? MEANING[decision] : '',
    harmless(own ?? ''),
    model ?? '',
  ]));
  return [line([...columns, ...OURS]), ...body].join('\r\n') + '\r\n';
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
    .filter(({decision}) => decision === 'include' || decision === 'exclude')
    .map(({record, decision}) => JSON.stringify({
      id: record.doi || record.pmid || record.id || String(record.index + 1),
      title: record.title,
      abstract: record.abstract,
      label: decision,
    }) + '\n')
    .join('');
}
