/** Strings. */
import type { Form } from '../../language/form.ts';
import { caseForms } from './cases.ts';
import { formatForms } from './format/index.ts';
import { joiningForms } from './joining.ts';
import { ngramForms } from './ngrams.ts';
import { patternForms } from './patterns.ts';
import { searchingForms } from './searching.ts';
import { slicingForms } from './slicing.ts';

export const textForms: readonly Form[] = [
  ...joiningForms,
  ...searchingForms,
  ...slicingForms,
  ...caseForms,
  ...ngramForms,
  ...patternForms,
  ...formatForms,
];
