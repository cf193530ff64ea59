/** Expectations from Java 17's java.util.regex. */
import { describe, expect, it } from 'vitest';
import { Matcher } from '../../../../../../src/embedded/fauna/functions/text/regex/matcher.ts';
import { RegexSyntaxError } from '../../../../../../src/embedded/fauna/functions/text/regex/nodes.ts';
import { parseRegex } from '../../../../../../src/embedded/fauna/functions/text/regex/parse.ts';
import { compile } from '../../../../../../src/embedded/fauna/functions/text/regex/program.ts';

/** The text of the first match and of its groups, or undefined. */
function first(pattern: string, text: string, spend: () => void = () => {}): (string | undefined)[] | undefined {
  const program = compile(parseRegex(pattern));
  const matcher = new Matcher(program, text, spend);
  for (let start = 0; start <= text.length; start += 1) {
    if (!matcher.matchAt(start, 0)) continue;
    return Array.from({ length: program.groups + 1 }, (_, group) => {
      const [from = -1, to = -1] = matcher.slots.slice(group * 2, group * 2 + 2);
      return from < 0 ? undefined : text.slice(from, to);
    });
  }
  return undefined;
}

describe('what Java has and JavaScript has not', () => {
  it.each([
    ['a*+a', 'aaa', undefined],
    ['(?>a|ab)c', 'abc', undefined],
    ['x(?>a+)b', 'xaab', ['xaab']],
    ['[a-z&&[^aeiou]]+', 'aebcd', ['bcd']],
    ['[a[0-9]]+', 'x1a2', ['1a2']],
    ['[^a&&b]+', 'ab', ['ab']],
    ['[^a-c&&b]+', 'abd', ['a']],
    ['\\Qa.b\\E+', 'a.bb', ['a.bb']],
    ['(?i)straSSE', 'STRASSE', ['STRASSE']],
    ['(?i)é', 'É', undefined],
    ['(?iu)é', 'É', ['É']],
    ['a(?i)b|c', 'aB', ['aB']],
    ['(?x) a b # comment\n c', 'abc', ['abc']],
    ['(?-i:a)(?i:b)', 'aB', ['aB']],
    ['\\Aab\\z', 'ab', ['ab']],
    ['b\\Z', 'ab\r\n', ['b']],
    ['a$', 'a\u2028', ['a']],
    ['\\R', '\r\n', ['\r\n']],
    ['\\h+', ' \t\u00a0\u3000x', [' \t\u00a0\u3000']],
    ['\\X', 'e\u0301x', ['e\u0301']],
    ['\\p{Lower}+', 'aé', ['a']],
    ['\\p{IsLatin}+', 'ж aé', ['aé']],
    ['\\p{InCyrillic}+', 'a жи', ['жи']],
    ['\\p{javaLetter}+', '1aж', ['aж']],
    ['\\p{gc=Lu}', 'aÉ', ['É']],
    ['(?U)\\w+', '-é1', ['é1']],
    ['\\w+', 'éa', ['a']],
    ['\\bé', 'aé é', ['é']],
    ['\\x{1F600}', '😀', ['😀']],
    ['\\uD83D\\uDE00', '😀', ['😀']],
    ['\\0101\\cA?', 'A', ['A']],
    ['(?<x>a)\\k<x>', 'aa', ['aa', 'a']],
    ['(a)|b\\1', 'b', undefined],
    ['(a?)*', 'aab', ['aa', '']],
    ['(?<=a{1,3})b', 'aab', ['b']],
    ['(?<!a)b', 'abb', ['b']],
    ['x{0}', 'x', ['']],
    ['{1}', 'x', ['']],
    ['a]}', 'a]}', ['a]}']],
    ['\\R\\n', '\r\n', ['\r\n']],
    ['\\R+\\n', '\r\n', undefined],
    ['(?:\\R){1}\\n', '\r\n', undefined],
    ['(\\R)+', '\n\r\n', ['\n\r\n', '\r\n']],
    ['[]a]', ']', [']']],
    ['a{2}{3}', 'aaaa', ['aa']],
    ['(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10', 'abcdefghijj', ['abcdefghijj', ...'abcdefghij']],
  ] as [string, string, (string | undefined)[] | undefined][])('%j on %j is %j', (pattern, text, expected) => {
    expect(first(pattern, text)).toEqual(expected);
  });

  it.each([
    '(?q)',
    '(?<1>a)',
    '(?<a',
    '\\k<a>',
    '\\y',
    '\\x1',
    '\\u12',
    '\\08',
    '\\c',
    '[a-\\d]',
    '[&&]',
    'a{,3}',
    'a{1',
    '+',
    '\\p{IsNope}',
    '\\p{InNope}',
    '(?<=\\1(a))',
  ])('refuses %j', (pattern) => {
    expect(() => parseRegex(pattern)).toThrow(RegexSyntaxError);
  });
});

describe('patterns that take long', () => {
  it('let the query be ended', () => {
    let spent = 0;
    const spend = (): void => {
      spent += 1;
      if (spent > 1000) throw new Error('enough');
    };
    expect(() => first('(a+)+$', `${'a'.repeat(40)}b`, spend)).toThrow('enough');
    spent = 0;
    expect(() => first('(?=(a*)*$)b', `${'a'.repeat(5000)}c`, spend)).toThrow('enough');
  });

  it('do not need the call stack', () => {
    expect(first('(?:a|b)*c', `${'ab'.repeat(50_000)}c`)?.[0]).toHaveLength(100_001);
    expect(first('.*b', `${'a'.repeat(1_000_000)}b`)?.[0]).toHaveLength(1_000_001);
  });
});
