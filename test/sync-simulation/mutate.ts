import { registerHooks } from 'node:module';
import { mutations } from './mutations.ts';
import { changed, isFile } from './source-change.ts';

/** Loaded before anything else in a process that is to run with a mutation: changes one source as it is read. */
const mutation = mutations.find(({ name }) => name === process.env.BURROW_MUTATION);
if (!mutation) throw new Error(`there is no mutation ${process.env.BURROW_MUTATION}`);

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    const mine = [mutation, ...(mutation.also ?? [])].filter((change) => isFile(url, change));
    return mine.length > 0 ? { ...loaded, source: mine.reduce(changed, String(loaded.source)) } : loaded;
  },
});
