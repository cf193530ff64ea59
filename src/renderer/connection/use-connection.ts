import { useEffect, useState } from 'react';
import type { ConnectionDescription } from '../../shared/connection/description.ts';
import type { Failure } from '../../shared/failure.ts';
import { bridge } from '../bridge.ts';

/** Where this Burrow is connected, kept current: a problem that passes leaves the screen by itself. */
export function useConnection(): { description: ConnectionDescription | null; failure: Failure | null } {
  const [description, setDescription] = useState<ConnectionDescription | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const read = async () => {
      const answer = await bridge.connection.describe();
      if (answer.ok) setDescription(answer.value);
      setFailure(answer.ok ? null : answer.failure);
    };
    void read();
    return bridge.on('connection.changed', () => void read());
  }, []);
  return { description, failure };
}
