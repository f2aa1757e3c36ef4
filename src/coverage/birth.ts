import type { FeedKind } from '../kernel/brands.ts';
import type { Assertion } from './assertion.ts';
import type { BirthDateKnown } from './compulsory-age.ts';

/** Whom to believe on a birth date: the civil register, then a roll, social assistance, a notice of the parents, a visit. */
const RANK: Partial<Record<FeedKind, number>> = {
  population: 0,
  'school-roll': 1,
  'siiir-roll': 1,
  assistance: 2,
  'parents-abroad': 3,
  visits: 4,
};

/** A birth date and the records that gave it. */
export interface Birth {
  readonly known: BirthDateKnown;
  readonly said: readonly Assertion[];
}

/**
 * One birth date out of those that the sources give: of the most trusted source kind; within it a full date before a partial one, then what most records say,
 * then the newest observation. Null when no record has one.
 */
export function chooseBirth(assertions: readonly Assertion[]): Birth | null {
  const groups = new Map<string, { rank: number; known: BirthDateKnown; said: Assertion[] }>();
  for (const assertion of assertions) {
    const known = birthOf(assertion);
    if (!known) continue;
    const rank = RANK[assertion.source] ?? 9;
    const key = `${rank}:${known.year}-${known.month}-${known.day}`;
    const group = groups.get(key);
    if (group) group.said.push(assertion);
    else groups.set(key, { rank, known, said: [assertion] });
  }
  const [best] = [...groups.values()].sort(
    (a, b) =>
      a.rank - b.rank ||
      precision(b.known) - precision(a.known) ||
      b.said.length - a.said.length ||
      compareText(newest(b.said), newest(a.said)) ||
      compareText(dateKey(a.known), dateKey(b.known)),
  );
  return best ?? null;
}

/** The date of a BORN assertion: its day, or from `detail` the `YYYY` or `YYYY-MM` of a record that gives no more. Null for any other claim. */
export function birthOf(assertion: Assertion): BirthDateKnown | null {
  if (assertion.claim !== 'BORN') return null;
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(assertion.date ?? assertion.detail ?? '');
  if (!parts) return null;
  const month = parts[2] ? Number(parts[2]) : null;
  if (month !== null && (month < 1 || month > 12)) return null;
  return { year: Number(parts[1]), month, day: parts[3] ? Number(parts[3]) : null };
}

const precision = (known: BirthDateKnown): number => (known.day !== null ? 2 : known.month !== null ? 1 : 0);
const newest = (said: readonly Assertion[]): string =>
  said
    .map((one) => one.observedOn ?? '')
    .toSorted()
    .at(-1) ?? '';
const dateKey = (known: BirthDateKnown): string => `${known.year}-${known.month ?? ''}-${known.day ?? ''}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
