import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const answer = (query: object): unknown => JSON.parse(runner.value(query));

describe('casefold', () => {
  it.each([
    ['John Doe', 'john doe'],
    ['İstanbul', 'i̇stanbul'],
    ['Diyarbakır', 'diyarbakır'],
    ['φιλόσοφος', 'φιλόσοφοσ'],
    ['Weißkopfseeadler', 'weisskopfseeadler'],
    ['ẞ', 'ss'],
    ['ﬁn Ⅷ ①', 'fin viii 1'],
    ['Ꭰꭰᏸ', 'ᎠᎠᏰ'],
    ['so\u00adft\u200d', 'soft'],
    ['e\u0301', 'é'],
    ['ᾳ', 'αι'],
  ])('of %j is %j', (text, expected) => {
    expect(answer({ casefold: text })).toBe(expected);
    expect(answer({ casefold: text, normalizer: 'NFKCCaseFold' })).toBe(expected);
  });

  it.each([
    ['NFC', 'e\u0301ﬁ', 'éﬁ'],
    ['NFD', 'éﬁ', 'e\u0301ﬁ'],
    ['NFKC', 'e\u0301ﬁ', 'éfi'],
    ['NFKD', 'éﬁ', 'e\u0301fi'],
  ])('with %s normalises and keeps the case', (normalizer, text, expected) => {
    expect(answer({ casefold: `A${text}`, normalizer })).toBe(`A${expected}`);
  });

  it('takes any scalars, and answers one alone by itself', () => {
    expect(answer({ casefold: ['A', 1, null] })).toEqual(['a', 1, null]);
    expect(answer({ casefold: ['A'] })).toBe('a');
    expect(answer({ casefold: 5 })).toBe(5);
    expect(answer({ casefold: [] })).toEqual([]);
    expect(runner.failure({ casefold: [['A']] })).toBe(
      'invalid argument [casefold,0] Scalar expected, Array provided.',
    );
  });

  it('knows five normalizers', () => {
    const text = "String 'NFKCCaseFold', 'NFC', 'NFD', 'NFKC', or 'NFKD' expected,";
    expect(runner.failure({ casefold: 'foo', normalizer: 'nope' })).toBe(
      `invalid argument [normalizer] ${text} String provided.`,
    );
    expect(runner.failure({ casefold: 'foo', normalizer: 1 })).toBe(
      `invalid argument [normalizer] ${text} Integer provided.`,
    );
  });
});

describe('lowercase, uppercase and titlecase', () => {
  it.each([
    ['lowercase', 'ApPle', 'apple'],
    ['lowercase', 'İstanbul', 'i̇stanbul'],
    ['lowercase', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['uppercase', 'straße ﬁ', 'STRASSE FI'],
    ['titlecase', 'Bob f smITH BILL', 'Bob F Smith Bill'],
    ['titlecase', "don't o’neil hello-world foo_bar", "Don't O’neil Hello-World Foo_bar"],
    ['titlecase', '(«¿qué?») 3rd', '(«¿Qué?») 3rd'],
    ['titlecase', 'ǆabc ßs ﬁsh ᾳβ ŉ', 'ǅabc Sss Fish ᾼβ ʼN'],
    ['titlecase', 'ΑΣ ΣΑΣ', 'Ας Σας'],
    ['titlecase', 'ΟΔΟΣ^e ΟΔΟΣ', 'Οδοσ^E Οδος'],
    ['titlecase', 'key:value ex@mple.com 1:2', 'Key:Value Ex@Mple.com 1:2'],
    ['titlecase', 'აბგ', 'აბგ'],
    ['titlecase', '7', '7'],
    ['titlecase', '', ''],
  ])('%s of %j is %j', (name, text, expected) => {
    expect(answer({ [name]: text })).toBe(expected);
  });
});
