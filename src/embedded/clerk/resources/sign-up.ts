import type { Instance } from '../instance.ts';
import { missingFields, SIGN_UP_LIFETIME_MS, type SignUp, unverifiedFields } from '../sign-up/sign-ups.ts';
import { verificationJson } from './user.ts';

export function signUpJson(instance: Instance, signUp: SignUp) {
  const complete = signUp.status === 'complete';
  const unverified = complete ? [] : unverifiedFields(instance, signUp);
  return {
    object: 'sign_up',
    id: signUp.id,
    status: signUp.status,
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: complete ? [] : missingFields(signUp),
    unverified_fields: unverified,
    verifications: {
      email_address: emailVerification(signUp, unverified.length > 0),
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    username: null,
    email_address: signUp.emailAddress,
    phone_number: null,
    web3_wallet: null,
    has_password: complete || signUp.passwordDigest !== null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    external_account: null,
    external_account_strategy: null,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.createdAt + SIGN_UP_LIFETIME_MS,
    legal_accepted_at: null,
    locale: signUp.locale,
    timezone: null,
    protect_check: null,
  };
}

function emailVerification(signUp: SignUp, needed: boolean) {
  if (signUp.emailAddress === null || (!needed && !signUp.verification)) return null;
  const prepared = signUp.verification !== null;
  return {
    ...(verificationJson(signUp.verification) ?? {
      object: 'verification',
      id: `ver_${signUp.id}`,
      status: 'unverified',
      // Clerk's UI asks for a code only while none is known to be under way, which it tells by the strategy.
      strategy: null,
      attempts: null,
      expire_at: null,
      error: null,
    }),
    next_action: needed ? (prepared ? 'needs_attempt' : 'needs_prepare') : '',
    supported_strategies: ['email_code'],
  };
}
