import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Result } from '../../shared/bridge/operations.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Account } from '../../shared/identity/account.ts';
import { chooseTheme, type Theme, theme } from '../app/theme.ts';
import { bridge } from '../bridge.ts';
import { openProfile } from '../identity/identity.ts';
import { useStore } from '../store.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import styles from './settings.module.css';
import { ShortcutsCard } from './shortcuts-card.tsx';
import { SyncCard } from './sync-card.tsx';

const themes: { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: 'system', label: 'System', Icon: Monitor },
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
];

interface Props {
  account: Account;
  onSignOut: () => void;
  onSeeLog: () => void;
  onSeeUnsynced: () => void;
}

export function SettingsScreen({ account, onSignOut, onSeeLog, onSeeUnsynced }: Props) {
  return (
    <Page title="Settings" lead="How Burrow looks, and who uses it on this computer.">
      <ThemeCard />
      <AccountCard account={account} onSignOut={onSignOut} />
      <SyncCard onSeeLog={onSeeLog} onSeeUnsynced={onSeeUnsynced} />
      <ShortcutsCard />
      <AboutCard />
    </Page>
  );
}

function ThemeCard() {
  const current = useStore(theme);
  return (
    <fieldset className={styles.card}>
      <legend>Theme</legend>
      <div className={styles.themes}>
        {themes.map(({ value, label, Icon }) => (
          <label key={value} className={styles.theme} data-chosen={current === value}>
            <input
              type="radio"
              name="theme"
              className="visually-hidden"
              checked={current === value}
              onChange={() => void chooseTheme(value)}
            />
            <Icon size={18} strokeWidth={1.8} aria-hidden="true" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function AccountCard({ account, onSignOut }: { account: Account; onSignOut: () => void }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [opening, setOpening] = useState(false);
  const manage = async () => {
    setOpening(true);
    const opened = await openProfile();
    setOpening(false);
    setFailure(opened.ok ? null : opened.failure);
  };
  return (
    <section className={styles.card} aria-labelledby="account-heading">
      <h2 id="account-heading">Account</h2>
      <div className={styles.account}>
        <span className={styles.face} aria-hidden="true">
          <UserRound size={22} strokeWidth={1.7} />
        </span>
        <div className={`${styles.who} selectable`}>
          <strong>{account.label}</strong>
          <span>{account.local ? 'Lives on this computer only' : account.email}</span>
        </div>
        <Button small onClick={manage} disabled={opening}>
          {opening ? 'Opening…' : 'Manage account'}
        </Button>
        <Button small onClick={onSignOut}>
          <LogOut size={15} aria-hidden="true" /> Sign out
        </Button>
      </div>
      {failure && <FailureNotice failure={failure} title="Clerk’s profile could not be opened" />}
    </section>
  );
}

function AboutCard() {
  const [info, setInfo] = useState<Result<'app.info'> | null>(null);
  useEffect(() => {
    void bridge.app.info().then((answer) => answer.ok && setInfo(answer.value));
  }, []);
  if (!info) return null;
  const host = info.host === 'electron' ? 'Electron' : 'a simulated Electron host';
  return (
    <section className={styles.card} aria-labelledby="about-heading">
      <h2 id="about-heading">About</h2>
      <p className={`${styles.about} selectable`}>
        Burrow {info.version} on {info.platform}, in {host}.
      </p>
    </section>
  );
}
