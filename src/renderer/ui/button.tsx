import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { Hint } from './hint.tsx';

interface Look {
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  small?: boolean;
}

const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ');

export function Button({ look = 'plain', small = false, className, ...rest }: ComponentProps<'button'> & Look) {
  const lookClass = look === 'plain' ? undefined : styles[look];
  return (
    <button type="button" className={classes(styles.button, lookClass, small && styles.small, className)} {...rest} />
  );
}

/** A button that is only a picture: its name is said to screen readers and shown as a hint. */
export function IconButton({
  label,
  keys,
  className,
  ...rest
}: ComponentProps<'button'> & { label: string; keys?: string }) {
  return (
    <Hint text={label} {...(keys ? { keys } : {})}>
      <button type="button" aria-label={label} className={classes(styles.icon, className)} {...rest} />
    </Hint>
  );
}
