import type { Outcome } from '../failure.ts';
import type { BridgeEvents } from './events.ts';
import type { EventName, OperationName } from './names.ts';
import type { Input, Result } from './operations.ts';

type Topic = OperationName extends `${infer T}.${string}` ? T : never;
type Verb<T extends string> = Extract<OperationName, `${T}.${string}`> extends `${T}.${infer V}` ? V : never;
type Ask<N extends OperationName> =
  undefined extends Input<N> ? () => Promise<Outcome<Result<N>>> : (input: Input<N>) => Promise<Outcome<Result<N>>>;

/** `window.burrow`: `burrow.notes.open({ id })` and the like, and `burrow.on(event, listener)`. */
export type BurrowApi = {
  [T in Topic]: { [V in Verb<T>]: Ask<Extract<OperationName, `${T}.${V}`>> };
} & {
  /** Listens until the returned function is called. */
  on<E extends EventName>(event: E, listener: (payload: BridgeEvents[E]) => void): () => void;
};
