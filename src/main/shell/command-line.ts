import { createRequire } from 'node:module';

const names = ['setup', 'doctor', 'export', 'import'] as const;

export interface Command {
  name: (typeof names)[number];
  args: string[];
}

/** `burrow setup …`: the word right after the program. Null: the app itself is meant. */
export const readCommand = (argv: readonly string[]): Command | null => {
  const name = names.find((one) => one === argv[1]);
  return name ? { name, args: argv.slice(2) } : null;
};

/** What the script of the commands gives; main may not know set-up, so it is loaded by its path. */
interface CommandScript {
  runCommand(name: Command['name'], args: string[], options: { userData: string }): Promise<number>;
}

/** Runs a command of the packaged app, without a window. Answers the exit code. */
export const runCommandLine = async (
  { name, args }: Command,
  options: { script: string; userData: string },
): Promise<number> => {
  try {
    const { runCommand } = createRequire(options.script)(options.script) as CommandScript;
    return await runCommand(name, args, { userData: options.userData });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
};
