/** Errors as the wire has them, and short ways to say them. */
export type Failure = [field: string[], code: string, description: string];

export const failed = (code: string, description: string, position: unknown[] = []) => ({
  status: 400,
  errors: [{ position, code, description }],
});

export const invalid = (position: unknown[], ...failures: Failure[]) => ({
  status: 400,
  errors: [
    {
      position,
      code: 'validation failed',
      description: 'document data is not valid.',
      failures: failures.map(([field, code, description]) => ({ field, code, description })),
    },
  ],
});

export const type = (field: string[], actual: string, expected: string): Failure => [
  field,
  'invalid type',
  `Invalid type ${actual}, expected type ${expected}.`,
];
export const required = (...field: string[]): Failure => [field, 'value required', 'Required value not found.'];
export const arity = (field: string[], found: string, expected: number): Failure => [
  field,
  'invalid arity',
  `Found lambda with arity ${found} expected ${expected}`,
];
/** A role that there is not, by its name. */
export const noRole = (name: string): Failure => [
  ['role'],
  'validation failure',
  `Role name \`${name}\` does not exist.`,
];
