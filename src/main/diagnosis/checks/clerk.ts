import { z } from 'zod';
import { decodePublishableKey } from '../../../shared/identity/publishable-key.ts';
import { listOf } from '../../identity/backend-api.ts';
import { type Check, faultsOf, leftOut, passed, type Subject } from '../check.ts';
import { reach } from '../reach.ts';

const DASHBOARD_KEYS = 'Copy the publishable key again from the Clerk dashboard, under API keys.';

const publishableKey: Check = {
  id: 'publishable-key',
  title: 'The publishable key decodes',
  after: [],
  run: async ({ connection, problem }) => {
    const bad = faultsOf('publishable-key');
    if (problem)
      return bad(
        problem.code,
        problem.message,
        'The connection file was edited by hand or cut short.',
        problem.mend ?? DASHBOARD_KEYS,
      );
    const key = decodePublishableKey(connection.publishableKey);
    if (!key.ok)
      return bad(
        key.failure.code,
        key.failure.message,
        'The key was copied incompletely, or it is another key.',
        key.failure.mend ?? DASHBOARD_KEYS,
      );
    return passed(`${key.value.host}, ${key.value.kind === 'live' ? 'production' : 'development'}`);
  },
};

const frontendApi: Check = {
  id: 'frontend-api',
  title: "Clerk's Frontend API answers",
  after: ['publishable-key'],
  run: async ({ connection, fetch }, seen) => {
    const bad = faultsOf('frontend-api');
    const address = connection.frontendApi;
    const found = await reach(fetch, `${address}/v1/environment?_is_native=1`);
    if (!found.ok)
      return bad(
        'frontend-api-unreachable',
        `Clerk's Frontend API at ${address} cannot be reached: ${found.why}.`,
        'This computer is offline, a proxy or firewall is in between, or the Clerk instance is gone.',
        'Open the address in a browser; if it does not answer there either, check the network, then the instance in the Clerk dashboard.',
      );
    const { status } = found.response;
    if (status >= 500 || (status >= 300 && status < 400))
      return bad(
        'frontend-api-broken',
        `Clerk's Frontend API at ${address} answers ${status}.`,
        status >= 500
          ? 'Clerk has a disturbance, or a proxy stands in its place.'
          : 'A proxy or captive portal redirects.',
        'Look at status.clerk.com, then at what stands between this computer and Clerk.',
      );
    if (found.json !== undefined && typeof found.json === 'object' && found.json !== null)
      seen.environment = found.json as Record<string, unknown>;
    return passed(address);
  },
};

const environmentShape = z.object({
  auth_config: z.looseObject({ native_settings: z.object({ api_enabled: z.boolean() }).optional() }),
});
const errors = z.object({ errors: z.array(z.object({ code: z.string() })) });

const environment: Check = {
  id: 'environment',
  title: 'It is a Clerk instance',
  after: ['frontend-api'],
  run: async ({ connection }, seen) => {
    const bad = faultsOf('environment');
    const codes = errors.safeParse(seen.environment).data?.errors.map(({ code }) => code) ?? [];
    if (codes.includes('native_api_disabled')) return passed('it answers, but not to native applications');
    if (codes.length > 0)
      return bad(
        'environment-refused',
        `Clerk refuses to describe the instance (${codes.join(', ')}).`,
        'The instance was paused or deleted, or the key is of an instance that is.',
        'Look at the instance in the Clerk dashboard and copy its publishable key again.',
      );
    if (!environmentShape.safeParse(seen.environment).success)
      return bad(
        'environment-foreign',
        `What answers at ${connection.frontendApi} is not a Clerk instance.`,
        'The Frontend API address of the connection file is wrong, or a proxy answers in its place.',
        'Leave clerk.frontendApi out of the connection file, so that the address comes from the publishable key.',
      );
    return passed();
  },
};

const nativeApi: Check = {
  id: 'native-api',
  title: 'The Native API is on',
  after: ['environment'],
  run: async ({ connection, fetch }, seen) => {
    const off = () =>
      faultsOf('native-api')(
        'native-api-off',
        'The Native API of the Clerk instance is switched off, so a desktop app cannot sign anybody in.',
        'It is off for new instances.',
        'Switch it on in the Clerk dashboard, under Native applications.',
      );
    if (environmentShape.safeParse(seen.environment).data?.auth_config.native_settings?.api_enabled === false)
      return off();
    const found = await reach(fetch, `${connection.frontendApi}/v1/client?_is_native=1`);
    const codes = found.ok ? (errors.safeParse(found.json).data?.errors ?? []) : [];
    if (codes.some(({ code }) => code === 'native_api_disabled')) return off();
    return passed();
  },
};

const session: Check = {
  id: 'session',
  title: 'There is a session at Clerk',
  after: ['native-api'],
  run: async (subject, seen) => {
    const found = await subject.session();
    if (!found.ok) {
      const { code, message, mend } = found.failure;
      if (code === 'no-way-to-sign-in') return leftOut(message);
      return faultsOf('session')(
        code,
        message,
        code === 'clerk-secret-key-refused'
          ? 'The secret key is of another instance than the publishable key, or was replaced.'
          : 'Nobody is signed in, or the session has ended.',
        mend ?? 'Sign in again.',
      );
    }
    seen.userId = found.value.userId;
    return passed(found.value.userId);
  },
};

const templates = listOf(z.object({ name: z.string() }));

const others = async ({ backendApi }: Subject): Promise<string[]> => {
  if (!backendApi) return [];
  try {
    return templates.parse(await backendApi('GET', '/jwt_templates?limit=500')).map(({ name }) => name);
  } catch {
    return [];
  }
};

const template: Check = {
  id: 'template',
  title: 'The JWT template exists',
  after: ['session'],
  run: async (subject, seen) => {
    const bad = faultsOf('template');
    const { template: name } = subject.connection;
    const token = await subject.faunaToken();
    if (token.ok) {
      seen.jwt = token.value;
      return passed(name);
    }
    const { code, message, mend } = token.failure;
    if (code !== 'template-missing')
      return bad(code, message, 'Clerk did not make the token.', mend ?? 'Try again in a moment.');
    const there = await others(subject);
    const close = there.find(
      (one) => one.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(one.toLowerCase()),
    );
    return bad(
      'template-missing',
      `Clerk has no JWT template named "${name}".${there.length ? ` There are: ${there.join(', ')}.` : ''}`,
      close
        ? `The template is called "${close}"; names are compared letter by letter.`
        : 'It was never made, was renamed, or is in another instance.',
      close
        ? `Rename it to "${name}" in the Clerk dashboard, or put "${close}" into the connection file.`
        : 'Run npm run setup, or make it in the Clerk dashboard, under JWT templates.',
    );
  },
};

export const clerkChecks = [publishableKey, frontendApi, environment, nativeApi, session, template];
