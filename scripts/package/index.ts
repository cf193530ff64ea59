import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { electronBinary } from '../../test/electron-simulation/host.ts';
import { buildApp, root } from '../support/build.ts';
import { makeStandInElectron } from './stand-in.ts';

/** `npm run package`: an unpacked app for this system in release/. With `--built`, from dist/ as it is. */

if (!process.argv.includes('--built')) buildApp();

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
