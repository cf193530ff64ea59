/** JSON as it is written, so that it can hold what JSON.stringify does not write: equal keys, 1.0, huge numbers. */
export type Tree =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'array'; readonly items: readonly Tree[] }
  | { readonly type: 'object'; readonly fields: readonly (readonly [string, Tree])[] };

export const raw = (text: string): Tree => ({ type: 'text', text });
export const string = (text: string): Tree => raw(JSON.stringify(text));
export const array = (...items: readonly Tree[]): Tree => ({ type: 'array', items });
export const object = (...fields: readonly (readonly [string, Tree])[]): Tree => ({ type: 'object', fields });
export const literal = (value: unknown): Tree => {
  if (Array.isArray(value)) return array(...value.map(literal));
  if (typeof value === 'object' && value !== null) {
    return object(...Object.entries(value).map(([key, field]) => [key, literal(field)] as const));
  }
  return raw(JSON.stringify(value));
};

export function write(tree: Tree): string {
  if (tree.type === 'text') return tree.text;
  if (tree.type === 'array') return `[${tree.items.map(write).join(',')}]`;
  return `{${tree.fields.map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`).join(',')}}`;
}

export const size = (tree: Tree): number => {
  if (tree.type === 'text') return 1;
  const parts = tree.type === 'array' ? tree.items : tree.fields.map(([, field]) => field);
  return parts.reduce((sum, part) => sum + size(part), 1);
};

/** The tree with its part of that number (counted from the top, the tree itself being 0) changed; null removes it. */
export function changed(tree: Tree, number: number, change: (part: Tree) => Tree | null): Tree | null {
  let left = number;
  const walk = (part: Tree): Tree | null => {
    if (left === 0) {
      left -= 1;
      return change(part);
    }
    left -= 1;
    if (part.type === 'array') return array(...part.items.flatMap((item) => (left < 0 ? [item] : (walk(item) ?? []))));
    if (part.type === 'text') return part;
    const fields = part.fields.flatMap(([key, field]): (readonly [string, Tree])[] => {
      if (left < 0) return [[key, field]];
      const kept = walk(field);
      return kept ? [[key, kept]] : [];
    });
    return object(...fields);
  };
  return walk(tree);
}

/** The parts right below. */
export const partsOf = (tree: Tree): readonly Tree[] =>
  tree.type === 'array' ? tree.items : tree.type === 'object' ? tree.fields.map(([, field]) => field) : [];
