/** Numbers. */
import type { Form } from '../../language/form.ts';
import { arithmeticForms } from './arithmetic.ts';
import { realForms } from './functions-of-reals.ts';
import { reducerForms } from './reducers.ts';
import { roundingForms } from './rounding.ts';

export const mathForms: readonly Form[] = [...arithmeticForms, ...roundingForms, ...realForms, ...reducerForms];
