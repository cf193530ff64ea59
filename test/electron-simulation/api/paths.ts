import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const appData = (): string => {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
};

const inHome: Record<string, string> = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
};

/** `app.getPath` and `app.setPath`, with Electron's names and defaults. */
export const createPaths = (name: () => string) => {
  const chosen = new Map<string, string>();
  const usual = (key: string): string => {
    const folder = inHome[key];
    if (folder) return join(homedir(), folder);
    if (key === 'home') return homedir();
    if (key === 'appData') return appData();
    if (key === 'userData') return join(get('appData'), name());
    if (key === 'sessionData') return get('userData');
    if (key === 'temp') return tmpdir();
    if (key === 'exe' || key === 'module') return process.argv[0] ?? process.execPath;
    if (key === 'logs') return join(get('userData'), 'logs');
    if (key === 'crashDumps') return join(get('userData'), 'Crashpad');
    throw new Error(`Failed to get '${key}' path`);
  };
  const get = (key: string): string => chosen.get(key) ?? usual(key);
  const set = (key: string, path: string): void => {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    usual(key);
    chosen.set(key, path);
  };
  return { get, set };
};
