import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { log } from '../logging/log.ts';

const shape = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Whether quitting with unsynced notes asks first. */
  askBeforeQuit: z.boolean().default(true),
  window: z
    .object({
      x: z.number(),
      y: z.number(),
      width: z.number().min(200),
      height: z.number().min(200),
      maximized: z.boolean(),
    })
    .nullable()
    .default(null),
});
export type Settings = z.infer<typeof shape>;

export interface SettingsFile {
  get(): Settings;
  set(change: Partial<Settings>): Promise<void>;
}

const read = (path: string): Settings => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return shape.parse({});
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    // Kept for whoever wants to look; settings are never worth a start that fails.
    try {
      renameSync(path, `${path}.unreadable`);
      log.warn(`settings: ${path} could not be read and was set aside; defaults are used`);
    } catch (error) {
      log.warn(`settings: ${path} could not be read nor set aside; defaults are used`, error);
    }
    return shape.parse({});
  }
};

/** The person's settings, in one JSON file that is replaced whole. */
export const openSettings = (path: string): SettingsFile => {
  let settings = read(path);
  return {
    get: () => settings,
    set: async (change) => {
      settings = { ...settings, ...change };
      mkdirSync(dirname(path), { recursive: true });
      await writeFileAtomic(path, `${JSON.stringify(settings, null, 2)}\n`);
    },
  };
};
