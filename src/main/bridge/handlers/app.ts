import { app, nativeTheme } from 'electron';
import { succeed } from '../../../shared/failure.ts';
import type { SettingsFile } from '../../shell/settings.ts';
import type { Handlers } from '../answer.ts';

export const appHandlers = (settings: SettingsFile): Handlers<Extract<keyof Handlers, `app.${string}`>> => ({
  'app.info': () =>
    succeed({
      version: app.getVersion(),
      platform: process.platform,
      host: 'burrowSimulatedHost' in process.versions ? 'simulated' : 'electron',
    }),
  'app.getTheme': () => succeed(settings.get().theme),
  'app.setTheme': async ({ theme }) => {
    nativeTheme.themeSource = theme;
    await settings.set({ theme });
    return succeed(undefined);
  },
});
