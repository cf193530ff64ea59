import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCommand, runCommandLine } from '../../../src/main/shell/command-line.ts';
import { temporaryFolder } from '../notes/helpers.ts';

it('only the word right after the program is a command', () => {
  expect(readCommand(['/opt/Burrow/burrow', 'doctor', '--json'])).toEqual({ name: 'doctor', args: ['--json'] });
  expect(readCommand(['/opt/Burrow/burrow'])).toBeNull();
  expect(readCommand(['/opt/Burrow/burrow', 'burrow://app/note/1', 'setup'])).toBeNull();
  expect(readCommand(['/opt/Burrow/burrow', '--hidden', 'import'])).toBeNull();
});

it('runs the script with the arguments and the app’s folder, and passes its exit code on', async () => {
  const script = join(temporaryFolder(), 'command.cjs');
  writeFileSync(
    script,
    'exports.runCommand = async (name, args, { userData }) => (name === "export" && args[0] === "x.zip" && userData === "/u" ? 3 : 9);',
  );
  const command = { name: 'export' as const, args: ['x.zip'] };
  expect(await runCommandLine(command, { script, userData: '/u' })).toBe(3);
  writeFileSync(join(script, '..', 'broken.cjs'), 'exports.runCommand = () => { throw new Error("no"); };');
  expect(await runCommandLine(command, { script: join(script, '..', 'broken.cjs'), userData: '/u' })).toBe(1);
});
