import { writeFile } from 'node:fs/promises';
import { BrowserWindow, dialog } from 'electron';
import { mask } from '../logging/log.ts';

interface Entry {
  at: number;
  level: string;
  event: string;
  note: string | null;
  detail: Record<string, unknown>;
}

const MOST_ENTRIES = 5_000;

/** One line an entry. Ids of notes stay, to follow one of them; what a note says and who wrote it is not in the log. */
export const syncLogText = (entries: readonly Entry[]): string =>
  entries
    .map(({ at, level, event, note, detail }) =>
      mask([new Date(at).toISOString(), level, event, note ?? '-', JSON.stringify(detail)].join('\t')),
    )
    .join('\n');

/** Writes the sync log where the person says. Null when they cancel. */
export const exportSyncLog = async (notes: {
  sync: { readLog(limit: number): Entry[] };
}): Promise<{ file: string } | null> => {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const options: Electron.SaveDialogOptions = { title: 'Export the sync log', defaultPath: 'burrow-sync-log.txt' };
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  if (chosen.canceled || !chosen.filePath) return null;
  await writeFile(chosen.filePath, `${syncLogText(notes.sync.readLog(MOST_ENTRIES))}\n`, { mode: 0o600 });
  return { file: chosen.filePath };
};
