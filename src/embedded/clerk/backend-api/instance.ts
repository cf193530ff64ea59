import { z } from 'zod';
import { decode } from '../http/decode.ts';
import { readInstanceSettings, saveAllowedOrigins } from '../store/instance-settings.ts';
import type { BackendCall } from './call.ts';

export function get(call: BackendCall): unknown {
  const { id, allowedOrigins } = readInstanceSettings(call.instance);
  return { object: 'instance', id, environment_type: 'development', allowed_origins: allowedOrigins };
}

/** `PATCH /v1/instance`: 204, as Clerk answers. Settings that the embedded Clerk has no use for are passed over. */
export function update(call: BackendCall): undefined {
  const form = decode(z.object({ allowed_origins: z.array(z.string().max(2048)).max(100).nullish() }), call.body);
  if (form.allowed_origins !== undefined) saveAllowedOrigins(call.instance, form.allowed_origins ?? []);
}
