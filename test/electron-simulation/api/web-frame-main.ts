import { originOf } from '../browser/app-origin.ts';

/** The top frame of a window; the only one that has a preload, hence the only sender of messages. */
export interface WebFrameMain {
  readonly url: string;
  readonly origin: string;
  readonly parent: WebFrameMain | null;
  readonly top: WebFrameMain | null;
  readonly frames: WebFrameMain[];
  readonly name: string;
  readonly processId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  readonly frameToken: string;
  readonly visibilityState: string;
  readonly detached: boolean;
  isDestroyed(): boolean;
  executeJavaScript(code: string): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
}

interface Owner {
  readonly id: number;
  getURL(): string;
  isDestroyed(): boolean;
  executeJavaScript(code: string): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
}

export const createMainFrame = (owner: Owner): WebFrameMain => {
  const frame: WebFrameMain = {
    get url() {
      return owner.getURL();
    },
    get origin() {
      return originOf(owner.getURL());
    },
    parent: null,
    get top() {
      return frame;
    },
    frames: [],
    name: '',
    processId: owner.id,
    routingId: 1,
    frameTreeNodeId: owner.id,
    frameToken: `main-${owner.id}`,
    visibilityState: 'visible',
    get detached() {
      return owner.isDestroyed();
    },
    isDestroyed: () => owner.isDestroyed(),
    executeJavaScript: (code) => owner.executeJavaScript(code),
    send: (channel, ...args) => owner.send(channel, ...args),
  };
  return frame;
};
