/** What sets the documents of one collection apart when they are written (WriteAdaptor.scala's WriteConfig). */
import type { At } from '../errors/position.ts';
import type { ValidationFailure } from '../errors/validation.ts';
import type { Context } from '../language/context.ts';
import type { FaunaObject, Ref, Version } from '../values/value.ts';
import type { FieldRules } from './fields.ts';

export interface WriteCall {
  readonly context: Context;
  readonly collection: number;
  readonly id: bigint;
  /** Undefined when the document is being created. */
  readonly previous: Version | undefined;
  readonly position: At;
  /** What the patch is applied to: the previous fields, or what Replace leaves of them. */
  readonly base: FaunaObject;
  /** Writing other documents along with this one; injected, since what writes documents knows their types. */
  readonly writer: DocumentWriter;
}

export interface DeleteCall {
  readonly context: Context;
  readonly position: At;
  readonly writer: DocumentWriter;
}

export interface Prepared {
  readonly patch: FaunaObject;
  readonly failures: readonly ValidationFailure[];
}

export interface DocumentWriter {
  create(context: Context, collection: number, fields: FaunaObject, position: At): void;
  update(context: Context, target: Ref, fields: FaunaObject, position: At): void;
  remove(context: Context, target: Ref, position: At): void;
}

export interface Prepared {
  readonly patch: FaunaObject;
  readonly failures: readonly ValidationFailure[];
}

export interface DocumentType {
  /** Fields a document may have; anything else is dropped. */
  readonly rules: FieldRules;
  /** Fields a client cannot write at all, ever; and those only while creating. */
  readonly readOnly?: readonly string[];
  readonly createOnly?: readonly string[];
  /** Fields a client never sees. */
  readonly internal?: readonly string[];
  /** Where fields start from on create. */
  readonly defaults?: FaunaObject;
  /** Fields that Replace leaves as they were unless it is given them. */
  readonly keptOnReplace?: readonly string[];
  readonly allowedInContainer?: boolean;
  /** Documents are addressed by name, so writing one changes the schema. */
  readonly isSchema?: boolean;
  /** The number of a new document; a random-looking one if absent. */
  nextId?(context: Context): bigint;
  /** What the rules cannot tell. `fields` keep them; `given` are the same with those that do not. */
  check?(fields: FaunaObject, call: WriteCall, given: FaunaObject): readonly ValidationFailure[];
  /** Changes the patch before it is applied (a password becomes its hash). Its failures come before the rules'. */
  prepare?(patch: FaunaObject, call: WriteCall): Prepared;
  /** The last word on what is stored, and fields that only this answer shows (a key's secret). */
  complete?(fields: FaunaObject, call: WriteCall): { stored: FaunaObject; shown?: FaunaObject };
  /** After it was written; before the entries of other documents are touched. */
  written?(version: Version, call: WriteCall): void;
  deleted?(version: Version, call: DeleteCall): void;
  /** The fields as clients read them, where they are stored otherwise. */
  readable?(fields: FaunaObject): FaunaObject;
}
