import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** How a command talks: lines for people go to stderr, so that stdout is the result alone. */
export interface Conversation {
  say(line: string): void;
  /** False when there is nobody to ask. */
  interactive: boolean;
  confirm(question: string): Promise<boolean>;
  ask(question: string, options?: { secret?: boolean }): Promise<string>;
}

const question = async (text: string, secret: boolean): Promise<string> => {
  // What is typed as a secret is not shown: the prompt is written by hand and readline's echo goes nowhere.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: secret ? silent : process.stderr, terminal: true });
  try {
    if (secret) process.stderr.write(text);
    const answer = await lines.question(secret ? '' : text);
    if (secret) process.stderr.write('\n');
    return answer.trim();
  } finally {
    lines.close();
  }
};

/** On a terminal; with `yes`, every question of yes or no is answered already. */
export const terminal = (options: { yes: boolean }): Conversation => {
  const interactive = process.stdin.isTTY === true;
  return {
    say: (line) => process.stderr.write(`${line}\n`),
    interactive,
    confirm: async (text) => options.yes || (interactive && /^y(es)?$/i.test(await question(`${text} [y/N] `, false))),
    ask: (text, { secret = false } = {}) => question(`${text}: `, secret),
  };
};
