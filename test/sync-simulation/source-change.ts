/** A change of one source as it is read. */
export interface SourceChange {
  file: string;
  /** Stands in the file exactly once; loading fails when it no longer does. */
  find: string;
  replace: string;
}

export const changed = (source: string, { file, find, replace }: SourceChange): string => {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`"${find}" stands ${parts.length - 1} times in ${file}`);
  return parts.join(replace);
};

/** Whether a module is that file, in whatever build (builds.ts). */
export const isFile = (url: string, { file }: SourceChange): boolean =>
  url.split('?')[0]?.endsWith(`/${file}`) ?? false;
