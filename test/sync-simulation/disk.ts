import type { Dice } from './dice.ts';
import type { Misfortune } from './faults.ts';

/** The process died here. */
export class CrashError extends Error {}

/** What the store's probe does: lets the disk be full, and the process end between any two steps. */
export class Disk {
  calm = false;
  dead = false;
  readonly #parts: { dice: Dice; misfortune: Misfortune; died: () => void };

  constructor(parts: { dice: Dice; misfortune: Misfortune; died: () => void }) {
    this.#parts = parts;
  }

  readonly probe = (step: string): void => {
    if (this.dead) throw new CrashError('dead already');
    if (this.calm) return;
    const { dice, misfortune } = this.#parts;
    if (misfortune.happens(dice, 'crash')) {
      this.dead = true;
      this.#parts.died();
      throw new CrashError(step);
    }
    // SQLITE_FULL, as node:sqlite raises it; what follows in the store is real.
    if (step !== 'after commit' && misfortune.happens(dice, 'diskFull')) {
      throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
    }
  };
}
