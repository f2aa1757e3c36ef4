import type { DataCategory, Subject, Verb } from './vocabulary.ts';

/** One place of the GraphQL schema that refers to a datum: `Child.birthDate`, `Query.children(where:)`, `ChildFilter.municipality`, `CoverageStatus.ABROAD`. */
export interface Coordinate {
  readonly coordinate: string;
  readonly place: 'output' | 'argument' | 'input' | 'enumValue';
  readonly verb: Verb;
  readonly category: DataCategory;
  readonly subject: Subject;
  /** What a derived datum was computed from. */
  readonly sources?: readonly DataCategory[];
}
