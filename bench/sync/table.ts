/** The results as a table for a person. */
export interface Row {
  work: string;
  value: number;
  unit: string;
  target?: string;
  /** Absent where there is no target. */
  met?: boolean;
  detail: string;
}

export const atMost = (work: string, value: number, most: number, unit: string, detail: string): Row => ({
  ...{ work, value, unit, detail },
  target: `<= ${most} ${unit}`,
  met: value <= most,
});

/** How many times as fast as a peer. */
export const timesAsFast = (work: string, value: number, least: number, detail: string): Row => ({
  ...{ work, value, unit: 'x', detail },
  target: `>= ${least}x`,
  met: value >= least,
});

export function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ work }) => work.length));
  for (const { work, value, unit, target = '', met, detail } of rows) {
    const figure = `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`.padStart(9);
    const verdict = met === undefined ? '' : met ? 'met' : 'MISSED';
    console.log(`${work.padEnd(width)}  ${figure}  ${target.padEnd(9)}  ${verdict.padEnd(6)}  ${detail}`);
  }
}
