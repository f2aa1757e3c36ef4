import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Assertion, Claim } from '../../../src/coverage/assertion.ts';
import { isCompulsory } from '../../../src/coverage/compulsory-age.ts';
import { COVERAGE_LAW } from '../../../src/coverage/coverage-law.ts';
import { deriveCoverage } from '../../../src/coverage/derive-coverage.ts';
import type { Country, EvidenceGrade, FeedKind, IsoDate } from '../../../src/kernel/brands.ts';

interface AgeCase {
  name: string;
  country: Country;
  born: string;
  on: IsoDate;
  compulsory: boolean;
}
interface StatusCase {
  name: string;
  asOf?: IsoDate;
  law?: { rollAgainstAbroad: 'ENROLLED' | 'CONFLICT' };
  says: string[];
  expect: { status: string; because: string[]; conflict: boolean; next: string };
}

const read = (name: string): unknown => parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const SAYING = /^(\S+) (\S+)(?: (\d{4}-\d{2}-\d{2}))?(.*)$/;

/** `source CLAIM [date] [key=value…]`, see the head of statuses.yaml. */
function assertionOf(saying: string, index: number): Assertion {
  const [, source, claim, date, rest] = SAYING.exec(saying) ?? [];
  const keys = new Map([...(rest ?? '').matchAll(/(\w+)=("([^"]*)"|\S+)/g)].map((match) => [match[1], match[3] ?? match[2] ?? '']));
  return {
    record: `${source}:case:${claim === 'BORN' ? index + 2 : index + 1}`,
    source: source as FeedKind,
    claim: claim as Claim,
    country: (keys.get('country') ?? 'BG') as Country,
    observedOn: (keys.get('seen') ?? null) as IsoDate | null,
    schoolYear: keys.has('year') ? Number(keys.get('year')) : null,
    date: (date ?? null) as IsoDate | null,
    detail: keys.get('detail') ?? null,
    grade: (keys.get('grade') ?? null) as EvidenceGrade | null,
  };
}

describe('compulsory age, by country and date', () => {
  it.each(read('compulsory-age.yaml') as AgeCase[])('$name', ({ country, born, on, compulsory }) => {
    const [year, month, day] = born.split('-').map(Number);
    expect(isCompulsory({ year: year ?? 0, month: month ?? null, day: day ?? null }, country, on)).toBe(compulsory);
  });
});

describe('the status of a child, the first reading of the law that holds', () => {
  it.each(read('statuses.yaml') as StatusCase[])('$name', ({ asOf, law, says, expect: expected }) => {
    const parameters = law
      ? { ...COVERAGE_LAW, rollAgainstAbroad: [{ from: '2026-01-01' as IsoDate, value: law.rollAgainstAbroad, law: 'an order' }] }
      : COVERAGE_LAW;
    const coverage = deriveCoverage(says.map(assertionOf), { asOf: asOf ?? ('2026-11-16' as IsoDate), law: parameters });
    expect({
      status: coverage.status,
      because: coverage.because.map((one) => one.claim),
      conflict: coverage.conflict,
      next: coverage.nextStep,
    }).toEqual(expected);
  });
});
