/** Unicode's case folding and NFKC_Casefold, which JavaScript has not. Checked character by character against ICU. */

const between = (code: number, first: number, last: number): boolean => code >= first && code <= last;

/** Full case folding of one character: its capital in small letters, but Cherokee folds to capitals. */
function folded(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x131) return character;
  if (code === 0x1e9e) return 'ss';
  if (between(code, 0x13a0, 0x13fd) || between(code, 0xab70, 0xabbf)) return character.toUpperCase();
  return character.toUpperCase().toLowerCase();
}

const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;
const foldAll = (text: string): string => Array.from(text, folded).join('');

/** What one character comes to when folding and decomposing change nothing any more. */
function foldedForm(character: string): string {
  let text = character;
  for (;;) {
    const next = foldAll(text.normalize('NFKD')).normalize('NFKC').replace(IGNORED, '');
    if (next === text) return text;
    text = next;
  }
}

const ASCII = /^[\0-\x7f]*$/;

/** For comparing without case, width and other forms: Fauna's default casefold. */
export function nfkcCasefold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return Array.from(text, foldedForm).join('').normalize('NFC');
}
