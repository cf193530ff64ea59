import type { BridgeEvents } from '../../shared/bridge/events.ts';
import type { EventName } from '../../shared/bridge/names.ts';

/** Tells the windows something, unasked. */
export type Tell = <E extends EventName>(event: E, payload: BridgeEvents[E]) => unknown;
