import { describe, expect, it } from 'vitest';
import { titleAndPreview } from '../../../../src/main/notes/documents/readable.ts';

describe('title and preview', () => {
  it.each([
    ['', '', ''],
    ['\n \n', '', ''],
    ['#', '', ''],
    ['# \nNext', 'Next', ''],
    ['###### Deep ######\nbody', 'Deep', 'body'],
    ['####### not a heading', '####### not a heading', ''],
    ['#hashtag first', '#hashtag first', ''],
    ['Title\r\nbody\r\n', 'Title', 'body'],
    ['T\n\n- [x] done\n- [ ] open\n1. one\n> quote\n\n---\n```js\ncode\n```', 'T', 'done open one quote code'],
    ['T\n**bold** `code` ~~gone~~ ![alt](a.png) [link](b)', 'T', 'bold code gone alt link'],
    ['T\n2 * 3 * 4 and snake_case', 'T', '2 * 3 * 4 and snake_case'],
  ])('of %j are %j and %j', (body, title, preview) => {
    expect(titleAndPreview(body)).toEqual({ title, preview });
  });

  it('are short, never end in half a character, and do not read all of a long note', () => {
    const { title, preview } = titleAndPreview(`${'x'.repeat(199)}😀${'y'.repeat(300)}\n${'z'.repeat(1e6)}`);
    expect(title).toBe('x'.repeat(199));
    expect(preview).toBe('z'.repeat(200));
  });
});
