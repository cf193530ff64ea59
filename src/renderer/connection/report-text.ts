import type { ConnectionDescription } from '../../shared/connection/description.ts';
import type { IdentityReport } from '../../shared/identity/who-am-i.ts';
import { chainVerdict, linkNames } from './verdict.ts';

/**
 * Takes out what must not be pasted into an issue: tokens, keys, addresses. Nothing secret should be in a report;
 * this holds when something is all the same (a custom claim, an error's text).
 */
export const masked = (text: string): string =>
  text
    .replace(/ey[\w-]{6,}\.[\w-]+\.[\w-]+/g, '[token]')
    .replace(/\b(sk_(?:test|live)|fn[A-Za-z]{2})[\w-]{8,}/g, '$1[masked]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [masked]')
    .replace(/\b(\w)[\w.+-]*@([\w-]+(?:\.[\w-]+)+)/g, '$1…@$2');

/** The report as text for an issue or a colleague. */
export function reportText(description: ConnectionDescription, report: IdentityReport): string {
  const lines = [
    'Burrow: connection report',
    `stack: ${description.kind}`,
    `frontend API: ${description.frontendApi}`,
    `issuer: ${description.issuer}`,
    `template: ${description.template}`,
    `fauna: ${description.faunaEndpoint}`,
    `token storage: ${description.tokenStorage}`,
    '',
    `${chainVerdict(report).title} (${Math.round(report.ms)} ms)`,
    ...report.links.map((link) => {
      const said = link.userId ?? `failed: ${link.failure?.code ?? 'no-answer'}: ${link.failure?.message ?? ''}`;
      return `${linkNames[link.name]}: ${said} (${Math.round(link.ms)} ms)`;
    }),
  ];
  if (report.claims) lines.push('', 'claims:', JSON.stringify(report.claims, null, 2));
  return masked(lines.join('\n'));
}
