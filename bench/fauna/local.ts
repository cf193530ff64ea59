/** An engine on the calling thread, to measure it without HTTP. */
import { randomBytes } from 'node:crypto';
import { createClock } from '../../src/embedded/fauna/engine/clock.ts';
import { createEngine } from '../../src/embedded/fauna/engine/engine.ts';
import { Store } from '../../src/embedded/fauna/store/store.ts';
import { ROOT_KEY } from './load.ts';

export function openLocal(file: string) {
  const clock = createClock();
  const store = new Store(file, clock);
  const engine = createEngine({ store, clock, rootKey: ROOT_KEY, randomBytes });
  return {
    ask: (query: object): string => {
      const request = { query: JSON.stringify(query), readOnly: false, timeoutMs: 60_000 };
      const { status, body } = engine.execute({ ...request, credential: { type: 'secret', secret: ROOT_KEY } });
      if (status > 299) throw new Error(body);
      return body;
    },
    close: () => store.close(),
  };
}
