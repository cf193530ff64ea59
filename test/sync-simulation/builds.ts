import { registerHooks } from 'node:module';
import type { openNotes } from '../../src/main/notes/open-notes.ts';
import type { createSyncEngine } from '../../src/main/sync/engine.ts';
import type { createFaunaGateway } from '../../src/main/sync/fauna-gateway.ts';
import { changed, isFile, type SourceChange } from './source-change.ts';

/** Burrow as one version of it is. */
export interface Build {
  openNotes: typeof openNotes;
  createSyncEngine: typeof createSyncEngine;
  createFaunaGateway: typeof createFaunaGateway;
}

const names = ['usual', 'small', 'newer-usual', 'newer-small'] as const;

/** So that a few notes are many: pages, batches, chunks and documents that are compacted, with borders to crash at. */
const small: SourceChange[] = [
  { file: 'src/main/sync/page-size.ts', find: 'const FEWEST = 20;', replace: 'const FEWEST = 2;' },
  { file: 'src/main/sync/page-size.ts', find: 'const MOST = 500;', replace: 'const MOST = 4;' },
  { file: 'src/main/sync/pull.ts', find: 'const FIRST_PAGE = 200;', replace: 'const FIRST_PAGE = 3;' },
  { file: 'src/main/sync/first-sync.ts', find: 'const FIRST_PAGE = 100;', replace: 'const FIRST_PAGE = 2;' },
  { file: 'src/main/sync/audit.ts', find: 'const PAGE = 5_000;', replace: 'const PAGE = 4;' },
  { file: 'src/main/sync/audit.ts', find: 'const DELETIONS = 100;', replace: 'const DELETIONS = 2;' },
  { file: 'src/main/sync/audit.ts', find: 'const DOCUMENTS = 25;', replace: 'const DOCUMENTS = 2;' },
  { file: 'src/main/sync/apply.ts', find: 'const CHUNK = 50;', replace: 'const CHUNK = 2;' },
  { file: 'src/main/sync/apply.ts', find: 'const CHUNK_OF_NEW = 200;', replace: 'const CHUNK_OF_NEW = 1;' },
  { file: 'src/main/sync/apply.ts', find: 'const STATES = 5;', replace: 'const STATES = 1;' },
  { file: 'src/main/sync/push.ts', find: '{ notes: 100, ', replace: '{ notes: 3, ' },
  {
    file: 'src/main/notes/rows/document-rows.ts',
    find: 'const COMPACT_AFTER_UPDATES = 64;',
    replace: 'const COMPACT_AFTER_UPDATES = 3;',
  },
];
/** A later Burrow, whose notes this one can only show. */
const newer: SourceChange[] = [
  { file: 'src/main/notes/rows/note-rows.ts', find: 'NOTE_FORMAT = 1;', replace: 'NOTE_FORMAT = 2;' },
];

const changes: Record<BuildName, readonly SourceChange[]> = {
  usual: [],
  small,
  'newer-usual': newer,
  'newer-small': [...small, ...newer],
};
export type BuildName = (typeof names)[number];

const buildOf = (url: string | undefined): BuildName | null => {
  const name = url?.includes('?build=') ? new URL(url).searchParams.get('build') : null;
  return names.find((one) => one === name) ?? null;
};

// Whatever of main a build's module imports is of that build too; what main shares with others is shared.
registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const build = buildOf(context.parentURL);
    return build && found.url.includes('/src/main/') ? { ...found, url: `${found.url}?build=${build}` } : found;
  },
  load: (url, context, next) => {
    const loaded = next(url, context);
    const build = buildOf(url);
    const mine = build ? changes[build].filter((change) => isFile(url, change)) : [];
    return mine.length > 0 ? { ...loaded, source: mine.reduce(changed, String(loaded.source)) } : loaded;
  },
});

const load = async (name: BuildName): Promise<Build> => {
  const main = (file: string): string => new URL(`../../src/main/${file}?build=${name}`, import.meta.url).href;
  const { openNotes } = (await import(main('notes/open-notes.ts'))) as Pick<Build, 'openNotes'>;
  const { createSyncEngine } = (await import(main('sync/engine.ts'))) as Pick<Build, 'createSyncEngine'>;
  const { createFaunaGateway } = (await import(main('sync/fauna-gateway.ts'))) as Pick<Build, 'createFaunaGateway'>;
  return { openNotes, createSyncEngine, createFaunaGateway };
};

export type Builds = Record<BuildName, Build>;

export const loadBuilds = async (): Promise<Builds> =>
  Object.fromEntries(await Promise.all(names.map(async (name) => [name, await load(name)]))) as Builds;
