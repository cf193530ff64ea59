import faunadb from 'faunadb';
import { differencesOf } from '../../fauna/schema/compare.ts';
import { changesIndex, names, ownersIndex } from '../../fauna/schema/definition.ts';
import { type Check, faultsOf, passed, type Verdict } from '../check.ts';
import { whatIsTooMuch } from '../probes/other-owner.ts';
import { rehearse, writeAndReadBack } from '../probes/own-note.ts';
import { keyClient } from './fauna.ts';
import { tokenClient } from './provider.ts';

const q = faunadb.query;

const identity: Check = {
  id: 'identity',
  title: 'CurrentIdentity() is the Clerk user',
  after: ['token-accepted'],
  run: async (subject, seen) => {
    const bad = faultsOf('identity');
    let said: string;
    try {
      said = await tokenClient(subject, seen.jwt ?? '').query<string>(q.CurrentIdentity());
    } catch (error) {
      if (!(error instanceof faunadb.errors.BadRequest)) throw error;
      return bad(
        'identity-missing',
        'Fauna does not know whom the token stands for.',
        'The token has no sub.',
        'Use a JWT template of Clerk, which always sets sub.',
      );
    }
    if (said === seen.userId) return passed(said);
    return bad(
      'identity-other',
      `Clerk says ${seen.userId}, Fauna says ${said}.`,
      'Something between Burrow and one of the two answers for somebody else.',
      'Sign out and in again; then look for a proxy that caches.',
    );
  },
};

const INDEX_AGAIN = 'Run npm run setup: it makes the index and waits until it is active.';

type IndexDefinition = typeof changesIndex | typeof ownersIndex;

/** What an index lacks, as a key of Fauna sees it; null when it is as it should be. */
const lackOf = async (client: faunadb.Client, { name, terms, values }: IndexDefinition): Promise<Verdict | null> => {
  const bad = faultsOf('index');
  const found = await client.query<Record<string, unknown> | null>(
    q.If(q.Exists(q.Index(name)), q.Get(q.Index(name)), null),
  );
  if (!found)
    return bad(
      'index-missing',
      `The index ${name} does not exist.`,
      'Set-up was not run to its end, or it was deleted.',
      INDEX_AGAIN,
    );
  if (found.active !== true)
    return bad(
      'index-building',
      `The index ${name} is still being built.`,
      'There were many notes when it was made.',
      'Wait; Fauna builds it in the background.',
    );
  if (differencesOf(found, { terms, values }).length === 0) return null;
  return bad(
    'index-other',
    `The index ${name} holds something else than Burrow needs.`,
    'It was made by hand, or by another program.',
    'Run npm run setup: it sets this one aside and makes its own.',
  );
};

const index: Check = {
  id: 'index',
  title: 'The indexes are there and active',
  after: ['identity'],
  unless: ['database'],
  run: async (subject, seen) => {
    const bad = faultsOf('index');
    const client = keyClient(subject);
    for (const wanted of [changesIndex, ownersIndex]) {
      const lack = client && (await lackOf(client, wanted));
      if (lack) return lack;
    }
    const name = names.changesIndex;
    try {
      await tokenClient(subject, seen.jwt ?? '').query(
        q.Paginate(q.Match(q.Index(name), seen.userId ?? ''), { size: 1 }),
      );
      return passed(name);
    } catch (error) {
      if (error instanceof faunadb.errors.PermissionDenied)
        return bad(
          'index-denied',
          `The role may not read the index ${name}.`,
          'The privilege on the index was taken out of the role.',
          'Run npm run setup: it shows the difference and mends it.',
        );
      if (error instanceof faunadb.errors.FaunaHTTPError)
        return bad(
          'index-missing',
          `The index ${name} does not exist or is not active yet.`,
          'Set-up was not run to its end, or the index is being built.',
          INDEX_AGAIN,
        );
      throw error;
    }
  },
};

const enough: Check = {
  id: 'role-enough',
  title: 'A note is written and read back',
  after: ['identity'],
  unless: ['index'],
  run: async (subject, seen) => {
    const client = tokenClient(subject, seen.jwt ?? '');
    const owner = seen.userId ?? '';
    const refused = await rehearse(client, owner);
    if (refused.length > 0)
      return faultsOf('role-enough')(
        'role-too-little',
        `The role does not let you ${refused.join(', ')} notes of your own.`,
        `The role notes_owner was changed, the provider grants another one, or the index ${names.ownersIndex} that the role asks is missing.`,
        'Run npm run setup: it shows the difference in the role and mends it.',
      );
    await writeAndReadBack(client, owner);
    return passed('and removed again');
  },
};

const notTooMuch: Check = {
  id: 'role-not-too-much',
  title: "Nobody else's notes can be reached",
  after: ['identity'],
  unless: ['database'],
  run: async (subject, seen) => {
    const found = await whatIsTooMuch(tokenClient(subject, seen.jwt ?? ''), seen.userId ?? '', keyClient(subject));
    if (found.length > 0)
      return faultsOf('role-not-too-much')(
        'role-too-much',
        `The role lets you ${found.join(', ')}: so can everybody who signs in.`,
        'A predicate is missing from the role, or the provider grants a second role that allows it.',
        'Run npm run setup and say yes to the difference in the role; look at the other roles of the provider.',
      );
    return passed(subject.faunaKey ? 'tried on a probe of another owner' : 'tried without a probe of another owner');
  },
};

export const accessChecks = [identity, index, enough, notTooMuch];
