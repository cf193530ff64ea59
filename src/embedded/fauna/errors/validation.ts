/** Failures of a document's fields (ValidationException.scala; texts from Renderable.scala). */
export interface ValidationFailure {
  readonly field: readonly string[];
  readonly code: string;
  readonly description: string;
}

/** The same failure found twice is told once (Validator.scala). */
export const distinct = (failures: readonly ValidationFailure[]): ValidationFailure[] => [
  ...new Map(failures.map((found) => [JSON.stringify(found), found])).values(),
];

type Path = readonly string[];
const failure = (code: string, field: Path, description: string): ValidationFailure => ({ field, code, description });

export const valueRequired = (field: Path) => failure('value required', field, 'Required value not found.');
export const missingField = (field: Path, ...alternatives: Path[]) =>
  failure(
    'value required',
    field,
    `Must provide one of the following: ${[field, ...alternatives].map((path) => path.join('.')).join(', ')}`,
  );
export const invalidType = (field: Path, expected: string, actual: string) =>
  failure('invalid type', field, `Invalid type ${actual}, expected type ${expected}.`);
export const duplicateValue = (field: Path) => failure('duplicate value', field, 'Value is not unique.');
export const reservedName = (field: Path, name: string) =>
  failure('reserved name', field, `Invalid name ${name}. Reserved names: _.`);
export const NAME_CHARACTERS = '[;@+$\\-_.!~%\\w]+';
export const invalidCharacters = (field: Path, name: string) =>
  failure(
    'invalid characters',
    field,
    `The name ${name} uses invalid characters. Valid characters must match: ${NAME_CHARACTERS}`,
  );
export const invalidReference = (field: Path, description = 'Cannot read reference.') =>
  failure('invalid reference', field, description);
export const referenceMissing = (field: Path) => invalidReference(field, 'Reference was not found.');
export const scopedReference = (field: Path) => invalidReference(field, 'Reference cannot be scoped.');
export const invalidNegative = (field: Path) =>
  failure('non-negative value required', field, 'Value must be non-negative.');
export const outOfBounds = (field: Path, actual: bigint, min: bigint, max: bigint) =>
  failure('bounds error', field, `Value ${actual} is not in expected range ${min} to ${max}.`);
export const invalidArity = (field: Path, expected: number, actual: string) =>
  failure('invalid arity', field, `Found lambda with arity ${actual} expected ${expected}`);
export const invalidUri = (field: Path, uri: string) => failure('invalid uri', field, `\`${uri}\` is a not valid URI`);
export const invalidTransform = (field: Path, text: string) =>
  failure('invalid value', field, `Invalid value \`${text}\` at \`${field.join('.')}\``);
export const invalidPassword = (field: Path) =>
  failure('invalid password', field, `Invalid password at \`${field.join('.')}\`.`);
export const invalidSecret = (field: Path) =>
  failure('invalid secret', field, `Invalid secret at \`List(${field.join(', ')})\``);
export const invalidSourceBinding = (field: Path) =>
  failure('invalid binding', field, 'Field binding must be a pure unary function.');
export const resourcesExceeded = (field: Path, resource: string, limit: number) =>
  failure('resources exceeded', field, `Maximum number of ${resource} exceeded. Maximum allowed: ${limit}.`);
export const containerHoldsData = () =>
  failure(
    'container candidate contains data',
    [],
    'cannot make database a container while it contains collections, indexes, or user functions',
  );
export const unusedSourceBinding = (field: Path) =>
  failure('unused binding', field, 'Source binding is not used as a term or value.');
export const validationFailure = (field: Path, description: string) =>
  failure('validation failure', field, description);
export const multipleBindings = (field: Path) =>
  failure('multiple bindings', field, 'A collection ref may only match one binding.');
export const mixedWildcards = (field: Path) =>
  failure('mixed wildcards', field, 'Cannot mix collection refs and wildcards without providing bindings.');
export const partitionsChanged = (before: bigint, after: bigint) =>
  failure('invalid index', [], `Index partition count may not be updated (${before} -> ${after}).`);
export const shapeChanged = (diff: string) =>
  failure('invalid index', [], `Index sources, terms, and values may not be updated (${diff})`);
