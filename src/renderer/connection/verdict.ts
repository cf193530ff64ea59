import type { IdentityLink, IdentityReport } from '../../shared/identity/who-am-i.ts';

export const linkNames: Record<IdentityLink['name'], string> = {
  clerk: 'Clerk in the window',
  main: 'Main',
  fauna: 'Fauna',
};

/** What the whole report means, in a sentence. */
export function chainVerdict(report: IdentityReport): { good: boolean; title: string; text: string } {
  const took = `${Math.round(report.ms)} ms in all.`;
  if (report.agree)
    return { good: true, title: 'All three agree', text: `Clerk, main and Fauna name the same user. ${took}` };
  const silent = report.links.filter((link) => link.userId === null);
  if (silent.length > 0) {
    const names = silent.map((link) => linkNames[link.name]).join(' and ');
    return {
      good: false,
      title: `${names} could not say who you are`,
      text: 'What went wrong is written at the link above.',
    };
  }
  return {
    good: false,
    title: 'They do not agree',
    text: 'The links name different users. Sign out and in again; if it stays, check that Fauna’s access provider has the issuer shown below.',
  };
}
