import { Decoration, type EditorView, WidgetType } from '@codemirror/view';
import { toggleTaskAt } from './format-commands.ts';

class Checkbox extends WidgetType {
  readonly #done: boolean;
  readonly #readOnly: boolean;

  constructor(done: boolean, readOnly: boolean) {
    super();
    this.#done = done;
    this.#readOnly = readOnly;
  }

  override eq(other: Checkbox): boolean {
    return other.#done === this.#done && other.#readOnly === this.#readOnly;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = this.#done;
    box.disabled = this.#readOnly;
    box.className = 'note-checkbox';
    box.setAttribute('aria-label', 'Done');
    // The caret stays where it is; only the box changes.
    box.addEventListener('mousedown', (event) => event.preventDefault());
    box.addEventListener('click', (event) => {
      event.preventDefault();
      toggleTaskAt(view, view.posAtDOM(box));
    });
    return box;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class Bullet extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const dot = document.createElement('span');
    dot.className = 'note-bullet';
    dot.textContent = '•';
    return dot;
  }
}

export const checkbox = (done: boolean, readOnly: boolean) =>
  Decoration.replace({ widget: new Checkbox(done, readOnly) });
export const bullet = Decoration.replace({ widget: new Bullet() });
