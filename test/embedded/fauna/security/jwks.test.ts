import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFetchJwks } from '../../../../src/embedded/fauna/security/fetch-jwks.ts';
import { createJwksCache, type JwksCache } from '../../../../src/embedded/fauna/security/jwks.ts';
import { jwks } from './served.ts';
import { jwkOf, rsaKey } from './tokens.ts';

const URL = 'https://keys.example/jwks.json';
const [one, two] = [jwkOf(rsaKey('one')), jwkOf(rsaKey('two'))];
const MINUTE = 60_000;

describe('the cache of access providers’ keys', () => {
  let now: number;
  let answer: () => Response | Promise<Response>;
  let requests: { url: string; headers: Record<string, string> }[];
  let cache: JwksCache;
  const kid = async (name: string | undefined) => (await cache.key(URL, name))?.kid;
  /** Lets a refresh that nobody waits for come back. */
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => {
    now = 1_000_000;
    requests = [];
    answer = () => jwks(one);
    cache = createJwksCache(
      async (url, headers) => {
        requests.push({ url, headers });
        return answer();
      },
      () => now,
    );
  });

  it('asks once and answers from memory for five minutes', async () => {
    expect(await kid('one')).toBe('one');
    now += 5 * MINUTE - 1;
    expect(await kid('one')).toBe('one');
    expect(requests).toEqual([{ url: URL, headers: { accept: 'application/json' } }]);
  });

  it('answers from memory while it refreshes, with the ETag it was given', async () => {
    answer = () => new Response(JSON.stringify({ keys: [one] }), { headers: { etag: '"v1"' } });
    await kid('one');
    now += 5 * MINUTE;
    answer = () => new Response(null, { status: 304 });
    expect(await kid('one')).toBe('one');
    await settle();
    expect(requests[1]?.headers).toEqual({ accept: 'application/json', 'if-none-match': '"v1"' });
    now += 5 * MINUTE - 1;
    await kid('one');
    expect(requests).toHaveLength(2);
  });

  it('has the new keys once the refresh is back, and the old ones no more', async () => {
    await kid('one');
    now += 5 * MINUTE;
    answer = () => jwks(two);
    expect(await kid('one')).toBe('one');
    await settle();
    expect(await kid('two')).toBe('two');
    expect(await kid('one')).toBeUndefined();
  });

  it('keeps its keys while the host is down', async () => {
    await kid('one');
    now += 20 * MINUTE;
    answer = () => Promise.reject(new Error('down'));
    expect(await kid('one')).toBe('one');
    await settle();
    expect(await kid('one')).toBe('one');
  });

  it('forgets keys an hour after they were last used', async () => {
    await kid('one');
    now += 60 * MINUTE;
    answer = () => Promise.reject(new Error('down'));
    expect(await kid('one')).toBeUndefined();
  });

  it('asks at once for a key it does not have, without ETag, but not twice in half a second', async () => {
    answer = () => new Response(JSON.stringify({ keys: [one] }), { headers: { etag: '"v1"' } });
    await kid('one');
    answer = () => jwks(one, two);
    now += 499;
    expect(await kid('two')).toBeUndefined();
    expect(requests).toHaveLength(1);
    now += 1;
    expect(await kid('two')).toBe('two');
    expect(requests[1]?.headers).toEqual({ accept: 'application/json' });
    expect(await kid('three')).toBeUndefined();
    expect(requests).toHaveLength(2);
  });

  it('asks once for many that wait', async () => {
    expect(await Promise.all([kid('one'), kid('one'), kid(undefined)])).toEqual(['one', 'one', 'one']);
    expect(requests).toHaveLength(1);
  });

  it('asks for the path alone', async () => {
    await cache.key('https://user:secret@keys.example:8080/a/jwks.json?tenant=1#x', 'one');
    expect(requests[0]?.url).toBe('https://keys.example:8080/a/jwks.json');
  });

  it.each([
    ['a redirect', () => Response.redirect('https://evil.example/', 302)],
    ['404', () => new Response('{"keys":[]}', { status: 404 })],
    ['201', () => new Response(JSON.stringify({ keys: [one] }), { status: 201 })],
    ['text that is no JSON', () => new Response('<html>')],
    ['304 to the first request', () => new Response(null, { status: 304 })],
  ])('takes no keys from %s', async (_, response) => {
    answer = response;
    expect(await kid('one')).toBeUndefined();
  });

  it.each([['{}'], ['[]'], ['{"keys":7}'], ['{"keys":{}}'], ['null']])('has no keys in %s', async (body) => {
    answer = () => new Response(body);
    expect(await kid('one')).toBeUndefined();
  });
});

describe('fetching keys', () => {
  const fetched: { url: string; redirect: unknown }[] = [];
  beforeEach(() => {
    fetched.length = 0;
    vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
      fetched.push({ url, redirect: options.redirect });
      return new Response();
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['', 'https://localhost:8080/a', 'https://localhost:8080/a'],
    ['localhost', 'https://localhost:8080/a', 'http://localhost:8080/a'],
    ['localhost', 'https://localhost/a', 'http://localhost/a'],
    ['localhost', 'https://localhost.evil.example/a', 'https://localhost.evil.example/a'],
    ['local', 'https://localhost/a', 'https://localhost/a'],
    [' 127\\.0\\.0\\.1 ; localhost;', 'https://127.0.0.1:1/a', 'http://127.0.0.1:1/a'],
    ['.*\\.test', 'https://keys.test/a', 'http://keys.test/a'],
  ])('with %j as safe, %s is asked at %s, and no redirect is followed', async (safe, address, expected) => {
    await createFetchJwks(safe)(address, {});
    expect(fetched).toEqual([{ url: expected, redirect: 'manual' }]);
  });
});
