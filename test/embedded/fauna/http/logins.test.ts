import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { q, ROOT_KEY, startFauna } from '../fixture.ts';
import { ask, errors, type Fauna } from './wire.ts';

const unauthorized = errors({ code: 'unauthorized', description: 'Unauthorized' });

let fauna: Fauna;
/** Of the database `app`, which has an account. */
let globalId: string;
beforeAll(async () => {
  fauna = await startFauna();
  const made = await fauna.root.query<{ global_id: string }>(
    q.CreateDatabase({ name: 'app', account: { id: 7 } } as never),
  );
  globalId = made.global_id;
});
afterAll(() => fauna.close());

const makeKey = (role: string, secret: string): Promise<{ secret: string; ref: { id: string } }> =>
  fauna.client(secret).query(q.CreateKey({ role } as never));

describe('GET /authorized', () => {
  const path = '/authorized';
  const get = (secret: string | null, method = 'GET') => ask(fauna, { method, path, secret });

  it('tells any login the account and the database it is for', async () => {
    const { secret } = await makeKey('client', `${ROOT_KEY}:app:admin`);
    expect(await get(ROOT_KEY)).toMatchObject({ status: 200, json: { account: '0', global_id: 'yyyyyyyyyyyyy' } });
    for (const login of [secret, `${ROOT_KEY}:app:admin`]) {
      const answer = await get(login);
      expect(answer).toMatchObject({ status: 200, json: { account: '7', global_id: globalId } });
      expect(answer.headers.get('x-txn-time')).toMatch(/^\d+$/);
    }
  });

  it('tells nobody else anything', async () => {
    for (const secret of ['nobody', null]) expect(await get(secret)).toMatchObject({ status: 401, json: unauthorized });
    expect(await get(ROOT_KEY, 'HEAD')).toMatchObject({ status: 200, text: '' });
    expect(await get('nobody', 'HEAD')).toMatchObject({ status: 401, text: '' });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(await get(null, method)).toMatchObject({
        status: 405,
        json: errors({ code: 'method not allowed', description: 'Allowed methods are GET.' }),
      });
    }
  });
});

describe('the path of a key', () => {
  const descriptions: Record<string, string> = {
    PUT: 'Replacing a key with PUT is not allowed: create a replacement key, then delete this key.',
    PATCH: "Updating a key with PATCH is not allowed: use the Update FQL function to change key's user metadata.",
  };

  it.each(Object.keys(descriptions))('takes %s from the root’s own login only', async (method) => {
    const admin = await makeKey('admin', ROOT_KEY);
    const path = `/keys/${admin.ref.id}`;
    const change = (secret: string, body = '{"role":"admin","data":{"a":1}}') =>
      ask(fauna, { method, path, secret, body });
    const forbidden = errors({ code: 'forbidden', description: descriptions[method] });
    for (const secret of [admin.secret, `${ROOT_KEY}:admin`, (await makeKey('client', ROOT_KEY)).secret]) {
      expect(await change(secret)).toMatchObject({ status: 403, json: forbidden });
      expect(await change(secret, 'no JSON')).toMatchObject({ status: 403, json: forbidden });
    }
    expect(await change('nobody')).toMatchObject({ status: 401, json: unauthorized });
    expect(await change(ROOT_KEY)).toMatchObject({ status: 200, json: { resource: { data: { a: 1 } } } });
  });

  it('takes the other methods as those of documents', async () => {
    const [admin, other] = [await makeKey('admin', ROOT_KEY), await makeKey('server', ROOT_KEY)];
    const path = `/keys/${other.ref.id}`;
    expect(await ask(fauna, { method: 'GET', path, secret: admin.secret })).toMatchObject({ status: 200 });
    expect(await ask(fauna, { method: 'GET', path: `${path}/events`, secret: admin.secret })).toMatchObject({
      status: 200,
    });
    expect(await ask(fauna, { method: 'DELETE', path, secret: admin.secret })).toMatchObject({ status: 200 });
  });
});
