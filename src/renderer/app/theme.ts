import { bridge } from '../bridge.ts';
import { createStore } from '../store.ts';

export type Theme = 'system' | 'light' | 'dark';

export const theme = createStore<Theme>('system');

function apply(next: Theme): void {
  theme.set(next);
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
}

export async function startTheme(): Promise<void> {
  const kept = await bridge.app.getTheme();
  if (kept.ok) apply(kept.value);
}

/** Applies at once; main keeps it for the next start and for the window's frame. */
export async function chooseTheme(next: Theme): Promise<void> {
  apply(next);
  await bridge.app.setTheme({ theme: next });
}
