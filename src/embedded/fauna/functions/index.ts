/** The whole language: one list a group. A new function goes into its group's file, a new group in here. */
import type { Form } from '../language/form.ts';
import { createRegistry } from '../language/registry.ts';
import { authForms } from './auth.ts';
import { calendarForms } from './calendar/index.ts';
import { callForms } from './call.ts';
import { collectionForms } from './collections.ts';
import { comparisonForms } from './comparison.ts';
import { controlForms } from './control.ts';
import { loginForms } from './login.ts';
import { mathForms } from './math/index.ts';
import { moveDatabaseForms } from './move-database.ts';
import { readForms } from './reads.ts';
import { refForms } from './refs.ts';
import { setForms } from './sets.ts';
import { textForms } from './text/index.ts';
import { typeForms } from './types/index.ts';
import { writeForms } from './writes.ts';

const FORMS: readonly Form[] = [
  ...controlForms,
  ...callForms,
  ...comparisonForms,
  ...collectionForms,
  ...readForms,
  ...writeForms,
  ...refForms,
  ...setForms,
  ...authForms,
  ...loginForms,
  ...moveDatabaseForms,
  ...textForms,
  ...mathForms,
  ...calendarForms,
  ...typeForms,
];

export const registry = createRegistry(FORMS);
