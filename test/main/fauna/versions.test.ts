import { join } from 'node:path';
import faunadb from 'faunadb';
import { expect, it, onTestFinished } from 'vitest';
import { openFauna } from '../../../src/embedded/fauna/index.ts';
import { versionsOf } from '../../../src/main/fauna/queries.ts';
import { setUpFauna } from '../../../src/main/fauna/schema/set-up.ts';
import { createDriverTransport } from '../../../src/main/fauna/transport.ts';
import { decodeVersions } from '../../../src/main/sync/decode.ts';
import { temporaryFolder } from '../notes/helpers.ts';

const q = faunadb.query;
const ROOT = 'root-secret-for-tests';
const DAY = 24 * 60 * 60 * 1_000_000;
const endpoint = 'http://fauna.test';

it('the versions of a note are those Fauna still has, also of one that was last changed before its history begins', async () => {
  let ahead = 0;
  const clock = { now: () => BigInt(Date.now()) * 1000n + BigInt(ahead) };
  const fauna = openFauna({ file: join(temporaryFolder(), 'fauna.db'), rootKey: ROOT, clock });
  onTestFinished(() => fauna.close());
  const fetch = (url: string | URL, init?: RequestInit) => {
    const { signal: _, ...rest } = init ?? {};
    return fauna.handle(new Request(url, rest));
  };
  await setUpFauna({
    endpoint,
    adminKey: ROOT,
    fetch,
    issuer: 'https://clerk.test',
    jwksUri: 'https://clerk.test/jwks',
  });
  const transport = createDriverTransport({ endpoint, fetch });
  const ask = (expression: unknown) => transport.query(`${ROOT}:burrow:admin`, expression as never);
  const note = q.Ref(q.Collection('notes'), '1');
  const data = (body: string) => ({ data: { body, owner: 'somebody' } });
  const bodies = async () => decodeVersions(await ask(versionsOf('1', 10))).map(({ body }) => body);

  await ask(q.Create(note, data('first')));
  await ask(q.Update(note, data('second')));
  expect(await bodies()).toEqual(['second', 'first']);
  ahead = 40 * DAY;
  expect(await bodies()).toEqual(['second']);
  await ask(q.Update(note, data('third')));
  expect(await bodies()).toEqual(['third', 'second']);
  ahead = 80 * DAY;
  expect(await bodies()).toEqual(['third']);
  await ask(q.Delete(note));
  expect(await bodies()).toEqual(['third']);
});
