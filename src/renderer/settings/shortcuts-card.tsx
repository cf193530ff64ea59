import { keyName } from '../ui/keys.ts';
import styles from './settings.module.css';

const shortcuts = () => [
  ['New note', keyName('N')],
  ['Search notes', keyName('K')],
  ['Command palette', keyName('P', true)],
  ['Show or hide the sidebar', keyName('\\')],
  ['Bold', keyName('B')],
  ['Italic', keyName('I')],
  ['Make or tick a task', keyName('Enter')],
  ['Leave the editor', 'Esc'],
];

export function ShortcutsCard() {
  return (
    <section className={styles.card} aria-labelledby="keys-heading">
      <h2 id="keys-heading">Keyboard</h2>
      <dl className={styles.keys}>
        {shortcuts().map(([what, keys]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
