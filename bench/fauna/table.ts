/** The results as a table for a person. */
export interface Row {
  readonly work: string;
  readonly value: number;
  readonly unit: string;
  /** Empty where there is none. */
  readonly target: string;
  readonly met: boolean;
  readonly detail: string;
}

export function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ work }) => work.length));
  for (const { work, value, unit, target, met, detail } of rows) {
    const figure = `${value.toFixed(unit === 'x' ? 2 : 0)}${unit}`.padStart(8);
    console.log(
      `${work.padEnd(width)}  ${figure}  ${target.padEnd(10)} ${target ? (met ? 'met   ' : 'MISSED') : '      '}  ${detail}`,
    );
  }
}
