import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvidenceGrade, FeedKind, IsoDate } from '../kernel/brands.ts';
import { addDays } from '../kernel/dates.ts';
import type { Assertion } from './assertion.ts';
import { CLAIMS } from './assertion.ts';
import { COVERAGE_LAW } from './coverage-law.ts';
import { deriveCoverage } from './derive-coverage.ts';

const AS_OF = '2026-11-16' as IsoDate;
const context = { asOf: AS_OF, law: COVERAGE_LAW };
const SOURCES: readonly FeedKind[] = ['population', 'school-roll', 'siiir-roll', 'assistance', 'parents-abroad', 'visits', 'absences'];

const assertion: fc.Arbitrary<Assertion> = fc.record({
  record: fc.integer({ min: 1, max: 9 }).map(String),
  source: fc.constantFrom(...SOURCES),
  claim: fc.constantFrom(...CLAIMS),
  country: fc.constantFrom('BG' as const, 'RO' as const),
  observedOn: fc.constantFrom(null, '2026-11-01' as IsoDate),
  schoolYear: fc.constantFrom(null, 2024, 2025, 2026, 2027),
  date: fc.option(fc.integer({ min: -7000, max: 60 }).map((days) => addDays(AS_OF, days))),
  detail: fc.constantFrom(null, 'S1', 'S2', '2015', '2012-07', 'FOUND_CHILD_ONLY', 'заминал в чужбина'),
  grade: fc.constantFrom(null, 'A', 'B', 'C', 'D', 'E') as fc.Arbitrary<EvidenceGrade | null>,
});
const some = fc.array(assertion, { minLength: 0, maxLength: 12 }).map((more): Assertion[] => [
  {
    record: '1',
    source: 'assistance',
    claim: 'RECEIVES_BENEFIT',
    country: 'BG',
    observedOn: null,
    schoolYear: null,
    date: null,
    detail: null,
    grade: null,
  },
  ...more,
]);

describe('deriving a status', () => {
  it('always names what decided', () => {
    fc.assert(
      fc.property(some, (assertions) => {
        const coverage = deriveCoverage(assertions, context);
        expect(coverage.because.length).toBeGreaterThan(0);
        expect(coverage.conflict).toBe(coverage.conflicts.length > 0);
        for (const against of coverage.conflicts) expect(coverage.because).toContainEqual(against);
      }),
    );
  });

  it('does not depend on the order in which the sources came in', () => {
    fc.assert(
      fc.property(
        some.chain((assertions) => fc.tuple(fc.constant(assertions), fc.shuffledSubarray(assertions, { minLength: assertions.length }))),
        ([one, other]) => {
          const { status, conflict, nextStep } = deriveCoverage(one, context);
          // Of two registers of two countries the first is named; the status is that of both.
          expect(deriveCoverage(other, context)).toMatchObject(
            one.every((a) => a.country === 'BG') ? { status, conflict, nextStep } : { status, conflict },
          );
        },
      ),
    );
  });

  it('closes no case on evidence below grade B', () => {
    fc.assert(
      fc.property(some, (assertions) => {
        const weak = assertions
          .filter((one) => one.source !== 'population')
          .map((one) => (one.claim === 'RESIDES_ABROAD' ? { ...one, claim: 'VISITED' as const } : one));
        const hearsay = weak.map((one): Assertion => ({ ...one, grade: 'C' })).filter((one) => one.claim !== 'MOVED');
        expect(['ABROAD', 'FOREIGN_SCHOOL', 'ENROLLED_ELSEWHERE']).not.toContain(
          deriveCoverage(hearsay.length > 0 ? hearsay : assertions.slice(0, 1), context).status,
        );
      }),
    );
  });

  it('lets "abroad" by a visit wear out on the next 15 September', () => {
    const child: Assertion[] = [
      {
        record: '1',
        source: 'population',
        claim: 'BORN',
        country: 'BG',
        observedOn: null,
        schoolYear: null,
        date: '2016-02-02' as IsoDate,
        detail: null,
        grade: null,
      },
      {
        record: '1',
        source: 'population',
        claim: 'REGISTERED',
        country: 'BG',
        observedOn: null,
        schoolYear: null,
        date: null,
        detail: 'BG',
        grade: null,
      },
      {
        record: '2',
        source: 'visits',
        claim: 'ABROAD_STATED',
        country: 'BG',
        observedOn: null,
        schoolYear: null,
        date: '2026-10-02' as IsoDate,
        detail: null,
        grade: 'B',
      },
    ];
    expect(deriveCoverage(child, { asOf: '2027-09-14' as IsoDate, law: COVERAGE_LAW }).status).toBe('ABROAD');
    expect(deriveCoverage(child, { asOf: '2027-09-15' as IsoDate, law: COVERAGE_LAW })).toMatchObject({
      status: 'NEVER_ENROLLED',
      nextStep: 'VERIFY_ABROAD',
    });
  });

  it('derives nothing of a child of whom nothing was known', () => {
    expect(() => deriveCoverage([], context)).toThrow(RangeError);
  });
});
