/** Queries out of all forms the registry knows, mostly of arguments that fit. */
import { registry } from '../../../../src/embedded/fauna/functions/index.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import * as scalars from './scalars.ts';
import { schemaParams } from './schema-params.ts';
import { array, literal, object, raw, string, type Tree } from './tree.ts';
import { type Kind, kindOf } from './vocabulary.ts';
import { COLLECTIONS, DATABASES, FUNCTIONS, IDS, INDEXES, ROLES } from './world.ts';

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
  return object(...keys.map((key) => [key, argument(kindOf(name, key), deeper(place))] as const));
}

/** Mostly of the kind, at times a list of it or anything else. */
function argument(kind: Kind, place: Place): Tree {
  const { random } = place;
  if (kind === 'any' || random.chance(0.08)) return expression(place);
  if (random.chance(0.01)) return array(makers[kind](place));
  return makers[kind](place);
}

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
  ({ random }) =>
    object([form, string(random.chance(0.03) ? 'nothing' : random.pick(names))]);

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
  id: ({ random }) => (random.chance(0.9) ? string(random.pick(IDS)) : scalars.scalar(random)),
  name: ({ random }) => string(random.pick([...COLLECTIONS, ...INDEXES, ...FUNCTIONS, ...DATABASES, 'data', 'fresh'])),
  params: (place) => (place.random.chance(0.8) ? schemaParams(place) : makers.object(place)),
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
  secret: ({ random }) => string(random.pick(['fnAAAA', '', 'root-secret-for-tests', 'eyJhbGciOiJub25lIn0.e30.'])),
};

function optionalTerms(place: Place): readonly (readonly [string, Tree])[] {
  return place.random.chance(0.6) ? [['terms', argument('values', deeper(place))]] : [];
}

export const randomExpression = (random: Random, depth: number): Tree =>
  expression({ random, depth, variables: [], expression });
