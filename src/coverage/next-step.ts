import type { Country } from '../kernel/brands.ts';
import type { Assertion } from './assertion.ts';
import { saysGoneAbroad } from './gone-abroad.ts';
import type { CoverageStatus } from './status.ts';

/** What a coordinator does next about a child. */
export const NEXT_STEPS = [
  'VERIFY_ABROAD',
  'VISIT',
  'ENROL',
  'REGISTER_CIVIL_STATUS',
  'CONFIRM_FOREIGN_SCHOOL',
  'RESOLVE_CONFLICT',
  'NONE',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** The part of an assertion that the next step depends on. */
export type StepEvidence = Pick<Assertion, 'claim' | 'country' | 'grade' | 'detail' | 'date'>;

const FOUND: ReadonlySet<string> = new Set(['FOUND_SPOKE_PARENT', 'FOUND_CHILD_ONLY']);

/**
 * The next step of a status, from the assertions behind it: those that decided, those that were not enough, those that speak against it, and this year's visits.
 * Out of school: a family that was met last is helped to enrol; a claim of "abroad" is verified, then a claim of a foreign school; else a visit.
 * `country` is the one whose list the child is on: evidence of the other country's sources about that country is not "abroad".
 */
export function nextStep(status: CoverageStatus, because: readonly StepEvidence[], country: Country): NextStep {
  const abroad = because.filter(
    (one) =>
      one.claim === 'ABROAD_STATED' ||
      (one.claim === 'RESIDES_ABROAD' && one.detail !== country) ||
      (saysGoneAbroad(one) && one.country === country),
  );
  switch (status) {
    case 'NOT_COMPULSORY':
    case 'DECEASED':
      return 'NONE';
    case 'ENROLLED':
    case 'ENROLLED_ELSEWHERE':
      return abroad.length > 0 ? 'RESOLVE_CONFLICT' : 'NONE';
    case 'ABROAD':
      return because.some(isMeeting) ? 'RESOLVE_CONFLICT' : 'NONE';
    case 'CONFLICT':
      return 'RESOLVE_CONFLICT';
    case 'FOREIGN_SCHOOL':
      return because.some((one) => one.claim === 'FOREIGN_SCHOOL_CLAIMED' && one.grade === 'A') ? 'NONE' : 'CONFIRM_FOREIGN_SCHOOL';
    case 'UNREGISTERED':
      return 'REGISTER_CIVIL_STATUS';
    case 'LEFT_EARLY':
    case 'NEVER_ENROLLED': {
      const met = latest(because.filter(isMeeting));
      if (met !== '' && met >= latest(abroad.filter((one) => one.claim !== 'DISCHARGED'))) return 'ENROL';
      if (abroad.length > 0) return 'VERIFY_ABROAD';
      return because.some((one) => one.claim === 'FOREIGN_SCHOOL_CLAIMED') ? 'CONFIRM_FOREIGN_SCHOOL' : 'VISIT';
    }
  }
}

const isMeeting = (one: StepEvidence): boolean => one.claim === 'VISITED' && FOUND.has(one.detail ?? '');
const latest = (some: readonly StepEvidence[]): string =>
  some
    .map((one) => one.date ?? '')
    .toSorted()
    .at(-1) ?? '';
