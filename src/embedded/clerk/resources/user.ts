import type { EmailAddress } from '../accounts/email-addresses.ts';
import type { User } from '../accounts/users.ts';
import { identifierOf } from '../accounts/users.ts';
import type { Verification } from '../verification/verification.ts';
import { imageUrl } from './avatar.ts';

/** `null` times stay null; a digest never leaves. */
export const verificationJson = (verification: Verification | null) =>
  verification && {
    object: 'verification',
    id: verification.id,
    status: verification.status,
    strategy: verification.strategy,
    attempts: verification.attempts,
    expire_at: verification.expireAt,
    verified_at_client: null,
    error: null,
    nonce: null,
    message: null,
    external_verification_redirect_url: null,
  };

export const emailAddressJson = (address: EmailAddress) => ({
  object: 'email_address',
  id: address.id,
  email_address: address.emailAddress,
  reserved: false,
  verification: verificationJson(address.verification),
  linked_to: [],
  matches_sso_connection: false,
  created_at: address.createdAt,
  updated_at: address.updatedAt,
});

/** A user as both APIs show it. */
export const userJson = (user: User) => ({
  object: 'user',
  id: user.id,
  external_id: user.externalId,
  username: null,
  first_name: user.firstName,
  last_name: user.lastName,
  image_url: imageUrl(user),
  has_image: user.image !== null,
  profile_image_id: null,
  primary_email_address_id: user.primaryEmailAddressId,
  primary_phone_number_id: null,
  primary_web3_wallet_id: null,
  email_addresses: user.emailAddresses.map(emailAddressJson),
  phone_numbers: [],
  web3_wallets: [],
  external_accounts: [],
  enterprise_accounts: [],
  passkeys: [],
  organization_memberships: [],
  password_enabled: user.passwordDigest !== null,
  totp_enabled: false,
  backup_code_enabled: false,
  two_factor_enabled: false,
  public_metadata: user.publicMetadata,
  unsafe_metadata: user.unsafeMetadata,
  last_sign_in_at: user.lastSignInAt,
  create_organization_enabled: false,
  create_organizations_limit: null,
  delete_self_enabled: true,
  legal_accepted_at: null,
  timezone: null,
  created_at: user.createdAt,
  updated_at: user.updatedAt,
});

/** What only the Backend API may see besides. */
export const backendUserJson = (user: User) => ({
  ...userJson(user),
  private_metadata: user.privateMetadata,
  password_last_updated_at: user.passwordUpdatedAt,
  banned: false,
  locked: false,
  deprovisioned: false,
  lockout_expires_in_seconds: null,
  verification_attempts_remaining: null,
  last_active_at: user.lastSignInAt,
  locale: null,
});

export const publicUserDataJson = (user: User) => ({
  first_name: user.firstName,
  last_name: user.lastName,
  image_url: imageUrl(user),
  has_image: user.image !== null,
  identifier: identifierOf(user),
  user_id: user.id,
});
