import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listener, listen } from '../../../src/embedded/http/listen.ts';
import type { Stack } from '../../../src/embedded/stack.ts';

/** A device's own way to a stack, which can be cut while the others' stay. */
export interface Door {
  /** The connection file for `BURROW_CONNECTION`. */
  file: string;
  addresses: { clerk: string; fauna: string };
  cut(): Promise<void>;
  /** Requests arrive and are never answered, as on a network that swallows what is sent. */
  silence(): void;
  /** How many requests were not answered. */
  swallowed(): number;
  /** Ends either; what was swallowed stays so. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export const openDoor = async (stack: Stack): Promise<Door> => {
  const folder = mkdtempSync(join(tmpdir(), 'burrow-door-'));
  const file = join(folder, 'connection.json');
  let open: Listener[] = [];
  const ports = { fauna: 0, clerk: 0 };
  let silent = false;
  let swallowed = 0;
  const heard =
    <R extends Request>(answer: (request: R) => Promise<Response>) =>
    (request: R): Promise<Response> => {
      if (!silent) return answer(request);
      swallowed += 1;
      return new Promise(() => {});
    };
  const restore = async () => {
    silent = false;
    if (open.length > 0) return;
    const [fauna, clerk] = await Promise.all([
      listen(heard(stack.fauna), { port: ports.fauna }),
      listen(heard(stack.clerk), { port: ports.clerk }),
    ]);
    ports.fauna = fauna.port;
    ports.clerk = clerk.port;
    open = [fauna, clerk];
  };
  const cut = async () => {
    await Promise.all(open.splice(0).map((listener) => listener.close()));
  };
  await restore();
  const addresses = { clerk: `http://127.0.0.1:${ports.clerk}`, fauna: `http://127.0.0.1:${ports.fauna}` };
  writeFileSync(
    file,
    JSON.stringify({
      clerk: { publishableKey: stack.publishableKey, frontendApi: addresses.clerk },
      fauna: { endpoint: addresses.fauna },
    }),
  );
  return {
    file,
    addresses,
    cut,
    silence: () => {
      silent = true;
    },
    swallowed: () => swallowed,
    restore,
    close: async () => {
      await cut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
