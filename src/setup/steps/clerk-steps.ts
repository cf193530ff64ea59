import faunadb from 'faunadb';
import { names } from '../../main/fauna/schema/definition.ts';
import { readAudience, type SetUpClients } from '../../main/fauna/schema/plan.ts';
import type { Step } from '../../main/fauna/schema/step.ts';
import type { BackendApi } from '../../main/identity/backend-api.ts';
import { deleteJwtTemplate, findJwtTemplate, jwtTemplateStep } from '../../main/identity/jwt-template.ts';
import { deleteRedirectUrl, findRedirectUrl, redirectUrlStep } from '../../main/identity/redirect-url.ts';

const q = faunadb.query;

/**
 * Clerk has no place to mark a template or a redirect URL as ours. What set-up is about to make there is written into
 * the access provider first, so that `--undo` knows it, on another computer and after a run that was cut off, too.
 */
const remember = (client: faunadb.Client, id: string, name: string) =>
  client.query(q.Update(q.AccessProvider(names.accessProvider), { data: { atClerk: { [id]: name } } }));

const remembered = async (client: faunadb.Client, id: string): Promise<string | null> => {
  const ref = q.AccessProvider(names.accessProvider);
  return client.query<string | null>(q.If(q.Exists(ref), q.Select(['data', 'atClerk', id], q.Get(ref), null), null));
};

const withUndo = (step: Step, client: faunadb.Client, name: string, remove: () => Promise<boolean>): Step => ({
  ...step,
  apply: async (finding) => {
    if (finding.state === 'missing') await remember(client, step.id, name);
    await step.apply(finding);
  },
  undo: {
    losesData: false,
    run: async () => {
      // Without its provider there is nobody left to ask; an unauthorized answer means that the database is gone.
      const ours = await remembered(client, step.id).catch(() => null);
      return ours === name && remove();
    },
  },
});

/** What set-up makes at Clerk: the JWT template and the redirect URL of the deep link. */
export const clerkSteps = (options: {
  api: BackendApi;
  clients: SetUpClients;
  template: string;
  lifetime: number | null;
  claims: Record<string, string>;
  ownJwks: boolean;
}): Step[] => {
  const { api, clients } = options;
  const template = jwtTemplateStep({
    api,
    name: options.template,
    // A database that is not there yet has no audience.
    audience: () =>
      readAudience(clients).catch((error) => {
        if (error instanceof faunadb.errors.Unauthorized) return null;
        throw error;
      }),
    claims: options.claims,
    ownJwks: options.ownJwks,
    ...(options.lifetime === null ? {} : { lifetime: options.lifetime }),
  });
  const redirect = redirectUrlStep(api);
  return [
    withUndo(template, clients.child, options.template, async () => {
      const found = await findJwtTemplate(api, options.template);
      if (found) await deleteJwtTemplate(api, found.id);
      return found !== null;
    }),
    withUndo(redirect, clients.child, redirect.what, async () => {
      const found = await findRedirectUrl(api, redirect.what.replace('redirect URL ', ''));
      if (found) await deleteRedirectUrl(api, found.id);
      return found !== null;
    }),
  ];
};
