/**
 * Sort keys for strings. FaunaDB orders strings by ICU's collation (CBOROrdering.scala), not by code point: a < B < c.
 * JavaScript compares that way, but gives no keys, and the order changes with its version. Keys are part of the on-disk
 * format: so are the weights.
 */
import { beginsSequence, sequenceAt } from './sequences.ts';
import { together, type Weights, weightsOf } from './weights.ts';

/** What has been looked up. Few texts have more different characters; then it begins anew. */
const known = new Map<number, Weights>();
const MOST_KNOWN = 5000;

function lookUp(code: number): Weights {
  const found = known.get(code);
  if (found) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const weights = weightsOf(code);
  known.set(code, weights);
  return weights;
}

/**
 * Bytes that compare as the strings do: the primary weights of all characters (letters), then the secondary ones
 * (accents), then the tertiary ones (case, variants). Equal only for equal strings, since the text itself ends the key.
 */
export function collationKey(text: string): Buffer {
  let primary = '';
  let secondary = '';
  let tertiary = '';
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const sequence = beginsSequence(code) ? sequenceAt(text, at) : undefined;
    const weights = sequence ? together(sequence.codes.map(lookUp)) : lookUp(code);
    at += sequence ? sequence.length : code > 0xffff ? 2 : 1;
    primary += weights.primary;
    secondary += weights.secondary;
    tertiary += weights.tertiary;
  }
  const levels = Buffer.from(`${primary}\0\0${secondary}\0${tertiary}\0`, 'latin1');
  return Buffer.concat([levels, Buffer.from(text, 'utf8')]);
}
