/** What a login asks to do. */
import type { Ref, Value } from '../values/value.ts';

export type ActionName =
  | 'read'
  | 'write'
  | 'create'
  | 'create_with_id'
  | 'delete'
  | 'history_read'
  | 'history_write'
  | 'unrestricted_read'
  | 'call';

export interface ActionRequest {
  readonly action: ActionName;
  /** What a privilege names: the collection's, index's or function's ref. */
  readonly resource: Ref;
  /** The document acted on, if the resource is a collection. */
  readonly document?: Ref;
  /** What the privilege's lambda gets; by its arity where that varies. */
  readonly argument?: Value | ((arity: number) => Value);
}
