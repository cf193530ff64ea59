import { FailureError } from '../../shared/failure.ts';

/** Clerk may wait for ever when its server is out of reach; the window never does. */
export function withinTime<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new FailureError({
            code: 'clerk-timeout',
            message: `${what} took longer than ${Math.round(ms / 1000)} seconds.`,
            mend: 'Check the network, then try again. The Connection screen shows which link is slow.',
          }),
        ),
      ms,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
