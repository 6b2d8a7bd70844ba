// Files that hold no records, by their first bytes or characters: what they are, and what to do.

const BINARY = [
  ['PK\u0003\u0004', 'it is a zip file or a spreadsheet (xlsx); save the sheet as CSV'],
  ['\u00d0\u00cf\u0011\u00e0', 'it is a workbook or document of an old Office; save it as CSV'],
  ['\u001f\u008b', 'it is compressed with gzip; unpack it'],
  ['BZh', 'it is compressed with bzip2; unpack it'],
  ['\u00fd7zXZ', 'it is compressed with xz; unpack it'],
  ['\u0028\u00b5\u002f\u00fd', 'it is compressed with Zstandard; unpack it'],
  ['7z\u00bc\u00af', 'it is a 7-Zip archive; unpack it'],
  ['Rar!', 'it is a RAR archive; unpack it'],
  ['PAR1', 'it is a Parquet file; write it as CSV or JSON lines'],
  ['ARROW1', 'it is an Arrow or Feather file; write it as CSV or JSON lines'],
  ['\u0089HDF', 'it is an HDF5 file; write it as CSV or JSON lines'],
  ['\u0093NUMPY', 'it is a NumPy array; write it as CSV or JSON lines'],
  ['SQLite format 3', 'it is an SQLite database; export the table as CSV'],
  ['\u0080', 'it is a Python pickle; write it as CSV or JSON lines'],
  ['RDX', 'it is an R workspace; write it as CSV'],
  ['%PDF', 'it is a PDF; export the references as RIS or CSV'],
  ['{\\rtf', 'it is a document in rich text; save it as plain text'],
  ['\u0089PNG', 'it is a picture'],
  ['\u00ff\u00d8\u00ff', 'it is a picture'],
  ['GIF8', 'it is a picture'],
  ['\u007fELF', 'it is a program'],
  ['MZ\u0090', 'it is a program'],
  ['version https://git-lfs', 'it is a Git LFS pointer and not the file itself; fetch it with git lfs pull'],
];

/** @param bytes Uint8Array; returns null if they tell nothing */
export function binary(bytes) {
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  return BINARY.find(([magic]) => head.startsWith(magic))?.[1] ?? null;
}

/** @param head the beginning of a text; returns null if it tells nothing */
export function unreadableText(head) {
  if (/^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(head)) {
    return 'it is a web page, perhaps an error page that was saved under this name; download it again';
  }
  if (/^(?:\s|%[^\n]*\n)*@[A-Za-z]+\s*[{(]/.test(head)) return 'it is BibTeX; export the references as RIS';
  return /^\s*</.test(head) ? 'it is XML; export the references as RIS or CSV' : null;
}
