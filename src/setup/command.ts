import { doctorCommand } from './doctor-command.ts';
import { setUpCommand } from './setup-command.ts';
import { transferCommand } from './transfer/transfer-command.ts';

/** `burrow setup|doctor|export|import`: what main loads, by its path, when the packaged app is started with one of them. */
export const runCommand = (
  name: 'setup' | 'doctor' | 'export' | 'import',
  args: string[],
  { userData }: { userData: string },
): Promise<number> => {
  if (name === 'setup') return setUpCommand(args);
  if (name === 'doctor') return doctorCommand(args);
  return transferCommand(name, args.includes('--user-data') ? args : [...args, '--user-data', userData]);
};
