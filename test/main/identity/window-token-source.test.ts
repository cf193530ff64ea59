import { expect, test } from 'vitest';
import { createWindowTokenSource } from '../../../src/main/identity/window-token-source.ts';
import { succeed } from '../../../src/shared/failure.ts';

const setUp = (windowOpen = true) => {
  const asked: string[] = [];
  const tokens = createWindowTokenSource({
    template: 'fauna',
    ask: (request) => {
      if (windowOpen) asked.push(request);
      return windowOpen;
    },
    otherwise: async () => succeed('from the Frontend API'),
  });
  return { tokens, asked };
};

test('the window is asked once and its answer is the token', async () => {
  const { tokens, asked } = setUp();
  const answer = tokens.source();
  expect(tokens.provide(asked[0] ?? '', 'the token')).toBe(true);
  expect(await answer).toEqual({ ok: true, value: 'the token' });
});

test('an answer that nobody asked for, or a second one, is dropped', async () => {
  const { tokens, asked } = setUp();
  expect(tokens.provide('made-up', 'evil')).toBe(false);
  const answer = tokens.source();
  tokens.provide(asked[0] ?? '', 'first');
  expect(tokens.provide(asked[0] ?? '', 'second')).toBe(false);
  expect(await answer).toEqual({ ok: true, value: 'first' });
});

test('with no window open the Frontend API is asked by main itself', async () => {
  expect(await setUp(false).tokens.source()).toEqual({ ok: true, value: 'from the Frontend API' });
});

test('a question asked before the page listens is asked again once it does, and one answer is enough', async () => {
  const { tokens, asked } = setUp();
  const answer = tokens.source();
  tokens.listening();
  expect(asked).toEqual([asked[0], asked[0]]);
  tokens.provide(asked[0] ?? '', 'the token');
  expect(await answer).toEqual({ ok: true, value: 'the token' });
  tokens.listening();
  expect(asked).toHaveLength(2);
});

test.each([
  ['clerk_offline', 'clerk-unreachable'],
  ['resource_not_found', 'template-missing'],
  ['signed_out', 'not-signed-in'],
  ['something_else', 'token-refused'],
])('the window’s %s becomes %s, in words with a mend', async (code, failure) => {
  const { tokens, asked } = setUp();
  const answer = tokens.source();
  tokens.cannotProvide(asked[0] ?? '', code, 'a text that may hold anything');
  const outcome = await answer;
  expect(outcome).toMatchObject({ ok: false, failure: { code: failure, mend: expect.stringMatching(/\.$/) } });
  expect(JSON.stringify(outcome)).not.toContain('a text that may hold anything');
});

test('when Clerk turns out to be out of reach, whoever waits hears it at once', async () => {
  const { tokens } = setUp();
  const answer = tokens.source();
  tokens.unreachable();
  expect(await answer).toMatchObject({ ok: false, failure: { code: 'clerk-unreachable' } });
});
