import { bridge } from '../bridge.ts';

/** Going back and forth between programs asks the server no more often than this. */
const AGAIN_AFTER_MS = 10_000;

/** Tells main at once when the network is back, and when the person comes back to the window: sync need not wait. */
export function followNetwork(): () => void {
  let cameBackAt = Number.NEGATIVE_INFINITY;
  const online = () => void bridge.sync.reconnected();
  const visible = () => {
    if (document.visibilityState !== 'visible' || performance.now() - cameBackAt < AGAIN_AFTER_MS) return;
    cameBackAt = performance.now();
    void bridge.sync.now();
  };
  window.addEventListener('online', online);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', online);
    document.removeEventListener('visibilitychange', visible);
  };
}
