import { ArrowLeft, Laptop, ShieldCheck, WifiOff } from 'lucide-react';
import { useConnection } from '../connection/use-connection.ts';
import { account } from '../identity/identity.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { ClerkPanel } from './clerk-panel.tsx';
import { ContinueHere } from './continue-here.tsx';
import styles from './sign-in.module.css';

interface Props {
  onSeeConnection: () => void;
  /** Given when an account is open and only its Clerk session has ended. */
  onBack?: () => void;
}

const promises = [
  { Icon: Laptop, text: 'Every note is kept on this computer first. It opens with or without a network.' },
  { Icon: WifiOff, text: 'Write on the train, at the lake, anywhere. Burrow catches up when you are back.' },
  { Icon: ShieldCheck, text: 'Only you can read what you write: the database itself checks who asks.' },
];

export function SignInScreen({ onSeeConnection, onBack }: Props) {
  const open = useStore(account);
  const { description, failure } = useConnection();
  const problem = failure ?? description?.problem ?? null;
  return (
    <div className={styles.screen}>
      <aside className={styles.story}>
        <div className={styles.brand}>
          <Mark size={44} />
          <span>Burrow</span>
        </div>
        <div>
          <h1 className={styles.headline}>A quiet place for what you&nbsp;think.</h1>
          <ul className={styles.promises}>
            {promises.map(({ Icon, text }) => (
              <li key={text}>
                <Icon size={18} strokeWidth={1.8} aria-hidden="true" />
                {text}
              </li>
            ))}
          </ul>
        </div>
        <Landscape />
      </aside>
      <main className={styles.entry} aria-label="Sign in">
        <div className={styles.column}>
          <div className={styles.smallBrand}>
            <Mark size={34} />
            <span>Burrow</span>
          </div>
          {onBack && (
            <Button look="quiet" small className={styles.back} onClick={onBack}>
              <ArrowLeft size={15} /> Back to your notes
            </Button>
          )}
          {problem ? (
            <FailureNotice
              failure={problem}
              title="Burrow cannot sign anyone in yet"
              actions={
                <Button small onClick={onSeeConnection}>
                  See the connection
                </Button>
              }
            />
          ) : (
            <>
              <ClerkPanel onSeeConnection={onSeeConnection} />
              {description?.kind === 'embedded' && (!onBack || open?.local) && <ContinueHere />}
            </>
          )}
          {description?.tokenStorage === 'memory' && (
            <p className={styles.small}>
              This system offers no safe place for a sign-in, so Burrow forgets it when it closes. Your notes stay.
            </p>
          )}
          <button type="button" className={styles.link} onClick={onSeeConnection}>
            Connection
          </button>
        </div>
      </main>
    </div>
  );
}

/** Hills at dusk, in the theme's own colours. */
function Landscape() {
  return (
    <svg className={styles.landscape} viewBox="0 0 480 180" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <circle cx="366" cy="62" r="26" fill="var(--clay)" opacity="0.5" />
      <path d="M0 132c70-46 142-50 214-22s150 26 266-26v96H0Z" fill="var(--clay)" opacity="0.16" />
      <path d="M0 152c92-34 168-30 244-8s142 16 236-14v50H0Z" fill="var(--clay)" opacity="0.26" />
      <path d="M70 180c4-34 26-58 60-58s56 24 60 58Z" fill="var(--clay)" opacity="0.9" />
      <path d="M110 180c0-18 8-30 20-30s20 12 20 30Z" fill="var(--story-light)" />
    </svg>
  );
}
