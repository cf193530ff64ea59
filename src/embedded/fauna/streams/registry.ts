/** All open streams of a service. Commits are only announced to it while there are any. */
import type { EngineDoor, StreamOpening, StreamRequest } from '../engine/protocol.ts';
import type { Change, Commit } from '../store/commit.ts';
import { createSubscription, type Opened, type Subscription } from './subscription.ts';
import { topicOf } from './topics.ts';

export type Stream =
  | (StreamOpening & { type: 'refused' })
  | { readonly type: 'open'; readonly opened: Opened; readonly body: ReadableStream<Uint8Array> };

export interface StreamRegistry {
  /** The stream ends when the signal aborts, its body is cancelled, its login is lost or the registry is closed. */
  open(request: StreamRequest, signal: AbortSignal): Promise<Stream>;
  /** How many are open. */
  readonly size: number;
  close(): void;
}

export function createStreamRegistry(door: EngineDoor): StreamRegistry {
  const topics = new Map<string, Set<Subscription>>();
  /** Commits that come while streams are being opened: one may belong to a stream that is not known yet. */
  const opening = new Set<Commit[]>();
  let feed: Promise<() => void> | undefined;
  let users = 0;
  let size = 0;

  const receive = (commit: Commit): void => {
    for (const commits of opening) commits.push(commit);
    if (topics.size === 0) return;
    for (const [topic, changes] of byTopic(commit.changes)) {
      for (const subscription of topics.get(topic) ?? []) subscription.push({ time: commit.time, changes });
    }
  };
  const join = async (): Promise<void> => {
    users += 1;
    feed ??= door.onCommit(receive);
    await feed;
  };
  const leave = (): void => {
    users -= 1;
    if (users > 0) return;
    void feed?.then((stop) => stop()).catch(() => undefined);
    feed = undefined;
  };
  const add = (topic: string, subscription: Subscription): void => {
    size += 1;
    topics.set(topic, (topics.get(topic) ?? new Set()).add(subscription));
  };
  const remove = (topic: string, subscription: Subscription): void => {
    const there = topics.get(topic);
    if (!there?.delete(subscription)) return;
    if (there.size === 0) topics.delete(topic);
    size -= 1;
    leave();
  };

  return {
    get size() {
      return size;
    },
    open: async (request, signal) => {
      const missed: Commit[] = [];
      let opened: StreamOpening;
      try {
        await join();
        opening.add(missed);
        opened = await door.openStream(request);
      } catch (error) {
        leave();
        throw error;
      } finally {
        opening.delete(missed);
      }
      if (opened.type === 'refused') {
        leave();
        return opened;
      }
      const { topic, start } = opened;
      const subscription: Subscription = createSubscription(door, opened, () => remove(topic, subscription));
      add(topic, subscription);
      for (const { time, changes } of missed) {
        const ours = time > start ? changes.filter((change) => topicOf(change) === topic) : [];
        if (ours.length > 0) subscription.push({ time, changes: ours });
      }
      if (signal.aborted) subscription.end();
      else signal.addEventListener('abort', () => subscription.end(), { once: true });
      return { type: 'open', opened, body: subscription.body };
    },
    close: () => {
      for (const subscriptions of [...topics.values()]) for (const one of [...subscriptions]) one.end();
    },
  };
}

function byTopic(changes: readonly Change[]): Map<string, Change[]> {
  const result = new Map<string, Change[]>();
  for (const change of changes) {
    const topic = topicOf(change);
    const there = result.get(topic);
    if (there) there.push(change);
    else result.set(topic, [change]);
  }
  return result;
}
