import faunadb from 'faunadb';
import type { Fetch } from '../main/connection/fetch.ts';
import { createFaunaClient } from '../main/fauna/client.ts';
import { explainFaunaError } from '../main/fauna/failures.ts';
import { names } from '../main/fauna/schema/definition.ts';
import { faunaSteps, setUpClients } from '../main/fauna/schema/plan.ts';
import { outcomeOf, type Step } from '../main/fauna/schema/step.ts';
import { createBackendApi } from '../main/identity/backend-api.ts';
import { type Failure, FailureError, failure } from '../shared/failure.ts';
import { decodePublishableKey, issuerOf, jwksUriOf } from '../shared/identity/publishable-key.ts';
import type { Conversation } from './conversation.ts';
import { firstBlocked, lookAtAll, type Planned, planLines, reportOf, type StepReport } from './plan.ts';
import { type Proof, prove } from './prove.ts';
import type { SetUpReport } from './set-up-report.ts';
import type { Flags, Settings } from './settings.ts';
import { clerkSteps } from './steps/clerk-steps.ts';
import { connectionFileStep } from './steps/connection-file-step.ts';
import { keysStep } from './steps/keys-step.ts';
import { openTestUserSession, openTicketSession, type TestSession } from './test-session.ts';
import { undoAll } from './undo.ts';

/** Every setting that set-up cannot do without. */
export type CompleteSettings = Settings & {
  clerkSecretKey: string;
  publishableKey: string;
  faunaEndpoint: string;
  faunaKey: string;
};

interface Parts {
  settings: CompleteSettings;
  flags: Flags;
  talk: Conversation;
  fetch: Fetch;
}

const q = faunadb.query;

/**
 * Which database the key is of: the one above Burrow's, or Burrow's own (null), where set-up made its marks.
 * Throws the driver's errors.
 */
const placeOf = async ({ settings, fetch }: Parts): Promise<string | null> => {
  const client = createFaunaClient({ endpoint: settings.faunaEndpoint, secret: settings.faunaKey, fetch });
  const marked = [q.Collection(names.collection), q.Role(names.role), q.AccessProvider(names.accessProvider)].map(
    (ref) => q.And(q.Exists(ref), q.Not(q.Equals(q.Select(['data', 'burrow'], q.Get(ref), 'none'), 'none'))),
  );
  const inside = await client.query<boolean>(q.And(q.Not(q.Exists(q.Database(settings.database))), q.Or(...marked)));
  return inside ? null : settings.database;
};

const stepsOf = async (parts: Parts): Promise<{ steps: Step[]; frontendApi: string }> => {
  const { settings, fetch, talk } = parts;
  const key = decodePublishableKey(settings.publishableKey);
  if (!key.ok) throw new FailureError(key.failure);
  const issuer = issuerOf(key.value);
  const frontendApi = settings.frontendApi ?? issuer;
  const database = await placeOf(parts);
  const plan = {
    endpoint: settings.faunaEndpoint,
    adminKey: settings.faunaKey,
    database,
    fetch,
    issuer,
    jwksUri: settings.jwks ?? jwksUriOf(key.value),
    roles: settings.roles,
    told: talk.say,
  };
  const clients = setUpClients(plan);
  const api = createBackendApi({ backendApi: settings.clerkApi, secretKey: settings.clerkSecretKey, fetch });
  const { template, lifetime, claims } = settings;
  return {
    frontendApi,
    steps: [
      ...faunaSteps(plan, clients),
      keysStep({ path: settings.keyFile, endpoint: settings.faunaEndpoint, fetch, database, clients }),
      ...clerkSteps({ api, clients, template, lifetime, claims, ownJwks: settings.jwks !== null }),
      connectionFileStep(settings.connectionFile, {
        clerk: {
          publishableKey: settings.publishableKey,
          template,
          ...(settings.frontendApi ? { frontendApi: settings.frontendApi } : {}),
        },
        fauna: { endpoint: settings.faunaEndpoint },
      }),
    ],
  };
};

/** Which of the differences may be overwritten: each is asked about by itself. */
const agreements = async (planned: Planned[], talk: Conversation): Promise<Set<string>> => {
  const agreed = new Set<string>();
  for (const { step, finding } of planned) {
    if (finding.state !== 'differs') continue;
    if (await talk.confirm(`Change the ${step.what} as shown?`)) agreed.add(step.id);
  }
  return agreed;
};

const applyAll = async (planned: Planned[], agreed: Set<string>, talk: Conversation): Promise<StepReport[]> => {
  const reports: StepReport[] = [];
  const shown = new Map(planned.map(({ step, finding }) => [step.id, finding.state]));
  for (const { step } of planned) {
    // What an earlier step made may have changed what this one finds: an audience is known only now.
    const finding = await step.look();
    const now = { step, finding };
    if (finding.state === 'blocked') throw new FailureError(finding.failure);
    if (finding.state === 'in-place') {
      reports.push(reportOf(now, 'unchanged'));
      continue;
    }
    if (finding.state === 'differs' && !agreed.has(step.id)) {
      const asked = shown.get(step.id) === 'differs';
      if (asked || !(await talk.confirm(`${planLines([now]).join('\n')}\nChange the ${step.what} as shown?`))) {
        talk.say(`kept         ${step.what}`);
        reports.push(reportOf(now, 'kept'));
        continue;
      }
    }
    talk.say(`working      ${step.what}`);
    await step.apply(finding);
    talk.say(`${outcomeOf(finding).padEnd(12)} ${step.what}`);
    reports.push(reportOf(now, outcomeOf(finding)));
  }
  return reports;
};

const openSession = async (parts: Parts, frontendApi: string): Promise<TestSession | null> => {
  const { settings, talk, fetch } = parts;
  const api = createBackendApi({ backendApi: settings.clerkApi, secretKey: settings.clerkSecretKey, fetch });
  const session = settings.signInAs ? null : await openTestUserSession(api);
  if (session) return session;
  const eMail =
    settings.signInAs ??
    (talk.interactive
      ? await talk.ask('Clerk opens no test session here. E-mail address of a user to sign in once as (empty: skip)')
      : '');
  return eMail ? openTicketSession({ api, fetch, frontendApi, eMail }) : null;
};

const proveIt = async (parts: Parts, frontendApi: string): Promise<Proof | null> => {
  const session = await openSession(parts, frontendApi);
  if (!session) {
    parts.talk.say('not proved: start Burrow, sign in, and press "Run all checks" on its Connection screen.');
    return null;
  }
  try {
    const { template, faunaEndpoint } = parts.settings;
    const proof = await prove({ session, template, endpoint: faunaEndpoint, fetch: parts.fetch });
    parts.talk.say(
      proof.ok
        ? `proved       Clerk and Fauna both say ${proof.clerk} (${proof.ms} ms)`
        : `not proved   ${proof.failure?.message} ${proof.failure?.mend ?? ''}`,
    );
    return proof;
  } finally {
    await session.close();
  }
};

/** Looks, shows the plan, asks, applies, proves. Never rejects: what went wrong is in the report, in words. */
export const setUp = async (parts: Parts): Promise<SetUpReport> => {
  const { settings, flags, talk } = parts;
  const report = (changes: Partial<SetUpReport>): SetUpReport => ({
    ok: true,
    result: 'set-up',
    steps: [],
    proof: null,
    connectionFile: settings.connectionFile,
    failure: null,
    ...changes,
  });
  try {
    const { steps, frontendApi } = await stepsOf(parts);
    if (flags.undo) return report(await undoAll(steps, flags, talk));

    const planned = await lookAtAll(steps);
    for (const line of planLines(planned)) talk.say(line);
    const blocked = firstBlocked(planned);
    if (flags.dryRun || blocked)
      return report({
        ok: blocked === null,
        result: blocked ? 'failed' : 'planned',
        failure: blocked,
        steps: planned.map((one) =>
          reportOf(
            one,
            one.finding.state === 'blocked' ? 'blocked' : one.finding.state === 'in-place' ? 'unchanged' : 'planned',
          ),
        ),
      });
    const open = planned.filter(({ finding }) => finding.state !== 'in-place');
    const agreed = await agreements(planned, talk);
    if (open.length > 0 && !(await talk.confirm('Go on as planned?')))
      return report({
        ok: false,
        result: 'needs-a-yes',
        steps: planned.map((one) => reportOf(one, 'not-reached')),
        failure: failure('needs-a-yes', 'Nothing was changed: set-up needs a yes.', 'Answer y, or add --yes.'),
      });
    const reports = await applyAll(planned, agreed, talk);
    const idle = reports.every(({ outcome }) => outcome === 'unchanged' || outcome === 'kept');
    if (idle) talk.say('nothing to do');
    const proof = await proveIt(parts, frontendApi);
    return report({
      ok: proof?.ok ?? true,
      result: idle ? 'nothing-to-do' : 'set-up',
      steps: reports,
      proof,
      failure: proof?.failure ?? null,
    });
  } catch (error) {
    const why = error instanceof FailureError ? error.failure : explainSetUpError(error);
    return report({ ok: false, result: 'failed', failure: why });
  }
};

const explainSetUpError = (error: unknown): Failure => {
  if (error instanceof faunadb.errors.Unauthorized)
    return failure(
      'fauna-key-refused',
      'Fauna does not accept the key.',
      'Give an admin key of the database above, or the root key (FAUNA_KEY or --fauna-key).',
    );
  if (error instanceof faunadb.errors.PermissionDenied)
    return failure(
      'fauna-key-weak',
      'The Fauna key may not set up a database: it is no admin key.',
      'Give an admin key or the root key (FAUNA_KEY or --fauna-key).',
    );
  return explainFaunaError(error);
};
