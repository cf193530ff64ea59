import { passwordRules } from '../accounts/passwords.ts';
import type { Instance } from '../instance.ts';

const attribute = (changes: Record<string, unknown> = {}) => ({
  enabled: false,
  required: false,
  immutable: false,
  used_for_first_factor: false,
  first_factors: [] as string[],
  used_for_second_factor: false,
  second_factors: [] as string[],
  verifications: [] as string[],
  verify_at_sign_up: false,
  ...changes,
});

/**
 * What clerk-js and its prebuilt UI may offer. Without a mailbox (`emailCodes` is null) sign-up completes at once, a
 * password is the only first factor, and the e-mail address is immutable: the profile's form for another address
 * always ends in a code, which nobody would ever get.
 */
export function environmentJson(instance: Instance) {
  return {
    object: 'environment',
    id: 'env_embedded',
    auth_config: {
      object: 'auth_config',
      id: 'aac_embedded',
      single_session_mode: instance.singleSession,
      claimed_at: null,
      reverification: false,
      session_minter: false,
      native_settings: { object: 'native_settings', api_enabled: true },
    },
    display_config: displayConfig(),
    user_settings: userSettings(instance.emailCodes !== null),
    organization_settings: {
      enabled: false,
      max_allowed_memberships: 1,
      force_organization_selection: false,
      actions: { admin_delete: false },
      domains: { enabled: false, enrollment_modes: [], default_role: null },
      slug: { disabled: true },
      organization_creation_defaults: { enabled: false },
    },
    commerce_settings: {
      billing: {
        stripe_publishable_key: null,
        user: { enabled: false, has_paid_plans: false },
        organization: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: { enabled: false, user_api_keys_enabled: false, orgs_api_keys_enabled: false },
    protect_config: { object: 'protect_config', id: 'protect_embedded' },
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
  };
}

function userSettings(mailbox: boolean) {
  const codes = mailbox ? ['email_code'] : [];
  return {
    attributes: {
      email_address: attribute({
        enabled: true,
        required: true,
        immutable: !mailbox,
        used_for_first_factor: true,
        first_factors: codes,
        verifications: codes,
        verify_at_sign_up: mailbox,
      }),
      password: attribute({ enabled: true, required: true }),
      first_name: attribute({ enabled: true }),
      last_name: attribute({ enabled: true }),
      phone_number: attribute(),
      username: attribute(),
      web3_wallet: attribute(),
      authenticator_app: attribute(),
      backup_code: attribute(),
      passkey: attribute(),
      ticket: attribute({ enabled: true }),
    },
    social: {},
    saml: { enabled: false },
    enterprise_sso: { enabled: false, self_serve_sso: false, self_serve_directory_sync: false },
    sign_in: { second_factor: { required: false, enabled: false } },
    sign_up: {
      captcha_enabled: false,
      captcha_widget_type: 'smart',
      custom_action_required: false,
      progressive: true,
      mode: 'public',
      legal_consent_enabled: false,
      allowlist_only: false,
      mfa: { required: false },
    },
    password_settings: {
      disable_hibp: true,
      min_length: passwordRules.minLength,
      max_length: passwordRules.maxLength,
      require_special_char: false,
      require_numbers: false,
      require_uppercase: false,
      require_lowercase: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
      allowed_special_characters: '',
    },
    passkey_settings: { allow_autofill: false, show_sign_in_button: false },
    username_settings: { min_length: 4, max_length: 64 },
    actions: { create_organization: false, delete_self: true },
    attack_protection: { enumeration_protection: { enabled: false } },
  };
}

const displayConfig = () => ({
  object: 'display_config',
  id: 'display_embedded',
  application_name: 'Burrow',
  instance_environment_type: 'development',
  branded: false,
  // It is this computer's own Clerk for good, so nobody is to be told to deploy it.
  show_devmode_warning: false,
  captcha_provider: 'turnstile',
  captcha_public_key: null,
  captcha_public_key_invisible: null,
  captcha_widget_type: null,
  captcha_oauth_bypass: [],
  captcha_heartbeat: false,
  preferred_sign_in_strategy: 'password',
  after_sign_in_url: '',
  after_sign_up_url: '',
  after_sign_out_all_url: '',
  after_sign_out_one_url: '',
  after_switch_session_url: '',
  after_join_waitlist_url: '',
  after_leave_organization_url: '',
  after_create_organization_url: '',
  create_organization_url: '',
  organization_profile_url: '',
  home_url: '',
  sign_in_url: '',
  sign_up_url: '',
  user_profile_url: '',
  waitlist_url: '',
  logo_image_url: '',
  favicon_image_url: '',
  support_email: '',
  terms_url: '',
  privacy_policy_url: '',
  theme: {
    general: {
      color: '#6c47ff',
      background_color: '#ffffff',
      font_family: '',
      font_color: '#151515',
      label_font_weight: '600',
      padding: '1em',
      border_radius: '.5em',
      box_shadow: '',
    },
    buttons: { font_color: '#ffffff', font_family: '', font_weight: '600' },
    accounts: { background_color: '#ffffff' },
  },
});
