import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import styles from './app.module.css';

/** The last resort when a screen throws: the notes are safe in main, and the window can be loaded again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className={styles.centred}>
        <Notice
          tone="bad"
          title="This window stopped working"
          actions={
            <Button small onClick={() => location.reload()}>
              Load the window again
            </Button>
          }
        >
          Your saved notes are safe on this computer.
        </Notice>
      </main>
    );
  }
}
