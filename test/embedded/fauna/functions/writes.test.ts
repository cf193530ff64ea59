import { afterAll, beforeAll, describe } from 'vitest';
import { collection, create, data, document, handClock, type Json, object, type Raw, startRaw } from '../raw.ts';
import { answers, type Refusal, refuses } from './expectations.ts';

const INVALID: [string, string] = ['validation failed', 'document data is not valid.'];
const doc = document('c', '1');
const update = (fields: { [key: string]: Json }): Json => ({ update: doc, params: object(fields) });
const make = (ref: Json, fields: Json = object({})): Json => ({ create: ref, params: fields });
const collectionOf = (fields: { [key: string]: Json }): Json => ({ create_collection: object(fields) });
const wrongType = (path: Json, actual: string, expected: string): Json[] => [
  path,
  'invalid type',
  `Invalid type ${actual}, expected type ${expected}.`,
];
const undefinedRef = (kind: string, name: string): [string, string] => [
  'invalid ref',
  `Ref refers to undefined ${kind} '${name}'`,
];
const expected = (type: string, actual: string): [string, string] => [
  'invalid argument',
  `${type} expected, ${actual} provided.`,
];
const notFound = (kind: string): [string, string] => ['instance not found', `${kind} not found.`];
const exists = (kind: string): [string, string] => ['instance already exists', `${kind} already exists.`];

describe('writing', () => {
  let fauna: Raw;
  beforeAll(async () => {
    fauna = await startRaw(handClock());
    await fauna.ask(collectionOf({ name: 'c' }));
    await fauna.ask(create('c', { a: 1 }, '1'));
    await fauna.ask(create('c', { a: 1, b: { object: { c: 1, d: [1, null] } } }, '3'));
    await fauna.ask({ create_database: object({ name: 'child' }) });
    await fauna.ask({ create_function: object({ name: 'f', body: { query: { lambda: '_', expr: 1 } } }) });
  });
  afterAll(() => fauna.close());

  const scoped: Json = { ref: { class: 'c', scope: { database: 'child' } }, id: '1' };
  const rows: Refusal[] = [
    [make(document('nope', '1')), ['create'], ...undefinedRef('collection', 'nope')],
    [make(collection('nope')), ['create'], ...undefinedRef('collection', 'nope')],
    [make(collection('c'), 1), ['params'], ...expected('Object', 'Integer')],
    [make(collection('c'), object({ data: 1 })), ['create'], ...INVALID, [wrongType(['data'], 'Long', 'Map')]],
    [make(doc), ['create'], ...exists('Document')],
    [
      make(document('c', 'abc')),
      ['create', 'id'],
      'invalid argument',
      "Number or numeric String expected, non-numeric 'abc' provided.",
    ],
    [collectionOf({ name: 'c' }), ['create_collection'], ...exists('Collection')],
    [{ create_database: object({ name: 'child' }) }, ['create_database'], ...exists('Database')],
    [
      { create_function: object({ name: 'f', body: { query: { lambda: '_', expr: 1 } } }) },
      ['create_function'],
      ...exists('Function'),
    ],
    [collectionOf({}), ['create_collection'], ...INVALID, [[['name'], 'value required', 'Required value not found.']]],
    [
      collectionOf({ name: '_' }),
      ['create_collection'],
      ...INVALID,
      [[['name'], 'reserved name', 'Invalid name _. Reserved names: _.']],
    ],
    [
      { create_class: object({ name: 'x y' }) },
      ['create_class'],
      ...INVALID,
      [
        [
          ['name'],
          'invalid characters',
          'The name x y uses invalid characters. Valid characters must match: [;@+$\\-_.!~%\\w]+',
        ],
      ],
    ],
    [
      collectionOf({ name: 'h', history_days: -1, ttl_days: 'x' }),
      ['create_collection'],
      ...INVALID,
      [
        wrongType(['ttl_days'], 'String', 'Long'),
        [['history_days'], 'non-negative value required', 'Value must be non-negative.'],
      ],
    ],
    [{ update: document('c', '2'), params: object({}) }, ['update'], ...notFound('Document')],
    [{ replace: document('c', '2'), params: object({}) }, ['replace'], ...notFound('Document')],
    [{ delete: document('c', '2') }, [], ...notFound('Document')],
    [{ update: collection('none'), params: object({}) }, ['update'], ...undefinedRef('collection', 'none')],
    [
      update({ data: object({ r: collection('zz') }) }),
      [],
      ...INVALID,
      [[['data', 'r'], 'invalid reference', 'Cannot read reference.']],
    ],
    [update({ ttl: 1 }), [], ...INVALID, [wrongType(['ttl'], 'Long', 'Timestamp')]],
    [
      { create: collection('c'), params: object({ ttl: { select: 'ts', from: create('c', {}) } }) },
      ['create'],
      ...INVALID,
      [wrongType(['ttl'], 'TransactionTime', 'Timestamp')],
    ],
    [
      update({ credentials: 1 }),
      [],
      ...INVALID,
      [
        wrongType(['credentials', 'password'], 'Long', 'Map'),
        wrongType(['credentials', 'current_password'], 'Long', 'Map'),
      ],
    ],
    [{ update: 1, params: object({}) }, ['update'], ...expected('Ref', 'Integer')],
    [
      { update: { databases: null }, params: object({}) },
      ['update'],
      'invalid argument',
      'Cannot update a schema meta collection.',
    ],
    [{ delete: { collections: null } }, [], ...notFound('Collection')],
    [{ delete: 'x' }, ['delete'], ...expected('Ref', 'String')],
    [make(scoped), ['create'], ...undefinedRef('collection', 'c')],
  ];
  refuses(() => fauna, rows);

  const fields = (query: Json): Json => ({ select: 'data', from: query });
  answers(
    () => fauna,
    [
      [fields({ update: document('c', '3'), params: data({ a: null }) }), { b: { c: 1, d: [1] } }],
      [fields({ update: document('c', '3'), params: data({ b: object({ c: 2 }) }) }), { b: { c: 2, d: [1] } }],
      [fields({ update: document('c', '3'), params: data({ b: object({ d: [2, 3] }) }) }), { b: { c: 2, d: [2, 3] } }],
      [fields({ update: document('c', '3'), params: data({ b: object({ c: null, d: null }) }) }), { b: {} }],
      [
        fields({ replace: document('c', '3'), params: object({ other: 1, data: object({ z: null, n: [null, 1] }) }) }),
        { n: [1] },
      ],
      [{ contains_field: 'data', in: { replace: document('c', '3'), params: object({}) } }, false],
      [{ contains_field: 'data', in: create('c', {}) }, false],
      [{ contains_field: 'data', in: create('c', { gone: null }) }, false],
      [fields(create('c', { kept: object({}) })), { kept: {} }],
      [
        {
          contains_field: 'data',
          in: { update: { select: 'ref', from: create('c', { a: 1 }) }, params: data({ a: null }) },
        },
        false,
      ],
      [fields({ delete: document('c', '1') }), { a: 1 }],
      [{ exists: document('c', '1') }, false],
    ],
  );
});
