import { expect, test } from 'vitest';
import { fillShortcodes } from '../../../../src/embedded/clerk/tokens/shortcodes.ts';

const scope = {
  user: {
    id: 'user_1',
    first_name: 'Ada',
    last_name: null,
    email_verified: true,
    two_factor_enabled: false,
    created_at: 1700000000,
    public_metadata: { plan: { name: 'pro', seats: 3 }, tags: ['a', 'b'] },
  },
  org: {},
};

test.each([
  ['{{user.id}}', 'user_1'],
  ['{{ user.first_name }}', 'Ada'],
  ['{{user.created_at}}', 1700000000],
  ['{{user.email_verified}}', true],
  ['{{user.two_factor_enabled}}', false],
  ['{{user.public_metadata}}', { plan: { name: 'pro', seats: 3 }, tags: ['a', 'b'] }],
  ['{{user.public_metadata.plan.seats}}', 3],
  ['{{user.public_metadata.nothing.here}}', null],
  ['{{user.last_name}}', null],
  ['{{user.nonsense}}', null],
  ['{{org.name}}', null],
  ['{{}}', null],
  ['{{user.constructor}}', null],
  ['{{user.first_name.length}}', null],
  ['Hello {{user.first_name}}{{user.last_name}}!', 'Hello Ada!'],
  ['{{user.first_name}} has {{user.public_metadata.plan}}', 'Ada has {"name":"pro","seats":3}'],
  ["{{user.last_name || 'Lovelace'}}", 'Lovelace'],
  ['{{user.last_name || user.first_name || "none"}}', 'Ada'],
  ["{{user.last_name || 'a || b'}}", 'a || b'],
  ["{{user.two_factor_enabled || 'no'}}", 'no'],
  ['{{user.last_name || user.nonsense}}', null],
  ['no shortcode', 'no shortcode'],
  ['{{user.id', '{{user.id'],
  [42, 42],
  [null, null],
])('%j becomes %j', (template, value) => {
  expect(fillShortcodes(template, scope)).toEqual(value);
});

test('shortcodes are filled at any depth', () => {
  expect(fillShortcodes({ roles: ['{{user.id}}', { who: '{{user.first_name}}' }] }, scope)).toEqual({
    roles: ['user_1', { who: 'Ada' }],
  });
});

test('what a user wrote is not filled again', () => {
  expect(fillShortcodes('{{user.first_name}}', { user: { first_name: '{{user.id}}', id: 'x' } })).toBe('{{user.id}}');
});
