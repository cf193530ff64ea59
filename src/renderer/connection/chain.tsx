import { AppWindow, CircleCheck, CircleX, Database, KeyRound, type LucideIcon, ShieldCheck } from 'lucide-react';
import type { IdentityLink, IdentityReport } from '../../shared/identity/who-am-i.ts';
import styles from './connection.module.css';
import { linkNames } from './verdict.ts';

const links: { name: IdentityLink['name']; Icon: LucideIcon; role: string }[] = [
  { name: 'clerk', Icon: AppWindow, role: 'Signs you in and issues tokens' },
  { name: 'main', Icon: ShieldCheck, role: 'Verifies the session token by Clerk’s keys' },
  { name: 'fauna', Icon: Database, role: 'Says CurrentIdentity() for the JWT' },
];

/** The three links, drawn in a row, each with what it said. */
export function Chain({ report, asking }: { report: IdentityReport | null; asking: boolean }) {
  return (
    <ol className={styles.chain} aria-label="The chain from Clerk to Fauna" aria-busy={asking}>
      {links.map(({ name, Icon, role }) => {
        const link = report?.links.find((one) => one.name === name);
        const state = !link ? 'unasked' : link.userId === null ? 'failed' : report?.agree ? 'agrees' : 'said';
        return (
          <li key={name} className={styles.link} data-link={name} data-state={asking ? 'asking' : state}>
            <span className={styles.picture}>
              <Icon size={20} strokeWidth={1.7} aria-hidden="true" />
            </span>
            <strong>{linkNames[name]}</strong>
            <span className={styles.role}>{role}</span>
            {link && <Said link={link} agree={report?.agree ?? false} />}
          </li>
        );
      })}
    </ol>
  );
}

function Said({ link, agree }: { link: IdentityLink; agree: boolean }) {
  if (link.userId === null) {
    return (
      <span className={`${styles.said} ${styles.wrong} selectable`}>
        <CircleX size={15} role="img" aria-label="Failed" />
        <span>
          {link.failure?.message ?? 'No answer.'} {link.failure?.mend}
        </span>
      </span>
    );
  }
  const Icon = agree ? CircleCheck : KeyRound;
  return (
    <>
      <span className={`${styles.said} ${agree ? styles.right : ''} selectable`}>
        <Icon size={15} role="img" aria-label={agree ? 'Agrees' : 'Answered'} />
        <code title={link.userId}>{link.userId}</code>
      </span>
      <span className={styles.ms}>{link.ms < 1 ? 'under 1' : Math.round(link.ms)} ms</span>
    </>
  );
}
