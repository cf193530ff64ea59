// biome-ignore-all lint/suspicious/noThenProperty: `then` is a key of the query language
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collection,
  create,
  document,
  handClock,
  type Json,
  lambda,
  object,
  type Raw,
  startRaw,
  variable,
} from '../raw.ts';
import { answers, refuses } from './expectations.ts';

const [x, y, bad] = [variable('x'), variable('y'), variable('bad')];
const bind = (bindings: Json, body: Json): Json => ({ let: bindings, in: body });
const map = (parameters: Json, body: Json, values: Json): Json => ({
  map: lambda(parameters, body),
  collection: values,
});
const undefinedVariable = (name: string): [string, string] => [
  'invalid expression',
  `Variable '${name}' is not defined.`,
];
const expected = (type: string, actual: string): [string, string] => [
  'invalid argument',
  `${type} expected, ${actual} provided.`,
];
const malformed = (type: string, actual: string): [string, string] => [
  'invalid expression',
  `${type} expected, ${actual} provided.`,
];
const unknown = (keys: string): [string, string] => [
  'invalid expression',
  `No form/function found, or invalid argument keys: { ${keys} }.`,
];
const arity = (wanted: number, given: number): [string, string] => [
  'invalid argument',
  `Lambda expects an array with ${wanted} elements. Array contains ${given}.`,
];

describe('basic forms', () => {
  let fauna: Raw;
  beforeAll(async () => {
    fauna = await startRaw(handClock());
    await fauna.ask({ create_collection: object({ name: 'c' }) });
    await fauna.ask(create('c', { a: 1 }, '1'));
  });
  afterAll(() => fauna.close());

  answers(
    () => fauna,
    [
      [bind({ x: 3, y: 4 }, y), 4],
      [bind({ x: 3, y: x }, y), 3],
      [bind({}, { add: [1, 2] }), 3],
      [bind([{ x: 1 }, { x: { add: [x, 1] } }], x), 2],
      [bind({ x: 2 }, map('y', { add: [x, y] }, [1, 2])), [3, 4]],
      [bind({ x: 1 }, bind({ x: 2 }, x)), 2],
      [map(['x', '_'], x, [[1, 2]]), [1]],
      [map(['x', 'x'], x, [[1, 2]]), [2]],
      [map(['x'], x, [1]), [1]],
      [{ foreach: lambda('x', 1), collection: [7] }, [7]],
      [{ if: { equals: [1, 1] }, then: 'yes', else: { abort: 'no' } }, 'yes'],
      [{ if: false, then: { abort: 'no' }, else: 'no' }, 'no'],
      [{ do: [1, 2] }, 2],
      [{ quote: { add: [1, 2] } }, { add: [1, 2] }],
      [{ quote: [-1, { var: 'free' }] }, [-1, { var: 'free' }]],
      [object({ add: [1, { add: [1, 1] }] }), { add: [1, 2] }],
      [{ '@obj': { add: [1, 2] } }, 3],
      [{ and: true }, true],
      [{ and: [true, false, { abort: 'no' }] }, false],
      [{ or: [true, { abort: 'no' }] }, true],
    ],
  );

  refuses(
    () => fauna,
    [
      [bind({ y: x, x: 3 }, y), ['let', 'y'], ...undefinedVariable('x')],
      [bind({ x: 4 }, { var: 4 }), ['in', 'var'], ...malformed('String', 'Integer')],
      [bind({}, { if: true, then: 1, else: bad }), ['in', 'else'], ...undefinedVariable('bad')],
      [bind({}, { add: [2, bad] }), ['in', 'add', 1], ...undefinedVariable('bad')],
      [bind({}, object({ x: bad })), ['in', 'object', 'x'], ...undefinedVariable('bad')],
      [{ at: { time: 'now' }, expr: bad }, ['expr'], ...undefinedVariable('bad')],
      [{ at: bad, expr: 3 }, ['at'], ...undefinedVariable('bad')],
      [{ do: [bad] }, ['do', 0], ...undefinedVariable('bad')],
      [map('x', { add: [x, 2] }, [1, bad]), ['collection', 1], ...undefinedVariable('bad')],
      [map('x', { add: [x, bad] }, [1, 2]), ['map', 'expr', 'add', 1], ...undefinedVariable('bad')],
      [map('_', variable('_'), [1]), ['map', 'expr'], ...undefinedVariable('_')],
      [bind([{ x: 1, y: 2 }], x), ['let', 0], ...malformed('Object', 'Object')],
      [bind([1], 1), ['let', 0], ...malformed('Object', 'Integer')],
      [bind(1, 1), ['let'], ...malformed('Array', 'Integer')],
      [{ at: 'x', expr: 3 }, ['at'], ...expected('Time', 'String')],
      [map(['x', 'y'], x, [[1]]), ['map', 'lambda'], ...arity(2, 1)],
      [map(['x', 'y'], x, [[1, 2, 3]]), ['map', 'lambda'], ...arity(2, 3)],
      [map(['x', 'y'], x, [1]), ['map', 'lambda'], ...arity(2, 1)],
      [map(['x', ['y', 'z']], x, [[1, [2]]]), ['map', 'lambda', 1], ...malformed('String', 'Array')],
      [map({ a: 'x' }, x, [1]), ['map', 'lambda'], ...malformed('String or Array', 'Object')],
      [{ map: 1, collection: [1] }, ['map'], ...malformed('Lambda', 'Integer')],
      [{ map: bind({}, lambda('x', x)), collection: [1] }, ['map'], ...unknown('let, in')],
      [map('x', x, object({})), ['collection'], ...expected('Array, Set, or Page', 'Object')],
      [{ foreach: lambda('x', x), collection: 3 }, ['collection'], ...expected('Array, Set, or Page', 'Integer')],
      [{ filter: lambda('x', 1), collection: [1] }, [0], ...expected('Boolean', 'Integer')],
      [lambda('x', x), [], ...unknown('lambda, expr')],
      [{ foo: 1 }, [], ...unknown('foo')],
      [{ add: [1, 2], foo: 1 }, [], ...unknown('add, foo')],
      [{ '@unknown': 1 }, [], ...unknown('@unknown')],
      [{ if: true, then: 1 }, [], ...unknown('if, then')],
      [{ if: 1, then: 1, else: 2 }, ['if'], ...expected('Boolean', 'Integer')],
      [{ do: [] }, ['do'], 'invalid expression', 'Expression list cannot be empty.'],
      [{ or: [] }, ['or'], 'invalid expression', 'Expression list cannot be empty.'],
      [{ do: 1 }, ['do'], ...malformed('Array', 'Integer')],
      [{ and: [true, 1] }, ['and', 1], ...expected('Boolean', 'Integer')],
      [object(1 as never), ['object'], ...malformed('Object', 'Integer')],
      [{ abort: 1 }, ['abort'], ...expected('String', 'Integer')],
      [{ do: [{ abort: 'stop' }, 2] }, ['do', 0], 'transaction aborted', 'stop'],
      [{ call: 'nope', arguments: [] }, ['call'], 'invalid ref', "Ref refers to undefined function 'nope'"],
      [
        { at: 123, expr: { update: document('c', '1'), params: object({}) } },
        ['expr'],
        'invalid write time',
        'Cannot write outside of snapshot time.',
      ],
      [
        { at: { time: 'now' }, expr: { at: 0, expr: { create: collection('c'), params: object({}) } } },
        ['expr', 'expr', 'create'],
        'invalid write time',
        'Cannot write outside of snapshot time.',
      ],
    ],
  );

  it('tells of each field of an object whose variable is not bound', async () => {
    const { errors } = await fauna.fails(object({ a: variable('z'), b: variable('w') }));
    expect(errors.map(({ position }) => position)).toEqual([
      ['object', 'a'],
      ['object', 'b'],
    ]);
  });

  it('reads at the time of a write what was written', async () => {
    const made = bind({ i: { create: collection('c'), params: object({}) } }, [
      variable('i'),
      { at: { select: 'ts', from: variable('i') }, expr: { get: { select: 'ref', from: variable('i') } } },
    ]);
    const [first, second] = (await fauna.ask(made)) as Json[];
    expect(first).toEqual(second);
  });

  it('writes at a time that is the transaction’s again', async () => {
    const update = { update: document('c', '1'), params: object({}) };
    expect(
      await fauna.ask({ select: ['data', 'a'], from: { at: 123, expr: { at: { time: 'now' }, expr: update } } }),
    ).toBe(1);
  });
});
