import { answerAt, clerkError, type Fault, page, twist } from './faults.ts';
import { SECRET_KEY } from './servers.ts';
import { changeTemplate, clerk, template } from './template.ts';

/** Faults between the publishable key and the template. */
export const clerkFaults: Fault[] = [
  {
    name: 'the publishable key is cut short',
    link: 'publishable-key',
    code: 'publishable-key-truncated',
    says: 'This Clerk publishable key is cut short.',
    plant: ({ publishableKey }) => ({ env: { CLERK_PUBLISHABLE_KEY: publishableKey.slice(0, -8) } }),
  },
  {
    name: 'the secret key is given as the publishable key',
    link: 'publishable-key',
    code: 'publishable-key-is-secret',
    says: 'must never be in the app',
    plant: () => ({ env: { CLERK_PUBLISHABLE_KEY: SECRET_KEY } }),
  },
  {
    name: 'something else is given as the publishable key',
    link: 'publishable-key',
    code: 'publishable-key-prefix',
    says: 'starts with pk_test_ or pk_live_',
    plant: () => ({ env: { CLERK_PUBLISHABLE_KEY: 'fnAE1234' } }),
  },
  {
    name: 'the publishable key was mistyped',
    link: 'publishable-key',
    code: 'publishable-key-damaged',
    says: 'is damaged',
    plant: () => ({ env: { CLERK_PUBLISHABLE_KEY: 'pk_test_~~~' } }),
  },
  {
    name: 'the publishable key names no host',
    link: 'publishable-key',
    code: 'publishable-key-host',
    says: 'does not name a Frontend API host',
    plant: () => ({ env: { CLERK_PUBLISHABLE_KEY: `pk_test_${btoa('localhost$')}` } }),
  },
  {
    name: 'the connection file is not JSON',
    link: 'publishable-key',
    code: 'connection-file-invalid',
    says: 'The connection file cannot be used',
    plant: () => ({ connection: '{ "clerk": ' }),
  },
  {
    name: 'the connection file sends tokens over http',
    link: 'publishable-key',
    code: 'connection-file-invalid',
    says: 'must be an https address',
    plant: ({ publishableKey }) => ({
      connection: JSON.stringify({ clerk: { publishableKey }, fauna: { endpoint: 'http://db.example.com' } }),
    }),
  },
  {
    name: 'the connection file holds a secret key',
    link: 'publishable-key',
    code: 'connection-file-invalid',
    says: 'Unrecognized key',
    plant: ({ publishableKey }) => ({
      connection: JSON.stringify({
        clerk: { publishableKey, secretKey: 'x' },
        fauna: { endpoint: 'https://db.example.com' },
      }),
    }),
  },
  {
    name: 'nothing listens at the Frontend API',
    link: 'frontend-api',
    code: 'frontend-api-unreachable',
    says: 'cannot be reached: nothing listens there',
    plant: () => ({ env: { CLERK_FRONTEND_API: 'http://127.0.0.1:54321' } }),
  },
  {
    name: 'the Frontend API has a disturbance',
    link: 'frontend-api',
    code: 'frontend-api-broken',
    says: 'answers 503',
    plant: twist('clerk', () => new Response('', { status: 503 })),
  },
  {
    name: 'a captive portal redirects',
    link: 'frontend-api',
    code: 'frontend-api-broken',
    says: 'answers 302',
    plant: twist(
      'clerk',
      () => new Response(null, { status: 302, headers: { location: 'https://hotel.example.com' } }),
    ),
  },
  {
    name: 'a web page answers for the Frontend API',
    link: 'environment',
    code: 'environment-foreign',
    says: 'is not a Clerk instance',
    plant: twist('clerk', page),
  },
  {
    name: 'the instance is gone',
    link: 'environment',
    code: 'environment-refused',
    says: 'host_invalid',
    plant: twist('clerk', clerkError(404, 'host_invalid')),
  },
  {
    name: 'the Native API is off',
    link: 'native-api',
    code: 'native-api-off',
    says: 'The Native API of the Clerk instance is switched off',
    plant: (servers) => {
      servers.twist.clerk = async (request, real) => {
        const answer = await real(request);
        if (new URL(request.url).pathname !== '/v1/environment') return answer;
        const body = (await answer.json()) as { auth_config: { native_settings: { api_enabled: boolean } } };
        body.auth_config.native_settings.api_enabled = false;
        return Response.json(body);
      };
      return undefined;
    },
  },
  {
    name: 'the Native API is refused to clients',
    link: 'native-api',
    code: 'native-api-off',
    says: 'switched off',
    plant: twist('clerk', answerAt('/v1/client', clerkError(403, 'native_api_disabled'))),
  },
  {
    name: 'the secret key is of another instance',
    link: 'session',
    code: 'clerk-secret-key-refused',
    says: 'Clerk does not accept the secret key.',
    plant: () => ({ env: { CLERK_SECRET_KEY: 'sk_test_anotherinstanceskey' } }),
  },
  {
    name: 'Clerk asks to slow down',
    link: 'session',
    code: 'clerk-busy',
    says: 'Clerk asks to slow down.',
    plant: twist('clerk', answerAt(/^\/v1\/users/, clerkError(429, 'too_many_requests'))),
  },
  {
    name: 'the Backend API cannot be reached',
    link: 'session',
    code: 'clerk-backend-unreachable',
    says: 'cannot be reached',
    plant: () => ({ env: { CLERK_API_URL: 'http://127.0.0.1:54321' } }),
  },
  {
    name: 'the template is missing',
    link: 'template',
    code: 'template-missing',
    says: 'Clerk has no JWT template named "fauna".',
    plant: async (servers) => {
      await clerk(servers).jwtTemplates.delete((await template(servers)).id);
      return undefined;
    },
  },
  {
    name: 'the template is misnamed',
    link: 'template',
    code: 'template-missing',
    says: 'There are: FaunaDB.',
    plant: (servers) => changeTemplate(servers, () => ({ name: 'FaunaDB' })),
  },
  {
    name: 'Clerk fails to make the token',
    link: 'template',
    code: 'clerk-refused',
    says: /refused \(500/,
    plant: twist('clerk', answerAt(/\/tokens\/fauna$/, clerkError(500, 'internal'))),
  },
];
