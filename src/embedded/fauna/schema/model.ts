/** Schema documents, read once and kept by the catalog. */
import type { PathStep } from '../language/casts.ts';
import type { FaunaObject, LambdaValue } from '../values/value.ts';

export interface CollectionSchema {
  readonly id: number;
  readonly name: string;
  /** Undefined keeps every version for ever. */
  readonly historyDays: bigint | undefined;
  /** µs: nothing older is to be seen again, however long history is kept from now on. */
  readonly minValidTime: bigint;
  readonly ttlDays: bigint | undefined;
}

export interface TermSchema {
  /** Where the value is in a document, or the name of a binding. */
  readonly field: readonly PathStep[] | undefined;
  readonly binding: string | undefined;
  readonly reverse: boolean;
  readonly casefold: boolean;
  /** Whether an array there makes an entry for each of its elements. */
  readonly multiple: boolean;
}

export interface IndexSource {
  /** Undefined is `_`: every user collection. */
  readonly collections: readonly number[] | undefined;
  readonly bindings: ReadonlyMap<string, LambdaValue>;
}

export interface IndexSchema {
  readonly scope: number;
  readonly id: bigint;
  readonly name: string;
  readonly active: boolean;
  readonly unique: boolean;
  readonly sources: readonly IndexSource[];
  readonly terms: readonly TermSchema[];
  readonly values: readonly TermSchema[];
}

export interface DatabaseSchema {
  /** The scope its own documents live in. */
  readonly scope: number;
  readonly parent: number | undefined;
  readonly id: bigint;
  readonly name: string;
  readonly globalId: bigint;
  readonly container: boolean;
  /** Undefined if it is not said, and the database above decides. */
  readonly protected: boolean | undefined;
}

/** Any other schema document: roles, functions, access providers. */
export interface NamedDocument {
  readonly id: bigint;
  readonly name: string;
  readonly fields: FaunaObject;
}
