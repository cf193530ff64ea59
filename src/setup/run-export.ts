import { transferCommand } from './transfer/transfer-command.ts';

process.exitCode = await transferCommand('export', process.argv.slice(2));
