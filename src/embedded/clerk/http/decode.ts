import type { z } from 'zod';
import type { ApiErrorDetail } from './errors.ts';
import { ApiError, detail } from './errors.ts';

/** Checks a body against its schema; every field that fails is told in Clerk's shape, all at once. */
export function decode<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ApiError(422, result.error.issues.map(toDetail));
}

function toDetail(issue: z.core.$ZodIssue): ApiErrorDetail {
  const param = String(issue.path[0] ?? '');
  const meta = { param_name: param };
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return detail('form_param_missing', `Enter ${spell(param)}.`, meta);
  }
  if (issue.code === 'too_big') {
    return detail('form_param_max_length_exceeded', `This is too long. The limit is ${issue.maximum}.`, meta);
  }
  if (issue.code === 'invalid_type') return detail('form_param_type_invalid', 'This has the wrong type.', meta);
  return detail('form_param_format_invalid', issue.message, meta);
}

const spell = (param: string): string => (param === '' ? 'a value' : `the ${param.replaceAll('_', ' ')}`);
