import { transferCommand } from './transfer/transfer-command.ts';

process.exitCode = await transferCommand('import', process.argv.slice(2));
