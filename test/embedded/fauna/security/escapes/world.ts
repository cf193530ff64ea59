/** The app's own notes of two accounts, made by the app's own set-up, and every way for the second to come in. */
import faunadb from 'faunadb';
import { expect } from 'vitest';
import { names, notesOwnerRole } from '../../../../../src/main/fauna/schema/definition.ts';
import { setUpFauna } from '../../../../../src/main/fauna/schema/set-up.ts';
import { lambda, raw, root } from '../fixture.ts';
import { jwks, type Served, serveFauna } from '../served.ts';
import { jwkOf, jwt, rsa, rsaKey } from '../tokens.ts';

const q = faunadb.query;
const ISSUER = 'https://clerk.example';
const JWKS = `${ISSUER}/jwks.json`;
export const admin = `${root}:${names.database}:admin`;

/** Text that only the first account's notes have. */
export const SECRET = 'only-for-ann';
/** Long, so that no time in µs holds one by chance: answers are searched for the first two. Bob's sorts last. */
export const [ANN_NOTE, ANN_DELETED, BOB_NOTE] = ['731001731001731001', '731002731002731002', '902001902001902001'];
export const notes = q.Collection(names.collection);
export const people = q.Collection('people');
export const index = q.Index(names.changesIndex);
export const unguarded = q.Match(q.Index('unguarded'));
export const note = (id: string) => q.Ref(notes, id);
export const [annNote, annDeleted, bobNote] = [note(ANN_NOTE), note(ANN_DELETED), note(BOB_NOTE)] as const;
export const [ofAnn, ofBob] = [q.Match(index, 'ann'), q.Match(index, 'bob')] as const;

export interface Outcome {
  readonly status: number;
  readonly errors?: unknown;
  readonly resource?: unknown;
}
type Attack = (query: faunadb.ExprArg) => Promise<Outcome>;

/** A function's errors all have the status of the call's. */
export const seenBy = (way: Way, outcome: Outcome): Outcome =>
  way === 'through a function with the role' && outcome.errors ? { ...outcome, status: 400 } : outcome;

export interface World {
  readonly fauna: Served;
  readonly ann: string;
  /** By JWT, which is how the app comes in. */
  readonly bob: string;
  /** µs: both of the first account's notes were there. */
  readonly past: number;
  readonly attacks: Readonly<Record<Way, Attack>>;
  /** Of every way that is a secret. */
  readonly secrets: Readonly<Record<string, string>>;
}

export const WAYS = [
  'by JWT',
  'by a key with the role',
  'by a token of a member',
  'by a scope to the role',
  'by a scope to the member',
  'through a function with the role',
] as const;
export type Way = (typeof WAYS)[number];

export async function makeWorld(): Promise<World> {
  const fauna = serveFauna();
  const signing = rsaKey('one');
  fauna.host.documents.set(JWKS, () => jwks(jwkOf(signing)));
  const fetch = ((url: string, init: RequestInit) => fauna.handle(new Request(url, init))) as typeof globalThis.fetch;
  const endpoint = 'http://fauna.internal';
  const { audience } = await setUpFauna({ endpoint, adminKey: root, fetch, issuer: ISSUER, jwksUri: JWKS });
  const login = (sub: string) => jwt({ alg: 'RS256', kid: 'one' }, { iss: ISSUER, aud: audience, sub }, rsa(signing));
  const [ann, bob] = [login('ann'), login('bob')];
  const past = await makeNotes(fauna, ann, bob);
  const secrets: Record<string, string> = { 'by JWT': bob, ...(await otherLogins(fauna)) };
  const attacks = Object.fromEntries(
    WAYS.map((way) => [way, secrets[way] ? attackAs(fauna, secrets[way]) : attackThroughFunction(fauna)]),
  ) as Record<Way, Attack>;
  return { fauna, ann, bob, past, attacks, secrets };
}

async function makeNotes({ must }: Served, ann: string, bob: string): Promise<number> {
  for (const [ref, owner, secret] of [
    [annNote, 'ann', ann],
    [annDeleted, 'ann', ann],
    [bobNote, 'bob', bob],
  ] as const) {
    await must(q.Create(ref, { data: { owner, text: owner === 'ann' ? SECRET : 'mine' } }), secret);
  }
  await must(q.Update(annNote, { data: { more: SECRET } }), ann);
  const past = await must<number>(q.ToMicros(q.Now()), ann);
  await must(q.Delete(annDeleted), ann);
  const makeFunction = (name: string, body: faunadb.Expr, role: object) =>
    must(q.CreateFunction({ name, body: lambda('_', body), ...role }), admin);
  await makeFunction('as_admin', q.Get(annNote), { role: 'admin' });
  await makeFunction('as_caller', q.Get(annNote), {});
  await must(q.CreateIndex({ name: 'unguarded', source: notes, values: [{ field: ['data', 'text'] }] }), admin);
  await must(q.CreateDatabase({ name: 'below' }), admin);
  await must(q.CreateCollection({ name: 'people' }), admin);
  await must(q.Create(q.Ref(people, '1'), { data: { name: 'bob' } }), admin);
  await must(q.Create(q.Ref(people, '2'), { data: { name: 'ann' } }), admin);
  return past;
}

/** The app's role, with another way to tell who its holder is. */
async function makeRole({ must }: Served, name: string, holder: faunadb.ExprArg, more: object = {}): Promise<void> {
  const query = JSON.stringify(q.CreateRole({ ...notesOwnerRole, name, ...more } as never));
  await must(raw(JSON.parse(query.replaceAll('{"current_identity":null}', JSON.stringify(holder)))), admin);
}

async function otherLogins(fauna: Served): Promise<Partial<Record<Way, string>>> {
  const member = q.Ref(people, '1');
  await makeRole(fauna, 'bobs', 'bob');
  const name = q.Select(['data', 'name'], q.Get(q.CurrentIdentity()));
  await makeRole(fauna, 'members', name, { membership: { resource: people } });
  const key = await fauna.must<{ secret: string }>(q.CreateKey({ role: q.Role('bobs') }), admin);
  const token = await fauna.must<{ secret: string }>(q.Create(q.Tokens(), { instance: member }), admin);
  return {
    'by a key with the role': key.secret,
    'by a token of a member': token.secret,
    'by a scope to the role': `${root}:${names.database}:@role/bobs`,
    'by a scope to the member': `${root}:${names.database}:@doc/people/1`,
  };
}

function attackAs(fauna: Served, secret: string): Attack {
  return async (query) => {
    const { status, body } = await fauna.query(query, secret);
    return { status, ...checked(body) };
  };
}

/** An admin calls it: its own rights do not count inside. */
function attackThroughFunction(fauna: Served): Attack {
  return async (query) => {
    const body = lambda('_', query);
    await fauna.must(q.CreateFunction({ name: 'attack', role: q.Role('bobs'), body } as never), admin);
    const answer = await fauna.query(q.Call(q.Function('attack')), admin);
    await fauna.must(q.Delete(q.Function('attack')), admin);
    const { errors, resource } = checked(answer.body);
    const [error] = (errors ?? []) as { code: string; cause?: { code: string; position: unknown[] }[] }[];
    if (!error?.cause) return { status: answer.status, resource };
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [{ position: [], code: 'call error', description: 'Calling the function resulted in an error.' }],
      },
    });
    // The same errors as outside, one place further in.
    return {
      status: answer.status,
      errors: error.cause.map((inner) => ({ ...inner, position: inner.position.slice(1) })),
    };
  };
}

function checked(body: { readonly errors?: unknown; readonly resource?: unknown }): Omit<Outcome, 'status'> {
  const text = JSON.stringify(body);
  for (const hidden of [SECRET, ANN_NOTE, ANN_DELETED]) expect(text).not.toContain(hidden);
  return body.errors === undefined ? { resource: body.resource } : { errors: body.errors };
}
