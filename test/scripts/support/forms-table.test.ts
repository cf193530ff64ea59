import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withFormsTable } from '../../../scripts/support/forms-table.ts';
import { registry } from '../../../src/embedded/fauna/functions/index.ts';

it('docs/embedded-fauna.md has every form of the language (else run scripts/fauna-forms.ts)', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'embedded-fauna.md'), 'utf8');
  expect(withFormsTable(text, registry.forms)).toBe(text);
});

it('refuses a document without the place for it', () => {
  expect(() => withFormsTable('# nothing', registry.forms)).toThrow('lacks');
});
