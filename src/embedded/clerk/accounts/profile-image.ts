import { z } from 'zod';
import { enveloped, type FrontendCall, type FrontendReply } from '../frontend-api/call.ts';
import { decode } from '../http/decode.ts';
import { formError } from '../http/errors.ts';
import { newId } from '../instance.ts';
import { currentUser } from './profile.ts';
import { updateUser } from './users.ts';

/** It is part of every answer that holds the user, so it has to stay small. */
const LARGEST_IMAGE = 512 * 1024;

/** The first bytes of what a window shows as a picture; the type that the sender names is not believed. */
const TYPES = [
  { type: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', starts: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', starts: [0x52, 0x49, 0x46, 0x46] },
];

/** `POST /v1/me/profile_image`: a `file`, as a form's file or as base64. */
export async function setProfileImage(call: FrontendCall): Promise<FrontendReply> {
  const { file } = decode(z.object({ file: z.union([z.instanceof(Blob), z.string()]) }), call.body);
  const bytes = typeof file === 'string' ? fromBase64(file) : Buffer.from(await file.arrayBuffer());
  if (bytes.length > LARGEST_IMAGE) {
    throw formError('avatar_file_size_exceeded', 'file', 'Use a picture of at most 512 kB.');
  }
  const known = TYPES.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte));
  if (!known) throw formError('avatar_file_type_invalid', 'file', 'Use a PNG, JPEG, GIF or WebP picture.');
  const user = currentUser(call);
  const image = `data:${known.type};base64,${bytes.toString('base64')}`;
  updateUser(call.instance, user.id, { image });
  return enveloped({ object: 'image', id: newId(call.instance, 'img'), name: null, public_url: image });
}

/** `DELETE /v1/me/profile_image` */
export function deleteProfileImage(call: FrontendCall): FrontendReply {
  const user = currentUser(call);
  updateUser(call.instance, user.id, { image: null });
  return enveloped({ object: 'image', id: newId(call.instance, 'img'), deleted: true });
}

const fromBase64 = (text: string): Buffer => Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
