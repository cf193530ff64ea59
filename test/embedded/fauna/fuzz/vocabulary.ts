/** What the forms' arguments should be, by `form.argument` or by the argument's name alone. */
export type Kind =
  | 'any'
  | 'integer'
  | 'number'
  | 'numbers'
  | 'text'
  | 'texts'
  | 'pattern'
  | 'boolean'
  | 'booleans'
  | 'values'
  | 'time'
  | 'timeText'
  | 'date'
  | 'dateText'
  | 'unit'
  | 'temporal'
  | 'list'
  | 'object'
  | 'objects'
  | 'path'
  | 'lambda'
  | 'lambda2'
  | 'lambda3'
  | 'join'
  | 'set'
  | 'sets'
  | 'source'
  | 'reference'
  | 'document'
  | 'collectionRef'
  | 'indexRef'
  | 'functionRef'
  | 'schemaRef'
  | 'databaseRef'
  | 'id'
  | 'name'
  | 'params'
  | 'action'
  | 'cursor'
  | 'bindings'
  | 'variable'
  | 'branches'
  | 'secret'
  | 'nothing'
  | 'databaseOrNull'
  | 'formatText'
  | 'numeral'
  | 'newDocument'
  | 'login'
  | 'password';

/** Lists of forms of one kind of first argument. */
const FIRST: Partial<Record<Kind, string>> = {
  numbers: 'add subtract multiply divide modulo bitand bitor bitxor',
  number:
    'bitnot abs ceil floor round trunc sign sqrt acos asin atan cos cosh degrees exp ln log radians sin sinh tan tanh hypot pow to_integer to_double',
  text: 'repeat replacestr containsstr startswith endswith findstr length substring trim ltrim rtrim casefold lowercase uppercase titlecase ngram regexescape containsstrregex findstrregex replacestrregex abort',
  numeral: 'to_number',
  formatText: 'format',
  nothing:
    'now new_id next_id current_identity identity has_current_identity has_identity current_token has_current_token',
  databaseOrNull: 'databases collections classes indexes functions roles keys tokens credentials access_providers',
  newDocument: 'create',
  texts: 'concat',
  values: 'equals lt lte gt gte do',
  booleans: 'and or',
  boolean: 'not if logout',
  list: 'append prepend is_empty is_nonempty count sum mean any all max min to_object',
  integer: 'take drop space',
  lambda: 'map foreach filter query',
  lambda2: 'reduce',
  path: 'select select_all select_as_index contains contains_path',
  source: 'paginate first last get exists events',
  set: 'distinct reverse range join',
  sets: 'union intersection difference',
  indexRef: 'match',
  collectionRef: 'documents ref',
  document: 'update replace delete insert remove login identify singleton',
  databaseRef: 'move_database',
  functionRef: 'call',
  params:
    'create_class create_collection create_database create_index create_key create_function create_role create_access_provider',
  name: 'database index class collection function role access_provider contains_field',
  temporal:
    'time_add time_subtract time_diff to_micros to_millis to_seconds second minute hour day_of_month day_of_week day_of_year month year to_date to_time',
  timeText: 'time',
  dateText: 'date',
  object: 'object to_array',
  objects: 'merge',
  secret: 'key_from_secret',
  variable: 'var',
  bindings: 'let',
};

const ARGUMENTS: Readonly<Record<string, Kind>> = {
  'at.at': 'time',
  'reduce.collection': 'list',
  'match.terms': 'values',
  'match.index': 'values',
  'merge.with': 'objects',
  'merge.lambda': 'lambda3',
  'join.with': 'join',
  'move_database.to': 'databaseRef',
  'format.values': 'values',
  'contains_field.in': 'object',
  'substring.length': 'integer',
  'pow.exp': 'number',
  'delete.delete': 'reference',
  'login.params': 'login',
  'get.get': 'source',
  'epoch.epoch': 'integer',
  collection: 'list',
  offset: 'integer',
  unit: 'unit',
  other: 'temporal',
  ts: 'time',
  action: 'action',
  params: 'params',
  size: 'integer',
  events: 'boolean',
  sources: 'boolean',
  after: 'cursor',
  before: 'cursor',
  cursor: 'cursor',
  scope: 'databaseRef',
  id: 'id',
  pattern: 'pattern',
  precision: 'integer',
  b: 'number',
  start: 'integer',
  num_results: 'integer',
  min: 'integer',
  max: 'integer',
  number: 'integer',
  first: 'boolean',
  all: 'boolean',
  find: 'text',
  replace: 'text',
  search: 'text',
  separator: 'text',
  normalizer: 'text',
  password: 'password',
};

const firsts = new Map<string, Kind>();
for (const [kind, forms] of Object.entries(FIRST)) for (const form of forms.split(' ')) firsts.set(form, kind as Kind);

export const kindOf = (form: string, argument: string): Kind =>
  ARGUMENTS[`${form}.${argument}`] ?? (argument === form ? firsts.get(form) : ARGUMENTS[argument]) ?? 'any';
