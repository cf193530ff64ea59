import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, powerMonitor } from 'electron';
import { createHandlers } from './bridge/handlers/index.ts';
import { askWindow, registerBridge, tellWindows } from './bridge/register.ts';
import { type OpenConnection, openEmbedded, openOwnServers } from './connect.ts';
import { CONNECTION_FILE_NAME, connectionFiles, decideConnection } from './connection/configuration.ts';
import { startEmbeddedServices } from './connection/embedded-process.ts';
import { resettable } from './connection/resettable-fetch.ts';
import { openIdentity } from './identity/open.ts';
import { log, logTo } from './logging/log.ts';
import { createAppHandler } from './shell/app-handler.ts';
import { registerAppScheme, serveApp } from './shell/app-protocol.ts';
import { readCommand, runCommandLine } from './shell/command-line.ts';
import { exportMarkdown } from './shell/export-markdown.ts';
import { setUpGuards } from './shell/guards.ts';
import { setUpMenu } from './shell/menu.ts';
import { setUpQuitGuard } from './shell/quit-guard.ts';
import { openSettings } from './shell/settings.ts';
import { claimUserData } from './shell/user-data.ts';
import { focusWindow, openWindow, preloadPath } from './shell/windows.ts';
import { createWorkspace } from './workspace.ts';

const development = !app.isPackaged;
// Tests and developers run several Burrows side by side; a packaged app always uses the system's folder.
const namedFolder = development ? process.env.BURROW_USER_DATA : undefined;
if (namedFolder) app.setPath('userData', namedFolder);

registerAppScheme();
// One bug must not take down a window full of text: it is logged, and the person goes on.
process.on('uncaughtException', (error) => log.error('uncaught', error));
process.on('unhandledRejection', (error) => log.error('unhandled', error));

const refuseToStart = (message: string, mend = ''): void => {
  dialog.showErrorBox('Burrow cannot start', `${message}\n\n${mend}`);
  log.error(`start: ${message}`);
  app.exit(1);
};

const start = async (): Promise<void> => {
  const userData = app.getPath('userData');
  const inUserData = (...names: string[]) => join(userData, ...names);
  logTo(inUserData('logs', 'main.log'));
  const settings = openSettings(inUserData('settings.json'));
  nativeTheme.themeSource = settings.get().theme;

  const decision = decideConnection(
    connectionFiles({
      userData,
      resources: process.resourcesPath,
      named: development ? process.env.BURROW_CONNECTION : undefined,
    }),
  );
  if (decision.problem) log.warn(`connection: ${decision.problem.message}`);
  const connection: OpenConnection =
    decision.connection.kind === 'embedded'
      ? openEmbedded(
          decision.connection,
          startEmbeddedServices({
            script: join(__dirname, '..', 'embedded', 'process.cjs'),
            data: inUserData('embedded'),
          }),
        )
      : openOwnServers((url, init) => fetch(url, init));

  const network = resettable(connection.fetch);
  const workspace = createWorkspace({
    folder: inUserData('accounts'),
    scripts: __dirname,
    fauna: decision.problem
      ? null
      : {
          endpoint: decision.connection.faunaEndpoint,
          fetch: network.fetch,
          token: { get: () => identity.broker.get(), forget: () => identity.broker.forget() },
        },
    tell: tellWindows,
  });
  const identity = openIdentity({
    folder: inUserData('identity'),
    connection: decision.connection,
    fetch: connection.fetch,
    ready: connection.ready,
    askWindow: (request) => askWindow('identity.faunaTokenWanted', { request }),
    changed: async (account) => {
      await workspace.switchTo(account);
      tellWindows('identity.changed', account);
    },
  });
  await workspace.switchTo(identity.accounts.current());
  const finishSignOut = () => void identity.accounts.finishSignOut().catch((error) => log.warn('sign-out', error));
  const reconnected = () => {
    // The embedded services are reached without a network.
    if (decision.connection.kind === 'own-servers') network.reset();
    workspace.reconnected();
    finishSignOut();
  };

  setUpGuards();
  serveApp(createAppHandler({ root: join(__dirname, '..', 'renderer'), clerk: identity.clerkProxy }));
  registerBridge(
    createHandlers({
      settings,
      decision,
      identity,
      workspace,
      connection,
      chosenConnectionFile: inUserData(CONNECTION_FILE_NAME),
      tell: tellWindows,
      reconnected,
    }),
  );
  setUpMenu({ run: (command) => tellWindows('app.command', command), development });

  const open = () => openWindow(settings, preloadPath(__dirname));
  open();
  app.on('second-instance', () => focusWindow(open));
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  setUpQuitGuard({
    unsynced: workspace.unsynced,
    syncNow: workspace.syncNow,
    exportMarkdown: (ids) => exportMarkdown(workspace.notes(), ids),
    asks: () => settings.get().askBeforeQuit,
    stopAsking: () => settings.set({ askBeforeQuit: false }),
  });
  powerMonitor.on('resume', reconnected);
  connection.onUp(reconnected);
  connection.onProblem(() => tellWindows('connection.changed', null));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    workspace.close();
    connection.close();
  });
  void connection.ready().then(finishSignOut, () => {});
};

const startApp = (): void => {
  const claimed = claimUserData(app.getPath('userData'));
  if (!claimed.ok) {
    void app.whenReady().then(() => refuseToStart(claimed.failure.message, claimed.failure.mend));
  } else if (!app.requestSingleInstanceLock()) {
    // The first instance comes to the front instead; two on one folder would fight over it.
    console.error('Burrow is already running with this folder; its window was brought to the front.');
    app.quit();
  } else {
    app
      .whenReady()
      .then(start)
      .catch((error) => {
        log.error('start', error);
        refuseToStart('Something went wrong while starting.', 'The log in its folder says more; saved notes are safe.');
      });
  }
};

// `burrow doctor` and the like need no window; a developer uses npm run doctor.
const command = development ? null : readCommand(process.argv);
if (command) {
  const script = join(__dirname, '..', 'setup', 'command.cjs');
  void runCommandLine(command, { script, userData: app.getPath('userData') }).then((code) => app.exit(code));
} else {
  startApp();
}
