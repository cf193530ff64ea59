/** Queries out of all forms the registry knows, mostly of arguments that fit. */
import { registry } from '../../../../src/embedded/fauna/functions/index.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import * as scalars from './scalars.ts';
import { schemaParams } from './schema-params.ts';
import { array, literal, object, raw, string, type Tree } from './tree.ts';
import { type Kind, kindOf } from './vocabulary.ts';
import { COLLECTIONS, DATABASES, FUNCTIONS, IDS, INDEXES, OWN_SECRETS, PASSWORD, ROLES, THERE } from './world.ts';

type Make = (place: Place) => Tree;

const FORMS = registry.forms;
const named = (form: string): Make => {
  const found = FORMS.filter(({ required }) => required[0] === form);
  return (place) => formOf(place.random.pick(found), place);
};
const bare = (...forms: string[]): readonly Make[] => forms.map(named);

const deeper = (place: Place, ...names: string[]): Place => ({
  ...place,
  depth: place.depth - 1,
  variables: [...place.variables, ...names],
});

/** Any expression. */
function expression(place: Place): Tree {
  const { random, depth, variables } = place;
  if (depth <= 0) return leaf(place);
  if (variables.length > 0 && random.chance(0.15)) return variable(place);
  if (random.chance(0.08)) return array(...random.times(4, () => expression(deeper(place))));
  if (random.chance(0.1)) return leaf(place);
  return formOf(random.pick(FORMS), place);
}

const leaf = (place: Place): Tree => {
  const { random } = place;
  if (place.variables.length > 0 && random.chance(0.3)) return variable(place);
  return random.chance(0.3) ? makers.reference(place) : scalars.scalar(random);
};

const variable = ({ random, variables }: Place): Tree =>
  object(['var', string(variables.length > 0 && random.chance(0.97) ? random.pick(variables) : 'unbound')]);

function formOf(form: (typeof FORMS)[number], place: Place): Tree {
  const { random } = place;
  const name = form.required[0] ?? '';
  const keys = [...form.required, ...(form.optional ?? []).filter(() => random.chance(0.4))];
  if (name === 'let') return letForm(place);
  if (name === 'quote') return object(['quote', expression(deeper(place))]);
  if (name === 'object') return makers.object(place);
  const inner = deeper(place);
  return object(
    ...keys.map((key) => {
      const kind = kindOf(name, key);
      return [key, kind === 'params' ? params(name)(inner) : argument(kind, inner)] as const;
    }),
  );
}

/** Mostly of the kind, at times a list of it or anything else. */
function argument(kind: Kind, place: Place): Tree {
  const { random } = place;
  if (kind === 'any' || random.chance(place.wild)) return expression(place);
  if (random.chance(place.wild / 8)) return array(makers[kind](place));
  return makers[kind](place);
}

/** What is needed for a form depends on which it is. */
const params =
  (form: string): Make =>
  (place) =>
    place.random.chance(1 - place.wild) ? schemaParams(place, form) : makers.object(place);

function letForm(place: Place): Tree {
  const { random } = place;
  const names = ['a', 'b', 'c'].slice(0, random.below(4));
  let inner = deeper(place);
  const bindings = names.map((name) => {
    const binding = [name, expression(inner)] as const;
    inner = { ...inner, variables: [...inner.variables, name] };
    return binding;
  });
  const asArray = random.chance(0.7);
  return object(
    ['let', asArray ? array(...bindings.map((binding) => object(binding))) : object(...bindings)],
    ['in', expression(inner)],
  );
}

function lambda(place: Place, count: number): Tree {
  const { random } = place;
  const names = ['x', 'y', 'z'].slice(0, random.chance(0.1) ? random.below(4) : count);
  const isArray = names.length !== 1 || random.chance(0.2);
  const pattern = isArray ? array(...names.map(string)) : string(names[0] ?? '_');
  return object(['lambda', pattern], ['expr', expression(deeper(place, ...names))]);
}

const list =
  (of: Kind, most: number): Make =>
  (place) =>
    array(...place.random.times(most, () => argument(of, deeper(place))));

const either =
  (...choices: readonly Make[]): Make =>
  (place) =>
    place.depth > 0 ? place.random.pick(choices)(place) : (choices[0] as Make)(place);

const schemaRef =
  (form: string, names: readonly string[]): Make =>
  ({ random, wild }) =>
    object([form, string(random.chance(wild / 3) ? 'nothing' : random.pick(names))]);

const indexRef = schemaRef('index', INDEXES);
const collectionRef = schemaRef('collection', COLLECTIONS);
const documentRef: Make = (place) => object(['ref', collectionRef(place)], ['id', makers.id(place)]);
const page: Make = (place) => object(['paginate', makers.source(place)]);
const fieldsOf = (place: Place): readonly (readonly [string, Tree])[] =>
  place.random.times(3, () => [place.random.pick(['a', 'b', 'n', 'data', '@ref', 'tag']), expression(deeper(place))]);

const makers: Record<Exclude<Kind, 'any'>, Make> & { any: Make } = {
  any: expression,
  integer: either(
    ({ random }) => scalars.integer(random),
    ...bare('length', 'count', 'add', 'to_integer', 'to_micros', 'year', 'trunc', 'bitand'),
  ),
  number: either(
    ({ random }) => scalars.number(random),
    ...bare('add', 'divide', 'sqrt', 'pow', 'mean', 'sin', 'round'),
  ),
  numbers: either(list('number', 4)),
  text: either(({ random }) => scalars.text(random), ...bare('concat', 'to_string', 'casefold', 'substring', 'repeat')),
  texts: either(list('text', 4)),
  pattern: ({ random }) => scalars.pattern(random),
  boolean: either(({ random }) => scalars.boolean(random), ...bare('equals', 'is_ref', 'lt', 'exists', 'and', 'not')),
  booleans: either(list('boolean', 3)),
  values: list('any', 3),
  time: either(({ random }) => scalars.time(random), ...bare('now', 'time', 'epoch', 'time_add')),
  timeText: ({ random }) => scalars.timeText(random),
  date: either(({ random }) => scalars.date(random), ...bare('date', 'to_date')),
  dateText: ({ random }) => scalars.dateText(random),
  temporal: either(
    (place) => makers.time(place),
    (place) => makers.date(place),
  ),
  unit: ({ random }) => scalars.unit(random),
  list: either(list('any', 5), list('number', 5), page, ...bare('map', 'filter', 'ngram', 'append', 'union', 'match')),
  object: (place) => object(['object', object(...fieldsOf(place))]),
  objects: either((place) => makers.object(place), list('object', 3), ...bare('merge')),
  path: ({ random }) =>
    array(...random.times(3, () => literal(random.pick<unknown>(['data', 'ref', 'ts', 'a', 'n', 0, 1, 'id'])))),
  lambda: (place) => lambda(place, 1),
  lambda2: (place) => lambda(place, 2),
  lambda3: (place) => lambda(place, 3),
  join: either((place) => lambda(place, place.random.below(3)), indexRef),
  set: either(
    (place) => object(['match', indexRef(place)], ...optionalTerms(place)),
    (place) => object(['documents', collectionRef(place)]),
    ...bare(
      'union',
      'intersection',
      'difference',
      'join',
      'range',
      'reverse',
      'distinct',
      'singleton',
      'events',
      'filter',
    ),
  ),
  sets: list('set', 3),
  source: either(
    (place) => makers.set(place),
    documentRef,
    ...bare('collections', 'indexes', 'tokens', 'match', 'keys'),
  ),
  reference: either(documentRef, collectionRef, indexRef, (place) => makers.schemaRef(place)),
  document: documentRef,
  collectionRef,
  indexRef,
  functionRef: either(schemaRef('function', FUNCTIONS), ({ random }) => string(random.pick(FUNCTIONS))),
  schemaRef: either(
    collectionRef,
    indexRef,
    schemaRef('function', FUNCTIONS),
    schemaRef('role', ROLES),
    schemaRef('database', DATABASES),
    ...bare('databases', 'collections', 'indexes', 'functions', 'roles', 'keys', 'tokens', 'credentials'),
  ),
  databaseRef: schemaRef('database', DATABASES),
  id: ({ random, wild }) => {
    if (random.chance(wild)) return random.chance(0.5) ? string(random.pick(IDS)) : scalars.scalar(random);
    return random.chance(0.3) ? raw(random.pick(THERE)) : string(random.pick(THERE));
  },
  nothing: () => raw('null'),
  databaseOrNull: (place) => (place.random.chance(0.9) ? raw('null') : makers.databaseRef(place)),
  formatText: ({ random }) =>
    string(random.pick(['%s', '%d of %s', '%5.2f', '%-8s|', '%x %o', '%%', '%tY-%<tm', '%s%n', '%b'])),
  numeral: ({ random }) => string(random.pick(['12', '-7', '1.5', '3e2', '0x10', '', 'one', '9223372036854775808'])),
  newDocument: (place) => {
    const { random } = place;
    if (random.chance(0.6)) return collectionRef(place);
    const id = random.chance(0.8) ? String(100 + random.below(100_000)) : random.pick(IDS);
    return object(['ref', collectionRef(place)], ['id', string(id)]);
  },
  login: (place) => object(['object', object(['password', makers.password(place)])]),
  password: ({ random }) => (random.chance(0.8) ? string(PASSWORD) : scalars.text(random)),
  name: ({ random }) => string(random.pick([...COLLECTIONS, ...INDEXES, ...FUNCTIONS, ...DATABASES, 'data', 'fresh'])),
  params: params('create'),
  action: ({ random }) => string(random.pick(['create', 'update', 'delete', 'add', 'remove', 'other'])),
  cursor: either(
    list('any', 3),
    documentRef,
    (place) => object(['object', object([place.random.pick(['before', 'after', 'ts']), expression(deeper(place))])]),
    () => raw('null'),
    (place) => makers.time(place),
  ),
  bindings: list('object', 2),
  variable: ({ random, variables }) => string(variables.length > 0 ? random.pick(variables) : 'x'),
  branches: list('any', 2),
  secret: ({ random }) =>
    string(random.pick([...OWN_SECRETS, 'fnAAAA', '', 'root-secret-for-tests', 'eyJhbGciOiJub25lIn0.e30.'])),
};

function optionalTerms(place: Place): readonly (readonly [string, Tree])[] {
  return place.random.chance(0.6) ? [['terms', argument('values', deeper(place))]] : [];
}

/** Reads and writes, which are few among so many forms. */
const FAVOURED = (
  'create create create update update replace delete insert remove get get exists paginate paginate paginate first last ' +
  'map map foreach filter reduce count at join union intersection difference range distinct events match login call ' +
  'create_collection create_index create_function create_role create_key create_database create_access_provider ' +
  'move_database key_from_secret logout identify let select merge'
).split(' ');

/** As likely as not of arguments that all fit, so that it comes to an end. */
export function randomExpression(random: Random, depth: number): Tree {
  const place: Place = { random, depth, variables: [], wild: random.pick([0, 0, 0.03, 0.1]), expression };
  return random.chance(0.35) ? named(random.pick(FAVOURED))(place) : expression(place);
}

/** What a stream can be of. */
export const randomSubject = (random: Random): Tree => {
  const place: Place = { random, depth: 1, variables: [], wild: random.pick([0, 0, 0.1]), expression };
  const match: Make = (it) => object(['match', indexRef(it)], ...optionalTerms(it));
  const all: Make = (it) => object(['documents', collectionRef(it)]);
  return random.pick([documentRef, all, match, (it: Place) => object(['get', documentRef(it)])])(place);
};
