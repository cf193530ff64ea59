import { Check, Copy, UserSearch } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionDescription } from '../../shared/connection/description.ts';
import type { Failure } from '../../shared/failure.ts';
import type { IdentityReport } from '../../shared/identity/who-am-i.ts';
import { bridge } from '../bridge.ts';
import { clerkIdentity } from '../identity/identity.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import { Chain } from './chain.tsx';
import { Claims } from './claims.tsx';
import styles from './connection.module.css';
import { reportText } from './report-text.ts';
import { chainVerdict } from './verdict.ts';

/** Asks the three links of the chain for the user id and shows what each of them said. */
export function WhoAmI({ description }: { description: ConnectionDescription | null }) {
  const [asking, setAsking] = useState(false);
  const [report, setReport] = useState<IdentityReport | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [copied, setCopied] = useState(false);

  const ask = async () => {
    setAsking(true);
    setCopied(false);
    const { failure: atClerk, ...identity } = await clerkIdentity();
    const answer = await bridge.identity.whoAmI(identity);
    setAsking(false);
    setFailure(answer.ok ? null : answer.failure);
    setReport(answer.ok ? withClerkFailure(answer.value, atClerk) : null);
  };

  const copy = async () => {
    if (!report || !description) return;
    await navigator.clipboard.writeText(reportText(description, report));
    setCopied(true);
  };

  const verdict = report && chainVerdict(report);
  return (
    <section aria-labelledby="chain-heading" className={styles.card}>
      <header className={styles.head}>
        <h2 id="chain-heading">Who am I?</h2>
        {report && (
          <Button small look="quiet" onClick={copy}>
            {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
            {copied ? 'Copied' : 'Copy report'}
          </Button>
        )}
        <Button small look="primary" onClick={ask} disabled={asking} aria-busy={asking}>
          <UserSearch size={15} aria-hidden="true" />
          {asking ? 'Asking…' : 'Ask Fauna who I am'}
        </Button>
      </header>
      <Chain report={report} asking={asking} />
      {failure && <FailureNotice failure={failure} title="The question got no answer" />}
      {verdict && (
        <Notice tone={verdict.good ? 'good' : 'bad'} title={verdict.title}>
          {verdict.text}
        </Notice>
      )}
      {report?.claims && <Claims claims={report.claims} />}
    </section>
  );
}

/** Main only knows that the window sent nothing; the window knows why. */
function withClerkFailure(report: IdentityReport, failure: Failure | null): IdentityReport {
  if (!failure) return report;
  const links = report.links.map((link) => (link.name === 'clerk' && !link.userId ? { ...link, failure } : link));
  return { ...report, links };
}
