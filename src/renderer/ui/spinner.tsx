import styles from './spinner.module.css';

/** Something is under way; `label` says what, to everyone. */
export function Spinner({ label }: { label: string }) {
  return (
    <div className={styles.wrap} role="status">
      <span className={styles.ring} aria-hidden="true" />
      {label}
    </div>
  );
}
