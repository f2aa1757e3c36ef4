import type { Country, EvidenceGrade, IsoDate } from '../kernel/brands.ts';
import { isoDate, schoolYearOf } from '../kernel/dates.ts';
import type { Assertion } from './assertion.ts';
import type { Birth } from './birth.ts';
import { chooseBirth } from './birth.ts';
import type { CoverageLaw } from './coverage-law.ts';
import { lawOn } from './coverage-law.ts';
import { saysGoneAbroad } from './gone-abroad.ts';

/** The assertions about one child, sorted by what they can decide on a day; what happened after that day is not among them. */
export interface CoverageFacts {
  readonly asOf: IsoDate;
  readonly law: CoverageLaw;
  readonly countries: readonly Country[];
  readonly schoolYear: number;
  readonly birth: Birth | null;
  readonly registered: readonly Assertion[];
  readonly deceased: readonly Assertion[];
  /** On a roll of this school year, and not left again by a later row of the same school. */
  readonly onRoll: readonly Assertion[];
  /** Absences reported by a school in this school year, where no roll row of this year says that the child left or stayed. */
  readonly absentAsPupil: readonly Assertion[];
  readonly movedThisYear: readonly Assertion[];
  /** Every roll row of this or the last school year. */
  readonly recentRoll: readonly Assertion[];
  readonly registerAbroad: readonly Assertion[];
  readonly visitAbroad: readonly Assertion[];
  readonly foreignSchool: readonly Assertion[];
  readonly enrolledElsewhere: readonly Assertion[];
  /** A team saw the child in the country in this school year. */
  readonly seen: readonly Assertion[];
  /** Says "abroad" or "foreign school" and proves it not: hearsay, worn out, or only a school's word. */
  readonly hints: readonly Assertion[];
  /** Visits of this school year that found somebody or nobody: no evidence of a status, but of what to do next. */
  readonly visitedThisYear: readonly Assertion[];
  readonly all: readonly Assertion[];
}

const ROLL_CLAIMS: ReadonlySet<string> = new Set(['ON_ROLL', 'MOVED', 'DISCHARGED', 'NOT_FOUND']);
const VISIT_CLAIMS: ReadonlySet<string> = new Set([
  'ABROAD_STATED',
  'FOREIGN_SCHOOL_CLAIMED',
  'ENROLLED_ELSEWHERE_STATED',
  'MOVED_IN_COUNTRY',
  'DECEASED_STATED',
  'VISITED',
]);

/** Sorts the assertions of one child. A leaving dated after the day is read as still being on the roll. */
export function coverageFacts(assertions: readonly Assertion[], asOf: IsoDate, law: CoverageLaw): CoverageFacts {
  const schoolYear = schoolYearOf(asOf);
  const yearStart = isoDate(schoolYear, 9, 15);
  const known = assertions.filter((assertion) => !isLater(assertion, asOf)).map((assertion) => asKnownOn(assertion, asOf));
  const by = (claim: Assertion['claim']): Assertion[] => known.filter((assertion) => assertion.claim === claim);
  const grades = new Set<EvidenceGrade | null>(lawOn(law.closingGrades, asOf));
  const closes = (assertion: Assertion): boolean =>
    grades.has(assertion.grade) && (assertion.date ?? assertion.observedOn ?? '') >= yearStart;
  const roll = known.filter((assertion) => ROLL_CLAIMS.has(assertion.claim));
  const staleProves = lawOn(law.staleRegisterProvesAbroad, asOf);
  const fresh = (assertion: Assertion): boolean => staleProves || (assertion.observedOn ?? assertion.date ?? yearStart) >= yearStart;
  const statedAbroad = by('ABROAD_STATED');
  const claimedForeign = by('FOREIGN_SCHOOL_CLAIMED');
  const registerAbroad = by('RESIDES_ABROAD');
  const thisYear = roll.filter((assertion) => assertion.schoolYear === schoolYear);
  const registered = by('REGISTERED');
  return {
    asOf,
    law,
    countries: countriesOf(registered, registerAbroad, known),
    schoolYear,
    birth: chooseBirth(known),
    registered,
    deceased: by('DECEASED'),
    onRoll: thisYear.filter((assertion) => assertion.claim === 'ON_ROLL' && !isLeftAgain(assertion, thisYear)),
    absentAsPupil: thisYear.length > 0 ? [] : by('ABSENT_HOURS').filter((assertion) => assertion.schoolYear === schoolYear),
    movedThisYear: thisYear.filter((assertion) => assertion.claim === 'MOVED'),
    recentRoll: roll.filter((assertion) => assertion.schoolYear === schoolYear || assertion.schoolYear === schoolYear - 1),
    registerAbroad: registerAbroad.filter(fresh),
    visitAbroad: statedAbroad.filter(closes),
    foreignSchool: claimedForeign.filter(closes),
    enrolledElsewhere: by('ENROLLED_ELSEWHERE_STATED').filter(closes),
    seen: by('VISITED').filter((assertion) => assertion.detail === 'FOUND_CHILD_ONLY' && (assertion.date ?? '') >= yearStart),
    hints: [
      ...registerAbroad.filter((assertion) => !fresh(assertion)),
      ...statedAbroad.filter((assertion) => !closes(assertion)),
      ...claimedForeign.filter((assertion) => !closes(assertion)),
      ...roll.filter(saysGoneAbroad),
    ],
    visitedThisYear: by('VISITED').filter((assertion) => (assertion.date ?? '') >= yearStart),
    all: known,
  };
}

/** An enrolment, visit, death or absence that lies after the day. An extract's own day does not hide it: the register is what it is. */
function isLater(assertion: Assertion, asOf: IsoDate): boolean {
  if (assertion.schoolYear !== null && assertion.schoolYear > schoolYearOf(asOf)) return true;
  const dated = assertion.claim === 'ON_ROLL' || assertion.claim === 'DECEASED' || VISIT_CLAIMS.has(assertion.claim);
  return dated && assertion.date !== null && assertion.date > asOf;
}

function asKnownOn(assertion: Assertion, asOf: IsoDate): Assertion {
  const leaves = assertion.claim === 'MOVED' || assertion.claim === 'DISCHARGED' || assertion.claim === 'NOT_FOUND';
  return leaves && assertion.date !== null && assertion.date > asOf
    ? { ...assertion, claim: 'ON_ROLL', date: null, detail: null }
    : assertion;
}

/** The same school's later row "moved" or "not found" overtakes its "enrolled": some schools send both instead of a correction. */
function isLeftAgain(onRoll: Assertion, thisYear: readonly Assertion[]): boolean {
  return thisYear.some(
    (other) =>
      (other.claim === 'MOVED' || other.claim === 'NOT_FOUND') &&
      other.detail !== null &&
      other.detail === onRoll.detail &&
      (other.date ?? '') > (onRoll.date ?? ''),
  );
}

/** Whose law applies: the registers in whose country the child lives; else any register; else whoever knows of the child. */
function countriesOf(registered: readonly Assertion[], abroad: readonly Assertion[], known: readonly Assertion[]): Country[] {
  const left = new Set(abroad.map((assertion) => assertion.country));
  const home = registered.filter((assertion) => !left.has(assertion.country));
  const sources = home.length > 0 ? home : registered.length > 0 ? registered : known;
  return [...new Set(sources.map((assertion) => assertion.country))];
}
