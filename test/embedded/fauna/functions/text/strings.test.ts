import { afterAll, describe, expect, it } from 'vitest';
import { openRunner } from '../run.ts';

const runner = openRunner();
afterAll(() => runner.close());

const answer = (query: object): unknown => JSON.parse(runner.value(query));

describe('strings put together', () => {
  it.each([
    [{ concat: ['4', '2'] }, '42'],
    [{ concat: '5' }, '5'],
    [{ concat: ['4', '2'], separator: ',' }, '4,2'],
    [{ concat: [] }, ''],
    [{ repeat: 'A' }, 'AA'],
    [{ repeat: 'AB', number: 3 }, 'ABABAB'],
    [{ repeat: 'A', number: 0 }, ''],
    [{ repeat: 'A', number: -3 }, ''],
    [{ repeat: 'A', number: 5000 }, 'A'.repeat(1024)],
    [{ space: 4 }, '    '],
    [{ space: -10 }, ''],
    [{ space: 5000 }, ' '.repeat(1024)],
    [{ replacestr: 'One Fish Two Fish', find: 'Fish', replace: 'Car' }, 'One Car Two Car'],
    [{ replacestr: 'One Fis? Two Fish', find: 'Fis?', replace: '$&' }, 'One $& Two Fish'],
    [{ replacestr: 'ab', find: '', replace: '-' }, '-a-b-'],
  ])('%j is %j', (query, expected) => {
    expect(answer(query)).toBe(expected);
  });

  it('wants strings', () => {
    expect(runner.failure({ concat: ['4', 5, null] })).toBe(
      'invalid argument [concat,1] String expected, Integer provided.; ' +
        'invalid argument [concat,2] String expected, Null provided.',
    );
    expect(runner.failure({ concat: ['4'], separator: 5 })).toBe(
      'invalid argument [separator] String expected, Integer provided.',
    );
    expect(runner.failure({ repeat: 7 })).toBe('invalid argument [repeat] String expected, Integer provided.');
    expect(runner.failure({ repeat: 'A', number: '3' })).toBe(
      'invalid argument [number] Integer expected, String provided.',
    );
    expect(runner.failure({ space: 'x' })).toBe('invalid argument [space] Integer expected, String provided.');
    expect(runner.failure({ replacestr: 7, find: 'to', replace: 'two' })).toBe(
      'invalid argument [replacestr] String expected, Integer provided.',
    );
  });

  it('does not make strings that would fill the memory', () => {
    const big = { repeat: { repeat: 'x', number: 1024 }, number: 1024 };
    expect(runner.value({ length: big })).toBe('1048576');
    const bigger = [
      { repeat: { var: 'big' }, number: 1024 },
      { concat: { map: { lambda: '_', expr: { var: 'big' } }, collection: Array(17).fill(0) } },
      { replacestr: { var: 'big' }, find: 'x', replace: 'x'.repeat(100) },
      { replacestrregex: { var: 'big' }, pattern: 'x', replace: 'x'.repeat(100) },
      { format: '%1$s'.repeat(17), values: [{ var: 'big' }] },
    ];
    for (const query of bigger) {
      expect(runner.failure({ let: [{ big }], in: query })).toBe(
        'invalid argument [in] string length must be <= 16777216',
      );
    }
  });
});

describe('strings found in others', () => {
  it.each([
    [{ containsstr: 'ABCDEF', search: 'CDE' }, true],
    [{ containsstr: 'ABC', search: 'ABCABC' }, false],
    [{ containsstr: '', search: '' }, true],
    [{ startswith: 'ABC', search: 'AB' }, true],
    [{ startswith: 'ABC', search: 'B' }, false],
    [{ startswith: 'ABC', search: '' }, true],
    [{ endswith: 'ABC', search: 'BC' }, true],
    [{ endswith: 'ABC', search: 'B' }, false],
    [{ findstr: 'a big apple', find: 'a' }, 0],
    [{ findstr: 'ABC', find: 'A', start: 1 }, -1],
    [{ findstr: 'a big apple', find: 'a', start: 2 }, 6],
    [{ findstr: 'apple', find: 'bad' }, -1],
    [{ findstr: 'ABC', find: 'A', start: 3 }, 0],
    [{ findstr: 'ABC', find: 'A', start: -1 }, 0],
    [{ findstr: '', find: 'find' }, -1],
    [{ findstr: '𐐀 ABC', find: 'ABC' }, 2],
    [{ findstr: '𐐀 ABC 𐐀 ABC', find: 'ABC', start: 3 }, 8],
  ])('%j is %j', (query, expected) => {
    expect(answer(query)).toBe(expected);
  });

  it.each([
    ['containsstr', 'search'],
    ['startswith', 'search'],
    ['endswith', 'search'],
    ['findstr', 'find'],
  ])('%s wants strings', (name, other) => {
    expect(runner.failure({ [name]: 7, [other]: 'x' })).toBe(
      `invalid argument [${name}] String expected, Integer provided.`,
    );
    expect(runner.failure({ [name]: 'x', [other]: 7 })).toBe(
      `invalid argument [${other}] String expected, Integer provided.`,
    );
  });
});

describe('parts of strings', () => {
  it.each([
    [{ length: '' }, 0],
    [{ length: '𐐀 ABC' }, 5],
    [{ substring: 'ABC' }, 'ABC'],
    [{ substring: 'DEABC', start: 2 }, 'ABC'],
    [{ substring: 'DEABCHIJ', start: 2, length: 3 }, 'ABC'],
    [{ substring: 'DEFABCHIJ', start: -6, length: 3 }, 'ABC'],
    [{ substring: 'ABC', length: 2 }, 'AB'],
    [{ substring: 'ABC', start: 1, length: 99 }, 'BC'],
    [{ substring: 'ABC', start: 1, length: 0 }, ''],
    [{ substring: 'ABCDE', start: 5, length: 2 }, ''],
    [{ substring: 'ABCDE', start: 2 ** 32 + 3 }, 'DE'],
    [{ substring: 'ABCDE', start: -(2 ** 32) - 2 }, 'DE'],
    [{ substring: '𐐀 ABC 𐐀', start: 2, length: 3 }, 'ABC'],
    [{ trim: '\t\n A B \u1680\u3000' }, 'A B'],
    [{ trim: '\u00a0A\u00a0' }, '\u00a0A\u00a0'],
    [{ ltrim: '\u001c \u1680A ' }, 'A '],
    [{ rtrim: ' A \t\n\u2028' }, ' A'],
    [{ trim: '   ' }, ''],
  ])('%j is %j', (query, expected) => {
    expect(answer(query)).toBe(expected);
  });

  it('says what of a substring is out of bounds', () => {
    const start = 'invalid argument [] start must be less than or equal to the string length';
    expect(runner.failure({ substring: 'ABCDE', start: 6, length: 2 })).toBe(start);
    expect(runner.failure({ substring: 'ABCDE', start: -6 })).toBe(start);
    expect(runner.failure({ substring: 'ABCDE', start: 1, length: -1 })).toBe(
      'invalid argument [] length must be positive',
    );
  });

  it.each(['length', 'substring', 'trim', 'ltrim', 'rtrim', 'lowercase', 'uppercase', 'titlecase', 'regexescape'])(
    '%s wants a string',
    (name) => {
      expect(runner.failure({ [name]: 7 })).toBe(`invalid argument [${name}] String expected, Integer provided.`);
    },
  );
});

describe('ngram', () => {
  it.each([
    [{ ngram: 'apple' }, ['a', 'ap', 'p', 'pp', 'p', 'pl', 'l', 'le', 'e']],
    [{ ngram: 'apple', min: 2, max: 3 }, ['ap', 'app', 'pp', 'ppl', 'pl', 'ple', 'le']],
    [{ ngram: 'apple', min: 4, max: 5 }, ['appl', 'apple', 'pple']],
    [{ ngram: 'apple', min: 5, max: 6 }, ['apple']],
    [{ ngram: 'abc', min: 2 }, ['ab', 'bc']],
    [{ ngram: 'abc', max: 2 }, ['a', 'ab', 'b', 'bc', 'c']],
    [{ ngram: ['ab', 5, null], min: 2, max: 2 }, ['ab', 5, null]],
    [{ ngram: '𐐀a', min: 1, max: 1 }, ['𐐀', 'a']],
    [{ ngram: [] }, []],
  ])('%j is %j', (query, expected) => {
    expect(answer(query)).toEqual(expected);
  });

  const MIN = 'min ngram size must be > 0 and <= max';
  const MAX = 'max ngram size must be > 0';
  it.each([
    [{ min: 0 }, [MIN, 'min ngram size must be >= max - 1']],
    [{ min: 3 }, [MIN]],
    [{ max: 1 }, ['max ngram size must be > 0 and >= min']],
    [{ max: 3 }, ['max ngram size must be <= min + 1']],
    [{ min: 1, max: 0 }, [MIN, MAX]],
    [{ min: 0, max: -5 }, [MIN, MAX]],
    [{ min: 10, max: 3 }, [MIN]],
    [{ min: 1, max: 3 }, ['max ngram size must be <= min + 1']],
  ])('refuses the sizes %j with all that is wrong', (sizes, descriptions) => {
    expect(runner.failures({ ngram: 'x', ...sizes })).toEqual(
      descriptions.map((description) => ({ position: [], code: 'invalid argument', description })),
    );
  });

  it('wants scalars', () => {
    expect(runner.failure({ ngram: ['x', { object: {} }] })).toBe(
      'invalid argument [ngram,1] Scalar expected, Object provided.',
    );
  });
});
