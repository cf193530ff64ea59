/** Types: what a value is, making another type of it, and objects put together. */
import type { Form } from '../../language/form.ts';
import { checkForms } from './checks.ts';
import { conversionForms } from './conversions.ts';
import { mergeForm } from './merge.ts';

export const typeForms: readonly Form[] = [...checkForms, ...conversionForms, mergeForm];
