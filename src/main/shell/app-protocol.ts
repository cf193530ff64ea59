import { protocol } from 'electron';

/** Before `ready`: the scheme behaves as https does, so that the page has an origin, fetch and storage of its own. */
export const registerAppScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: 'burrow', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);

/** From now on `burrow://` is answered by `handler`, inside this process. */
export const serveApp = (handler: (request: Request) => Promise<Response>): void => protocol.handle('burrow', handler);
