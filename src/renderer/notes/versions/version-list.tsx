import { Cloud, Laptop } from 'lucide-react';
import type { NoteVersion } from '../../../shared/notes/version.ts';
import { fullTime } from '../../ui/time.ts';
import { versionPlace, versionReason } from './version-words.ts';
import styles from './versions.module.css';

interface Props {
  versions: readonly NoteVersion[];
  chosen: string;
  onChoose: (version: string) => void;
}

/** Radio buttons underneath, so that the arrow keys walk through time. */
export function VersionList({ versions, chosen, onChoose }: Props) {
  return (
    <fieldset className={styles.list}>
      <legend className="visually-hidden">Versions</legend>
      {versions.map((version) => {
        const Icon = version.where === 'fauna' ? Cloud : Laptop;
        return (
          <label key={version.version} className={styles.version} data-chosen={version.version === chosen}>
            <input
              type="radio"
              name="version"
              className="visually-hidden"
              checked={version.version === chosen}
              onChange={() => onChoose(version.version)}
            />
            <time dateTime={new Date(version.at).toISOString()}>{fullTime(version.at)}</time>
            <span className={styles.why}>
              <Icon size={13} aria-hidden="true" />
              {versionPlace(version)}
            </span>
            <span className={styles.why}>{versionReason(version)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
