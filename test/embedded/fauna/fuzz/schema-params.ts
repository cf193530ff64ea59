/** The parameters of documents and of schema: which fields they may have, and some that they may not. */
import type { Place } from './place.ts';
import * as scalars from './scalars.ts';
import { array, literal, object, string, type Tree } from './tree.ts';
import { COLLECTIONS, INDEXES, ROLES } from './world.ts';

const wrap = (fields: readonly (readonly [string, Tree])[]): Tree => object(['object', object(...fields)]);

type Field = (place: Place) => Tree;
const collection: Field = ({ random }) => object(['collection', string(random.pick(COLLECTIONS))]);
const path: Field = ({ random }) =>
  literal(
    random.pick<unknown>([['data', 'owner'], ['data', 'n'], ['ref'], 'ref', ['ts'], ['data', 'tags', 0], [], ['x']]),
  );
const predicate: Field = (place) =>
  object([
    'query',
    object(['lambda', string('x')], ['expr', place.expression({ ...place, depth: place.depth - 1, variables: ['x'] })]),
  ]);

const indexField: Field = (place) => {
  const { random } = place;
  if (random.chance(0.1)) return wrap([['binding', string('b')]]);
  return wrap([
    ['field', path(place)],
    ...(random.chance(0.2) ? [['reverse', scalars.boolean(random)] as const] : []),
    ...(random.chance(0.2) ? [['transform', string(random.pick(['casefold', 'x']))] as const] : []),
  ]);
};
const source: Field = (place) =>
  place.random.chance(0.8)
    ? collection(place)
    : wrap([
        ['collection', place.random.chance(0.7) ? collection(place) : string('_')],
        ['fields', wrap([['b', predicate(place)]])],
      ]);

const FIELDS: Readonly<Record<string, Field>> = {
  data: (place) =>
    wrap([
      ['owner', place.expression(place)],
      ['n', scalars.number(place.random)],
    ]),
  name: ({ random }) => string(`${random.pick(['fresh', 'users', 'events', 'a b', '_'])}${random.below(40)}`),
  credentials: ({ random }) => wrap([['password', scalars.text(random)]]),
  ttl: ({ random }) => scalars.time(random),
  ttl_days: ({ random }) => scalars.integer(random),
  history_days: ({ random }) => scalars.integer(random),
  source: (place) => (place.random.chance(0.8) ? source(place) : array(...place.random.times(3, () => source(place)))),
  terms: (place) => array(...place.random.times(3, () => indexField(place))),
  values: (place) => array(...place.random.times(3, () => indexField(place))),
  unique: ({ random }) => scalars.boolean(random),
  serialized: ({ random }) => scalars.boolean(random),
  active: ({ random }) => scalars.boolean(random),
  body: predicate,
  role: ({ random }) => string(random.pick(['admin', 'server', 'client', 'server-readonly', ...ROLES])),
  database: () => object(['database', string('child')]),
  membership: (place) =>
    array(
      ...place.random.times(2, () =>
        wrap([
          ['resource', collection(place)],
          ['predicate', predicate(place)],
        ]),
      ),
    ),
  privileges: (place) => array(...place.random.times(2, () => privilege(place))),
  roles: ({ random }) => array(object(['role', string(random.pick(ROLES))])),
  issuer: ({ random }) => string(`https://issuer.test/${random.below(1000)}`),
  jwks_uri: ({ random }) => string(random.pick(['https://issuer.test/jwks', 'http://x', 'x'])),
  permissions: (place) => place.expression(place),
  instance: (place) => object(['ref', collection(place)], ['id', string('1')]),
};

const privilege: Field = (place) => {
  const { random } = place;
  const action = random.pick(['read', 'write', 'create', 'delete', 'history_read', 'unrestricted_read', 'call', 'fly']);
  const resource = random.chance(0.7) ? collection(place) : object(['index', string(random.pick(INDEXES))]);
  return wrap([
    ['resource', resource],
    ['actions', wrap([[action, random.chance(0.5) ? scalars.boolean(random) : predicate(place)]])],
  ]);
};

const NAMES = Object.keys(FIELDS);
/** What belongs together, by the form that takes it. */
const USUAL: Readonly<Record<string, readonly (readonly string[])[]>> = {
  create: [['data'], ['data'], ['data', 'ttl'], ['data', 'credentials'], ['instance'], ['role', 'database']],
  update: [
    ['data'],
    ['data'],
    ['data', 'ttl'],
    ['data', 'credentials'],
    ['name'],
    ['name', 'history_days', 'ttl_days'],
  ],
  replace: [['data'], ['data'], ['data', 'ttl'], ['name', 'body']],
  insert: [['data'], ['data', 'ttl']],
  create_collection: [['name'], ['name', 'history_days', 'ttl_days']],
  create_class: [['name'], ['name', 'history_days']],
  create_index: [
    ['name', 'source'],
    ['name', 'source', 'terms', 'values'],
    ['name', 'source', 'terms', 'unique', 'active', 'serialized'],
  ],
  create_function: [
    ['name', 'body'],
    ['name', 'body', 'role'],
  ],
  create_role: [
    ['name', 'privileges'],
    ['name', 'privileges', 'membership'],
  ],
  create_access_provider: [
    ['name', 'issuer', 'jwks_uri'],
    ['name', 'issuer', 'jwks_uri', 'roles'],
  ],
  create_key: [['role'], ['role', 'database']],
  create_database: [['name'], ['name', 'data']],
};

export function schemaParams(place: Place, form: string): Tree {
  const { random, wild } = place;
  const usual = USUAL[random.chance(wild) ? random.pick(Object.keys(USUAL)) : form] ?? [['data']];
  const names = [...random.pick(usual), ...(random.chance(wild) ? [random.pick(NAMES)] : [])];
  const inner = { ...place, depth: Math.min(place.depth, 2) };
  return wrap(
    names
      .filter(() => !random.chance(wild / 2))
      .map(
        (name) => [name, random.chance(wild / 2) ? place.expression(inner) : (FIELDS[name] as Field)(inner)] as const,
      ),
  );
}
