import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../shared/failure.ts';
import styles from './notice.module.css';

const icons = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

interface Props {
  tone?: keyof typeof icons;
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** The actions beside the text where there is room, for a message that is to take little of it. */
  slim?: boolean;
}

/** A framed message in the flow of the page. Bad news is announced at once, the rest politely. */
export function Notice({ tone = 'info', title, children, actions, slim = false }: Props) {
  const Icon = icons[tone];
  return (
    <div className={`${styles.notice} ${styles[tone]} selectable`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={18} className={styles.icon} aria-hidden="true" />
      <div className={slim ? styles.slim : styles.text}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

/** A failure in words: what happened, then what to do. */
export function FailureNotice({ failure, actions, title }: { failure: Failure; actions?: ReactNode; title?: string }) {
  return (
    <Notice tone="bad" {...(title ? { title } : {})} actions={actions}>
      {failure.message} {failure.mend}
    </Notice>
  );
}
