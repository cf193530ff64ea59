import type { Shipped } from './shipped.ts';

/** What every part of the bench gets. */
export interface Part {
  /** Gone afterwards. */
  folder: string;
  shipped: Shipped;
  tell(line: string): void;
}
