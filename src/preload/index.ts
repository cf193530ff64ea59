import { contextBridge, ipcRenderer } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL, type EventName, eventNames, operationNames } from '../shared/bridge/names.ts';

// Built from the contract: a window can ask for a named operation and listen to a named event, nothing else.
const topics: Record<string, Record<string, (input?: unknown) => Promise<unknown>>> = {};
for (const name of operationNames) {
  const [topic, verb] = name.split('.') as [string, string];
  topics[topic] ??= {};
  topics[topic][verb] = (input) => ipcRenderer.invoke(CALL_CHANNEL, name, input);
}

const on = (event: EventName, listener: (payload: unknown) => void): (() => void) => {
  if (!eventNames.includes(event)) throw new Error(`Burrow has no event '${event}'`);
  // The Electron event object holds `sender`; it must not reach the page.
  const receive = (_event: unknown, name: string, payload: unknown) => {
    if (name === event) listener(payload);
  };
  ipcRenderer.on(EVENT_CHANNEL, receive);
  return () => {
    ipcRenderer.removeListener(EVENT_CHANNEL, receive);
  };
};

contextBridge.exposeInMainWorld('burrow', { ...topics, on });
