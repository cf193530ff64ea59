import { useEffect } from 'react';
import type { NotesStore } from '../notes/data/notes-store.ts';
import type { NotesView } from '../notes/data/notes-view.ts';
import { CommandPalette } from '../palette/command-palette.tsx';
import { SignOutDialog } from '../settings/sign-out-dialog.tsx';
import { useStore } from '../store.ts';
import { UnsyncedDialog } from '../sync/unsynced-dialog.tsx';
import { overlay } from './screen.ts';

interface Props {
  store: NotesStore;
  view: NotesView;
  onOpen: (id: string) => void;
}

const close = () => overlay.set(null);

/** What lies over the whole window, one at a time. */
export function Overlays({ store, view, onOpen }: Props) {
  const open = useStore(overlay);
  useEffect(() => close, []);
  if (open === 'palette') return <CommandPalette store={store} view={view} onClose={close} />;
  if (open === 'sign-out') return <SignOutDialog store={store} onClose={close} />;
  if (open === 'unsynced') return <UnsyncedDialog store={store} onOpen={onOpen} onClose={close} />;
  return null;
}
