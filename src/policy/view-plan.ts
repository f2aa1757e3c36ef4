import type { AgencyKind } from '../kernel/brands.ts';
import type { Outcome } from './outcome.ts';
import type { PurposeInfo } from './purpose.ts';

/** What one kind of agency may do under one purpose, in every coordinate of the schema. */
export interface ViewPlan {
  /** `<kind>.<purpose>`, e.g. `school.enrol.administer`. */
  readonly id: string;
  readonly kind: AgencyKind;
  readonly purpose: string;
  readonly info: PurposeInfo;
  /** Named row scopes: a child is within reach when any of them holds. */
  readonly scopes: readonly string[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** True unless the coordinate is denied or unknown. */
  permitted(coordinate: string): boolean;
}
