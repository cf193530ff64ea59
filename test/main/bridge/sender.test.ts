import { expect, test } from 'vitest';
import { isTrustedSender, type Sender } from '../../../src/main/bridge/sender.ts';

const sender = (type: string) => ({ getType: () => type }) as unknown as Sender['sender'];
const frame = (url: string, parent: unknown = null) =>
  ({ url, parent }) as unknown as NonNullable<Sender['senderFrame']>;

test('the main frame of a window on our page is trusted', () => {
  expect(isTrustedSender({ sender: sender('window'), senderFrame: frame('burrow://app/') })).toBe(true);
  expect(isTrustedSender({ sender: sender('window'), senderFrame: frame('burrow://app/connection#x') })).toBe(true);
});

test.each([
  ['a frame that is gone', sender('window'), null],
  ['a frame inside the page', sender('window'), frame('burrow://app/', {})],
  ['a webview', sender('webview'), frame('burrow://app/')],
  ['developer tools', sender('remote'), frame('burrow://app/')],
  ['a foreign page', sender('window'), frame('https://example.com/')],
  ['a host that begins like ours', sender('window'), frame('burrow://app.example.com/')],
  ['another host of our scheme', sender('window'), frame('burrow://other/')],
  ['about:blank', sender('window'), frame('about:blank')],
])('%s is not', (_what, contents, senderFrame) => {
  expect(isTrustedSender({ sender: contents, senderFrame })).toBe(false);
});
