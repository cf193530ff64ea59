/** Numbers of one kind, and what is said about them. */
export const share = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => share(values, 0.5);
export const p95 = (values: readonly number[]): number => share(values, 0.95);

const shown = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
export const spread = (values: readonly number[], unit = 'ms'): string =>
  `median ${shown(median(values))}, p95 ${shown(p95(values))} ${unit}`;

export const timed = async (work: () => unknown): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};
