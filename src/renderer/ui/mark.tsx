/** Burrow's sign: a hill with the way in, and the light at home inside. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d="M4 40C4 22 12 8 24 8s20 14 20 32Z" fill="var(--clay)" />
      <path d="M14 40c0-10 4-17 10-17s10 7 10 17Z" fill="var(--on-clay)" fillOpacity="0.94" />
      <path d="M18.5 40c0-6.500 2.200-11 5.500-11s5.500 4.500 5.500 11Z" fill="var(--clay)" fillOpacity="0.38" />
      <path d="M2 40.500h44" stroke="var(--clay)" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
}
