import type { EvidenceGrade, IsoDate } from '../kernel/brands.ts';
import type { CompulsoryAgeRule } from './compulsory-age.ts';
import { COMPULSORY_AGE } from './compulsory-age.ts';

/** A parameter that holds from a day on, until the next of its list. */
export interface Dated<T> {
  readonly from: IsoDate;
  readonly value: T;
  readonly law: string;
}

/** Everything in the derivation that a law or an order may change, each with the day from which it holds. */
export interface CoverageLaw {
  readonly compulsoryAge: readonly CompulsoryAgeRule[];
  /** Grades of a visit's evidence that may take a child off the list of those to be found. */
  readonly closingGrades: readonly Dated<readonly EvidenceGrade[]>[];
  /** Grades of a visit's evidence that prove that a child exists of whom no register, roll or benefit knows. */
  readonly existenceGrades: readonly Dated<readonly EvidenceGrade[]>[];
  /** What an active roll of this year means beside closing evidence that the child is abroad. */
  readonly rollAgainstAbroad: readonly Dated<'ENROLLED' | 'CONFLICT'>[];
  /** Whether an extract of the civil register older than this school year still proves a foreign address. */
  readonly staleRegisterProvesAbroad: readonly Dated<boolean>[];
}

const ALWAYS = '1900-01-01' as IsoDate;

/** The starter law: Council of Ministers Decree 100/2018 (State Gazette 50/2018, amended 82/2019) as read in practice; a lawyer must check it. */
export const COVERAGE_LAW: CoverageLaw = {
  compulsoryAge: COMPULSORY_AGE,
  closingGrades: [
    { from: ALWAYS, value: ['A', 'B'], law: 'practice of the coverage teams: register or document; a statement or hearsay closes nothing' },
  ],
  existenceGrades: [
    {
      from: ALWAYS,
      value: ['A', 'B', 'C'],
      law: 'practice of the coverage teams: hearsay proves nothing, and a door that nobody opened less',
    },
  ],
  rollAgainstAbroad: [
    {
      from: ALWAYS,
      value: 'ENROLLED',
      law: 'regional education office Sofia, РУО1-27318/02.10.2020: a child who returned keeps the old address until the register is updated',
    },
  ],
  staleRegisterProvesAbroad: [
    {
      from: ALWAYS,
      value: false,
      law: 'each school year a child is listed anew: Decree 100/2018; "abroad" is confirmed again from 15 September',
    },
  ],
};

/**
 * The value of a dated parameter on a day; before the first, the first.
 * @throws RangeError when the list is empty.
 */
export function lawOn<T>(parameter: readonly Dated<T>[], on: IsoDate): T {
  const ordered = [...parameter].sort((a, b) => (a.from < b.from ? -1 : 1));
  const found = ordered.findLast((entry) => entry.from <= on) ?? ordered[0];
  if (!found) throw new RangeError('a dated parameter without a value');
  return found.value;
}
