import faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../src/main/fauna/read-answer.ts';
import { createDriverTransport } from '../../../src/main/fauna/transport.ts';

const { values } = faunadb;

const ref = (id: string) => ({
  '@ref': { id, collection: { '@ref': { id: 'notes', collection: { '@ref': { id: 'collections' } } } } },
});
const document = (data: unknown) => ({ ref: ref('1'), ts: 1_700_000_000_000_000, data });
const state = { '@bytes': Buffer.from([0, 1, 2, 250, 255]).toString('base64') };
const page = (...data: unknown[]) => ({ data, before: [17, ref('2'), ref('2')] });

/** As the driver reads it; how its values are kept is its own business, what they are in JSON is not. */
const byDriver = (text: string): unknown => faunadb.parseJSON(text).resource;
const read = (text: string): unknown => readAnswer(Buffer.from(text));

describe('an answer is read as the driver reads it:', () => {
  it.each<[string, unknown]>([
    ['a page', page(document({ body: 'one', tags: ['a'], pinned: false, state }), document({ body: 'two' }))],
    ['an empty page', page()],
    ['a list of documents', [document({ body: 'one', state }), null, document({})]],
    ['a list of lists', [[state, 1], [], [state]]],
    ['one document', document({ state })],
    ['a number', 17],
    ['nothing', null],
    ['an empty object', {}],
    ['a text that looks like JSON', page(document({ body: '"},{"@ref":{"id":"9"}},\\"[]{}:,\\\\' }))],
    ['texts that end with backslashes', page('\\', '\\\\', '\\"', '"', '')],
    ['letters of every length in UTF-8', page(document({ body: 'aé€😀\u0000\ud800' }))],
    ['times, dates and sets', page(document({ at: { '@ts': '2026-11-27T00:00:00Z' }, on: { '@date': '2026-11-27' } }))],
    ['a key of a person that begins with @', page(document({ '@obj': { '@at': 17, inner: { state } } }))],
    ['a database and a collection', [{ '@ref': { id: 'notes', collection: { '@ref': { id: 'collections' } } } }]],
    ['a ref of another database', [{ '@ref': { id: '1', collection: ref('2'), database: ref('3') } }]],
    ['a collection itself', { '@ref': { id: 'collections' } }],
    ['a set', { '@set': { match: ref('1'), terms: 'a' } }],
  ])('%s', (_, resource) => {
    for (const space of [0, 2]) {
      const text = JSON.stringify({ resource }, null, space);
      expect(read(text)).toEqual(byDriver(text));
      expect(JSON.stringify(read(text))).toBe(JSON.stringify(byDriver(text)));
    }
  });

  it('and better, where a person has given a key that the driver takes for a value', () => {
    const object = (own: unknown) => ({ '@obj': own });
    const text = JSON.stringify({ resource: page(object({ '@bytes': 17, state }), object({ '@ref': object({}) })) });
    expect(() => byDriver(text)).toThrow();
    const bytes = new values.Bytes(Uint8Array.of(0, 1, 2, 250, 255));
    expect(read(text)).toMatchObject({ data: [{ '@bytes': 17, state: bytes }, { '@ref': {} }] });
    expect(read(JSON.stringify({ resource: object({ '@ref': 'none' }) }))).toEqual({ '@ref': 'none' });
  });

  it('with the values that the driver has for them', () => {
    const { data } = read(JSON.stringify({ resource: page(document({ state })) })) as {
      data: { ref: faunadb.values.Ref; data: { state: unknown } }[];
    };
    expect(data[0]?.ref).toBeInstanceOf(values.Ref);
    expect(data[0]?.ref.id).toBe('1');
    expect(data[0]?.data.state).toBeInstanceOf(values.Bytes);
  });
});

describe('what is no JSON is refused, wherever it breaks off:', () => {
  const whole = JSON.stringify({ resource: page(document({ body: 'a "text" \\', state }), 17) });

  it('cut short', () => {
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => read(whole.slice(0, length)), whole.slice(0, length)).toThrow(SyntaxError);
    }
  });

  it.each(['<html>', '{"resource":[1 2]}', '{"resource":[1,]}', '{"resource":{"data" []}}', '{"resource":1]'])(
    '%s',
    (text) => {
      expect(() => read(text)).toThrow(SyntaxError);
    },
  );
});

describe('the transport', () => {
  /** Answers come in pieces of a size that no letter and no document ends with. */
  const inPieces = (text: string, init: ResponseInit = {}): Response => {
    const bytes = Buffer.from(text);
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(bytes.subarray(at, at + 6_007));
        at += 6_007;
        if (at >= bytes.byteLength) controller.close();
      },
    });
    return new Response(body, init);
  };
  const transportTo = (answer: (question: string) => Response) =>
    createDriverTransport({ endpoint: 'http://fauna.test', fetch: async (_, init) => answer(String(init?.body)) });

  it('gives each of many questions under way its own answer, also large ones', async () => {
    const notes = (word: string) => page(...Array.from({ length: 900 }, () => document({ body: word.repeat(500) })));
    const transport = transportTo((word) => inPieces(JSON.stringify({ resource: notes(JSON.parse(word) as string) })));
    const words = ['a', 'né', '😀', 'd', 'e'];
    const answers = await Promise.all(words.map((word) => transport.query('secret', word)));
    for (const [at, word] of words.entries()) {
      const { data } = answers[at] as { data: { data: { body: string } }[] };
      expect(data).toHaveLength(900);
      expect(data.every((one) => one.data.body === word.repeat(500))).toBe(true);
    }
  });

  it('leaves what Fauna refuses, and an empty answer, to the driver', async () => {
    const error = JSON.stringify({ errors: [{ position: [], code: 'unauthorized', description: 'Unauthorized' }] });
    await expect(transportTo(() => inPieces(error, { status: 401 })).query('secret', 1)).rejects.toBeInstanceOf(
      faunadb.errors.Unauthorized,
    );
    await expect(transportTo(() => new Response('')).query('secret', 1)).rejects.toThrow(/empty/);
    await expect(transportTo(() => inPieces('<html>')).query('secret', 1)).rejects.toBeInstanceOf(SyntaxError);
  });
});
