import { describe, expect, it } from 'vitest';
import { isAccelerator } from './api/accelerators.ts';
import { strict, strictEmitter } from './api/strict.ts';
import { fromChromium, originOf, registerPrivileged, textToChromium, toChromium } from './browser/app-origin.ts';

registerPrivileged('burrow');

describe("the app's origin", () => {
  it.each([
    ['burrow://app', 'https://app.burrow.simulated/'],
    ['burrow://app/a/b.html?q=1#h', 'https://app.burrow.simulated/a/b.html?q=1#h'],
  ])('is loaded by Chromium as %s → %s, and told to main as it was', (ours, chromiums) => {
    expect(toChromium(ours)).toBe(chromiums);
    expect(fromChromium(chromiums)).toBe(new URL(ours).pathname ? ours : `${ours}/`);
  });

  it.each([
    'https://burrow.simulated.example/',
    'https://app.other.simulated/',
    'https://example.com/app.burrow.simulated/',
  ])('is not seen in %s', (url) => expect(fromChromium(url)).toBe(url));

  it('has an origin, which Node does not give custom schemes', () => {
    expect(originOf('burrow://app/index.html')).toBe('burrow://app');
    expect(originOf('https://example.com/x')).toBe('https://example.com');
  });

  it('is mapped in policies', () => {
    expect(textToChromium("connect-src 'self' burrow://app; img-src burrow:")).toBe(
      "connect-src 'self' https://app.burrow.simulated; img-src https://*.burrow.simulated",
    );
  });
});

describe('an accelerator', () => {
  const press = (key: string, more: object = {}) => ({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  });
  it('is pressed with exactly its modifiers', () => {
    expect(isAccelerator('Ctrl+Shift+N', press('N', { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(isAccelerator('Ctrl+N', press('N', { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(isAccelerator('Ctrl+Plus', press('+', { ctrlKey: true }))).toBe(true);
    expect(isAccelerator('F11', press('F11'))).toBe(true);
  });
});

describe('a part of Electron that is not simulated', () => {
  it('is named by an error instead of being undefined', async () => {
    const shell = strict('shell', { beep: () => {} }) as { beep(): void; trash?(): void };
    expect(() => shell.trash).toThrow('The simulated host has no shell.trash');
    class Tray extends strictEmitter('Tray') {}
    expect(() => (new Tray() as unknown as { balloon(): void }).balloon).toThrow('no Tray.balloon');
    await expect(Promise.resolve(shell)).resolves.toBe(shell);
  });
});
