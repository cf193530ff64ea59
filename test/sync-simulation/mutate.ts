import { registerHooks } from 'node:module';
import { mutations } from './mutations.ts';

/** Loaded before anything else in a process that is to run with a mutation: changes one source as it is read. */
const mutation = mutations.find(({ name }) => name === process.env.BURROW_MUTATION);
if (!mutation) throw new Error(`there is no mutation ${process.env.BURROW_MUTATION}`);
const { file, find, replace } = mutation;

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith(`/${file}`)) return loaded;
    const source = String(loaded.source);
    const parts = source.split(find);
    if (parts.length !== 2) throw new Error(`"${find}" stands ${parts.length - 1} times in ${file}`);
    return { ...loaded, source: parts.join(replace) };
  },
});
