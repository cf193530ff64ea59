const TITLE_LENGTH = 200;
const PREVIEW_LENGTH = 200;
/** A title or preview never needs more than the start of a note, however long the note is. */
const READ_AT_MOST = 8_192;

/** Title: the first line that is not empty, without Markdown's heading marks. Preview: the text after it. */
export function titleAndPreview(body: string): { title: string; preview: string } {
  let title = '';
  let preview = '';
  for (const text of linesOf(body.slice(0, READ_AT_MOST))) {
    if (preview.length > PREVIEW_LENGTH) break;
    if (title === '') {
      title = plainHeading(text);
      continue;
    }
    const line = plainLine(text);
    if (line !== '') preview += preview === '' ? line : ` ${line}`;
  }
  return { title: cut(title, TITLE_LENGTH), preview: cut(preview, PREVIEW_LENGTH) };
}

/** One after another: mostly the first few are all that is wanted. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    yield text.slice(from, end === -1 ? undefined : end);
    from = end === -1 ? text.length + 1 : end + 1;
  }
}

const plainHeading = (line: string): string =>
  line
    .trim()
    .replace(/^#{1,6}(\s+|$)/, '')
    .replace(/\s+#+$/, '')
    .trim();

/** Takes away the marks that only say how a line looks; words, and anything unsure, stay. */
const plainLine = (line: string): string =>
  line
    .trim()
    .replace(/^(```|~~~).*$/, '')
    .replace(/^([-*_])(\s*\1){2,}$/, '')
    .replace(/^(>\s*)+/, '')
    .replace(/^#{1,6}\s+/, '')
    .replace(/^([-*+]|\d{1,9}[.)])\s+/, '')
    .replace(/^\[[ xX]\]\s+/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .trim();

/** Cuts without splitting a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length).trimEnd();
}
