// A screening: a file's records, folded duplicates, ranks and decisions.

import {sameWork, textOf} from '../records/fields.js';

export const DECISIONS = ['include', 'exclude', 'maybe'];
const FORMAT = 1;

/**
 * One screening. Decisions are kept for the first of several records of the same work; the others follow it.
 *
 * items: one for each work, {record, duplicates, probability, tokens, decision, notes, order}: order counts the
 * decisions as they were made, from 1.
 */
export class Project {
  constructor(name, file, items) {
    this.name = name;
    this.file = file;
    this.items = items;
    this.model = null;
    this.history = []; // {item, before}, the last one is undone first
    this.made = Math.max(0, ...items.map(item => item.order ?? 0));
  }

  /** @param file as readRecords returns it */
  static of(name, file) {
    return new Project(name, {...file, records: undefined}, fold(file.records));
  }

  /** What is saved as a file and taken again by open. */
  toJson() {
    return {format: FORMAT, name: this.name, file: this.file, model: this.model, items: this.items};
  }

  /** @throws Error if it is no project of this page */
  static open(json) {
    if (json?.format !== FORMAT || !Array.isArray(json.items)) throw new Error('it is no project of this page');
    const project = new Project(json.name, json.file, json.items);
    project.model = json.model;
    return project;
  }

  decide(item, decision) {
    this.history.push({item, before: {decision: item.decision, order: item.order}});
    item.decision = item.decision === decision ? null : decision;
    item.order = item.decision ? this.made += 1 : null;
  }

  /** Takes the last decision back; null if there is none of this visit. */
  undo() {
    const last = this.history.pop();
    if (!last) return null;
    Object.assign(last.item, last.before);
    return last.item;
  }

  /** Items by probability, highest first; without one in the file's order, at the end. */
  ranked() {
    return [...this.items].sort((a, b) => (b.probability ?? -1) - (a.probability ?? -1)
      || a.record.index - b.record.index);
  }

  /** Items in the order in which they were included or excluded. */
  decided() {
    return this.items.filter(item => item.decision === 'include' || item.decision === 'exclude')
      .sort((a, b) => a.order - b.order);
  }

  /** Every record of the file in its order, duplicates as their first, for the writers. */
  rows(model) {
    const ranks = new Map(this.ranked().map((item, i) => [item, i + 1]));
    return this.items
      .flatMap(item => [item.record, ...item.duplicates].map(record => ({
        record,
        probability: item.probability,
        rank: item.probability === null ? null : ranks.get(item),
        decision: item.decision,
        notes: item.notes,
      })))
      .sort((a, b) => a.record.index - b.record.index)
      .map(row => ({...row, model}));
  }
}

/** Records of the same work become one item: of a group that is linked by any key. */
function fold(records) {
  const byKey = new Map();
  const items = [];
  for (const record of records) {
    const keys = sameWork(record);
    const known = keys.map(key => byKey.get(key)).find(Boolean);
    const item = known ?? {
      record, duplicates: [], probability: null, tokens: null, decision: record.label, notes: '',
      order: null,
    };
    if (known) known.duplicates.push(record);
    else items.push(item);
    if (known && !known.decision) known.decision = record.label;
    keys.forEach(key => byKey.has(key) || byKey.set(key, item));
  }
  // What the file had decided already counts as decided before everything else, in its order.
  let order = 0;
  items.forEach(item => { if (item.decision) item.order = order += 1; });
  return items;
}

/** What the badges say of an item: no text, no abstract, cut, close to the threshold. */
export function remarks(item, threshold) {
  const found = [];
  if (!textOf(item.record)) found.push('noText');
  else if (!item.record.abstract) found.push('noAbstract');
  if (item.tokens?.truncated) found.push('cut');
  if (item.probability !== null && threshold !== undefined && Math.abs(item.probability - threshold) < 0.1) {
    found.push('unsure');
  }
  return found;
}
