import type { CdpSession } from '../browser/connection.ts';
import { hostState } from './host-state.ts';
import { strictEmitter } from './strict.ts';

type Source = 'system' | 'light' | 'dark';

class NativeTheme extends strictEmitter('nativeTheme') {
  #source: Source = 'system';
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    for (const window of hostState.windows) {
      window.webContents.page.then((page) => applyTheme(page.session)).catch(() => {});
    }
    if (before !== this.shouldUseDarkColors) this.emit('updated');
  }
  /** The simulated system is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

/** Tells a page which `prefers-color-scheme` holds. Playwright's own `colorScheme` must be null, or it wins. */
export const applyTheme = async (session: CdpSession): Promise<void> => {
  const value = nativeTheme.themeSource === 'system' ? '' : nativeTheme.themeSource;
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
};
