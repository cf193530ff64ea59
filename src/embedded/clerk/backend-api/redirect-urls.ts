import { z } from 'zod';
import { decode } from '../http/decode.ts';
import { formError, notFound } from '../http/errors.ts';
import { newId } from '../instance.ts';
import { all, isUniqueViolation, one, run } from '../store/query.ts';
import { type BackendCall, deleted, page } from './call.ts';

interface Row {
  id: string;
  url: string;
  created_at: number;
  updated_at: number;
}

const redirectUrlJson = (row: Row) => ({ object: 'redirect_url', ...row });

export const list = (call: BackendCall): unknown =>
  page(
    call,
    all<Row>(call.instance.database, 'SELECT * FROM redirect_urls ORDER BY created_at DESC, id').map(redirectUrlJson),
  );

export const get = (call: BackendCall): unknown => redirectUrlJson(row(call, call.params.id ?? ''));

/** `POST /v1/redirect_urls`: any absolute URL, custom schemes such as `burrow://app/` included. */
export function create(call: BackendCall): unknown {
  const { url } = decode(z.object({ url: z.string().max(2048) }), call.body);
  if (!URL.canParse(url)) throw formError('form_param_format_invalid', 'url', 'Enter an absolute URL.');
  const id = newId(call.instance, 'ru');
  const now = call.instance.clock();
  try {
    run(call.instance.database, 'INSERT INTO redirect_urls VALUES (?, ?, ?, ?)', id, url, now, now);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw formError('duplicate_record', 'url', 'This redirect URL is on the list already.');
  }
  return redirectUrlJson(row(call, id));
}

export function remove(call: BackendCall): unknown {
  const { id } = row(call, call.params.id ?? '');
  run(call.instance.database, 'DELETE FROM redirect_urls WHERE id = ?', id);
  return deleted('redirect_url', id);
}

function row(call: BackendCall, id: string): Row {
  const found = one<Row>(call.instance.database, 'SELECT * FROM redirect_urls WHERE id = ?', id);
  if (!found) throw notFound('redirect URL');
  return found;
}
