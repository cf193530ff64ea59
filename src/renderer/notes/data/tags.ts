import { limits } from '../../../shared/notes/limits.ts';

/** The tags with one more; unchanged when it is blank or already there, whatever the case. */
export function withTag(tags: readonly string[], typed: string): string[] {
  const tag = typed.trim().replace(/^#/, '').replace(/\s+/g, ' ').slice(0, limits.tagLength);
  const known = tags.some((other) => other.toLocaleLowerCase() === tag.toLocaleLowerCase());
  return tag === '' || known || tags.length >= limits.tagsPerNote ? [...tags] : [...tags, tag];
}
