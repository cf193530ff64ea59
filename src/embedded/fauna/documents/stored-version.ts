/** A version as it was read: of most documents only a field is looked at, or none, and the rest is passed on as it is. */
import type { Session } from '../language/context.ts';
import { bufferOf, decodeAt, decodeValue, isStoredObject } from '../values/decode.ts';
import { emptyObject, type FaunaObject, isObject, type Ref, type Value, type Version } from '../values/value.ts';
import { loadRules } from './rules.ts';

/** What is copied of one with `...` has neither `fields` nor `stored`: say which it has. */
export class StoredVersion implements Version {
  readonly scope: number;
  readonly collection: number;
  readonly id: bigint;
  readonly ts: bigint;
  readonly action: Version['action'];
  readonly pending: boolean;
  readonly #session: Session;
  readonly #data: Buffer;
  #fields: FaunaObject | undefined;

  constructor(
    session: Session,
    { scope, collection, id }: Ref,
    { ts, action, data }: Pick<Version, 'ts' | 'action'> & { readonly data: Uint8Array },
  ) {
    this.scope = scope;
    this.collection = collection;
    this.id = id;
    this.ts = ts;
    this.action = action;
    this.pending = ts === session.transaction.time;
    this.#session = session;
    this.#data = bufferOf(data);
  }

  get fields(): FaunaObject {
    this.#fields ??= this.#decode();
    return this.#fields;
  }

  /** Whether all of it has been read, so that a field is at hand. */
  get isDecoded(): boolean {
    return this.#fields !== undefined;
  }

  get stored(): Uint8Array | undefined {
    return isStoredObject(this.#data) ? this.#data : undefined;
  }

  #decode(): FaunaObject {
    if (this.#data.length === 0) return emptyObject();
    const fields = decodeValue(this.#data, loadRules(this.scope, this.#session.parseLambda));
    return isObject(fields) ? fields : emptyObject();
  }
}

/** What a version has at a path, and what is left of the path where it leads into something that is no object. */
export function fieldAt(
  session: Session,
  version: Version,
  path: readonly (string | bigint)[],
): ReturnType<typeof decodeAt> {
  const { scope } = version;
  const stored = version instanceof StoredVersion && version.isDecoded ? undefined : version.stored;
  if (stored) return decodeAt(stored, path, loadRules(scope, session.parseLambda));
  const [step] = path;
  const found: Value | undefined = typeof step === 'string' ? version.fields.get(step) : undefined;
  return found === undefined ? undefined : { value: found, rest: path.slice(1) };
}
