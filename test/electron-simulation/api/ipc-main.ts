import { codec } from '../page/node-codec.ts';
import { hostState } from './host-state.ts';
import { createEvent, strictEmitter } from './strict.ts';
import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';

export interface IpcMainEvent {
  sender: WebContents;
  senderFrame: WebFrameMain;
  frameId: number;
  processId: number;
  type: 'frame';
  ports: never[];
  reply(channel: string, ...args: unknown[]): void;
}
type Handler = (event: IpcMainEvent, ...args: unknown[]) => unknown;

class IpcMain extends strictEmitter('ipcMain') {
  /** Electron's own, private, name: tests reach the handlers by it in both hosts. */
  readonly _invokeHandlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    if (this._invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this._invokeHandlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();

const createIpcEvent = (sender: WebContents): IpcMainEvent => ({
  sender,
  senderFrame: sender.mainFrame,
  frameId: sender.mainFrame.routingId,
  processId: sender.mainFrame.processId,
  type: 'frame',
  ports: [],
  reply: (channel, ...args) => sender.send(channel, ...args),
});

type Reply = (id: number, ok: boolean, text: string) => void;

/** A message from a preload: `{ kind, id, channel, url }` on the first line, then the arguments. */
export const receiveFromPage = (sender: WebContents, message: string, reply: Reply): void => {
  const end = message.indexOf('\n');
  const { kind, id, channel } = JSON.parse(message.slice(0, end)) as { kind: string; id: number; channel: string };
  const args = codec.decode(message.slice(end + 1)) as unknown[];
  if (kind === 'preload-error') sender.emit('preload-error', {}, '', args[0]);
  else if (kind === 'key') hostState.signals.emit('key-pressed', args[0]);
  else if (kind === 'context-menu') sender.emit('context-menu', createEvent(), args[0]);
  else if (kind === 'send') deliver(sender, channel, args);
  else void answer(sender, id, channel, args, reply);
};

export const pageUrlOf = (message: string): string =>
  (JSON.parse(message.slice(0, message.indexOf('\n'))) as { url: string }).url;

const deliver = (sender: WebContents, channel: string, args: unknown[]): void => {
  const event = createIpcEvent(sender);
  sender.emit('ipc-message', event, channel, ...args);
  ipcMain.emit(channel, event, ...args);
};

const answer = async (sender: WebContents, id: number, channel: string, args: unknown[], reply: Reply) => {
  try {
    const handler = ipcMain._invokeHandlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    reply(id, true, codec.encode(await handler(createIpcEvent(sender), ...args)));
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    reply(id, false, String(error));
  }
};
