/** Requests nobody's driver sends: broken JSON, broken bytes, odd headers, paths and methods. */
import { randomExpression } from './expressions.ts';
import type { Random } from './random.ts';
import * as scalars from './scalars.ts';
import type { Case } from './send.ts';
import { array, changed, object, raw, size, type Tree, write } from './tree.ts';

type Change = (random: Random, part: Tree) => Tree | null;

const KEYS = ['lambda', 'expr', 'var', 'let', '@ref', '@set', '@obj', 'object', 'collection', '', '__proto__', 'from'];
const withFields = (
  part: Tree,
  change: (fields: readonly (readonly [string, Tree])[]) => (readonly [string, Tree])[],
) => (part.type === 'object' ? object(...change(part.fields)) : part);

const CHANGES: readonly Change[] = [
  () => null,
  (random) => scalars.scalar(random),
  (random) => randomExpression(random, 2),
  (_, part) => array(part),
  (_, part) => array(part, part),
  (random, part) => object([random.pick(KEYS), part]),
  (random, part) => withFields(part, (fields) => [...fields, [random.pick(KEYS), scalars.scalar(random)]]),
  (random, part) =>
    withFields(part, (fields) => fields.map(([key, field]) => [random.chance(0.3) ? random.pick(KEYS) : key, field])),
  (_, part) => withFields(part, (fields) => [...fields, ...fields]),
  (_, part) => withFields(part, (fields) => [...fields].reverse()),
  (_, part) => withFields(part, (fields) => fields.map(([key]) => [key, raw('null')])),
];

export function mutated(random: Random, tree: Tree): Tree {
  let result = tree;
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const change = random.pick(CHANGES);
    result = changed(result, random.below(size(result)), (part) => change(random, part)) ?? raw('null');
  }
  return result;
}

const nested = (open: string, close: string, depth: number, inside: string): string =>
  open.repeat(depth) + inside + close.repeat(depth);

const DEEP: readonly ((depth: number, random: Random) => string)[] = [
  (depth) => nested('[', ']', depth, '1'),
  (depth) => nested('{"object":{"a":', '}}', depth, '1'),
  (depth) => nested('{"not":', '}', depth, 'true'),
  (depth) => nested('{"add":[1,', ']}', depth, '1'),
  (depth) => nested('{"do":', '}', depth, '1'),
  (depth) => nested('{"let":[{"x":1}],"in":', '}', depth, '{"var":"x"}'),
  (depth) => nested('{"@obj":', '}', depth, '{}'),
  (depth) => nested('{"quote":', '}', depth, '1'),
  (depth) => nested('{"singleton":', '}', depth, '{"ref":{"collection":"notes"},"id":"1"}'),
  (depth) => nested('{"union":[', ']}', depth, '{"match":{"index":"all_notes"}}'),
  (depth) => nested('{"reverse":', '}', depth, '{"match":{"index":"all_notes"}}'),
  (depth) => nested('{"events":', '}', depth, '{"match":{"index":"all_notes"}}'),
  (depth) => nested('{"@set":{"distinct":', '}}', depth, '1'),
  (depth) => nested('{"lambda":"x","expr":', '}', depth, '{"var":"x"}'),
  (depth) => nested('{"query":{"lambda":"x","expr":', '}}', depth, '{"var":"x"}'),
  (depth) => nested('{"@ref":{"id":"1","collection":', '}}', depth, '{"@ref":{"id":"users"}}'),
  (depth) => nested('{"map":{"lambda":"x","expr":', '},"collection":[1,2]}', Math.min(depth, 12), '{"var":"x"}'),
  (depth) =>
    `{"let":[${Array.from({ length: Math.min(depth, 14) }, (_, at) => `{"v${at}":[${at === 0 ? '1,1' : `{"var":"v${at - 1}"},{"var":"v${at - 1}"}`}]}`).join(',')}],"in":{"var":"v${Math.min(depth, 14) - 1}"}}`,
  (depth) => `{"concat":[${Array.from({ length: depth }, () => '{"repeat":"abc","number":100}').join(',')}]}`,
];

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u',
  '\\ud800',
  '1e',
  '-',
  '.',
  'nul',
  'tru',
  '\u0000',
  '//',
  'NaN',
];

/** Broken, as text. */
export function hostileText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.pick(PIECES) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(4));
    case 3:
      return text + random.pick([...PIECES, text]);
    case 4:
      return random.pick(PIECES).repeat(1 + random.below(3000));
    default:
      return random.pick(DEEP)(random.pick([2, 20, 150, 199, 201, 400, 999, 1001, 5000]), random);
  }
}

/** Broken, as bytes. */
export function hostileBytes(random: Random, text: string): string {
  const bytes = Buffer.from(text);
  for (let left = 1 + random.below(4); left > 0 && bytes.length > 0; left -= 1) {
    bytes[random.below(bytes.length)] = random.pick([0xff, 0xc0, 0x80, 0xed, 0xf8, 0x00, 0x7f, 0xe2]);
  }
  return bytes.toString('base64');
}

const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['x-faunadb-api-version', ['', '1', '2.1', '2.12', '3', '4', '5', '10', 'x', '-4', '4.0']],
  ['x-query-timeout', ['', '0', '1', '600000', '600001', '-5', 'abc', '1e3', '99999999999999999999', ' 5 ']],
  ['x-last-seen-txn', ['', '0', '-1', '9223372036854775807', '9223372036854775808', 'abc']],
  ['x-max-retries-on-contention', ['', '0', '7', '8', '-1', 'x']],
  [
    'x-fauna-tags',
    ['', 'a=b', 'a', '=', 'a=b,c=d', 'a=b,,', `${'k'.repeat(41)}=v`, `k=${'v'.repeat(81)}`, 'ä=ö', 'a=b=c'],
  ],
  ['traceparent', ['', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x', '00-0-0-0', 'ff-'.repeat(50)]],
  [
    'authorization',
    ['', 'Bearer', 'Bearer ', 'Basic', 'Basic !!!', 'Basic OjpAOg==', 'Bearer a.b.c', 'Digest x', 'Bearer eyJ.eyJ.x'],
  ],
  ['origin', ['', 'null', 'https://a.test']],
  ['content-type', ['', 'text/plain', 'application/json; charset=utf-16']],
  ['x-driver-env', ['', 'x', 'driver=javascript-4.8.2; runtime=nodejs'.repeat(30)]],
];
const PATHS = [
  '/',
  '/linearized',
  '/stream',
  '/stream?fields=action,document,diff,prev,index',
  '/stream?fields=nothing',
  '/ping',
  '/ping?scope=write&timeout=1',
  '/ping?scope=x',
  '/nothing',
  '//',
  '/%00',
  '/%zz',
  '/collections/notes/1',
  '/collections/notes/1?ts=x',
  '/collections/notes/1/events',
  '/classes/users',
  '/indexes/all_notes?terms=1&size=2',
  '/databases',
  '/keys/1',
  '/tokens/self',
  `/${'a/'.repeat(300)}`,
  '/?q=',
  '/?q=%7B%22now%22%3Anull%7D',
  '/?q=%',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];

/** The same request in a wrapping it does not expect. */
export function wrapped(random: Random, request: Case): Case {
  const headers = Object.fromEntries(
    random.times(3, () => {
      const [name, values] = random.pick(HEADERS);
      return [name, random.pick(values)];
    }),
  );
  return {
    ...request,
    headers,
    ...(random.chance(0.6) ? { path: random.pick(PATHS) } : {}),
    ...(random.chance(0.4) ? { method: random.pick(METHODS) } : {}),
    ...(random.chance(0.1)
      ? { secret: random.pick(['', 'x', ':', 'root-secret-for-tests:', 'a:b:c:d', '\u00e9']) }
      : {}),
  };
}

/** As the `q` of a GET. */
export const asGet = (tree: Tree): Partial<Case> => ({
  method: 'GET',
  path: `/?q=${encodeURIComponent(write(tree).toWellFormed())}`,
  body: '',
});
