import { describe, expect, it } from 'vitest';
import type { FeedKind, IsoDate } from '../kernel/brands.ts';
import type { Assertion } from './assertion.ts';
import { chooseBirth } from './birth.ts';

const born = (source: FeedKind, when: string, observedOn: string | null = null): Assertion => ({
  record: `${source}:${when}`,
  source,
  claim: 'BORN',
  country: 'BG',
  observedOn: observedOn as IsoDate | null,
  schoolYear: null,
  date: when.length === 10 ? (when as IsoDate) : null,
  detail: when.length === 10 ? null : when,
  grade: null,
});

describe('the birth date of a child whose sources differ', () => {
  it('is the register’s, however many say otherwise', () => {
    expect(
      chooseBirth([born('school-roll', '2015-01-02'), born('school-roll', '2015-01-02'), born('population', '2015-02-01')])?.known,
    ).toEqual({ year: 2015, month: 2, day: 1 });
  });
  it('is the roll’s before social assistance’s, and that before a visit’s', () => {
    expect(
      chooseBirth([born('visits', '2015-01-01'), born('assistance', '2015-01-02'), born('school-roll', '2015-01-03')])?.known.day,
    ).toBe(3);
    expect(chooseBirth([born('visits', '2015-01-01'), born('assistance', '2015-01-02')])?.known.day).toBe(2);
  });
  it('within one kind of source is the full date, then what most say, then the newest', () => {
    expect(chooseBirth([born('visits', '2014'), born('visits', '2014'), born('visits', '2015-01-01')])?.known.year).toBe(2015);
    expect(chooseBirth([born('visits', '2014'), born('visits', '2015'), born('visits', '2014')])?.known.year).toBe(2014);
    expect(chooseBirth([born('visits', '2014', '2026-10-01'), born('visits', '2015', '2026-10-09')])?.known.year).toBe(2015);
  });
  it('is unknown where nobody gave one', () => {
    expect(chooseBirth([])).toBeNull();
  });
});
