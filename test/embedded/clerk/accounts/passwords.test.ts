import { expect, test } from 'vitest';
import { checkPassword, hashPassword, verifyPassword } from '../../../../src/embedded/clerk/accounts/passwords.ts';

test('a password is kept as a salted scrypt digest that only it opens', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).toMatch(/^scrypt\$15\$8\$3\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horsf', one)).toBe(false);
});

test('letters count the same however a keyboard composes them', async () => {
  expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true);
});

test('a digest of another scheme opens nothing', async () => {
  expect(await verifyPassword('x', 'bcrypt$10$abc')).toBe(false);
  expect(await verifyPassword('x', '')).toBe(false);
});

test('length is counted in characters, and told with the field', () => {
  expect(() => checkPassword('1234567', 'new_password')).toThrow('form_password_length_too_short');
  expect(() => checkPassword('x'.repeat(73), 'password')).toThrow('form_password_length_too_long');
  expect(() => checkPassword('🐇'.repeat(8), 'password')).not.toThrow();
});
