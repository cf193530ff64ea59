/**
 * FQL values as the evaluator sees them. A Long is a bigint and a Double a number, so 1 and 1.0 stay apart.
 * Objects are Maps because Fauna keeps the order fields were written in.
 */

export type FaunaObject = Map<string, Value>;

/** A document's address. `collection` and `id` are numbers as in FaunaDB; names are looked up when rendering. */
export interface Ref {
  readonly kind: 'ref';
  readonly scope: number;
  readonly collection: number;
  readonly id: bigint;
}

/** A ref by name to something that does not exist (yet). `type` is the singular used in error texts. */
export interface UnresolvedRef {
  readonly kind: 'unresolved';
  readonly type: UnresolvedType;
  readonly name: string;
  /** Of a document: its id. `name` is then the collection's name. */
  readonly id?: string | bigint;
  /** The name of the database it was looked for in, if not the current one. */
  readonly database?: string;
  /** And those that one is in, from the inside out. */
  readonly above?: readonly string[];
}
export type UnresolvedType =
  /** A native collection of a database that is not there. */
  'native' | 'database' | 'collection' | 'index' | 'function' | 'role' | 'access_provider' | 'key' | 'document';

/** What a value knows of its set; sets/set.ts says how it is read. */
export interface SetPlan {
  /** As the inside of `@set`; a schema or document set is its bare ref. */
  literal(): Value;
}

export interface SetRef {
  readonly kind: 'set';
  readonly set: SetPlan;
}

/** Seconds and nanoseconds since the epoch, as java.time.Instant keeps them: 0 <= nanos < 1e9. */
export interface Time {
  readonly kind: 'time';
  readonly seconds: bigint;
  readonly nanos: number;
}

/** Days since 1970-01-01. */
export interface DateValue {
  readonly kind: 'date';
  readonly days: number;
}

export interface Bytes {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array;
}

export interface Uuid {
  readonly kind: 'uuid';
  readonly uuid: string;
}

/** The time of the running transaction: FaunaDB learns it only at commit and gives it a type of its own. */
export interface TransactionTime {
  readonly kind: 'transactionTime';
  /** As a Long of microseconds (the `ts` of a document just written) rather than a Time. */
  readonly micros: boolean;
}

export type LambdaPattern =
  | { readonly type: 'ignore' }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'array'; readonly elements: readonly LambdaPattern[] };

/** What a value knows of a lambda's body; language/expression.ts says how it is evaluated. */
export interface LambdaBody {
  /** The most it may do. */
  readonly effect: 'pure' | 'read' | 'write';
  /** Itself as wire JSON, for lambdas that are stored or answered. */
  literal(): Value;
}

export interface LambdaValue {
  readonly kind: 'lambda';
  readonly pattern: LambdaPattern;
  readonly body: LambdaBody;
  readonly apiVersion: string;
  /** The values the body uses from around the lambda. */
  readonly captured: ReadonlyMap<string, Value>;
}

export interface Page {
  readonly kind: 'page';
  readonly data: Value[];
  /** Each element's position in its set, which Take and Drop need to move the cursors. */
  readonly cursors: Value[];
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

export type Action = 'create' | 'update' | 'delete' | 'add' | 'remove';

export interface ActionValue {
  readonly kind: 'action';
  readonly action: Action;
}

/** One version of a document. */
export interface Version {
  readonly scope: number;
  readonly collection: number;
  readonly id: bigint;
  /** Valid time in µs. */
  readonly ts: bigint;
  readonly action: 'create' | 'update' | 'delete';
  /** All fields but ref and ts: `data`, `ttl`, a schema document's `name`… Empty for a delete. */
  readonly fields: FaunaObject;
  /** The same fields as they are in the file, where all of them are shown. */
  readonly stored?: Uint8Array | undefined;
  /** Written by the running transaction, whose time FaunaDB does not know yet. */
  readonly pending: boolean;
}

export interface DocumentValue {
  readonly kind: 'document';
  readonly version: Version;
  /** Just created: the response is 201 when this is the query's result. */
  readonly isNew: boolean;
}

export interface EventValue {
  readonly kind: 'event';
  readonly ts: bigint;
  readonly action: Action;
  readonly document: Ref;
  /** A document event's fields, or the values of a set event. */
  readonly fields?: FaunaObject;
  readonly values?: Value[];
  /** Stands for a place in a history: shown without the fields. */
  readonly cursor?: boolean;
}

/** An element with the sets it comes from: Paginate(…, { sources: true }). */
export interface Element {
  readonly kind: 'element';
  readonly value: Value;
  readonly sources: readonly SetPlan[];
}

export type Tagged =
  | Ref
  | UnresolvedRef
  | SetRef
  | Time
  | DateValue
  | Bytes
  | Uuid
  | TransactionTime
  | LambdaValue
  | Page
  | ActionValue
  | DocumentValue
  | EventValue
  | Element;

export type Value = null | boolean | bigint | number | string | Value[] | FaunaObject | Tagged;

export const isArray = (value: Value): value is Value[] => Array.isArray(value);
export const isObject = (value: Value): value is FaunaObject => value instanceof Map;
export const isTagged = (value: Value): value is Tagged =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
export const isRef = (value: Value): value is Ref => isTagged(value) && value.kind === 'ref';
export const isPage = (value: Value): value is Page => isTagged(value) && value.kind === 'page';

export const ref = (scope: number, collection: number, id: bigint): Ref => ({ kind: 'ref', scope, collection, id });
export const object = (fields: Record<string, Value>): FaunaObject => new Map(Object.entries(fields));
export const emptyObject = (): FaunaObject => new Map();
export const bytes = (value: Uint8Array): Bytes => ({ kind: 'bytes', bytes: value });
export const document = (version: Version, isNew = false): DocumentValue => ({ kind: 'document', version, isNew });
