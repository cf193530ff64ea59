import { useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { NotesStore } from '../notes/data/notes-store.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';

type Export =
  | { kind: 'idle' }
  | { kind: 'busy' }
  | { kind: 'done'; folder: string; notes: number }
  | { kind: 'failed'; failure: Failure };

/** Writes notes as Markdown files into a folder that the person picks, and says where they went. */
export function useExport(store: NotesStore) {
  const [state, setState] = useState<Export>({ kind: 'idle' });
  const run = async (ids: string[]) => {
    setState({ kind: 'busy' });
    const answer = await store.exportMarkdown(ids);
    if (!answer.ok) setState({ kind: 'failed', failure: answer.failure });
    else setState(answer.value ? { kind: 'done', ...answer.value } : { kind: 'idle' });
  };
  return { state, run };
}

interface Props {
  exporting: ReturnType<typeof useExport>;
  ids: string[];
  small?: boolean;
}

export function ExportButton({ exporting, ids, small = false }: Props) {
  const busy = exporting.state.kind === 'busy';
  return (
    <Button small={small} disabled={busy || ids.length === 0} onClick={() => void exporting.run(ids)}>
      Export as Markdown
    </Button>
  );
}

export function ExportResult({ exporting: { state } }: { exporting: ReturnType<typeof useExport> }) {
  if (state.kind === 'failed') return <FailureNotice failure={state.failure} title="Nothing more was exported" />;
  if (state.kind !== 'done') return null;
  return (
    <Notice tone="good">
      {state.notes === 1 ? 'One note is' : `${state.notes} notes are`} in {state.folder}.
    </Notice>
  );
}
