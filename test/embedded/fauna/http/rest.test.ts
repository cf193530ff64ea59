import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFauna } from '../fixture.ts';
import { type Ask, ask, errors, type Fauna } from './wire.ts';

let fauna: Fauna;
beforeAll(async () => {
  fauna = await startFauna();
});
afterAll(() => fauna.close());

const badJson = errors({ position: [], code: 'invalid expression', description: 'Request body is not valid JSON.' });
const notAllowed = (methods: string): object =>
  errors({ code: 'method not allowed', description: `Allowed methods are ${methods}.` });
const notFound = errors({ code: 'not found', description: 'Not Found' });
const unauthorized = errors({ code: 'unauthorized', description: 'Unauthorized' });

describe('the paths of refs', () => {
  it('are read and written as documents and sets', async () => {
    const made = await ask(fauna, { path: '/collections', body: '{"name":"rest"}' });
    expect(made).toMatchObject({ status: 201, json: { resource: { name: 'rest' } } });
    const document = await ask(fauna, { path: '/collections/rest', body: '{"data":{"a":{"b":1}}}' });
    expect(document).toMatchObject({ status: 201, json: { resource: { data: { a: { b: 1 } } } } });
    const { ref } = (document.json as { resource: { ref: { '@ref': { id: string } } } }).resource;
    const path = `/classes/rest/${ref['@ref'].id}`;
    const rest = (method: string, body?: string) => ask(fauna, { method, path, body });
    expect(await rest('PATCH', '{"data":{"c":2}}')).toMatchObject({
      status: 200,
      json: { resource: { data: { a: { b: 1 }, c: 2 } } },
    });
    expect(await rest('PUT', '{}')).toMatchObject({ status: 200 });
    expect((await rest('GET')).json).toMatchObject({ resource: { ref } });
    const events = await ask(fauna, { method: 'GET', path: `${path}/events?size=2` });
    expect(events).toMatchObject({
      status: 200,
      json: { resource: { data: [{ action: 'create' }, { action: 'update' }] } },
    });
    expect(await rest('DELETE')).toMatchObject({ status: 200 });
    expect(await rest('GET')).toMatchObject({ status: 404, json: { errors: [{ code: 'instance not found' }] } });
  });

  it.each<[string, Ask, number, unknown]>([
    ['a collection there is none of', { method: 'GET', path: '/collections/none/1' }, 404, notFound],
    ['no ref', { method: 'GET', path: '/collections/none/x' }, 404, notFound],
    ['no login', { method: 'GET', path: '/databases', secret: null }, 401, unauthorized],
    ['a method there is none of', { method: 'DELETE', path: '/databases' }, 405, notAllowed('GET, POST')],
    ['a method there is none of, to what is not there', { method: 'HEAD', path: '/collections/none' }, 404, undefined],
    ['another method to events', { method: 'PUT', path: '/databases/events', body: '{}' }, 405, notAllowed('GET')],
    ['oneself without being anyone', { method: 'GET', path: '/tokens/self' }, 404, notFound],
    ['what cannot be a name', { method: 'GET', path: '/collections/a%20b' }, 404, notFound],
    ['a body that is no JSON', { path: '/databases', body: '{' }, 400, badJson],
    ['a body with something after it', { path: '/databases', body: '{} "x"' }, 400, badJson],
  ])('answer to %s', async (_name, request, status, json) => {
    const answer = await ask(fauna, request);
    expect({ status: answer.status, json: answer.json }).toEqual({ status, json });
  });

  it('of collections are those of their own documents, and of where documents are created', async () => {
    await ask(fauna, { path: '/collections', body: '{"name":"kept"}' });
    const path = '/collections/kept';
    expect(await ask(fauna, { path, body: '{"data":{"a":1}}' })).toMatchObject({
      status: 201,
      json: { resource: { data: { a: 1 } } },
    });
    const named = (method: string, body?: string) => ask(fauna, { method, path, body });
    expect(await named('GET')).toMatchObject({ status: 200, json: { resource: { name: 'kept', history_days: 0 } } });
    expect(await named('PATCH', '{"ttl_days":3}')).toMatchObject({
      status: 200,
      json: { resource: { name: 'kept', ttl_days: 3 } },
    });
    const replaced = (await named('PUT', '{"data":{"b":2}}')).json as { resource: object };
    expect(replaced.resource).toEqual({
      ref: { '@ref': { id: 'kept', collection: { '@ref': { id: 'collections' } } } },
      ts: expect.any(Number),
      name: 'kept',
      history_days: 0,
      data: { b: 2 },
    });
    expect(await named('DELETE')).toMatchObject({ status: 200, json: { resource: { name: 'kept' } } });
    expect((await named('GET')).json).toEqual(notFound);
  });

  it('of keys change them for the root alone', async () => {
    const key = (body: object) => ask(fauna, { path: '/keys', body: JSON.stringify(body) });
    const made = (await key({ role: 'admin' })).json as {
      resource: { ref: { '@ref': { id: string } }; secret: string };
    };
    const { ref, secret } = made.resource;
    const path = `/keys/${ref['@ref'].id}`;
    const change = (method: string, by?: string) =>
      ask(fauna, {
        method,
        path,
        body: '{"role":"admin","data":{"a":1}}',
        ...(by === undefined ? {} : { secret: by }),
      });
    const forbidden = (description: string) => ({ status: 403, json: errors({ code: 'forbidden', description }) });
    expect(await change('PUT', secret)).toMatchObject(
      forbidden('Replacing a key with PUT is not allowed: create a replacement key, then delete this key.'),
    );
    expect(await change('PATCH', secret)).toMatchObject(
      forbidden("Updating a key with PATCH is not allowed: use the Update FQL function to change key's user metadata."),
    );
    expect(await change('PATCH')).toMatchObject({ status: 200, json: { resource: { data: { a: 1 } } } });
    expect(await change('PUT', 'wrong')).toMatchObject({ status: 401, json: unauthorized });
  });
});
