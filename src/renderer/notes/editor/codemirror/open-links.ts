import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** The address of the link at a position of the text, if it is one that may leave the app. */
export function linkAt(state: EditorState, pos: number): string | null {
  const tree = syntaxTree(state);
  for (let node = tree.resolveInner(pos, 1); node.parent; node = node.parent) {
    const url = node.name === 'URL' ? node : node.name === 'Link' ? node.getChild('URL') : null;
    if (url) return safeAddress(state.sliceDoc(url.from, url.to));
  }
  return null;
}

/** Only what a browser or a mail program opens: a note may come from anywhere. */
export function safeAddress(written: string): string | null {
  const address = /^www\./i.test(written) ? `https://${written}` : written;
  if (!URL.canParse(address)) return null;
  return ['https:', 'http:', 'mailto:'].includes(new URL(address).protocol) ? address : null;
}

/** Ctrl or Cmd and a click opens a link in the system's browser: main decides about every new window. */
export const openLinks = () =>
  EditorView.domEventHandlers({
    mousedown(event, view) {
      if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
      const pos = view.posAtCoords({ x: event.clientX, y: event.clientY });
      const address = pos === null ? null : linkAt(view.state, pos);
      if (!address) return false;
      event.preventDefault();
      window.open(address, '_blank', 'noopener');
      return true;
    },
  });
