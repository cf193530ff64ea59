/** A pattern as a tree. */
import type { CharacterTest, Fold } from './characters.ts';

export type RegexNode =
  | { readonly type: 'empty' }
  /** One code point. */
  | { readonly type: 'character'; readonly test: CharacterTest }
  | { readonly type: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly type: 'choice'; readonly nodes: readonly RegexNode[] }
  /** Parentheses; without an index they capture nothing. */
  | { readonly type: 'group'; readonly index?: number; readonly node: RegexNode }
  | Repeat
  | { readonly type: 'place'; readonly test: PlaceTest }
  | { readonly type: 'look'; readonly node: RegexNode; readonly negative: boolean; readonly behind?: LengthRange }
  | { readonly type: 'atomic'; readonly node: RegexNode }
  | { readonly type: 'reference'; readonly index: number; readonly fold: Fold }
  /** What a user takes for one character. */
  | { readonly type: 'grapheme' };

export type Greed = 'greedy' | 'lazy' | 'possessive';

export interface Repeat {
  readonly type: 'repeat';
  readonly node: RegexNode;
  readonly min: number;
  readonly max: number;
  readonly greed: Greed;
}

/** In UTF-16 units. */
export interface LengthRange {
  readonly min: number;
  readonly max: number;
}

/** Whether a place in the text will do. `last` is where the match before ended. */
export type PlaceTest = (text: string, index: number, last: number) => boolean;

/** The most of a repeat without end. */
export const ENDLESS = 2 ** 31 - 1;

export const EMPTY: RegexNode = { type: 'empty' };

export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';
}
