import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow, dialog } from 'electron';
import { FailureError, failure } from '../../shared/failure.ts';
import { fileNameFor } from '../../shared/notes/file-name.ts';
import type { NoteSummary } from '../../shared/notes/note.ts';

/** The part of the notes store that an export reads. */
export interface Exportable {
  summaries(ids: readonly string[]): NoteSummary[];
  body(id: string): string;
}

/** Writes one Markdown file a note into a folder the person picks; overwrites nothing. Null when they cancel. */
export const exportMarkdown = async (
  notes: Exportable,
  ids: readonly string[],
): Promise<{ folder: string; notes: number } | null> => {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const options: Electron.OpenDialogOptions = {
    title: 'Export notes as Markdown',
    buttonLabel: 'Export here',
    properties: ['openDirectory', 'createDirectory'],
  };
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const folder = chosen.filePaths[0];
  if (chosen.canceled || folder === undefined) return null;

  const taken = new Set<string>();
  const exported = notes.summaries(ids);
  for (const note of exported) await writeNew(folder, note.title, taken, notes.body(note.id));
  return { folder, notes: exported.length };
};

const writeNew = async (folder: string, title: string, taken: Set<string>, body: string): Promise<void> => {
  for (;;) {
    try {
      await writeFile(join(folder, fileNameFor(title, taken)), body, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new FailureError(
        failure(
          'export-failed',
          `The notes could not be written to ${folder}.`,
          'Choose another folder, or make room on the disk.',
        ),
        { cause: error },
      );
    }
  }
};
