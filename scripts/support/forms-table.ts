/** The table of the language's forms in docs/embedded-fauna.md, from the registry that serves them. */
import type { Form } from '../../src/embedded/fauna/language/form.ts';

const BEGIN = '<!-- forms: scripts/fauna-forms.ts writes this -->';
const END = '<!-- forms end -->';

/** What a reader should know of a form, by its first key. */
const NOTES: Readonly<Record<string, string>> = {
  at: 'a time in the future reads the present, as FaunaDB does',
  call: 'at most 200 deep; runs in the writer once it has been seen to write',
  contains: 'older name of `contains_path`',
  create_class: 'older name of `create_collection`',
  class: 'older name of `collection`',
  classes: 'older name of `collections`',
  create_index: 'up to 128 documents it is active at once, else it is filled between queries',
  create_access_provider: '`audience` is `https://db.fauna.com/db/…`, as FaunaDB has it everywhere',
  identity: 'older name of `current_identity`',
  has_identity: 'older name of `has_current_identity`',
  next_id: 'older name of `new_id`',
  key_from_secret: 'of a JWT: the key set is fetched before the query runs',
  containsstrregex: "Java's syntax but `\\N{…}`, on an engine of our own that looks at the clock",
  findstrregex: 'as `containsstrregex`',
  replacestrregex: 'as `containsstrregex`',
  format: "`java.util.Formatter`, in the root locale's words",
  casefold: "with Node's Unicode version",
  lowercase: 'as `casefold`',
  uppercase: 'as `casefold`',
  titlecase: 'as `casefold`',
  lt: "strings by ICU's root collation (of ICU 73, as FaunaDB), frozen in `values/collation/table.ts`",
};

const code = (text: string): string => `\`${text}\``;

function row(form: Form): string {
  const [name = '', ...required] = form.required;
  const args = [...required.map(code), ...(form.optional ?? []).map((key) => `${code(key)}?`)].join(', ');
  return `| ${code(name)} | ${args} | ${form.effect} | ${NOTES[name] ?? ''} |`;
}

const table = (forms: readonly Form[]): string =>
  [
    BEGIN,
    `All ${forms.length} are implemented; what a note does not say is as in FaunaDB.`,
    '',
    '| form | with | may | notes |',
    '|---|---|---|---|',
    ...[...forms].sort((a, b) => compare(a.required[0] ?? '', b.required[0] ?? '')).map(row),
    END,
  ].join('\n');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The document with its table replaced by that of the forms. */
export function withFormsTable(text: string, forms: readonly Form[]): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/embedded-fauna.md lacks ${BEGIN} … ${END}`);
  return text.slice(0, begin) + table(forms) + text.slice(end + END.length);
}
