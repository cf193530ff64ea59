import styles from './connection.module.css';

const meanings: Record<string, string> = {
  iss: 'issuer: the Clerk that signed it',
  sub: 'subject: the user id',
  aud: 'audience: the database it opens',
  exp: 'ends',
  iat: 'issued',
  nbf: 'valid from',
  jti: 'its own id',
  azp: 'origin it was made for',
};

const times = new Set(['exp', 'iat', 'nbf']);

function shown(name: string, value: unknown): string {
  if (times.has(name) && typeof value === 'number') return `${new Date(value * 1000).toLocaleString()} (${value})`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the Fauna JWT says. The token itself never comes here. */
export function Claims({ claims }: { claims: Record<string, unknown> }) {
  return (
    <table className={`${styles.claims} selectable`}>
      <caption>Claims of the Fauna JWT</caption>
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Value</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(claims).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{shown(name, value)}</td>
            <td>{meanings[name] ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
