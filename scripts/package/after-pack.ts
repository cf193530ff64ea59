import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';

/** The program inside an unpacked app: where its fuses are. */
export const executableIn = (folder: string, platform: string): string => {
  if (platform === 'darwin') {
    const bundle = readdirSync(folder).find((name) => name.endsWith('.app')) ?? '';
    return join(folder, bundle, 'Contents', 'MacOS', bundle.replace(/\.app$/, ''));
  }
  return join(folder, platform === 'win32' ? 'Burrow.exe' : 'burrow');
};

/** The ninth fuse, which electron-builder.yml has no key for. WebAssembly is not used, so its trap handlers stay off. */
export default async function afterPack({ appOutDir, electronPlatformName }: AfterPackContext): Promise<void> {
  await flipFuses(executableIn(appOutDir, electronPlatformName), {
    version: FuseVersion.V1,
    [FuseV1Options.WasmTrapHandlers]: false,
  });
}
