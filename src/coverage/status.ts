/** What the hub derives of a child on a day. OUT_OF_SCHOOL names those that put a child on the coverage list as unenrolled. */
export const COVERAGE_STATUSES = [
  'NOT_COMPULSORY',
  'ENROLLED',
  'ENROLLED_ELSEWHERE',
  'FOREIGN_SCHOOL',
  'ABROAD',
  'DECEASED',
  'LEFT_EARLY',
  'NEVER_ENROLLED',
  'UNREGISTERED',
  'CONFLICT',
] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

/** Of compulsory age, in the country as far as proved, and on no roll: Council of Ministers Decree 100/2018, art. 1(2), groups (a) and (c). */
export const OUT_OF_SCHOOL = ['LEFT_EARLY', 'NEVER_ENROLLED', 'UNREGISTERED'] as const satisfies readonly CoverageStatus[];

/** True for the statuses of a child who is on no roll and should be. */
export function isOutOfSchool(status: CoverageStatus): boolean {
  return (OUT_OF_SCHOOL as readonly CoverageStatus[]).includes(status);
}
