import type { Page } from 'playwright';
import { Editor } from '../../main/notes/editor.ts';

/** What the window was told, up to its end. */
export interface Said {
  /** The text that was last called saved. */
  saved: string;
  /** All that was typed: what is on disk is a beginning of it. */
  typed: string;
  /** How often something was called saved. */
  times: number;
}

export interface Saving {
  /** Something was called saved for the first time. */
  begun: Promise<void>;
  /** The window is gone. */
  end(): Promise<Said>;
}

const MARK = 'saved:';
const LINES = 1_500;
const lineOf = (round: number, line: number): string => `round ${round}, line ${line}\n`;

/** The page tells by its console, which outlives what it stands in; a word that is lost makes the test milder only. */
const listen = (page: Page) => {
  const first = Promise.withResolvers<void>();
  const heard: string[] = [];
  page.on('console', (message) => {
    if (!message.text().startsWith(MARK)) return;
    heard.push(message.text().slice(MARK.length));
    first.resolve();
  });
  return { begun: first.promise, heard };
};

/** How it ended: in the window's death, as a rule. */
const over = (work: Promise<void>): Promise<unknown> => work.catch((error: unknown) => error);
const tooEarly = (why: unknown): never => {
  throw new Error('nothing was called saved', { cause: why });
};

interface PageNotes {
  create(): Promise<{ value: { id: string } }>;
  save(input: { id: string; update: Uint8Array }): Promise<{ ok: boolean }>;
}
declare const burrow: { notes: PageNotes };

/** One edit after another over the bridge, each as soon as the one before was acknowledged. */
export const saveByBridge = (page: Page, round: number): Saving => {
  const { begun, heard } = listen(page);
  const editor = new Editor(new Uint8Array([0, 0]));
  const lines = Array.from({ length: LINES }, (_, at) => lineOf(round, at + 1));
  const updates = lines.map((line) => Buffer.from(editor.insert(editor.text.length, line)).toString('base64'));
  const work = over(
    page.evaluate(
      async ({ encoded, mark }) => {
        const { value: note } = await burrow.notes.create();
        for (const [at, text] of encoded.entries()) {
          const update = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          const { ok } = await burrow.notes.save({ id: note.id, update });
          if (!ok) return;
          console.log(`${mark}${at + 1}`);
        }
      },
      { encoded: updates, mark: MARK },
    ),
  );
  return {
    begun: Promise.race([begun, work.then(tooEarly)]),
    end: async () => {
      await work;
      const count = Number(heard.at(-1) ?? 0);
      return { saved: lines.slice(0, count).join(''), typed: lines.join(''), times: heard.length };
    },
  };
};

/** As a person does: letter by letter into the editor, with small rests; "Saved" is what the window shows. */
export const saveByTyping = (page: Page, round: number): Saving => {
  const { begun, heard } = listen(page);
  const lines = Array.from({ length: LINES }, (_, at) => lineOf(round, at + 1));
  const work = over(
    (async () => {
      await page.getByRole('button', { name: 'New note' }).first().click();
      const editor = page.getByRole('textbox', { name: 'Note', exact: true });
      await editor.click();
      await page.evaluate((mark) => {
        const state = document.querySelector('[aria-label="Save state"]');
        const text = document.querySelector<HTMLElement>('[role=textbox][aria-label="Note"]');
        if (!state || !text) throw new Error('no editor');
        new MutationObserver(() => {
          if (state.getAttribute('data-state') === 'saved') console.log(`${mark}${text.innerText}`);
        }).observe(state, { attributes: true, attributeFilter: ['data-state'] });
      }, MARK);
      for (const line of lines) {
        await page.keyboard.type(line);
        await page.waitForTimeout(Math.random() * 400);
      }
    })(),
  );
  return {
    begun: Promise.race([begun, work.then(tooEarly)]),
    end: async () => {
      await work;
      return { saved: (heard.at(-1) ?? '').trimEnd(), typed: lines.join(''), times: heard.length };
    },
  };
};
