/** Names inside the Y.Doc of a note; main, the editor and every other device agree on them. */
export const NOTE_BODY = 'body';
export const NOTE_FIELDS = 'fields';

/** Free of zod, which the window neither needs nor, under its content security policy, may start. */
export const limits = {
  /** Bytes of one Yjs update that the bridge takes: a paste of several megabytes fits. */
  updateBytes: 16 * 1024 * 1024,
  tagLength: 64,
  tagsPerNote: 64,
  queryLength: 256,
} as const;
