/** Documents are rendered from the bytes in the file; what was just written is rendered from values. Both must agree. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from '../functions/run.ts';

const fauna = openRunner();
const { value } = fauna;
afterAll(fauna.close);

const collection = (name: string): object => ({ collection: name });
const document = (name: string, id: string): object => ({ ref: collection(name), id });
const object = (fields: object): object => ({ object: fields });
const create = (name: string, id: string, data: object): object => ({
  create: document(name, id),
  params: object({ data: object(data) }),
});
const get = (id: string): object => ({ get: document('things', id) });
const select = (...path: unknown[]): object => ({ select: path, from: get('1') });

const DATA = {
  text: 'a "quote", a \\, a \n line and \u0001',
  'näme "1"': 'Ζεύς — 日本語 👩‍🚀',
  ['n'.repeat(40)]: 'a long name',
  long: 'x'.repeat(5000),
  numbers: [0, 1, 127, 128, -1, 4_294_967_296, { to_integer: '9223372036854775807' }, 1.5, { to_double: 'NaN' }],
  ids: [{ to_integer: '-9007199254740993' }, -4_294_967_297],
  words: [true, false, []],
  bytes: { '@bytes': Buffer.from([0, 255, 1, 254]).toString('base64') },
  time: { time: '2020-02-03T04:05:06.000000007Z' },
  date: { date: '2020-02-03' },
  uuid: { '@uuid': '00000000-0000-4000-8000-000000000001' },
  lambda: { query: { lambda: 'x', expr: { add: [{ var: 'x' }, 1] } } },
  ref: document('things', '7'),
  tagged: object({ '@ref': 'not one', inner: object({ '@ts': 1, more: [object({ '@x': 'y' })] }) }),
  empty: object({}),
};

beforeAll(() => {
  for (const name of ['things', 'gone']) value({ create_collection: object({ name }) });
});

describe('a stored document', () => {
  it('shows as what was written did', () => {
    const written = value(create('things', '1', DATA));
    expect(JSON.parse(written).data.tagged).toEqual({
      '@obj': { '@ref': 'not one', inner: { '@obj': { '@ts': 1, more: [{ '@obj': { '@x': 'y' } }] } } },
    });
    expect(value(get('1'))).toBe(written);
    expect(value({ map: { lambda: 'r', expr: { get: { var: 'r' } } }, collection: [document('things', '1')] })).toBe(
      `[${written}]`,
    );
  });

  it('has at a path what is there', () => {
    expect(value(select('data', 'text'))).toBe(JSON.stringify(DATA.text));
    expect(value(select('data', 'numbers', 3))).toBe('128');
    expect(value(select('data', 'uuid'))).toBe('{"@uuid":"00000000-0000-4000-8000-000000000001"}');
    expect(value(select('data', 'ref', 'id'))).toBe('"7"');
    expect(value(select('ref', 'id'))).toBe('"1"');
    expect(value({ select: ['data', 'nothing'], from: get('1'), default: 'none' })).toBe('"none"');
    expect(value({ select: ['data', 'text', 'inside'], from: get('1'), default: 'none' })).toBe('"none"');
    expect(value({ select: ['data', 0], from: get('1'), default: 'none' })).toBe('"none"');
    expect(value({ select: ['ttl'], from: get('1'), default: 'none' })).toBe('"none"');
  });

  it('leaves out refs into a collection that is gone, wherever they are', () => {
    const lost = document('gone', '1');
    value(create('things', '2', { first: lost, list: [lost, 1, lost], last: object({ a: 1, b: lost }) }));
    value({ delete: collection('gone') });
    expect(JSON.parse(value(get('2'))).data).toEqual({ list: [1], last: { a: 1 } });
  });

  it('is changed from what it was', () => {
    value({ update: document('things', '1'), params: object({ data: object({ text: 'new', long: null }) }) });
    const data = JSON.parse(value(get('1'))).data;
    expect(data.text).toBe('new');
    expect(Object.keys(data)).not.toContain('long');
    expect(data.uuid).toEqual({ '@uuid': '00000000-0000-4000-8000-000000000001' });
  });
});

describe('the entries of an index after an update', () => {
  it('follow what changed, also beside what did not', () => {
    value({ create_collection: object({ name: 'people' }) });
    const index = (name: string, values: object[]): object => ({
      create_index: object({
        ...{ name, active: true, source: collection('people') },
        ...{ terms: [object({ field: ['data', 'name'] })], values },
      }),
    });
    value(index('by_name', [object({ field: ['data', 'list'] }), object({ field: ['ref'] })]));
    value(index('changed', [object({ field: ['ts'] })]));
    const matching = (name: string, term: string): unknown =>
      JSON.parse(value({ paginate: { match: { index: name }, terms: term } })).data;
    const update = (data: object): string =>
      value({ update: document('people', '1'), params: object({ data: object(data) }) });
    value(create('people', '1', { name: 'Ann', list: [1] }));
    update({ other: 1 });
    const { ts } = JSON.parse(update({ other: 2 }));
    expect(matching('changed', 'Ann')).toEqual([ts]);
    expect(matching('by_name', 'Ann')).toHaveLength(1);
    update({ list: [1, 2] });
    expect(matching('by_name', 'Ann')).toHaveLength(2);
    update({ name: 'Bea' });
    expect(matching('by_name', 'Ann')).toEqual([]);
    expect(matching('by_name', 'Bea')).toHaveLength(2);
    const ttl = { time: '2020-01-03T00:00:00Z' };
    value({ update: document('people', '1'), params: object({ ttl }) });
    expect(matching('by_name', 'Bea')).toHaveLength(2);
  });
});
