import type { User } from '../accounts/users.ts';
import { fullName, primaryEmailAddress } from '../accounts/users.ts';
import type { ShortcodeScope } from './shortcodes.ts';

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.floor(ms / 1000));

/** The shortcodes of a user. Private metadata is not among them: tokens can be read by whoever holds them. */
export function userScope(user: User): ShortcodeScope {
  const email = primaryEmailAddress(user);
  return {
    user: {
      id: user.id,
      external_id: user.externalId,
      username: null,
      primary_email_address: email?.emailAddress ?? null,
      primary_phone_number: null,
      primary_web3_wallet: null,
      email_verified: email?.verification?.status === 'verified',
      phone_number_verified: false,
      first_name: user.firstName,
      last_name: user.lastName,
      full_name: fullName(user),
      image_url: user.image ?? '',
      has_image: user.image !== null,
      two_factor_enabled: false,
      created_at: seconds(user.createdAt),
      updated_at: seconds(user.updatedAt),
      last_sign_in_at: seconds(user.lastSignInAt),
      public_metadata: user.publicMetadata,
      unsafe_metadata: user.unsafeMetadata,
    },
    org: {},
  };
}
