import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const THINGS = { collection: 'things' };
const THING = { ref: THINGS, id: '1' };

beforeAll(() => {
  runner.value({ create_collection: { object: { name: 'things' } } });
  runner.value({ create_index: { object: { name: 'all', source: THINGS } } });
  runner.value({ create_function: { object: { name: 'id', body: { query: { lambda: 'x', expr: { var: 'x' } } } } } });
  runner.value({ create_role: { object: { name: 'reader', privileges: { object: { resource: THINGS } } } } });
  runner.value({ create_database: { object: { name: 'child' } } });
  runner.value({
    create: THING,
    params: { object: { credentials: { object: { password: 'sekret' } }, data: { object: { x: 1 } } } },
  });
});

/** Each kind of value, and the checks it passes. */
const VALUES: [string, unknown, string[]][] = [
  ['a Long', 10, ['number', 'integer']],
  ['a Double', 1.5, ['number', 'double']],
  ['true', true, ['boolean']],
  ['null', null, ['null']],
  ['a string', 'text', ['string']],
  ['bytes', { '@bytes': 'AQID' }, ['bytes']],
  ['a time', { now: null }, ['timestamp']],
  ['a date', { date: '1970-01-01' }, ['date']],
  ['a UUID', { '@uuid': '3f7b1d2e-0000-4000-8000-000000000001' }, ['uuid']],
  ['an array', [1], ['array']],
  ['an object', { object: {} }, ['object']],
  ['a document ref', THING, ['ref', 'doc']],
  ['a document', { get: THING }, ['object', 'doc']],
  ['a page', { paginate: { documents: THINGS } }, ['object']],
  ['a set', { documents: THINGS }, ['set']],
  ['the events of a document', { events: THING }, ['set']],
  ['a lambda', { query: { lambda: 'x', expr: { var: 'x' } } }, ['lambda']],
  ['a ref to nothing', { collection: 'nope' }, ['ref']],
  ['a native collection', { indexes: null }, ['ref', 'doc', 'set', 'collection']],
  ['a collection ref', THINGS, ['ref', 'doc', 'collection']],
  ['a collection', { get: THINGS }, ['object', 'doc', 'collection']],
  ['a database ref', { database: 'child' }, ['ref', 'doc', 'database']],
  ['a database', { get: { database: 'child' } }, ['object', 'doc', 'database']],
  ['an index', { get: { index: 'all' } }, ['object', 'doc', 'index']],
  ['a function ref', { function: 'id' }, ['ref', 'doc', 'function']],
  ['a role', { get: { role: 'reader' } }, ['object', 'doc', 'role']],
  ['a key', { create_key: { object: { role: 'server' } } }, ['object', 'doc', 'key']],
  ['a token', { login: THING, params: { object: { password: 'sekret' } } }, ['object', 'doc', 'token']],
  ['an action', { select: ['data', 0, 'action'], from: { paginate: { events: THING } } }, ['string']],
  ['an event', { select: ['data', 0], from: { paginate: { events: THING } } }, ['object']],
  ['the id of a ref', { select: 'id', from: { keys: null } }, ['string']],
];

const CHECKS =
  'number double integer boolean null bytes timestamp date uuid string array object ref set doc lambda ' +
  'collection database index function key token credentials role';

describe('is_*', () => {
  it.each(VALUES)('know %s', (_name, value, expected) => {
    const names = CHECKS.split(' ');
    const query = { let: [{ value }], in: names.map((name) => ({ [`is_${name}`]: { var: 'value' } })) };
    const answers: boolean[] = JSON.parse(runner.value(query));
    expect(names.filter((_, index) => answers[index])).toEqual(names.filter((name) => expected.includes(name)));
  });

  it('know credentials', () => {
    const credentials = { select: ['data', 0], from: { paginate: { credentials: null } } };
    expect(runner.value({ is_credentials: credentials })).toBe('true');
    expect(runner.value({ is_credentials: { get: credentials } })).toBe('true');
  });
});
