/** What is there at once, or will be. Waiting for what is there costs a turn, and most answers are. */
export type Soon<T> = T | Promise<T>;

/** Goes on with a value as soon as it is there: at once, if it is. */
export const soon = <T, U>(value: Soon<T>, next: (value: T) => Soon<U>): Soon<U> =>
  value instanceof Promise ? value.then(next) : next(value);
