/** Times and dates. */
import type { Form } from '../../language/form.ts';
import { timeArithmeticForms } from './arithmetic.ts';
import { makingForms } from './making.ts';
import { partForms } from './parts.ts';

export const calendarForms: readonly Form[] = [...makingForms, ...timeArithmeticForms, ...partForms];
