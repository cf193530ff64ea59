/** Letters in other cases and forms. */
import { argumentError, fail } from '../../errors/query-error.ts';
import { type Cast, string, zeroOrMore } from '../../language/casts.ts';
import { defineFunction, optional } from '../../language/define.ts';
import type { Form } from '../../language/form.ts';
import { nfkcCasefold } from '../../values/case-folding.ts';
import { typeName } from '../../values/names.ts';
import { scalarOrNull } from './scalars.ts';
import { titleCase } from './title-case.ts';

type Normalize = (text: string) => string;

const NORMALIZERS = new Map<unknown, Normalize>([
  ['NFKCCaseFold', nfkcCasefold],
  ['NFC', (text) => text.normalize('NFC')],
  ['NFD', (text) => text.normalize('NFD')],
  ['NFKC', (text) => text.normalize('NFKC')],
  ['NFKD', (text) => text.normalize('NFKD')],
]);

const normalizer: Cast<Normalize> = (value, position) =>
  NORMALIZERS.get(value) ??
  fail(
    argumentError(
      position,
      `String 'NFKCCaseFold', 'NFC', 'NFD', 'NFKC', or 'NFKD' expected, ${typeName(value)} provided.`,
    ),
  );

export const caseForms: readonly Form[] = [
  defineFunction({
    parameters: { casefold: zeroOrMore(scalarOrNull), normalizer: optional(normalizer) },
    effect: 'pure',
    evaluate: ({ casefold, normalizer: normalize = nfkcCasefold }) => {
      const terms = casefold.map((term) => (typeof term === 'string' ? normalize(term) : term));
      return terms.length === 1 ? (terms[0] ?? null) : terms;
    },
  }),
  defineFunction({
    parameters: { lowercase: string },
    effect: 'pure',
    evaluate: (args) => args.lowercase.toLowerCase(),
  }),
  defineFunction({
    parameters: { uppercase: string },
    effect: 'pure',
    evaluate: (args) => args.uppercase.toUpperCase(),
  }),
  defineFunction({ parameters: { titlecase: string }, effect: 'pure', evaluate: (args) => titleCase(args.titlecase) }),
];
