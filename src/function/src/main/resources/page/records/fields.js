// What the formats share: the meaning of columns and tags, and texts as people wrote them.

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?', '-1', 'not seen', '[no abstract available]']);
const POSITIVE = new Set(['1', '1.0', 'true', 'yes', 'y', 'include', 'included', 'relevant', 'asreview_relevant']);
const NEGATIVE = new Set(
  ['0', '0.0', 'false', 'no', 'n', 'exclude', 'excluded', 'irrelevant', 'not relevant', 'asreview_irrelevant',
    'asreview_not_relevant']);

/** Columns by what they hold, names in lower case, the first that is there wins. */
export const COLUMNS = {
  title: ['title', 'primary_title', 'ti', 't1'],
  abstract: ['abstract', 'notes_abstract', 'ab', 'n2'],
  text: ['text'],
  keywords: ['keywords', 'keyword', 'kw'],
  doi: ['doi', 'do'],
  pmid: ['pmid', 'pubmed_id'],
  year: ['year', 'publication_year', 'py', 'y1'],
  authors: ['authors', 'author', 'first_authors', 'au'],
  id: ['id', 'record_id', 'key'],
  label: ['label', 'label_included', 'included', 'included_label', 'final_included', 'included_final', 'included_flag',
    'include', 'asreview_label', 'decision'],
};

/** A value as a text of one line; empty where it only says that there is none. */
export function present(value) {
  const text = value === null || value === undefined ? '' : plain(String(value));
  return MISSING.has(text.toLowerCase()) ? '' : text;
}

/** 'include', 'exclude', or null for what is neither. */
export function decisionOf(value) {
  const text = String(value ?? '').trim().toLowerCase();
  if (POSITIVE.has(text)) return 'include';
  return NEGATIVE.has(text) ? 'exclude' : null;
}

const TAGS = /<\/?(?:jats:)?(?:p|i|b|u|em|strong|sub|sup|sec|title|italic|bold|span|div|br|h[1-6]|ul|ol|li)\b[^<>]*>/gi;
const ENTITIES = {amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ', ndash: '–', mdash: '—', alpha: 'α',
  beta: 'β', gamma: 'γ', delta: 'δ', mu: 'μ', plusmn: '±', le: '≤', ge: '≥', times: '×', deg: '°'};

/** Markup of abstracts (HTML, JATS) as text, white space folded. */
function plain(text) {
  return text
    .replace(TAGS, tag => (/^<\/?(?:jats:)?(?:p|sec|title|div|br|li|h[1-6])\b/i.test(tag) ? ' ' : ''))
    .replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal, hex, name) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : all;
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/** A DOI in lower case without its resolver; empty where there is none. */
export function doiOf(value) {
  const found = /10\.\d{4,9}\/[^\s"<>]+/.exec(String(value ?? ''));
  return found ? found[0].toLowerCase().replace(/[.,;)\]]+$/, '') : '';
}

/** Title and abstract as the model reads them. */
export function textOf(record) {
  return [record.title, record.abstract].filter(Boolean).join(' ');
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
