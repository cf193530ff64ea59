import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../src/embedded/fauna/functions/index.ts';
import { withFormsTable } from './support/forms-table.ts';

/** Writes the table of all forms into docs/embedded-fauna.md; a test tells when that is due. */
const file = join(import.meta.dirname, '..', 'docs', 'embedded-fauna.md');
const text = readFileSync(file, 'utf8');
const next = withFormsTable(text, registry.forms);
if (next !== text) writeFileSync(file, next);
console.log(next === text ? 'the table is up to date' : `wrote ${registry.forms.length} forms to ${file}`);
