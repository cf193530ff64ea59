/** A Fauna with a collection and an index of its own for every test, and streams from it. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { q, ROOT_KEY, startFauna } from '../fixture.ts';
import { openStream } from './open-stream.ts';

export interface Made {
  readonly ref: unknown;
  readonly ts: number;
  readonly secret: string;
}

export const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** To be called once in a file. */
export function setUpStreams() {
  let fauna: Awaited<ReturnType<typeof startFauna>>;
  let count = 0;
  const run = (expression: unknown): Promise<Made> => fauna.root.query(expression as never);
  beforeAll(async () => {
    fauna = await startFauna();
  });
  afterAll(() => fauna.close());
  const names = { things: '', byKind: '' };
  beforeEach(async () => {
    count += 1;
    names.things = `things_${count}`;
    names.byKind = `things_by_kind_${count}`;
    await run(q.CreateCollection({ name: names.things }));
    await run(
      q.CreateIndex({
        name: names.byKind,
        source: q.Collection(names.things),
        terms: [{ field: ['data', 'kind'] }],
        values: [{ field: ['data', 'n'] }],
      }),
    );
  });
  return {
    names,
    get fauna() {
      return fauna;
    },
    run,
    create: (data: object) => run(q.Create(q.Collection(names.things), { data })),
    open: (expression: unknown, options: { fields?: string; secret?: string } = {}) =>
      openStream(fauna.port, expression, { secret: ROOT_KEY, ...options }),
    /** A key of a role with these privileges, and the role's name. */
    keyOf: async (privileges: object[]): Promise<Made & { readonly role: string }> => {
      const role = `role_${count}`;
      await run(q.CreateRole({ name: role, privileges } as never));
      return { ...(await run(q.CreateKey({ role: q.Role(role) } as never))), role };
    },
  };
}
