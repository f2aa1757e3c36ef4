import type { IsoDate } from '../kernel/brands.ts';

const TEXTS = new Map<number, IsoDate>();

/** The number of a day, counted from 1970-01-01. */
export const dayOf = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 86_400_000;

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): IsoDate {
  let text = TEXTS.get(day);
  if (text === undefined) {
    text = new Date(day * 86_400_000).toISOString().slice(0, 10) as IsoDate;
    TEXTS.set(day, text);
  }
  return text;
}
