/** What a match is replaced by: `$1` and `${name}` are its groups, a backslash takes the meaning off what follows. */
import type { At } from '../../../errors/position.ts';
import { argumentError, fail } from '../../../errors/query-error.ts';
import type { Program } from './program.ts';
import type { Match } from './regex.ts';

const isDigit = (character: string): boolean => /^\d$/.test(character);

/** FaunaDB answers 500 where a group does not exist; here it is an error of the argument, in Java's words. */
export function expandReplacement(replacement: string, program: Program, match: Match, position: At): string {
  const invalid = (text: string): never => fail(argumentError(position, text));
  let result = '';
  for (let at = 0; at < replacement.length; at += 1) {
    const character = replacement.charAt(at);
    if (character === '\\') {
      at += 1;
      if (at === replacement.length) invalid('character to be escaped is missing');
      result += replacement.charAt(at);
    } else if (character === '$') {
      const { index, end } = groupAt(replacement, at + 1, program, invalid);
      result += match.group(index) ?? '';
      at = end - 1;
    } else result += character;
  }
  return result;
}

function groupAt(
  replacement: string,
  at: number,
  program: Program,
  invalid: (text: string) => never,
): { readonly index: number; readonly end: number } {
  const first = replacement.charAt(at);
  if (first === '') return invalid('Illegal group reference: group index is missing');
  if (first === '{') {
    const name = /^[A-Za-z0-9]*/.exec(replacement.slice(at + 1))?.[0] ?? '';
    const end = at + 1 + name.length;
    if (name === '' || /^\d/.test(name)) invalid("named capturing group is missing trailing '}'");
    if (replacement.charAt(end) !== '}') invalid("named capturing group is missing trailing '}'");
    return { index: program.names.get(name) ?? invalid(`No group with name {${name}}`), end: end + 1 };
  }
  if (!isDigit(first)) return invalid('Illegal group reference');
  let index = Number(first);
  if (index > program.groups) invalid(`No group ${index}`);
  let end = at + 1;
  for (; isDigit(replacement.charAt(end)); end += 1) {
    const longer = index * 10 + Number(replacement.charAt(end));
    if (longer > program.groups) break;
    index = longer;
  }
  return { index, end };
}
