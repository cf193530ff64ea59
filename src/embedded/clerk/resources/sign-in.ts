import { requireUser, type User } from '../accounts/users.ts';
import type { Instance } from '../instance.ts';
import type { SignIn } from '../sign-in/sign-ins.ts';
import { imageUrl } from './avatar.ts';
import { verificationJson } from './user.ts';

export function signInJson(instance: Instance, signIn: SignIn) {
  const user = signIn.userId === null ? null : requireUser(instance, signIn.userId);
  return {
    object: 'sign_in',
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: ['email_address'],
    identifier: signIn.identifier,
    user_data: user && {
      first_name: user.firstName,
      last_name: user.lastName,
      image_url: imageUrl(user),
      has_image: user.image !== null,
    },
    supported_first_factors: user && firstFactors(instance, user, signIn.identifier),
    supported_second_factors: null,
    first_factor_verification: verificationJson(signIn.firstFactor),
    second_factor_verification: null,
    created_session_id: signIn.createdSessionId,
    client_trust_state: 'known',
    protect_check: null,
    timezone: null,
  };
}

/** Only what can be finished: no code is offered where no code can be delivered. */
function firstFactors(instance: Instance, user: User, identifier: string | null) {
  const address = user.emailAddresses.find(({ emailAddress }) => emailAddress === identifier);
  const byCode = (strategy: string) =>
    instance.emailCodes && address
      ? [
          {
            strategy,
            email_address_id: address.id,
            safe_identifier: address.emailAddress,
            primary: address.id === user.primaryEmailAddressId,
          },
        ]
      : [];
  return [
    ...(user.passwordDigest === null ? [] : [{ strategy: 'password' }]),
    ...byCode('email_code'),
    ...(user.passwordDigest === null ? [] : byCode('reset_password_email_code')),
  ];
}
