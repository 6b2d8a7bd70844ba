// Sends texts in batches and writes the probabilities into the items.

import {ask} from '../api.js';
import {textOf} from '../records/fields.js';

const MAX_TEXTS = 32;
// Below the function's limits of a text and of a body; a text is cut to the model's tokens long before.
const MAX_TEXT = 20_000;
const MAX_CHARACTERS = 200_000;

/**
 * Ranks what has no probability yet.
 *
 * @param label whose probability is taken
 * @param options whole: long texts are read in windows; signal ends it; progress(done, all); waiting(seconds, error);
 *   ranked(items) after each batch
 */
export async function rank(items, label, {whole, signal, progress, waiting, ranked}) {
  const open = items.filter(item => item.probability === null && textOf(item.record) !== '');
  // Texts of like length together: the function pads a batch to its longest.
  open.sort((a, b) => textOf(a.record).length - textOf(b.record).length);
  let done = 0;
  progress(0, open.length);
  for (const batch of batches(open)) {
    const body = {texts: batch.map(clipped), onTooLong: whole ? 'window' : 'cut', candidate: false};
    for (const [item, result] of await answers(batch, body, {signal, waiting})) {
      item.probability = result.probabilities[label] ?? null;
      item.tokens = result.tokens;
    }
    done += batch.length;
    ranked(batch);
    progress(done, open.length);
  }
}

/** A batch's answers; where one text is refused as blank, the others are asked for without it. */
async function answers(batch, body, options) {
  try {
    const {json} = await ask('classify', body, options);
    return batch.map((item, i) => [item, json.results[i]]);
  } catch (error) {
    if (error.status !== 422 && error.status !== 413) throw error;
    if (batch.length === 1) return [];
    const found = [];
    for (const [i, item] of batch.entries()) {
      found.push(...await answers([item], {...body, texts: [body.texts[i]]}, options));
    }
    return found;
  }
}

function clipped(item) {
  const text = textOf(item.record);
  // By code points, so that no pair of surrogates is torn apart.
  return text.length > MAX_TEXT ? [...text].slice(0, MAX_TEXT).join('') : text;
}

function* batches(items) {
  let batch = [];
  let characters = 0;
  for (const item of items) {
    const length = Math.min(MAX_TEXT, textOf(item.record).length);
    if (batch.length === MAX_TEXTS || (batch.length > 0 && characters + length > MAX_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(item);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}
