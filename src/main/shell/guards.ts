import { app, type Session, session, shell } from 'electron';
import { APP_ORIGIN } from '../../shared/app-origin.ts';
import { log } from '../logging/log.ts';

const isOurs = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);

/** Only what a browser would open anyway, and never a scheme that starts a program. */
const mayOpenOutside = (url: string): boolean =>
  ['https:', 'http:', 'mailto:'].includes(URL.parse(url)?.protocol ?? '');

const openOutside = (url: string): void => {
  if (mayOpenOutside(url)) void shell.openExternal(url);
  else log.warn(`guards: did not open an address of the kind ${URL.parse(url)?.protocol ?? 'unknown'}`);
};

const denyPermissions = (target: Session): void => {
  // Copying to the clipboard is the one thing the page needs to ask for.
  const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
  target.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  target.setPermissionCheckHandler((_contents, permission) => allowed(permission));
};

/** The window stays on our page, opens no other, and asks the system for nothing (Electron's checklist, items 5 and 13 to 15). */
export const setUpGuards = (): void => {
  denyPermissions(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; url: string }) => {
      if (isOurs(event.url)) return;
      event.preventDefault();
      openOutside(event.url);
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url);
      return { action: 'deny' };
    });
  });
};
