import {
  changePassword,
  deleteProfile,
  getProfile,
  removePassword,
  updateProfile,
  updateProfileMetadata,
} from '../accounts/profile.ts';
import { addEmail, attemptEmail, deleteEmail, getEmail, listEmails, prepareEmail } from '../accounts/profile-emails.ts';
import { deleteProfileImage, setProfileImage } from '../accounts/profile-image.ts';
import { deleteClient } from '../clients/clients.ts';
import { answer } from '../http/answers.ts';
import type { Route } from '../http/router.ts';
import { clientJson } from '../resources/client.ts';
import { environmentJson } from '../resources/environment.ts';
import {
  close,
  closeAll,
  createSessionToken,
  createTemplateToken,
  getSession,
  listDevices,
  revokeDevice,
  touch,
} from '../sessions/handlers.ts';
import { createSignIn } from '../sign-in/create.ts';
import { attemptFirstFactor, getSignIn, prepareFirstFactor, resetPassword } from '../sign-in/factors.ts';
import {
  attemptVerification,
  createSignUp,
  getSignUp,
  prepareVerification,
  updateSignUp,
} from '../sign-up/handlers.ts';
import { currentSession, ensureClient, enveloped, type FrontendCall, type FrontendHandler } from './call.ts';

const environment = (call: FrontendCall) => answer(environmentJson(call.instance));

const getClient = async (call: FrontendCall) =>
  enveloped(call.client && (await clientJson(call.instance, call.client, call.origin)));

const putClient = async (call: FrontendCall) =>
  enveloped(await clientJson(call.instance, ensureClient(call), call.origin));

function removeClient(call: FrontendCall) {
  if (call.client) deleteClient(call.instance, call.client.id);
  call.client = null;
  return enveloped(null);
}

/** Organizations are off; the UI asks all the same. */
function noOrganizations(call: FrontendCall) {
  currentSession(call);
  return enveloped({ data: [], total_count: 0 });
}

const route = (method: string, path: string, handler: FrontendHandler): Route<FrontendHandler> => ({
  method,
  path: `/v1${path}`,
  handler,
});

/** Every door of the Frontend API. */
export const frontendRoutes: readonly Route<FrontendHandler>[] = [
  route('GET', '/environment', environment),
  route('PATCH', '/environment', environment),

  route('GET', '/client', getClient),
  route('PUT', '/client', putClient),
  route('POST', '/client', putClient),
  route('DELETE', '/client', removeClient),

  route('POST', '/client/sign_ups', createSignUp),
  route('GET', '/client/sign_ups/:id', getSignUp),
  route('PATCH', '/client/sign_ups/:id', updateSignUp),
  route('POST', '/client/sign_ups/:id/prepare_verification', prepareVerification),
  route('POST', '/client/sign_ups/:id/attempt_verification', attemptVerification),

  route('POST', '/client/sign_ins', createSignIn),
  route('GET', '/client/sign_ins/:id', getSignIn),
  route('POST', '/client/sign_ins/:id/prepare_first_factor', prepareFirstFactor),
  route('POST', '/client/sign_ins/:id/attempt_first_factor', attemptFirstFactor),
  route('POST', '/client/sign_ins/:id/reset_password', resetPassword),

  route('DELETE', '/client/sessions', closeAll),
  route('GET', '/client/sessions/:id', getSession),
  route('POST', '/client/sessions/:id/touch', touch),
  route('POST', '/client/sessions/:id/end', close('ended')),
  route('POST', '/client/sessions/:id/remove', close('removed')),
  route('POST', '/client/sessions/:id/tokens', createSessionToken),
  route('POST', '/client/sessions/:id/tokens/:template', createTemplateToken),

  route('GET', '/me', getProfile),
  route('PATCH', '/me', updateProfile),
  route('DELETE', '/me', deleteProfile),
  route('PATCH', '/me/metadata', updateProfileMetadata),
  route('POST', '/me/change_password', changePassword),
  route('POST', '/me/remove_password', removePassword),
  route('POST', '/me/profile_image', setProfileImage),
  route('DELETE', '/me/profile_image', deleteProfileImage),
  route('GET', '/me/email_addresses', listEmails),
  route('POST', '/me/email_addresses', addEmail),
  route('GET', '/me/email_addresses/:id', getEmail),
  route('DELETE', '/me/email_addresses/:id', deleteEmail),
  route('POST', '/me/email_addresses/:id/prepare_verification', prepareEmail),
  route('POST', '/me/email_addresses/:id/attempt_verification', attemptEmail),
  route('GET', '/me/sessions/active', listDevices),
  route('POST', '/me/sessions/:id/revoke', revokeDevice),
  route('GET', '/me/organization_memberships', noOrganizations),
  route('GET', '/me/organization_invitations', noOrganizations),
  route('GET', '/me/organization_suggestions', noOrganizations),
];
