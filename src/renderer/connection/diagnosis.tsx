import { Check, CircleCheck, CircleMinus, CircleX, Copy, Stethoscope } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CheckResult, Diagnosis } from '../../shared/connection/diagnosis.ts';
import { checkText, diagnosisSummary, diagnosisText } from '../../shared/connection/diagnosis-text.ts';
import type { Failure } from '../../shared/failure.ts';
import { bridge } from '../bridge.ts';
import { clerkIdentity } from '../identity/identity.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import card from './connection.module.css';
import styles from './diagnosis.module.css';
import { masked } from './report-text.ts';

const looks = {
  passed: { Icon: CircleCheck, label: 'Passed' },
  failed: { Icon: CircleX, label: 'Failed' },
  'left-out': { Icon: CircleMinus, label: 'Left out' },
} as const;

/** Every check of `npm run doctor`, asked from here by the session of whoever is signed in. */
export function DiagnosisCard() {
  const [running, setRunning] = useState(false);
  const [ended, setEnded] = useState<CheckResult[]>([]);
  const [of, setOf] = useState(0);
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(
    () =>
      bridge.on('connection.checked', ({ result, of: total }) => {
        setOf(total);
        setEnded((before) => [...before, result]);
      }),
    [],
  );

  const run = async () => {
    setRunning(true);
    setEnded([]);
    setDiagnosis(null);
    const { failure: _atClerk, ...identity } = await clerkIdentity();
    const answer = await bridge.connection.diagnose(identity);
    setRunning(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setDiagnosis(answer.value);
  };

  const shown = diagnosis?.checks ?? ended;
  return (
    <section aria-labelledby="checks-heading" className={card.card}>
      <header className={card.head}>
        <h2 id="checks-heading">Every link, checked</h2>
        {diagnosis && <CopyButton text={diagnosisText(diagnosis)} label="Copy all" />}
        <Button small look="primary" onClick={run} disabled={running} aria-busy={running}>
          <Stethoscope size={15} aria-hidden="true" />
          {running ? `Checking… ${ended.length}${of ? ` of ${of}` : ''}` : 'Run all checks'}
        </Button>
      </header>
      {failure && <FailureNotice failure={failure} title="The checks could not be run" />}
      {diagnosis && <Notice tone={diagnosis.ok ? 'good' : 'bad'}>{diagnosisSummary(diagnosis)}</Notice>}
      {shown.length > 0 && (
        <ol className={`${styles.checks} selectable`}>
          {shown.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </ol>
      )}
    </section>
  );
}

export function CheckRow({ check }: { check: CheckResult }) {
  const { Icon, label } = looks[check.status];
  return (
    <li className={styles.check} data-check={check.id} data-status={check.status}>
      <span className={styles.number}>{check.number}</span>
      <Icon size={16} role="img" aria-label={label} />
      <div className={styles.text}>
        <span>
          {check.title}
          {check.detail && <span className={styles.detail}> {check.detail}</span>}
        </span>
        {check.fault && (
          <div className={styles.fault}>
            <p>{check.fault.message}</p>
            <p>
              <strong>Likely cause</strong> {check.fault.cause}
            </p>
            <p>
              <strong>Mend</strong> {check.fault.mend}
            </p>
            <p className={styles.docs}>
              See <code>{check.fault.docs}</code>
            </p>
          </div>
        )}
      </div>
      {check.fault && <CopyButton text={checkText(check)} label="Copy" />}
    </li>
  );
}

function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(masked(text));
    setCopied(true);
  };
  return (
    <Button small look="quiet" onClick={copy}>
      {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      {copied ? 'Copied' : label}
    </Button>
  );
}
