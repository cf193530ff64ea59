import { NotebookText, Plug, Settings } from 'lucide-react';
import { useStore } from '../store.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './app.module.css';
import { type Screen, screen } from './screen.ts';

const top = [
  { screen: 'notes', label: 'Notes', Icon: NotebookText },
  { screen: 'connection', label: 'Connection', Icon: Plug },
] as const;

export function NavigationRail() {
  return (
    <nav className={styles.rail} aria-label="Main">
      <span className={styles.brand}>
        <Mark size={34} />
      </span>
      {top.map((item) => (
        <RailItem key={item.screen} {...item} />
      ))}
      <span className={styles.gap} />
      <RailItem screen="settings" label="Settings" Icon={Settings} />
    </nav>
  );
}

function RailItem({ screen: target, label, Icon }: { screen: Screen; label: string; Icon: typeof Plug }) {
  const here = useStore(screen);
  const current = here === 'sync-log' ? 'settings' : here;
  return (
    <button
      type="button"
      className={styles.item}
      aria-current={current === target ? 'page' : undefined}
      onClick={() => screen.set(target)}
    >
      <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
      {label}
    </button>
  );
}
