/** Doing a thing many times, some at once, and saying how long each took. */
import type { ClientHttp2Session } from 'node:http2';

export interface Measured {
  /** A second. */
  readonly rate: number;
  /** ms */
  readonly median: number;
  readonly p95: number;
}

export async function measure(
  count: number,
  atOnce: number,
  run: (turn: number) => Promise<unknown>,
): Promise<Measured> {
  const times: number[] = [];
  let turn = 0;
  const one = async (): Promise<void> => {
    while (turn < count) {
      const mine = turn;
      turn += 1;
      const begun = performance.now();
      await run(mine);
      times.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, one));
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { rate: count / seconds, median: at(0.5), p95: at(0.95) };
}

/** The one in the middle by rate: other work on the machine comes and goes. */
export const middle = (runs: readonly Measured[]): Measured =>
  [...runs].sort((a, b) => a.rate - b.rate)[Math.floor(runs.length / 2)] as Measured;

export interface Compared {
  readonly ours: Measured;
  readonly bare: Measured;
  /** Of the rates, our own over the bare one: the middle of what each pair of turns says. */
  readonly ratio: number;
}

/** Measures two things in turns, so that both meet the same machine: the shorter the turns, the more alike it is. */
export async function sideBySide(
  rounds: number,
  ours: () => Promise<Measured>,
  bare: () => Promise<Measured>,
): Promise<Compared> {
  const found: { ours: Measured[]; bare: Measured[] } = { ours: [], bare: [] };
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b] = [await ours(), await bare()];
    // The first warms up.
    if (round === 0) continue;
    found.ours.push(a);
    found.bare.push(b);
    ratios.push(a.rate / b.rate);
  }
  ratios.sort((a, b) => a - b);
  return { ours: middle(found.ours), bare: middle(found.bare), ratio: ratios[Math.floor(ratios.length / 2)] ?? 0 };
}

export function post(session: ClientHttp2Session, secret: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/',
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'x-faunadb-api-version': '4',
    });
    let text = '';
    let status = 0;
    stream.setEncoding('utf8');
    stream.on('response', (headers) => {
      status = headers[':status'] ?? 0;
    });
    stream.on('data', (part: string) => {
      text += part;
    });
    stream.on('end', () => (status < 300 ? resolve(text) : reject(new Error(text))));
    stream.on('error', reject);
    stream.end(body);
  });
}
