import { expect, test, vi } from 'vitest';
import { createAnswer, type Handlers } from '../../../src/main/bridge/answer.ts';
import { operationNames } from '../../../src/shared/bridge/names.ts';
import { FailureError, failure, succeed } from '../../../src/shared/failure.ts';

const setUp = (overrides: Partial<Handlers> = {}) => {
  const called = vi.fn();
  const handlers = Object.fromEntries(
    operationNames.map((name) => [
      name,
      (input: unknown) => {
        called(name, input);
        return succeed(undefined);
      },
    ]),
  ) as unknown as Handlers;
  const reported = vi.fn();
  return { answer: createAnswer({ ...handlers, ...overrides }, reported), called, reported };
};
const TOKEN = `${'eyJhbGciOiJSUzI1NiJ9'}.eyJzdWIiOiJ1c2VyXzEifQ.c2ln`;

test.each([
  ['an unknown operation', 'notes.destroyEverything', undefined, 'unknown-operation'],
  ['a name from the prototype', '__proto__', undefined, 'unknown-operation'],
  ['a name that is no string', { toString: (): string => 'notes.list' }, undefined, 'unknown-operation'],
  ['an argument where none belongs', 'notes.list', { all: true }, 'invalid-argument'],
  ['an id that is a path', 'notes.open', { id: '../../etc/passwd' }, 'invalid-argument'],
  ['an id of 64 bits', 'notes.open', { id: '9223372036854775808' }, 'invalid-argument'],
  ['an id that is a number', 'notes.open', { id: 12 }, 'invalid-argument'],
  ['an update that is text', 'notes.save', { id: '1', update: 'abc' }, 'invalid-argument'],
  [
    'an update of 16 MB and a byte',
    'notes.save',
    { id: '1', update: new Uint8Array(16 * 1024 * 1024 + 1) },
    'invalid-argument',
  ],
  ['an empty tag', 'notes.setTags', { id: '1', tags: [' '] }, 'invalid-argument'],
  ['a token that is none', 'identity.signedIn', { sessionToken: 'root:secret' }, 'invalid-argument'],
  ['no argument at all', 'notes.open', undefined, 'invalid-argument'],
  ['null', 'notes.open', null, 'invalid-argument'],
])('%s is refused in words and reaches no handler', async (_what, name, input, code) => {
  const { answer, called } = setUp();
  expect(await answer(name, input)).toMatchObject({ ok: false, failure: { code } });
  expect(called).not.toHaveBeenCalled();
});

test('a well-formed message reaches its handler with what the schema makes of it', async () => {
  const { answer, called } = setUp();
  await answer('notes.setTags', { id: '12', tags: [' tea '] });
  expect(called).toHaveBeenCalledWith('notes.setTags', { id: '12', tags: ['tea'] });
});

test('a FailureError becomes its failure', async () => {
  const { answer } = setUp({
    'notes.list': () => {
      throw new FailureError(failure('disk-full', 'The disk is full.', 'Make room.'));
    },
  });
  expect(await answer('notes.list', undefined)).toEqual({
    ok: false,
    failure: { code: 'disk-full', message: 'The disk is full.', mend: 'Make room.' },
  });
});

test('an unforeseen error is reported, and its text does not reach the window: it might hold a token', async () => {
  const { answer, reported } = setUp({
    'notes.list': () => {
      throw new Error(`bad token ${TOKEN}`);
    },
  });
  const outcome = await answer('notes.list', undefined);
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'internal' } });
  expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  expect(reported).toHaveBeenCalledOnce();
});

test('a refusal does not repeat the token that it refuses', async () => {
  const { answer } = setUp();
  const outcome = await answer('identity.signedIn', { sessionToken: `x${TOKEN}` });
  expect(JSON.stringify(outcome)).not.toContain('eyJzdWIi');
});
