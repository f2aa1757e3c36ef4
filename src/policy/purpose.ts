import type { AgencyKind, Country } from '../kernel/brands.ts';
import type { GuardianSees, Verb } from './vocabulary.ts';

export interface Law {
  readonly country: Country | 'EU';
  readonly act: string;
  readonly article: string;
  readonly url?: string;
}
/** Limb of GDPR Art. 6(1), condition of Art. 9(2) where special categories are concerned, and the national article. */
export interface Basis {
  readonly gdpr6: string;
  readonly gdpr9?: string;
  readonly national: string;
}
/** The published act or agreement that allows the exchange (CJEU C-201/14, Bara: without it the exchange is unlawful). */
export interface Instrument {
  readonly reference: string;
  readonly published: string;
  readonly url?: string;
}
/** How and when families were told. */
export interface Notice {
  readonly reference: string;
  readonly version: string;
}

/** What is said of a purpose outside its rules. `who: []` is a purpose that only hands its rules down. */
export interface PurposeInfo {
  readonly id: string;
  readonly parent: string | null;
  readonly title: string;
  readonly law: readonly Law[];
  readonly basis: Basis;
  readonly instrument: Instrument;
  readonly notice: Notice;
  readonly who: readonly AgencyKind[];
  readonly caseRequired: boolean;
  readonly reasonRequired: boolean;
  readonly guardianSees: GuardianSees;
  readonly retentionDays: number;
  readonly maxTokenSeconds?: number;
}

/** One rule as written. Words are not checked yet when it comes from the parser; after the checks they are of the vocabulary. */
export interface Rule {
  /** `<purpose>/<name in the file>`. */
  readonly id: string;
  readonly purpose: string;
  readonly effect: 'allow' | 'deny';
  readonly categories: readonly string[];
  readonly fields: readonly string[];
  readonly verbs: readonly Verb[];
  /** Kinds of agency for which it is meant; empty: all. */
  readonly who: readonly AgencyKind[];
  readonly guardian: 'authorization' | 'opt-out' | null;
  readonly unless: 'safeguarding' | null;
  readonly basis: Basis | null;
  readonly why: string;
  readonly path: string;
  readonly file: string;
  readonly line?: number;
}

/** An example that the file itself states: asked as this kind, the reference comes out like this. `child` lists facts: safeguarded, granted, refused, withdrawn, expired, authority-lost. */
export interface PolicyTest {
  readonly purpose: string;
  readonly as: AgencyKind;
  readonly category?: string;
  readonly coordinate?: string;
  readonly verb: Verb;
  readonly child: readonly string[];
  readonly expect: 'permit' | 'deny' | 'withheld';
  readonly path: string;
  readonly file: string;
  readonly line?: number;
}

/** One file of `schema/policy/`: the checked intermediate form. */
export interface Purpose {
  readonly info: PurposeInfo;
  /** Row scopes by kind of agency. */
  readonly scopes: ReadonlyMap<AgencyKind, readonly string[]>;
  readonly rules: readonly Rule[];
  readonly tests: readonly PolicyTest[];
  readonly file: string;
  /** The parsed file, for the hash. */
  readonly content: unknown;
  lineOf(path: string): number | undefined;
}
