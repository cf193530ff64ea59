import type { ReactNode } from 'react';
import styles from './page.module.css';

/** A screen of cards under a title, scrolling by itself. */
export function Page({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <header>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.lead}>{lead}</p>
        </header>
        {children}
      </div>
    </div>
  );
}
