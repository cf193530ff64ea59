/** A key pressed in a page that the page did not use itself, as its `KeyboardEvent` tells. */
export interface PressedKey {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const isMac = process.platform === 'darwin';
const modifiers: Record<string, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> = {
  cmdorctrl: isMac ? 'metaKey' : 'ctrlKey',
  commandorcontrol: isMac ? 'metaKey' : 'ctrlKey',
  cmd: 'metaKey',
  command: 'metaKey',
  meta: 'metaKey',
  super: 'metaKey',
  ctrl: 'ctrlKey',
  control: 'ctrlKey',
  alt: 'altKey',
  option: 'altKey',
  shift: 'shiftKey',
};
const keyNames: Record<string, string> = {
  plus: '+',
  space: ' ',
  return: 'enter',
  esc: 'escape',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
};

/** Whether `accelerator`, in Electron's notation (`CmdOrCtrl+Shift+N`), is the key pressed. */
export const isAccelerator = (accelerator: string, pressed: PressedKey): boolean => {
  const parts = accelerator.toLowerCase().split('+');
  const key = parts.pop() || '+';
  const wanted = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  for (const part of parts) {
    const modifier = modifiers[part];
    if (modifier) wanted[modifier] = true;
  }
  const same = Object.entries(wanted).every(([name, on]) => pressed[name as keyof typeof wanted] === on);
  if (!same) return false;
  const name = keyNames[key] ?? key;
  const byPosition = /^(?:Key|Digit)(.)$/.exec(pressed.code)?.[1]?.toLowerCase();
  return pressed.key.toLowerCase() === name || byPosition === name;
};
