/** Who runs a query and what they may do. */
import type { Ref, Value } from '../values/value.ts';

export type Login =
  | { readonly type: 'root' }
  | { readonly type: 'key'; readonly key: Ref; readonly role: Value }
  | { readonly type: 'token'; readonly token: Ref }
  | { readonly type: 'jwt'; readonly payload: Value };

export type BuiltinRole = 'admin' | 'server' | 'server-readonly' | 'client';

export type Permissions =
  | { readonly type: BuiltinRole }
  /** Of role predicates: they may read everything in their database. */
  | { readonly type: 'internal' }
  | { readonly type: 'roles'; readonly roles: readonly bigint[]; readonly instance: Ref | undefined };

export interface Auth {
  readonly scope: number;
  readonly permissions: Permissions;
  readonly login: Login;
  readonly identity: Ref | undefined;
}

/** A JWT whose signature was checked with its provider's key. */
export interface VerifiedJwt {
  readonly token: string;
  readonly globalId: bigint;
  readonly issuer: string;
  /** JSON text. */
  readonly payload: string;
}

export const ROOT_AUTH: Auth = {
  scope: 0,
  permissions: { type: 'admin' },
  login: { type: 'root' },
  identity: undefined,
};

export const isBuiltinRole = (name: unknown): name is BuiltinRole =>
  name === 'admin' || name === 'server' || name === 'server-readonly' || name === 'client';
