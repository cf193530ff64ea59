import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const answer = (query: object): unknown => JSON.parse(runner.value(query));
const contains = (text: string, pattern: string): unknown => answer({ containsstrregex: text, pattern });

describe('containsstrregex', () => {
  const text = 'One 2\n3 Four';
  it.each([
    ['.*', true],
    ['\\d', true],
    ['(?m)2$', true],
    ['2$', false],
    ['(?m)^3', true],
    ['^3', false],
    ['\\AOne 2\n3 Four\\Z', true],
    ['^One 2\n3 Four$', true],
    ['One.2', true],
    ['2.3', false],
    ['(?s)2.3', true],
    ['(?i)ONE', true],
  ])('%j is found in two lines: %s', (pattern, expected) => {
    expect(contains(text, pattern)).toBe(expected);
  });

  it('finds what regexescape escapes', () => {
    for (const part of ['a.b', '\\E', '(', '$1\\', '', '\\Qx\\E']) {
      expect(contains(`_${part}_`, JSON.parse(runner.value({ regexescape: part })))).toBe(true);
    }
    expect(answer({ regexescape: 'a\\Eb' })).toBe('\\Qa\\E\\\\E\\Qb\\E');
    expect(contains('axb', answer({ regexescape: 'a.b' }) as string)).toBe(false);
  });

  it.each(['{', '(', ')', '*', 'a**', '[z-a]', '[a', '\\', '(?<n>a)(?<n>b)', '\\p{Nope}', 'a{2,1}', '(?<=(a|b)*)c'])(
    'refuses %j',
    (pattern) => {
      const expected = `invalid argument [pattern] Search pattern /${pattern}/ is not a valid regular expression.`;
      expect(runner.failure({ containsstrregex: '', pattern })).toBe(expected);
      expect(runner.failure({ findstrregex: '', pattern })).toBe(expected);
      expect(runner.failure({ replacestrregex: '', pattern, replace: '' })).toBe(expected);
    },
  );

  it('wants strings', () => {
    expect(runner.failure({ containsstrregex: 7, pattern: '7' })).toBe(
      'invalid argument [containsstrregex] String expected, Integer provided.',
    );
    expect(runner.failure({ containsstrregex: '7', pattern: 7 })).toBe(
      'invalid argument [pattern] String expected, Integer provided.',
    );
  });
});

describe('findstrregex', () => {
  const found = (start: number, end: number, data: string) => ({ start, end, data });
  it.each([
    [{ findstrregex: 'One Fish Two Fish', pattern: 'Fish', start: 16 }, []],
    [{ findstrregex: 'One Fish Two fish', pattern: '[fF]ish' }, [found(4, 7, 'Fish'), found(13, 16, 'fish')]],
    [{ findstrregex: 'One Fish Two fish', pattern: '[fF]ish', start: 9 }, [found(13, 16, 'fish')]],
    [{ findstrregex: 'One Fish Two fish', pattern: '[fF]ish', num_results: 1 }, [found(4, 7, 'Fish')]],
    [{ findstrregex: 'One Fish', pattern: 'Fish', num_results: 0 }, []],
    [{ findstrregex: '𐐀 ABC 𐐀 ABc', pattern: 'AB[cC]' }, [found(2, 4, 'ABC'), found(8, 10, 'ABc')]],
    [{ findstrregex: '𐐀 ABC 𐐀 ABc', pattern: 'AB[cC]', start: 3 }, [found(8, 10, 'ABc')]],
    [{ findstrregex: 'One Fish', pattern: '^|man' }, [found(0, 0, '')]],
    [{ findstrregex: 'a,db', pattern: '^|$|db' }, [found(0, 0, ''), found(2, 3, 'db'), found(4, 4, '')]],
    [{ findstrregex: 'bab', pattern: '^b', start: 2 }, [found(2, 2, 'b')]],
    // An empty pattern also matches between the two units of a character.
    [{ findstrregex: '😀a', pattern: '' }, [0, 1, 1, 2].map((place) => found(place, place, ''))],
    [
      { findstrregex: 'x😀a', pattern: 'a|', start: 1 },
      [found(1, 1, ''), found(2, 2, ''), found(2, 2, 'a'), found(3, 3, '')],
    ],
  ])('%j is %j', (query, expected) => {
    expect(answer(query)).toEqual(expected);
  });

  it('answers 1024 matches at most', () => {
    const query = { findstrregex: { repeat: 'ab', number: 1024 }, pattern: '.', num_results: 2000 };
    expect(answer(query)).toHaveLength(1024);
  });

  it('wants strings and numbers', () => {
    expect(runner.failure({ findstrregex: 7, pattern: '7' })).toBe(
      'invalid argument [findstrregex] String expected, Integer provided.',
    );
    expect(runner.failure({ findstrregex: '7', pattern: '7', start: '1' })).toBe(
      'invalid argument [start] Integer expected, String provided.',
    );
    expect(runner.failure({ findstrregex: '7', pattern: '7', num_results: null })).toBe(
      'invalid argument [num_results] Integer expected, Null provided.',
    );
  });
});

describe('replacestrregex', () => {
  it.each([
    ['One Fish Two Fish', 'Fish', 'Car', undefined, 'One Car Two Car'],
    ['One Fish Two Fish', 'Fish', 'Car', true, 'One Car Two Fish'],
    ['1 Cat 2 Cap 3 cam', '[cC]a.', 'FISH', false, '1 FISH 2 FISH 3 FISH'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Java's way to name a group.
    ['John Smith', '(\\w+) (?<last>\\w+)', '${last}, $1', undefined, 'Smith, John'],
    ['ab', '(a)(x)?', '[$1$2]', undefined, '[a]b'],
    ['a', '(a)', '$12', undefined, 'a2'],
    ['a', 'a', '\\$1\\\\', undefined, '$1\\'],
    ['abc', '', '-', undefined, '-a-b-c-'],
    ['abc', 'x*', '-', undefined, '-a-b-c-'],
    ['abc', 'x', '$9', undefined, 'abc'],
  ])('of %j: %j by %j is %j', (text, pattern, replace, first, expected) => {
    expect(answer({ replacestrregex: text, pattern, replace, first })).toBe(expected);
  });

  it.each([
    ['$2', 'No group 2'],
    ['$', 'Illegal group reference: group index is missing'],
    ['$x', 'Illegal group reference'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Java's way to name a group.
    ['${nope}', 'No group with name {nope}'],
    ['\\', 'character to be escaped is missing'],
  ])('refuses to replace by %j', (replace, description) => {
    expect(runner.failure({ replacestrregex: 'a', pattern: '(a)', replace })).toBe(
      `invalid argument [replace] ${description}`,
    );
  });

  it('wants strings and a Boolean', () => {
    expect(runner.failure({ replacestrregex: 7, pattern: '7', replace: '8' })).toBe(
      'invalid argument [replacestrregex] String expected, Integer provided.',
    );
    expect(runner.failure({ replacestrregex: '7', pattern: '7', replace: '8', first: 1 })).toBe(
      'invalid argument [first] Boolean expected, Integer provided.',
    );
  });
});
