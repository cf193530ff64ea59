import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { electronBinary } from '../../test/electron-simulation/host.ts';
import { makeStandInElectron } from './stand-in.ts';

/** `npm run package`: an unpacked app for this system in release/. */
const root = join(import.meta.dirname, '..', '..');

const built = spawnSync('npm', ['run', '--silent', 'build'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (built.status !== 0) process.exit(built.status ?? 1);

const real = electronBinary() !== null;
if (!real)
  console.log(
    "Electron's binary is out of reach here: packaging with a stand-in for it. The result shows what is shipped; it does not start.",
  );

await build({
  projectDir: root,
  targets: Platform.current().createTarget('dir'),
  config: {
    extends: join(root, 'electron-builder.yml'),
    ...(real
      ? { electronDist: join(root, 'node_modules', 'electron', 'dist') }
      : { electronDist: makeStandInElectron(join(root, 'out', 'electron-stand-in')) }),
  },
  publish: 'never',
});
console.log(`The app is in ${join(root, 'release')}.`);
