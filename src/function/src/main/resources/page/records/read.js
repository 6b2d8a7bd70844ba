// A file of references becomes records, by what the file holds and not by its ending.

import {readCsv} from './csv.js';
import {readJson} from './json.js';
import {isNbib, isRis, readNbib, readRis} from './tagged.js';

/** A file that holds no records; the message says what it is instead. */
export class Unreadable extends Error {}

const MAGIC = [
  [[0x25, 0x50, 0x44, 0x46], 'it is a PDF; export the references as RIS or CSV'],
  [[0x50, 0x4b, 0x03, 0x04], 'it is a zip file or a spreadsheet (xlsx); save the sheet as CSV'],
  [[0x1f, 0x8b], 'it is packed with gzip; unpack it first'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'it is an old Excel or Word file; save it as CSV'],
  [[0x50, 0x41, 0x52, 0x31], 'it is a Parquet file; save it as CSV or JSON lines'],
];

/**
 * Reads a whole file.
 *
 * @param bytes Uint8Array
 * @returns {format, encoding, records, columns, delimiter}: records have index, title, abstract, keywords, doi, pmid,
 *   year, authors, label (or null), raw (the record's own text) and, for tables, cells
 * @throws Unreadable if it holds no records
 */
export function readRecords(bytes) {
  for (const [magic, what] of MAGIC) {
    if (magic.every((byte, i) => bytes[i] === byte)) throw new Unreadable(what);
  }
  const {text, encoding} = decode(bytes);
  const start = text.slice(0, 4096).trimStart();
  if (start === '') throw new Unreadable('it is empty');
  if (start.startsWith('version https://git-lfs')) {
    throw new Unreadable('it is a Git LFS pointer and not the file itself; fetch it with git lfs pull');
  }
  if (/^<(!doctype html|html|head|body)/i.test(start)) {
    throw new Unreadable('it is a web page, perhaps an error page that was saved under this name; download it again');
  }
  if (start.includes('\u0000')) throw new Unreadable('it is not a text file');
  const read = reader(text, start);
  if (read.records.length === 0) throw new Unreadable('it holds no records');
  read.records.forEach((record, index) => Object.assign(record, {index}));
  return {...read, encoding};
}

function reader(text, start) {
  if (start.startsWith('{') || start.startsWith('[')) return readJson(text, Unreadable);
  if (isRis(text)) return readRis(text);
  if (isNbib(text)) return readNbib(text);
  if (start.startsWith('<')) throw new Unreadable('it is XML; export the references as RIS or CSV');
  return readCsv(text, Unreadable);
}

/** UTF-8, UTF-16 where a byte order mark says so, or Windows-1252 where it is not UTF-8. */
function decode(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return {text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16'};
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return {text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16'};
  try {
    return {text: new TextDecoder('utf-8', {fatal: true}).decode(bytes), encoding: 'UTF-8'};
  } catch {
    return {text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252'};
  }
}
