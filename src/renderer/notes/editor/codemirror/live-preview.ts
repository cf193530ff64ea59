import { syntaxTree } from '@codemirror/language';
import type { EditorState, Range } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { SyntaxNodeRef } from '@lezer/common';
import { bullet, checkbox } from './widgets.ts';

/** Looks of whole lines, by the name of the Markdown node. */
const lineLooks: Record<string, string> = {
  ATXHeading1: 'note-h1',
  ATXHeading2: 'note-h2',
  ATXHeading3: 'note-h3',
  ATXHeading4: 'note-h4',
  ATXHeading5: 'note-h4',
  ATXHeading6: 'note-h4',
  SetextHeading1: 'note-h1',
  SetextHeading2: 'note-h2',
  Blockquote: 'note-quote',
  FencedCode: 'note-code-block',
  CodeBlock: 'note-code-block',
  HorizontalRule: 'note-rule',
};

const textLooks: Record<string, string> = {
  StrongEmphasis: 'note-strong',
  Emphasis: 'note-emphasis',
  Strikethrough: 'note-struck',
  InlineCode: 'note-code',
  Link: 'note-link',
  URL: 'note-link',
  Image: 'note-link',
};

/** Marks that show only while the cursor is in what they mark. */
const marksOfText = new Set(['EmphasisMark', 'CodeMark', 'StrikethroughMark', 'LinkMark']);
/** Marks that show only while the cursor is on their line. */
const marksOfLine = new Set(['HeaderMark', 'QuoteMark']);

const hidden = Decoration.replace({});
const lineLook = (look: string) => Decoration.line({ class: look });
const textLook = (look: string) => Decoration.mark({ class: look });

/** `[like this]` is a link for the parser, even when nothing defines where to. */
const bareBrackets = (node: SyntaxNodeRef): boolean => node.name === 'Link' && !node.node.getChild('URL');

class Builder {
  readonly ranges: Range<Decoration>[] = [];
  /** The part of the text being drawn. */
  view = { from: 0, to: 0 };
  readonly #state: EditorState;
  readonly #focused: boolean;

  constructor(view: EditorView) {
    this.#state = view.state;
    this.#focused = view.hasFocus;
  }

  /** Whether the cursor or selection is in or at the edge of the range: then its Markdown is shown as written. */
  touched(from: number, to: number): boolean {
    return this.#focused && this.#state.selection.ranges.some((range) => range.from <= to && range.to >= from);
  }

  lineTouched(pos: number): boolean {
    const line = this.#state.doc.lineAt(pos);
    return this.touched(line.from, line.to);
  }

  /** The look of whole lines, as far as they are in view: a block may be as long as the note. */
  lines(from: number, to: number, look: string): void {
    const end = Math.min(to, this.view.to);
    for (let pos = Math.max(from, this.view.from); pos <= end; ) {
      const line = this.#state.doc.lineAt(pos);
      this.ranges.push(lineLook(look).range(line.from));
      pos = line.to + 1;
    }
  }

  hide(from: number, to: number): void {
    if (to > from) this.ranges.push(hidden.range(from, to));
  }

  node = (node: SyntaxNodeRef): void => {
    const { name, from, to } = node;
    const ofLine = lineLooks[name];
    if (ofLine) this.lines(from, to, name === 'HorizontalRule' && this.lineTouched(from) ? 'note-rule-raw' : ofLine);
    const inLink = ['Link', 'Image'].includes(node.node.parent?.name ?? '');
    const ofText = textLooks[name];
    if (ofText && !(name === 'URL' && inLink) && !bareBrackets(node))
      this.ranges.push(textLook(ofText).range(from, to));

    if (marksOfLine.has(name) && !this.lineTouched(from)) this.hide(from, to + this.#spaceAfter(to));
    if (marksOfText.has(name)) this.#textMark(node);
    if (name === 'URL' && inLink) this.#target(node);
    if (name === 'ListMark') this.#listMark(node);
    if (name === 'TaskMarker') this.#task(from, to);
  };

  #task(from: number, to: number): void {
    const done = /x/i.test(this.#state.sliceDoc(from, to));
    const end = this.#state.doc.lineAt(to).to;
    if (done && end > to + 1) this.ranges.push(textLook('note-done').range(to + 1, end));
    if (!this.touched(from, to)) this.ranges.push(checkbox(done, this.#state.readOnly).range(from, to));
  }

  #textMark(mark: SyntaxNodeRef): void {
    const owner = mark.node.parent;
    if (!owner || owner.name === 'LinkReference' || bareBrackets(owner)) return;
    if (!this.touched(owner.from, owner.to)) this.hide(mark.from, mark.to);
  }

  /** The address of `[text](address)`; a link without text keeps it. */
  #target(url: SyntaxNodeRef): void {
    const link = url.node.parent;
    if (link && url.from > link.from + 2 && !this.touched(link.from, link.to)) this.hide(url.from, url.to);
  }

  #listMark(mark: SyntaxNodeRef): void {
    const item = mark.node.parent;
    const task = item?.getChild('Task');
    const ordered = item?.parent?.name === 'OrderedList';
    this.lines(mark.from, mark.from, 'note-item');
    if (this.touched(mark.from, mark.to)) return;
    if (task) this.hide(mark.from, task.from);
    else if (!ordered) this.ranges.push(bullet.range(mark.from, mark.to));
  }

  #spaceAfter(pos: number): number {
    return this.#state.sliceDoc(pos, pos + 1) === ' ' ? 1 : 0;
  }
}

function decorate(view: EditorView): DecorationSet {
  const builder = new Builder(view);
  if (view.viewport.from === 0) builder.lines(0, 0, 'note-title');
  for (const { from, to } of view.visibleRanges) {
    builder.view = { from, to };
    syntaxTree(view.state).iterate({ from, to, enter: builder.node });
  }
  return Decoration.set(builder.ranges, true);
}

/** Markdown shown as what it means, except where the cursor is. */
export const livePreview = () =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = decorate(view);
      }

      update(update: ViewUpdate) {
        const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        const writable = update.startState.readOnly !== update.state.readOnly;
        if (
          update.docChanged ||
          update.selectionSet ||
          update.viewportChanged ||
          update.focusChanged ||
          parsed ||
          writable
        ) {
          this.decorations = decorate(update.view);
        }
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
