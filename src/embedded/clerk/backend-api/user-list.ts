import { type User, type UserRow, userFromRow } from '../accounts/users.ts';
import { formError } from '../http/errors.ts';
import { all, one } from '../store/query.ts';
import { type BackendCall, pageBounds } from './call.ts';

const ORDER: Record<string, string> = {
  created_at: 'users.created_at',
  updated_at: 'users.updated_at',
  first_name: 'users.first_name',
  last_name: 'users.last_name',
  last_sign_in_at: 'users.last_sign_in_at',
};

/** The users that a list asks for, newest first unless it says otherwise (`order_by=+created_at`). */
export function listUsers(call: BackendCall): User[] {
  const { where, values } = filter(call.query);
  const { limit, offset } = pageBounds(call);
  const [, sign, field = ''] = /^([+-]?)(.*)$/.exec(call.query.get('order_by') ?? '-created_at') ?? [];
  const column = Object.hasOwn(ORDER, field) ? ORDER[field] : undefined;
  if (!column) throw formError('form_param_value_invalid', 'order_by', 'Users cannot be put in this order.');
  const direction = sign === '-' ? 'DESC' : 'ASC';
  const sql = `SELECT users.* FROM users ${where} ORDER BY ${column} ${direction}, users.rowid ${direction} LIMIT ? OFFSET ?`;
  return all<UserRow>(call.instance.database, sql, ...values, limit, offset).map((row) =>
    userFromRow(call.instance, row),
  );
}

export function countUsers(call: BackendCall): number {
  const { where, values } = filter(call.query);
  return (
    one<{ count: number }>(call.instance.database, `SELECT count(*) AS count FROM users ${where}`, ...values)?.count ??
    0
  );
}

/** Values given to one parameter are alternatives; parameters narrow each other down. */
function filter(query: URLSearchParams): { where: string; values: string[] } {
  const clauses: string[] = [];
  const values: string[] = [];
  const among = (name: string, clause: (marks: string) => string, read = (text: string) => text) => {
    const given = query
      .getAll(name)
      .flatMap((text) => text.split(','))
      .filter(Boolean);
    if (given.length === 0) return;
    clauses.push(clause(given.map(() => '?').join(', ')));
    values.push(...given.map(read));
  };
  among('user_id', (marks) => `users.id IN (${marks})`);
  among('external_id', (marks) => `users.external_id IN (${marks})`);
  among(
    'email_address',
    (marks) => `users.id IN (SELECT user_id FROM email_addresses WHERE email_address IN (${marks}))`,
    (text) => text.toLowerCase(),
  );
  const text = query.get('query');
  if (text) {
    clauses.push(`(instr(lower(coalesce(users.first_name, '') || ' ' || coalesce(users.last_name, '')), lower(?)) > 0
      OR users.id = ?
      OR users.id IN (SELECT user_id FROM email_addresses WHERE instr(email_address, lower(?)) > 0))`);
    values.push(text, text, text);
  }
  return { where: clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '', values };
}
