/** All forms by their keys. FaunaDB matches an object's whole set of keys, whatever their order. */
import type { FaunaObject } from '../values/value.ts';
import type { Form } from './form.ts';

export interface Registry {
  find(keys: FaunaObject): Form | undefined;
  /** A test for the text of a query: whether it might write. Errs on the side of writing. */
  mayWrite(text: string): boolean;
  readonly forms: readonly Form[];
}

const signature = (keys: Iterable<string>): string => [...keys].sort().join('\n');

export function createRegistry(forms: readonly Form[]): Registry {
  const bySignature = new Map<string, Form>();
  for (const form of forms) {
    for (const keys of patterns(form)) {
      const key = signature(keys);
      if (bySignature.has(key)) throw new Error(`two forms have the keys ${keys.join(', ')}`);
      bySignature.set(key, form);
    }
  }
  const writes = forms.filter((form) => form.effect === 'write').map((form) => form.required[0]);
  const writing = new RegExp(`"(?:${writes.join('|')}|\\\\[^"]*)"\\s*:`);
  return {
    forms,
    mayWrite: (text) => writing.test(text),
    find: (object) => {
      if (object.size === 1) for (const key of object.keys()) return bySignature.get(key);
      return bySignature.get(signature(object.keys()));
    },
  };
}

/** The required keys with every choice of the optional ones. */
function patterns(form: Form): string[][] {
  let result: string[][] = [[...form.required]];
  for (const key of form.optional ?? []) result = [...result, ...result.map((keys) => [...keys, key])];
  return result;
}
