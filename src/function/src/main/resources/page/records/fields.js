// What the formats share: the meaning of columns and tags, and texts as people wrote them. The command line's readers
// follow the same rules, and both are tested with the same files.

/** What tools write in place of a title or an abstract that they don't have. */
const NO_TEXT = new Set(['na', 'n/a', 'nan', 'null', 'none', 'no abstract', 'no abstract available',
  '[no abstract available]', 'abstract not available', 'not available']);
const POSITIVE = new Set(['1', 'true', 'yes', 'y', 'include', 'included', 'relevant', 'positive']);
const NEGATIVE = new Set(
  ['0', 'false', 'no', 'n', 'exclude', 'excluded', 'irrelevant', 'not relevant', 'negative']);

/** Names of columns, keys and tags by what they hold; of several, the first with a value counts. */
const NAMES = {
  title: ['title', 'primary_title', 'TI', 'T1', '%T', 'article_title', 'document_title'],
  abstract: ['abstract', 'notes_abstract', 'AB', 'N2', '%X', 'abstract_note'],
  text: ['text'],
  keywords: ['keywords', 'keyword', 'KW', 'MH', 'OT', 'DE', '%K'],
  doi: ['doi', 'DO', 'DI', '%R', 'LID', 'AID'],
  pmid: ['pmid', 'pubmed_id', 'PM'],
  year: ['year', 'publication_year', 'PY', 'Y1', 'DP', 'DA', '%D'],
  authors: ['authors', 'author', 'first_authors', 'AU', 'FAU', 'A1', '%A'],
  id: ['id', 'record_id', 'key', 'ref_id'],
  label: ['SciBERT_decision', 'label', 'labels', 'final_included', 'included_final', 'label_included', 'included_label',
    'included', 'included_flag', 'include', 'asreview_label', 'decision', 'inclusion_decision'],
  notes: ['N1', 'notes', 'RN', 'custom1', 'C1', '%Z', 'GN'],
};

const key = name => name.toLowerCase().replace(/[\s_\ufeff-]+/g, '');

/**
 * Which of a file's fields hold what.
 *
 * @param names the fields of the file
 * @param references whether they are tags of references, whose meaning is known
 * @throws Unreadable if none makes a text
 */
export function choose(names, references, Unreadable) {
  const byKey = new Map();
  names.forEach(name => byKey.set(key(name), [...(byKey.get(key(name)) ?? []), name]));
  const found = {};
  for (const [what, known] of Object.entries(NAMES)) found[what] = known.flatMap(name => byKey.get(key(name)) ?? []);
  const whole = !references && found.text.length > 0;
  if (whole && found.text.length > 1) {
    throw new Unreadable(`it has the column "${found.text[0]}" ${found.text.length} times; delete all but one`);
  }
  if (!references && !whole && found.title.length + found.abstract.length === 0) {
    throw new Unreadable(names.every(name => name.trim() === '') ? 'it holds no records'
      : `it has no column "text", nor "title" or "abstract"; its columns are ${names.join(', ')}`);
  }
  const label = byKey.get(key(found.label[0] ?? '')) ?? [];
  // Of two columns with one name, either could be meant.
  return {...found, whole, label: label.length === 1 ? label[0] : null};
}

/**
 * The record of some fields.
 *
 * @param line where it begins, from 1
 * @param values texts by name: one for each time that the tag stands there
 * @param columns as choose returns them
 */
export function recordOf(line, values, columns) {
  const texts = what => columns[what].flatMap(name => values.get(name) ?? []);
  const first = what => texts(what).find(text => text.trim() !== '') ?? '';
  const title = part(values, columns.title);
  const abstract = part(values, columns.abstract);
  const own = columns.whole ? first('text') : '';
  const doi = doiOf(texts('doi').find(text => doiOf(text) !== ''));
  const pmid = /^\s*(\d{1,9})\s*$/.exec(first('pmid'))?.[1] ?? '';
  return {
    line,
    title,
    abstract: abstract || (title ? '' : own),
    text: columns.whole ? own : joined(title, abstract),
    keywords: texts('keywords').map(plain).filter(Boolean).join('; '),
    doi,
    pmid,
    year: /\d{4}/.exec(first('year'))?.[0] ?? '',
    authors: texts('authors').map(plain).filter(Boolean).join('; '),
    id: first('id') || (doi && `doi:${doi}`) || (pmid && `pmid:${pmid}`) || String(line),
    label: columns.label === null
      ? noted(texts('notes')) : labelOf(columns.label, values.get(columns.label)?.[0] ?? ''),
  };
}

/** The first of some fields that holds more than a word for nothing. */
function part(values, names) {
  for (const name of names) {
    const text = markupless((values.get(name) ?? []).join(' '));
    if (text.trim() !== '' && !NO_TEXT.has(text.trim().toLowerCase())) return text;
  }
  return '';
}

/** Title and abstract as one text, a full stop between them where none is. */
function joined(title, abstract) {
  if (!title || !abstract || title === abstract) return title || abstract;
  return `${title}${/[.!?…:;]\s*$/.test(title) ? ' ' : '. '}${abstract}`;
}

/** 'include', 'exclude', or null for what is neither. */
export function decisionOf(value) {
  const text = String(value ?? '').replace(/^[\s\u200b]+|[\s\u200b]+$/g, '').toLowerCase();
  const isNumber = /^[+-]?(0|[1-9]\d*)(\.\d*)?(e[+-]?\d+)?$/.test(text);
  const number = isNumber ? String(Number(text) || 0) : text; // -0 is 0
  if (POSITIVE.has(number)) return 'include';
  return NEGATIVE.has(number) ? 'exclude' : null;
}

/** Of a column that this page wrote, "maybe" is a decision too. */
function labelOf(name, value) {
  return key(name) === key(NAMES.label[0]) && value.trim() === 'maybe' ? 'maybe' : decisionOf(value);
}

const TOOLS = /ASReview_(relevant|irrelevant|not_seen)|RAYYAN-INCLUSION: *\{[^}]*?=> *"(Included|Excluded|Maybe)"/;

/** The decision that this page, ASReview or Rayyan wrote into notes. */
function noted(notes) {
  const own = notes.flatMap(note => [...note.matchAll(/(?:^|\n|; )SciBERT_decision: *([^;\n]*)/g)]).at(-1);
  if (own) return labelOf(NAMES.label[0], own[1]);
  for (const note of notes) {
    const other = TOOLS.exec(note);
    if (other) return decisionOf(other[1] ?? other[2]);
  }
  return null;
}

const BLOCK = /<\/?(?:jats:)?(?:p|br|div|sec|title|label|abstracttext|abstract|li|ul|ol|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const INLINE = new RegExp('</?(?:jats:)?(?:i|b|em|strong|sub|sup|italic|bold|sc|u|span|font|inf|a|named-content|'
  + 'styled-content|underline|inline-formula|(?:mml:)?m[a-z]+)(?:\\s[^<>]*)?/?>', 'gi');
const ENTITIES = {amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ', alpha: 'α', beta: 'β', gamma: 'γ',
  delta: 'δ', kappa: 'κ', lambda: 'λ', mu: 'μ', micro: 'µ', omega: 'ω', deg: '°', plusmn: '±', times: '×', le: '≤',
  ge: '≥', ndash: '–', mdash: '—', hellip: '…', rsquo: '’', lsquo: '‘', rdquo: '”', ldquo: '“', eacute: 'é',
  auml: 'ä', ouml: 'ö', uuml: 'ü'};

/** A text without the markup of abstracts (HTML, JATS). */
function markupless(text) {
  if (!/[<&]/.test(text)) return text;
  return text.replace(BLOCK, ' ').replace(INLINE, '')
    .replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (all, decimal, hex, name) => {
      if (name) return ENTITIES[name] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : all;
    })
    .replace(/[ \t\n\v\f\r]+/g, ' ') // a hard space stays
    .replace(/^ | $/g, '');
}

/** A text of one line without markup; empty where it only says that there is none. */
function plain(text) {
  const line = markupless(text).replace(/\s+/g, ' ').trim();
  return NO_TEXT.has(line.toLowerCase()) ? '' : line;
}

/** A DOI in lower case without its resolver; empty where there is none. */
function doiOf(value) {
  const found = /10\.\d{4,9}\/\S+/.exec(String(value ?? ''));
  return found ? found[0].toLowerCase().replace(/[.,;)\]>"]+$/, '') : '';
}

/** Title and abstract as the model reads them. */
export function textOf(record) {
  return record.text ?? joined(record.title, record.abstract); // projects of earlier pages have no text
}

/** What two records of the same work share: DOI, PMID, or the title without case and punctuation. */
export function sameWork(record) {
  const keys = [];
  if (record.doi) keys.push(`doi ${record.doi}`);
  if (record.pmid) keys.push(`pmid ${record.pmid}`);
  const title = record.title.toLowerCase().normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  // Short titles ("Introduction", "Reply") are shared by works that have nothing in common.
  if (title.length >= 20) keys.push(`title ${title} ${record.year}`);
  return keys;
}
