import { useRef } from 'react';

/** A hand moves a little between pressing and letting go. */
const SLOP_PX = 8;

/** The part of a pointer's event that is looked at; the event's `currentTarget` is the list. */
type Pointer = Pick<React.PointerEvent, 'button' | 'pointerId' | 'clientX' | 'clientY' | 'target'>;

/**
 * A press on a row counts for that row even if the list changes before the button is let go. The browser makes no click
 * then: the element that was pressed has moved on, or was replaced by one with the newer title, as happens all the
 * time while the first notes arrive. Letting go elsewhere calls it off, as with any button.
 */
export function usePress(onPress: (id: string) => void) {
  const pressed = useRef<{ id: string; pointer: number; x: number; y: number } | null>(null);
  return {
    onPointerDown: ({ button, pointerId, clientX, clientY, target }: Pointer) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-note-id]') : null;
      const id = row?.dataset.noteId;
      pressed.current = button === 0 && id ? { id, pointer: pointerId, x: clientX, y: clientY } : null;
    },
    onPointerUp: ({ pointerId, clientX, clientY }: Pointer) => {
      const press = pressed.current;
      pressed.current = null;
      if (press?.pointer !== pointerId) return;
      if (Math.hypot(clientX - press.x, clientY - press.y) <= SLOP_PX) onPress(press.id);
    },
    onPointerCancel: () => {
      pressed.current = null;
    },
  };
}
