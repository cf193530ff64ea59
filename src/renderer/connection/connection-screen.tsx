import { ArrowLeft } from 'lucide-react';
import type { ConnectionDescription } from '../../shared/connection/description.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import styles from './connection.module.css';
import { DiagnosisCard } from './diagnosis.tsx';
import { OwnServers } from './own-servers.tsx';
import { useConnection } from './use-connection.ts';
import { WhoAmI } from './who-am-i.tsx';

const facts = (description: ConnectionDescription): [string, string][] => [
  ['Stack', description.kind === 'embedded' ? 'Embedded in this app' : 'Your own servers'],
  ['Clerk Frontend API', description.frontendApi],
  ['Publishable key', description.publishableKey],
  ['Issuer', description.issuer],
  ['Token template', description.template],
  ['Fauna endpoint', description.faunaEndpoint],
  [
    'Sign-in is kept in',
    description.tokenStorage === 'system' ? 'The system’s safe storage' : 'Memory, until Burrow closes',
  ],
];

/** Where this Burrow is connected, and whether every link of the chain agrees on who is here. */
export function ConnectionScreen({ onBack }: { onBack?: () => void }) {
  const { description, failure } = useConnection();
  return (
    <Page
      title="Connection"
      lead="Clerk says who you are, main checks it, Fauna decides what you may read. This is how they are joined."
    >
      {onBack && (
        <Button small className={styles.back} onClick={onBack}>
          <ArrowLeft size={15} aria-hidden="true" /> Back to sign-in
        </Button>
      )}
      {failure && <FailureNotice failure={failure} title="The connection could not be read" />}
      {description?.problem && <FailureNotice failure={description.problem} title="The connection cannot be used" />}
      <WhoAmI description={description} />
      <DiagnosisCard />
      {description && (
        <section aria-labelledby="facts-heading" className={styles.card}>
          <h2 id="facts-heading">Facts</h2>
          <dl className={`${styles.facts} selectable`}>
            {facts(description).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value || '–'}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {description && <OwnServers description={description} />}
    </Page>
  );
}
