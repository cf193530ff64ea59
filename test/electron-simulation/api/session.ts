import { hostState } from './host-state.ts';
import { protocol } from './protocol.ts';
import { strict, strictEmitter } from './strict.ts';
import { createWebRequest } from './web-request.ts';

type PermissionRequest = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean;

export const webRequest = createWebRequest();

class Session extends strictEmitter('session') {
  readonly protocol = protocol;
  readonly webRequest = webRequest.api;
  readonly availableSpellCheckerLanguages: string[] = ['en-US'];
  #spellCheck: string[] = [];
  #userAgent = '';
  /**
   * Kept so that a test can ask them. The page never reaches them: Chromium, driven by DevTools, grants nothing
   * by itself.
   */
  permissionRequestHandler: PermissionRequest | null = null;
  permissionCheckHandler: PermissionCheck | null = null;

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.permissionRequestHandler = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.permissionCheckHandler = handler;
  }
  readonly setDevicePermissionHandler = () => {};
  readonly setCertificateVerifyProc = () => {};
  readonly setProxy = async () => {};
  readonly closeAllConnections = async () => {};
  readonly clearCache = async () => {};
  readonly clearHostResolverCache = async () => {};
  readonly clearAuthCache = async () => {};

  setSpellCheckerLanguages(languages: string[]): void {
    this.#spellCheck = languages;
  }
  getSpellCheckerLanguages(): string[] {
    return this.#spellCheck;
  }
  setSpellCheckerEnabled(): void {}
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }
  getUserAgent(): string {
    return this.#userAgent;
  }
  isPersistent(): boolean {
    return true;
  }
  get storagePath(): string | null {
    return hostState.chromium?.profile ?? null;
  }
  /** All of it, whatever the options: the app has one origin. */
  async clearStorageData(): Promise<void> {
    const page = [...hostState.windows][0]?.webContents;
    await page?.clearStorage();
  }
  flushStorageData(): void {}
}

const defaultSession = new Session();

export const session = strict('session', {
  defaultSession,
  fromPartition: (partition: string): never => {
    throw new Error(`The simulated host has one session; '${partition}' was asked for`);
  },
});
