// JSON lines, a JSON array of objects, or objects one after the other. Read by hand: numbers keep their spelling, NaN
// as Python writes it is a missing value, and a name that stands twice in an object is refused, as on the command line.

import {choose, recordOf} from './fields.js';

export function readJson(text, Unreadable) {
  const objects = [...objectsOf(text, Unreadable)];
  const columns = [...new Set(objects.flatMap(({object}) => Object.keys(object)))];
  const chosen = choose(columns, false, Unreadable);
  const parts = [...chosen.title, ...chosen.abstract];
  const records = objects.map(({line, object}) => {
    const values = new Map();
    for (const [name, value] of Object.entries(object)) {
      if (value === null) continue;
      if (chosen.id.includes(name) && typeof value === 'object' && !(value instanceof Spelled)) {
        throw new Unreadable(`the id in line ${line} is neither a text nor a number`);
      }
      const isPart = parts.includes(name) && value instanceof Spelled; // a title may be a number: 1984
      if ([...chosen.text, ...parts].includes(name) && typeof value !== 'string' && !isPart) {
        throw new Unreadable(`"${name}" in line ${line} must be a text`);
      }
      values.set(name, scalars(value));
    }
    return recordOf(line, values, chosen);
  });
  return {format: 'jsonl', columns, records};
}

function scalars(value) {
  if (Array.isArray(value)) return value.flatMap(scalars);
  if (value === true || value === false) return [value ? '1' : '0'];
  return [typeof value === 'string' || value instanceof Spelled ? String(value) : JSON.stringify(value)];
}

/** The objects with the line that each begins in. */
function* objectsOf(text, Unreadable) {
  const reader = new Reader(text, Unreadable);
  const list = reader.take('[');
  if (list && reader.take(']')) return;
  do {
    reader.space();
    if (reader.done()) return;
    reader.start = reader.line;
    if (text[reader.at] !== '{') reader.fail('is no JSON object; write a list of objects, or one object a line');
    yield {line: reader.start, object: reader.value()};
  } while (list ? reader.take(',') : !reader.done());
  if (list && !reader.take(']')) reader.fail('is not followed by the rest of the list');
}

const TOKEN = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?Infinity|NaN|true|false|null/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const WORDS = {true: true, false: false, null: null};

class Reader {
  constructor(text, Unreadable) {
    Object.assign(this, {text, Unreadable, at: 0, line: 1, start: 1, depth: 0}); // start: of the object that is read
  }

  fail(what) {
    throw new this.Unreadable(`line ${this.start} ${what}`);
  }

  done() {
    this.space();
    return this.at >= this.text.length;
  }

  space() {
    for (; /\s/.test(this.text[this.at] ?? ''); this.at += 1) if (this.text[this.at] === '\n') this.line += 1;
  }

  take(character) {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) this.fail('is not JSON; write a list of objects, or one object a line');
    this.at += found.length;
    return found;
  }

  value() {
    this.space();
    if ((this.depth += 1) > 500) this.fail('has lists within lists without end');
    const first = this.text[this.at];
    let value;
    if (first === '{') value = this.object();
    else if (first === '[') value = this.list();
    else if (first === '"') value = JSON.parse(this.match(STRING));
    else {
      const token = this.match(TOKEN);
      value = token in WORDS ? WORDS[token] : new Spelled(token);
    }
    this.depth -= 1;
    return value;
  }

  object() {
    const object = Object.create(null);
    this.at += 1;
    if (this.take('}')) return object;
    do {
      this.space();
      const name = JSON.parse(this.match(STRING));
      if (name in object) this.fail(`has "${name}" twice in one object`);
      if (!this.take(':')) this.fail('is not JSON');
      object[name] = this.value();
    } while (this.take(','));
    if (!this.take('}')) this.fail('is not JSON');
    return object;
  }

  list() {
    const list = [];
    this.at += 1;
    if (this.take(']')) return list;
    do list.push(this.value()); while (this.take(','));
    if (!this.take(']')) this.fail('is not JSON');
    return list;
  }
}

/** A number as it is written. */
class Spelled {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }

  toJSON() {
    return Number(this.text);
  }
}
