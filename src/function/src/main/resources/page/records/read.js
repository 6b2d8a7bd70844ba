// A file of references becomes records, by what the file holds and not by its ending.

import {readCsv} from './csv.js';
import {readJson} from './json.js';
import {binary, unreadableText} from './signature.js';
import {formatOf, readTagged} from './tagged.js';

/** A file that holds no records; the message says what it is instead. */
export class Unreadable extends Error {}

const HEAD = 1 << 17; // characters that tell the format: some dozens of records
/** With so many characters of UTF-8 for each byte that is none, the file is damaged UTF-8 and not Windows-1252. */
const DAMAGED = 10;

/**
 * Reads a whole file.
 *
 * @param bytes Uint8Array
 * @returns {format, encoding, records, columns, delimiter}: records have index, line, title, abstract, text (what the
 *   model reads), keywords, doi, pmid, year, authors, id, label (or null), for references raw (the record's own text)
 *   and for tables cells
 * @throws Unreadable if it holds no records
 */
export function readRecords(bytes) {
  const known = binary(bytes);
  if (known !== null) throw new Unreadable(known);
  const {text, encoding} = decode(bytes);
  const head = text.slice(0, HEAD);
  const unreadable = unreadableText(head);
  if (unreadable !== null) throw new Unreadable(unreadable);
  if (head.trim() === '') throw new Unreadable('it is empty');
  const read = /^\s*[{[]/.test(head) ? readJson(text, Unreadable)
    : formatOf(head) !== null ? readTagged(text, formatOf(head), Unreadable) : readCsv(text, Unreadable);
  if (read.records.length === 0) throw new Unreadable('it holds no records');
  read.records.forEach((record, index) => Object.assign(record, {index}));
  return {...read, encoding};
}

const utf16 = (name, bytes) => ({text: new TextDecoder(name).decode(bytes), encoding: 'UTF-16'});

/** UTF-16 where a byte order mark says so, else UTF-8, or Windows-1252 where it is not UTF-8. */
function decode(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16('utf-16be', bytes);
  if (bytes.includes(0)) {
    throw new Unreadable('it holds zero bytes and is no text; export the references as RIS or CSV');
  }
  const text = new TextDecoder().decode(bytes);
  const odd = text.indexOf('\ufffd');
  if (odd < 0) return {text, encoding: 'UTF-8'};
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const bad = text.split('\ufffd').length - 1;
  const good = (text.match(/[^\u0000-\u007f\ufffd]/gu) ?? []).length;
  if (marked || good >= DAMAGED * bad) {
    const line = text.slice(0, odd).split('\n').length;
    throw new Unreadable(`line ${line} is not UTF-8, and the rest of the file is; save it as UTF-8 again`);
  }
  return {text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252'};
}
