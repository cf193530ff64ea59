import type { Random } from './random.ts';
import type { Tree } from './tree.ts';

/** Where in a query something is made. */
export interface Place {
  readonly random: Random;
  /** How many forms may still be nested. */
  readonly depth: number;
  readonly variables: readonly string[];
  /** How likely an argument is of another kind than the form takes. */
  readonly wild: number;
  readonly expression: (place: Place) => Tree;
}
