import { hostState } from './host-state.ts';
import { createEvent, strict, strictEmitter } from './strict.ts';

/** The parts of Electron that speak to the desktop: they say what they would have done, and do nothing. */

const say = (text: string) => console.error(`[simulated host] ${text}`);

export const shell = strict('shell', {
  openExternal: async (url: string): Promise<void> => {
    hostState.opened.push(url);
    say(`shell.openExternal(${url})`);
  },
  openPath: async (path: string): Promise<string> => {
    hostState.opened.push(path);
    say(`shell.openPath(${path})`);
    return '';
  },
  showItemInFolder: (path: string): void => {
    hostState.opened.push(path);
    say(`shell.showItemInFolder(${path})`);
  },
  beep: () => {},
});

interface MessageBox {
  message?: string;
  title?: string;
  buttons?: string[];
  cancelId?: number;
}

/** The options come alone or after the window. */
const optionsOf = <T>(args: [unknown, T] | [T]): T => (args.length > 1 ? args[1] : args[0]) as T;

const cancelOf = (options: MessageBox): number => {
  if (options.cancelId !== undefined) return options.cancelId;
  const byName = (options.buttons ?? []).findIndex((label) => /^(cancel|no)$/i.test(label));
  return Math.max(byName, 0);
};

const answerBox = (options: MessageBox): number => {
  const response = cancelOf(options);
  say(`dialog: "${options.message ?? ''}" [${(options.buttons ?? ['OK']).join('] [')}] answered ${response}`);
  return response;
};

/** Every dialog is cancelled; tests replace these functions to answer otherwise. */
export const dialog = strict('dialog', {
  showMessageBox: async (...args: [unknown, MessageBox] | [MessageBox]) => {
    return { response: answerBox(optionsOf(args)), checkboxChecked: false };
  },
  showMessageBoxSync: (...args: [unknown, MessageBox] | [MessageBox]) => answerBox(optionsOf(args)),
  showOpenDialog: async (...args: [unknown, MessageBox] | [MessageBox]) => {
    say(`dialog: open "${optionsOf(args)?.title ?? ''}" cancelled`);
    return { canceled: true, filePaths: [] };
  },
  showOpenDialogSync: () => undefined,
  showSaveDialog: async (...args: [unknown, MessageBox] | [MessageBox]) => {
    say(`dialog: save "${optionsOf(args)?.title ?? ''}" cancelled`);
    return { canceled: true, filePath: '' };
  },
  showSaveDialogSync: () => undefined,
  showErrorBox: (title: string, content: string) => say(`dialog: error "${title}": ${content}`),
});

const contents = new Map<string, string>();
export const clipboard = strict('clipboard', {
  readText: () => contents.get('text') ?? '',
  writeText: (text: string) => void contents.set('text', text),
  readHTML: () => contents.get('html') ?? '',
  writeHTML: (html: string) => void contents.set('html', html),
  write: (data: { text?: string; html?: string }) => {
    contents.clear();
    for (const [kind, text] of Object.entries(data)) contents.set(kind, text);
  },
  clear: () => contents.clear(),
  availableFormats: () => [...contents.keys()].map((kind) => (kind === 'text' ? 'text/plain' : `text/${kind}`)),
});

export class Notification extends strictEmitter('Notification') {
  readonly options: object;
  constructor(options: object = {}) {
    super();
    this.options = options;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    this.emit('show', createEvent());
  }
  close(): void {
    this.emit('close', createEvent());
  }
}

export class Tray extends strictEmitter('Tray') {
  #destroyed = false;
  setToolTip(): void {}
  setTitle(): void {}
  setImage(): void {}
  setContextMenu(): void {}
  setIgnoreDoubleClickEvents(): void {}
  popUpContextMenu(): void {}
  getBounds() {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  destroy(): void {
    this.#destroyed = true;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
}

export const globalShortcut = strict('globalShortcut', {
  register: () => true,
  unregister: () => {},
  unregisterAll: () => {},
  isRegistered: () => false,
});
