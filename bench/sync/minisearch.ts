/** MiniSearch with the same notes in memory and the same queries: all words, the last one as a prefix. */
import MiniSearch from 'minisearch';
import { timed } from './figures.ts';
import { serve } from './process.ts';
import type { QueryClass } from './queries.ts';
import { noteOf } from './texts.ts';

serve({
  search: async ({ count, classes }: { count: number; classes: QueryClass[] }) => {
    const index = new MiniSearch({ fields: ['title', 'body', 'tags'], storeFields: [] });
    const built = await timed(() => {
      for (let number = 0; number < count; number += 1) {
        const { id, title, body, tags } = noteOf(number);
        index.add({ id, title, body, tags: tags.join(' ') });
      }
    });
    globalThis.gc?.();
    const found: { times: number[]; hits: number }[] = [];
    for (const { queries } of classes) {
      const times: number[] = [];
      let hits = 0;
      for (const query of queries) {
        const whole = query.endsWith(' ');
        times.push(
          await timed(() => {
            const all = index.search(query, {
              combineWith: 'AND',
              boost: { title: 10, tags: 4 },
              prefix: (_, at, terms) => !whole && at === terms.length - 1,
            });
            hits += Math.min(50, all.length);
          }),
        );
      }
      found.push({ times, hits });
    }
    globalThis.gc?.();
    return { built, found };
  },
});
