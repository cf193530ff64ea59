/** Tables of what queries answer and how they are refused. */
import { expect, it } from 'vitest';
import type { Json, Raw, SeenError } from '../raw.ts';

export type Refusal = [query: Json, position: Json[], code: string, description: string, failures?: Json[][]];

const STATUS = new Map([
  ['instance not found', 404],
  ['value not found', 404],
]);

/** Each row: a query and what it answers. */
export function answers(fauna: () => Raw, rows: [Json, Json][]): void {
  it.each(rows)('%j is answered with %j', async (query, expected) => {
    expect(await fauna().ask(query)).toEqual(expected);
  });
}

/** Each row: a query and its only error; failures as path, code and description. */
export function refuses(fauna: () => Raw, rows: Refusal[]): void {
  it.each(rows)('%j is refused at %j: %s', async (query, position, code, description, failures) => {
    const error = {
      position,
      code,
      description,
      ...(failures && {
        failures: failures.map(([field, name, text]) => ({ field, code: name, description: text })),
      }),
    } as SeenError;
    expect(await fauna().fails(query)).toEqual({ status: STATUS.get(code) ?? 400, errors: [error] });
  });
}
