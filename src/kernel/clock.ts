/** Time as a fact that comes in, so that deciding is pure and tests choose the day. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}
export const systemClock: Clock = { now: () => Date.now() };
