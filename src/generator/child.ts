import type { Country, EvidenceGrade, IsoDate } from '../kernel/brands.ts';
import type { Place } from './place.ts';
import type { School } from './make-schools.ts';

export interface Parent {
  readonly given: string;
  readonly patronymic: string;
  readonly family: string;
  readonly birth: IsoDate;
  readonly idType: 0 | 1 | 3;
  readonly id: string;
}

/** A family that lives together. */
export interface Household {
  readonly ref: string;
  readonly country: Country;
  readonly citizenship: string;
  readonly foreigner: boolean;
  readonly place: Place;
  readonly address: string;
  /** Where the family is registered; differs from `place` when it has moved. */
  readonly permanentPlace: Place;
  readonly permanentAddress: string;
  readonly mother: Parent;
  readonly father: Parent;
  /** The children's surname, as the sons and the daughters bear it. */
  readonly family: { readonly M: string; readonly F: string };
  /** The register names this parent. */
  readonly motherKnown: boolean;
  readonly fatherKnown: boolean;
  /** The surname that the family also uses; null: none. */
  readonly otherFamily: { readonly M: string; readonly F: string } | null;
  readonly addressMissing: boolean;
  /** Whether a parent works abroad and has told so (Romania). */
  readonly parentAbroad: boolean;
}

/** 1 enrolled, 2 moved, 3 discharged, 4 not found. */
export type RollStatus = 1 | 2 | 3 | 4;
export type LeaveReason = 'abroad' | 'family' | 'unwilling' | 'other' | 'moved';

/** One row of a roll, as it truly was. */
export interface RollEntry {
  readonly schoolYear: number;
  readonly school: School;
  readonly status: RollStatus;
  readonly enrolledOn: IsoDate;
  readonly dischargedOn: IsoDate | null;
  readonly reason: LeaveReason | null;
  readonly distance: boolean;
}

export interface VisitEntry {
  readonly visitedOn: IsoDate;
  readonly attempt: number;
  readonly outcome: string;
  readonly grade: EvidenceGrade;
}

export type Status =
  | 'DECEASED'
  | 'NOT_COMPULSORY'
  | 'ENROLLED'
  | 'ENROLLED_ELSEWHERE'
  | 'ABROAD'
  | 'FOREIGN_SCHOOL'
  | 'LEFT_EARLY'
  | 'NEVER_ENROLLED'
  | 'UNREGISTERED';

/** What happened to a child, and what the records therefore support. */
export interface Story {
  readonly status: Status;
  readonly also: Status | 'CONFLICT' | '';
  readonly detail: string;
  readonly registered: boolean;
  readonly abroad: readonly [country: string, city: string] | null;
  readonly deceasedOn: IsoDate | null;
  readonly rolls: readonly RollEntry[];
  readonly visits: readonly VisitEntry[];
  readonly foreignPupil: boolean;
}

/** A synthetic child as it truly is. */
export interface Child {
  readonly ref: string;
  readonly household: Household;
  readonly idType: -1 | 0 | 1 | 3;
  readonly id: string;
  readonly formerId: string;
  readonly given: string;
  readonly patronymic: string;
  readonly family: string;
  readonly birth: IsoDate;
  readonly sex: 'M' | 'F';
  readonly twin: boolean;
  /** A given name that the family uses beside the true one. */
  readonly everyday: string | null;
  readonly otherFamily: string | null;
  readonly siblingId: string;
  readonly age: number;
  readonly compulsory: boolean;
  readonly ageEdge: boolean;
  readonly flags: readonly string[];
}
