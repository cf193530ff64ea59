import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFauna } from '../fixture.ts';
import { ask, errors, type Fauna } from '../http/wire.ts';

let fauna: Fauna;
beforeAll(async () => {
  fauna = await startFauna();
});
afterAll(() => fauna.close());

type Path = readonly (string | number)[];
const unknown = (position: Path, ...keys: string[]): object => ({
  position,
  code: 'invalid expression',
  description: `No form/function found, or invalid argument keys: { ${keys.join(', ')} }.`,
});
const unbound = (position: Path, name: string): object => ({
  position,
  code: 'invalid expression',
  description: `Variable '${name}' is not defined.`,
});
const expected = (position: Path, types: string, got: string): object => ({
  position,
  code: 'invalid expression',
  description: `${types} expected, ${got} provided.`,
});
const [a, b, c] = [{ a: 1 }, { b: 1 }, { c: 1 }];

it.each<[string, unknown, object[]]>([
  ['an array', [a, b], [unknown([0], 'a')]],
  ['an object', { object: { x: a, y: b } }, [unknown(['object', 'x'], 'a')]],
  ['arguments', { equals: [a, b] }, [unknown(['equals', 0], 'a')]],
  // biome-ignore lint/suspicious/noThenProperty: the form's own key.
  ['if', { if: a, then: b, else: c }, [unknown(['if'], 'a')]],
  ['do', { do: [1, b, c] }, [unknown(['do', 1], 'b')]],
  [
    'a quoted array',
    { quote: [{ '@ts': 'x' }, { '@date': 'x' }] },
    [{ position: ['quote', 0], code: 'invalid expression', description: 'Invalid time.' }],
  ],
])('only the first part of %s that does not parse is the answer', async (_name, query, list) => {
  const answer = await ask(fauna, { body: JSON.stringify(query) });
  expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: errors(...list) });
});

it.each<[string, unknown, object[]]>([
  [
    'a let, its bindings before its body',
    { let: [{ x: a }, 1, { y: [b, c] }], in: c },
    [
      unknown(['let', 0, 'x'], 'a'),
      expected(['let', 1], 'Object', 'Integer'),
      unknown(['let', 2, 'y', 0], 'b'),
      unknown(['in'], 'c'),
    ],
  ],
  ['a let of an object', { let: { x: a, y: b }, in: 1 }, [unknown(['let', 'x'], 'a'), unknown(['let', 'y'], 'b')]],
  ['a let of nothing', { let: 1, in: a }, [expected(['let'], 'Array', 'Integer'), unknown(['in'], 'a')]],
  [
    'a lambda',
    { query: { lambda: [1, 'x', true], expr: a } },
    [
      expected(['query', 'lambda', 0], 'String', 'Integer'),
      expected(['query', 'lambda', 2], 'String', 'Boolean'),
      unknown(['query', 'expr'], 'a'),
    ],
  ],
  [
    'a let in an array, but not what follows it',
    [{ let: { x: a }, in: b }, c],
    [unknown([0, 'let', 'x'], 'a'), unknown([0, 'in'], 'b')],
  ],
])('all parts count of %s', async (_name, query, list) => {
  const answer = await ask(fauna, { body: JSON.stringify(query) });
  expect({ status: answer.status, json: answer.json }).toEqual({ status: 400, json: errors(...list) });
});

it('names variables that nothing binds only when all else is right', async () => {
  const alone = await ask(fauna, { body: JSON.stringify([{ var: 'x' }]) });
  expect(alone.json).toEqual(errors(unbound([0], 'x')));
  const beside = await ask(fauna, { body: JSON.stringify([{ var: 'x' }, a]) });
  expect(beside.json).toEqual(errors(unknown([1], 'a')));
});
