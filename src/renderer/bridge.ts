import type { BurrowApi } from '../shared/bridge/api.ts';
import { operationNames } from '../shared/bridge/names.ts';
import { fail, type Outcome } from '../shared/failure.ts';

declare global {
  interface Window {
    /** Exposed by the preload. Everything else goes through `bridge`. */
    readonly burrow: BurrowApi;
  }
}

type AskMain = (input?: unknown) => Promise<Outcome<unknown>>;

/** A call that Electron itself rejects (main is gone, the answer cannot be cloned) becomes a failure like any other. */
const guarded =
  (name: string, ask: AskMain | undefined): AskMain =>
  async (input) => {
    try {
      if (!ask) throw new Error(`the preload does not know ${name}`);
      return await ask(input);
    } catch (error) {
      console.error(`${name} got no answer`, error);
      return fail('no-answer', 'Burrow did not answer.', 'Try again; if it keeps happening, restart Burrow.');
    }
  };

function createBridge(api: BurrowApi): BurrowApi {
  const source = api as unknown as Record<string, Record<string, AskMain>>;
  const topics: Record<string, Record<string, AskMain>> = {};
  for (const name of operationNames) {
    const [topic, verb] = name.split('.') as [string, string];
    topics[topic] ??= {};
    topics[topic][verb] = guarded(name, source[topic]?.[verb]);
  }
  return { ...topics, on: api.on } as unknown as BurrowApi;
}

/** Main, as the window sees it: nothing is thrown, every answer is an `Outcome`. */
export const bridge: BurrowApi = createBridge(window.burrow);
