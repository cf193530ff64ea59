import { z } from 'zod';
import { APP_ORIGIN } from '../../shared/app-origin.ts';
import type { Step } from '../fauna/schema/step.ts';
import { type BackendApi, listOf } from './backend-api.ts';

/** Where a sign-in in the system's browser comes back to: a deep link into the app. */
export const DEEP_LINK_REDIRECT = `${APP_ORIGIN}/sso-callback`;

const redirectUrls = listOf(z.object({ id: z.string(), url: z.string() }));

export const findRedirectUrl = async (api: BackendApi, url: string) =>
  redirectUrls.parse(await api('GET', '/redirect_urls?limit=500')).find((one) => one.url === url) ?? null;

export const deleteRedirectUrl = (api: BackendApi, id: string) => api('DELETE', `/redirect_urls/${id}`);

/** Clerk sends people back only to addresses that are on its list. */
export const redirectUrlStep = (api: BackendApi, url = DEEP_LINK_REDIRECT): Step => ({
  id: 'redirect-url',
  what: `redirect URL ${url}`,
  look: async () => ((await findRedirectUrl(api, url)) ? { state: 'in-place' } : { state: 'missing' }),
  apply: async () => {
    await api('POST', '/redirect_urls', { url });
  },
});
