import type { DataCategory } from './vocabulary.ts';

/** A derived datum that may be shown to someone who may not see all it was derived from: named, reasoned, reviewed. */
export interface Declassification {
  readonly name: string;
  readonly derived: DataCategory;
  readonly sources: readonly DataCategory[];
  readonly why: string;
  readonly reviewed: string;
}

/** Without an entry here, a derived field is readable only by those who may read every one of its sources. */
export const DECLASSIFICATIONS: readonly Declassification[] = Object.freeze([
  {
    name: 'year-for-date',
    derived: 'identity.birth-year',
    sources: ['identity.birth-date'],
    why: 'A year of birth is shared by a whole class; it is a stored column of its own, never computed for a caller.',
    reviewed: '2026-11-23',
  },
  {
    name: 'ending-for-id',
    derived: 'identity.national-id-ending',
    sources: ['identity.national-id'],
    why: 'Four characters tell two files of one family apart and do not give the date of birth.',
    reviewed: '2026-11-23',
  },
  {
    name: 'place-for-address',
    derived: 'residence.settlement',
    sources: ['residence.address'],
    why: 'A settlement finds the team in charge, not the door.',
    reviewed: '2026-11-23',
  },
  {
    name: 'municipality-for-address',
    derived: 'residence.municipality',
    sources: ['residence.address', 'residence.settlement'],
    why: 'Territory decides who is competent; it must be known to be applied.',
    reviewed: '2026-11-23',
  },
  {
    name: 'threshold-for-count',
    derived: 'attendance.over-threshold',
    sources: ['attendance.unexcused-count'],
    why: 'The team must know that absence matters, not how long it was (access matrix, domain 4.4).',
    reviewed: '2026-11-23',
  },
  {
    name: 'carer-for-notice',
    derived: 'family.carer-named',
    sources: ['family.parents-abroad'],
    why: 'School and team need to know that someone answers for the child, not where the parents are (Law 272/2004 art. 104-105).',
    reviewed: '2026-11-23',
  },
  {
    name: 'status-for-evidence',
    derived: 'coverage.status',
    sources: [
      'identity.birth-date',
      'identity.birth-year',
      'residence.country',
      'residence.municipality',
      'vital.deceased',
      'education.enrolment',
      'attendance.unexcused-count',
      'benefit.entitlement',
      'family.parents-abroad',
      'outreach.visit',
      'coverage.evidence',
    ],
    why: 'One word out of ten says that a child needs work; the assertions behind it have a category of their own (Decree 100/2018 art. 1(2)).',
    reviewed: '2026-11-23',
  },
  {
    name: 'table-for-children',
    derived: 'statistics.table',
    sources: [
      'coverage.status',
      'education.enrolment',
      'identity.birth-year',
      'identity.sex',
      'residence.municipality',
      'foreign.aggregate',
    ],
    why: 'Fixed dimensions, distinct children, minimum cell and complementary suppression (GDPR Art. 89).',
    reviewed: '2026-11-23',
  },
  {
    name: 'agreement-for-values',
    derived: 'link.review',
    sources: [
      'identity.name',
      'identity.birth-date',
      'identity.sex',
      'identity.national-id',
      'residence.address',
      'residence.settlement',
      'education.enrolment',
      'family.guardian',
    ],
    why: 'That two records agree in a field, how well and how many bits it adds tells nobody the value (GDPR Art. 5(1)(d): a link must be open to question).',
    reviewed: '2026-11-23',
  },
  {
    name: 'two-persons-for-consequences',
    derived: 'link.review',
    sources: ['tracing.case', 'benefit.entitlement', 'protection.flag', 'identity.national-id'],
    why: 'One bit for five different reasons: that a second person must agree, not why.',
    reviewed: '2026-11-23',
  },
  {
    name: 'order-of-questions',
    derived: 'link.review',
    sources: ['coverage.status', 'tracing.case'],
    why: 'What may matter most is asked first; the value by which the queue is ordered is not shown.',
    reviewed: '2026-11-23',
  },
] satisfies Declassification[]);

/** Those sources of a derived datum that no declassification covers: they must be permitted too. */
export function undeclassifiedSources(derived: DataCategory, sources: readonly DataCategory[]): DataCategory[] {
  const covered = new Set(DECLASSIFICATIONS.filter((entry) => entry.derived === derived).flatMap((entry) => entry.sources));
  return sources.filter((source) => source !== derived && source !== 'plumbing' && !covered.has(source));
}
