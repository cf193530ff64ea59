import { describe, expect, it } from 'vitest';
import { isHttpsUrl } from '../../../../src/embedded/fauna/schema/types/java-url.ts';

describe('an address of https for java.net.URL', () => {
  it.each([
    'https://keys.example/jwks.json',
    'HTTPS://keys.example',
    'url:https://keys.example',
    '  https://keys.example\n',
    'https://',
    'https:keys.example',
    'https:',
    'https://a b/c d',
    'https://keys.example:8080/x',
    'https://keys.example:',
    'https://keys.example:+1',
    'https://keys.example:-1',
    'https://keys.example:2147483647',
    'https://user:secret@keys.example',
    'https://a@b@c:x',
    'https://[::1]:1/x',
    'https://keys.example?a=:x',
  ])('is %j', (text) => {
    expect(isHttpsUrl(text)).toBe(true);
  });

  it.each([
    '',
    'keys',
    'http://keys.example',
    'ftp://keys.example',
    'xhttps://keys.example',
    'https //keys.example',
    '//keys.example',
    'https://keys.example:x',
    'https://keys.example:-2',
    'https://keys.example:2147483648',
    'https://keys.example:1:2',
    'https://[::1',
    'https://[nothing]',
    'https://[::1]x',
  ])('is not %j', (text) => {
    expect(isHttpsUrl(text)).toBe(false);
  });
});
