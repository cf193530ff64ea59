/**
 * What was written to format-3.db.br by Burrow of 27 November 2026 (format 3): Latin texts among others, as terms and
 * values, descending, within arrays and objects; entries that ended, a document that was deleted, one with a ttl.
 */
import { openFauna } from '../../../../src/embedded/fauna/index.ts';
import { collection, create, document, type Json, object } from '../raw.ts';

export const ROOT_KEY = 'root-secret-for-tests';

export const TEXTS = [
  ...['Ωmega', 'αλφα', 'άλφα', 'μ', 'µ', '“quoted”', '"plain"', "'single'", '—dash', '-hyphen', '😀 smile', '👨‍👩‍👧'],
  ...[
    'naïve',
    'zebra',
    'Zürich',
    'apple',
    'Äpfel',
    'straße',
    'strasse',
    'strast',
    '½ cup',
    '1 cup',
    '12 cups',
    '漢字',
    '한국',
  ],
  ...[
    'привет',
    'йод',
    'и\u0306од',
    'café',
    'cafe\u0301',
    '€5',
    '$5',
    '',
    'שלום',
    'ﬁne',
    'fine',
    'Æon',
    'aeon',
    'af',
    'a\u0000b',
    '\u0000é',
  ],
  ...['\u{10ffff}', 'ก', 'เก', 'เ'],
];

const field = (name: string): Json => object({ field: ['data', name] });
const whole = (name: string): Json => object({ field: ['data', name], mva: false });
const descending = (name: string): Json => object({ field: ['data', name], reverse: true });
const index = (name: string, fields: { [key: string]: Json }): Json => ({
  create_index: object({ name, source: collection('notes'), ...fields }),
});
const holding = (text: string): Json =>
  object({
    [text || 'empty']: text,
    list: [text, 1.5, -3, true, null, { date: '2020-02-02' }, { time: '2020-02-02T02:02:02Z' }],
  });

/** In order. */
export const QUERIES: readonly Json[] = [
  { create_collection: object({ name: 'notes' }) },
  index('sorted', { values: [field('text'), field('n')] }),
  index('descending', { values: [descending('text'), descending('n')] }),
  index('by_text', { terms: [field('text')] }),
  index('by_tag', { terms: [field('tags'), field('n')], values: [descending('tags'), field('text')] }),
  index('by_object', { terms: [whole('object')], values: [whole('object'), whole('tags')] }),
  index('unique', { terms: [field('text')], unique: true }),
  ...TEXTS.map((text, at) =>
    create('notes', { text, n: at % 3, tags: [text, 'x', 'é'], object: holding(text) }, String(at + 1)),
  ),
  { update: document('notes', '1'), params: object({ data: object({ text: 'Ψ “was omega”' }) }) },
  { update: document('notes', '2'), params: object({ data: object({ text: null, tags: [] }) }) },
  { delete: document('notes', '3') },
  { update: document('notes', '4'), params: object({ ttl: { time: '2100-01-01T00:00:00Z' } }) },
];

/** A Fauna whose every time and id is the same in each run. */
export function openRepeatable(file: string) {
  let now = 1_700_000_000_000_000n;
  let random = 0;
  const next = (): bigint => {
    now += 1n;
    return now;
  };
  const randomBytes = (length: number): Uint8Array => {
    random += 1;
    return new Uint8Array(length).fill(random);
  };
  const fauna = openFauna({ file, rootKey: ROOT_KEY, clock: { now: next }, randomBytes });
  return {
    ask: async (query: Json): Promise<Json> => {
      const headers = { authorization: `Bearer ${ROOT_KEY}`, 'x-faunadb-api-version': '4' };
      const body = JSON.stringify(query);
      const response = await fauna.handle(new Request('http://fauna.test/', { method: 'POST', body, headers }));
      const answer = (await response.json()) as { resource?: Json; errors?: { code: string }[] };
      return answer.resource ?? (answer.errors?.[0]?.code as string);
    },
    close: () => fauna.close(),
  };
}
