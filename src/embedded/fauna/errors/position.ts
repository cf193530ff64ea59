/** A path into the query, built downwards while parsing and shared by the nodes below it. */
export interface Position {
  readonly parent: Position | undefined;
  readonly key: string | number;
}

/** Undefined is the root. */
export type At = Position | undefined;

export const at = (parent: At, key: string | number): Position => ({ parent, key });

export function elements(position: At): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step = position; step; step = step.parent) path.push(step.key);
  return path.reverse();
}
