// JSON lines, or one array of objects.

import {COLUMNS, decisionOf, doiOf, present} from './fields.js';

export function readJson(text, Unreadable) {
  const objects = text.trimStart().startsWith('[') ? array(text, Unreadable) : lines(text, Unreadable);
  const columns = [...new Set(objects.flatMap(object => Object.keys(object)))];
  const records = objects.map(object => {
    const names = new Map(Object.keys(object).map(name => [name.trim().toLowerCase(), name]));
    const value = what => {
      const name = COLUMNS[what].find(known => names.has(known));
      const found = name === undefined ? '' : object[names.get(name)];
      return Array.isArray(found) ? found.join('; ') : found;
    };
    const title = present(value('title'));
    const abstract = present(value('abstract'));
    const all = present(value('text'));
    return {
      title: title || (abstract ? '' : all),
      abstract: abstract || (title ? all : ''),
      keywords: present(value('keywords')),
      doi: doiOf(value('doi')),
      pmid: present(value('pmid')).replace(/\D/g, ''),
      year: present(value('year')).slice(0, 4),
      authors: present(value('authors')),
      id: present(value('id')),
      label: decisionOf(value('label')),
      object,
    };
  });
  return {format: 'jsonl', columns, records};
}

function array(text, Unreadable) {
  let parsed;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new Unreadable('it begins like JSON and is not: it was cut off, perhaps');
  }
  if (!parsed.every(isObject)) throw new Unreadable('it is a JSON array of something else than objects');
  return parsed;
}

function lines(text, Unreadable) {
  const objects = [];
  text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).forEach((line, i) => {
    if (line.trim() === '') return;
    let object;
    try {
      object = JSON.parse(line);
    } catch {
      throw new Unreadable(`line ${i + 1} is no JSON`);
    }
    if (!isObject(object)) throw new Unreadable(`line ${i + 1} is JSON, but no object`);
    objects.push(object);
  });
  return objects;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
