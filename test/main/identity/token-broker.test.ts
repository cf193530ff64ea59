import { beforeEach, expect, test } from 'vitest';
import { createTokenBroker } from '../../../src/main/identity/token-broker.ts';
import { succeed } from '../../../src/shared/failure.ts';
import { createSigner, NOW, seconds } from './tokens.ts';

const issuer = 'https://clerk.example.com';
let now = NOW;
let userId: string | null = 'user_1';
let asked = 0;

beforeEach(() => {
  now = NOW;
  userId = 'user_1';
  asked = 0;
});

const createBroker = async (during?: () => void) => {
  const { sign } = await createSigner();
  return createTokenBroker({
    issuer,
    template: 'fauna',
    userId: () => userId,
    now: () => now,
    source: async () => {
      asked++;
      const sub = userId ?? 'user_1';
      during?.();
      return succeed(await sign({ iss: issuer, sub, aud: 'https://db.fauna.com/db/x', exp: seconds(now) + 60 }));
    },
  });
};

test('one request serves every caller at the same time, and later ones until shortly before the end', async () => {
  const broker = await createBroker();
  const [first, second] = await Promise.all([broker.get(), broker.get()]);
  expect(first).toEqual(second);
  now += 49_000;
  await broker.get();
  expect(asked).toBe(1);
  now += 2_000; // less than the margin is left
  await broker.get();
  expect(asked).toBe(2);
});

test('a token that Fauna refused is not handed out again', async () => {
  const broker = await createBroker();
  await broker.get();
  broker.forget();
  await broker.get();
  expect(asked).toBe(2);
});

test('nobody signed in: a failure, and nothing is asked', async () => {
  const broker = await createBroker();
  userId = null;
  expect(await broker.get()).toMatchObject({ ok: false, failure: { code: 'not-signed-in' } });
  expect(asked).toBe(0);
});

test('a token that arrives after the sign-out is dropped', async () => {
  const broker = await createBroker(() => {
    userId = null;
  });
  expect(await broker.get()).toMatchObject({ ok: false, failure: { code: 'not-signed-in' } });
});

test('a kept token is not given to another user who signs in', async () => {
  const broker = await createBroker();
  await broker.get();
  userId = 'user_2';
  const other = await broker.get();
  expect(other).toMatchObject({ ok: true, value: { claims: { sub: 'user_2' } } });
});

test('a token that was on its way when it was forgotten is not kept, and the next caller asks anew', async () => {
  const broker = await createBroker();
  const first = broker.get();
  broker.forget();
  await Promise.all([first, broker.get()]);
  expect(asked).toBe(2);
});
