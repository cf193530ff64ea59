/** What the killed process types: numbered lines, so that a lost one and half of one can be told. */
export const lineOf = (round: number, save: number): string =>
  `line ${save} of round ${round}, ${'·'.repeat(save % 9)};\n`;

/** Typed now and then and deleted by the next save: a deletion of this size keeps a version. */
export const PASSING = 'a thought that does not stay\n';

/** The numbers of the lines, in order; null when the text holds anything else than whole lines. */
export const readLines = (body: string, round: number): number[] | null => {
  const text = body.endsWith(PASSING) ? body.slice(0, -PASSING.length) : body;
  const numbers = [...text.matchAll(/^line (\d+) of/gm)].map(([, number]) => Number(number));
  return text === numbers.map((number) => lineOf(round, number)).join('') ? numbers : null;
};
