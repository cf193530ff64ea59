import faunadb from 'faunadb';
import { describe, expect, it } from 'vitest';
import { decodeNote } from '../../../src/main/sync/decode.ts';

const { Bytes, Ref } = faunadb.values;
const ref = new Ref('42', new Ref('notes'));
const state = new Uint8Array([1, 2, 3]);
const whole = {
  ref,
  ts: 1_767_225_600_000_000,
  data: {
    ...{ owner: 'user_ada', format: 1, title: 'milk', body: 'milk', tags: ['shopping'], pinned: true },
    ...{ trashedAt: 4, createdAt: 2, editedAt: 3, device: 'laptop', state: new Bytes(state) },
  },
};

describe('a document as a note', () => {
  it('has what Burrow wrote', () => {
    expect(decodeNote(whole)).toEqual({
      ...{ kind: 'note', id: '42', ts: 1_767_225_600_000_000, format: 1, body: 'milk', tags: ['shopping'] },
      ...{ pinned: true, trashedAt: 4, createdAt: 2, editedAt: 3, device: 'laptop', state },
    });
  });

  it('that says nothing is one of format 1 without any field', () => {
    expect(decodeNote({ ref, ts: 7, data: {} })).toEqual({
      ...{ kind: 'note', id: '42', ts: 7, format: 1, body: null, tags: null, pinned: null },
      ...{ trashedAt: null, createdAt: null, editedAt: null, device: null, state: null },
    });
  });

  it('that was purged is that and no more', () => {
    expect(decodeNote({ ref, ts: 7, data: { purgedAt: 5, body: 'x' } })).toEqual({ kind: 'purged', id: '42', ts: 7 });
  });

  it.each([
    ['format', 0],
    ['format', '2'],
    ['format', 1.5],
    ['body', 7],
    ['tags', 'shopping'],
    ['pinned', 1],
    ['trashedAt', -1],
    ['trashedAt', 8_640_000_000_000_001],
    ['createdAt', '2'],
    ['editedAt', Number.NaN],
    ['purgedAt', 'yes'],
    ['device', 'x'.repeat(257)],
    ['state', 'AQID'],
    ['state', new Bytes(new Uint8Array(8 * 1024 * 1024 + 1))],
  ])('takes %s of %j as not there', (field, value) => {
    const without: Record<string, unknown> = { ...whole.data };
    delete without[field];
    expect(decodeNote({ ...whole, data: { ...whole.data, [field]: value } })).toEqual(
      decodeNote({ ...whole, data: without }),
    );
  });

  it('keeps the tags that are tags, trimmed', () => {
    const tags = [7, ' ok ', '', '  ', 'x'.repeat(101), null, 'also'];
    expect(decodeNote({ ...whole, data: { tags } })).toMatchObject({ tags: ['ok', 'also'] });
  });

  it.each([
    ['nothing', null, null, 0, 'no id or no time'],
    ['a list', [], null, 0, 'no id or no time'],
    ['a document without a ref', { ts: 5, data: {} }, null, 5, 'no id or no time'],
    ['an id of another form', { ref: { id: '007' }, ts: 5, data: {} }, null, 5, 'no id or no time'],
    [
      'an id of more than 63 bits',
      { ref: { id: '9223372036854775808' }, ts: 5, data: {} },
      null,
      5,
      'no id or no time',
    ],
    ['a time that is none', { ref, ts: -5, data: {} }, '42', 0, 'no id or no time'],
    ['data that is a list', { ref, ts: 5, data: [] }, '42', 5, 'no data'],
    ['no data', { ref, ts: 5 }, '42', 5, 'no data'],
    [
      'a text of more than 8 MiB',
      { ref, ts: 5, data: { body: 'x'.repeat(8 * 1024 * 1024 + 1) } },
      '42',
      5,
      'the text is too large',
    ],
  ])('of %s is malformed, and says why without saying what it holds', (_, value, id, ts, why) => {
    expect(decodeNote(value)).toEqual({ kind: 'malformed', id, ts, why });
  });
});
