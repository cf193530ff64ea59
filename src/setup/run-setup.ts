import { setUpCommand } from './setup-command.ts';

process.exitCode = await setUpCommand(process.argv.slice(2));
