import { Server } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ConnectionDescription } from '../../shared/connection/description.ts';
import type { CheckResult } from '../../shared/connection/diagnosis.ts';
import type { Failure } from '../../shared/failure.ts';
import { bridge } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice, Notice } from '../ui/notice.tsx';
import card from './connection.module.css';
import { CheckRow } from './diagnosis.tsx';
import styles from './own-servers.module.css';

type Outcome = { kind: 'saved' } | { kind: 'embedded' } | { kind: 'unreachable'; checks: CheckResult[] } | null;

/** Points this Burrow at a Clerk and a FaunaDB of one's own. It counts from the next start on. */
export function OwnServers({ description }: { description: ConnectionDescription }) {
  const own = description.kind === 'own-servers';
  const [publishableKey, setPublishableKey] = useState(own ? description.publishableKey : '');
  const [endpoint, setEndpoint] = useState(own ? description.faunaEndpoint : '');
  const [template, setTemplate] = useState(own ? description.template : 'fauna');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outcome, setOutcome] = useState<Outcome>(null);

  const save = async (unchecked: boolean) => {
    setBusy(true);
    const file = {
      clerk: {
        publishableKey: publishableKey.trim(),
        template: template.trim(),
        // Only npm run embedded has one; it is not a thing to type, and not to be lost either.
        ...(own && description.frontendApi !== description.issuer ? { frontendApi: description.frontendApi } : {}),
      },
      fauna: { endpoint: endpoint.trim() },
    };
    const answer = await bridge.connection.choose({ file, unchecked });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return setOutcome(null);
    setOutcome(answer.value.saved ? { kind: 'saved' } : { kind: 'unreachable', checks: answer.value.checks });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(false);
  };
  const useEmbedded = async () => {
    const answer = await bridge.connection.useEmbedded();
    setFailure(answer.ok ? null : answer.failure);
    setOutcome(answer.ok ? { kind: 'embedded' } : null);
  };

  return (
    <section aria-labelledby="servers-heading" className={card.card}>
      <header className={card.head}>
        <h2 id="servers-heading">Your own servers</h2>
        {own && (
          <Button small onClick={useEmbedded}>
            Use the embedded stack
          </Button>
        )}
      </header>
      <p className={styles.lead}>
        A Clerk and a FaunaDB that npm run setup has prepared. Burrow uses them from its next start on; the notes of
        other accounts stay where they are.
      </p>
      <form className={styles.form} onSubmit={submit}>
        <label>
          Clerk publishable key
          <input
            value={publishableKey}
            onChange={(event) => setPublishableKey(event.target.value)}
            placeholder="pk_…"
            required
          />
        </label>
        <label>
          FaunaDB address
          <input
            value={endpoint}
            onChange={(event) => setEndpoint(event.target.value)}
            placeholder="https://…"
            required
          />
        </label>
        <label>
          JWT template
          <input value={template} onChange={(event) => setTemplate(event.target.value)} required />
        </label>
        <Button type="submit" small look="primary" disabled={busy} aria-busy={busy}>
          <Server size={15} aria-hidden="true" /> {busy ? 'Checking…' : 'Check and save'}
        </Button>
      </form>
      {failure && <FailureNotice failure={failure} title="This was not saved" />}
      {outcome?.kind === 'saved' && (
        <Notice tone="good" title="Saved">
          Close Burrow and start it again to use these servers.
        </Notice>
      )}
      {outcome?.kind === 'embedded' && (
        <Notice tone="good" title="Changed">
          Close Burrow and start it again to leave your servers; what is on them stays there.
        </Notice>
      )}
      {outcome?.kind === 'unreachable' && (
        <Notice
          tone="bad"
          title="Not saved: a check failed"
          actions={
            <Button small onClick={() => void save(true)}>
              Save all the same
            </Button>
          }
        >
          <ol>
            {outcome.checks
              .filter(({ status }) => status === 'failed')
              .map((check) => (
                <CheckRow key={check.id} check={check} />
              ))}
          </ol>
        </Notice>
      )}
    </section>
  );
}
