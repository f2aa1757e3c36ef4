import type { Country, EvidenceGrade, FeedKind, IsoDate } from '../kernel/brands.ts';
import type { NationalId } from '../kernel/national-id.ts';

/** What a known school says about the place of its pupils. */
export interface KnownSchool {
  readonly country: Country;
  readonly settlement: string | null;
  readonly municipality: string | null;
  readonly district: string | null;
}

/** The facts that a row is read against: the lists handed in before it. */
export interface RowContext {
  /** Schools of all current lists, by school id. */
  readonly schools: ReadonlyMap<string, KnownSchool>;
  /** Municipality by `<country>:<settlement code>`, only where all schools of the settlement lie in one. */
  readonly municipalities: ReadonlyMap<string, string>;
  /** The register's own country: the supplier's, else what most rows of the file show. */
  readonly country: Country | null;
}

export type CellValue = string | number | boolean | null;

/** Claims are listed in `src/coverage/assertion.ts`; intake only carries them. */
export interface RowAssertion {
  readonly claim: string;
  readonly observedOn: IsoDate | null;
  readonly schoolYear: number | null;
  readonly date: IsoDate | null;
  readonly detail: string | null;
  readonly grade: EvidenceGrade | null;
}

export interface RowGuardian {
  readonly relation: 'mother' | 'father' | 'guardian' | 'carer';
  readonly name: string | null;
  readonly id: NationalId | null;
}

/** What linkage compares (`hub.link_feature`). */
export interface RowFeature {
  readonly source: 'registry' | 'school' | 'assistance' | 'outreach';
  readonly givenName: string | null;
  readonly patronymic: string | null;
  readonly familyName: string | null;
  readonly birthYear: number | null;
  readonly birthMonth: number | null;
  readonly birthDay: number | null;
  readonly sex: string | null;
  /** A code (EKATTE, SIRUTA). */
  readonly settlement: string | null;
  /** Free text, as written. */
  readonly settlementText: string | null;
  /** Only where it is known for sure. */
  readonly municipality: string | null;
  readonly schoolId: string | null;
}

/** One good line, taken apart. */
export interface ParsedRow {
  readonly country: Country;
  /** What stays the same when the row is corrected: its parts, in order. */
  readonly naturalKey: readonly string[];
  /** Values of the room's table, in the order of `FeedFormat.table.columns`. */
  readonly values: readonly CellValue[];
  /** Null for kinds that name no child. */
  readonly feature: RowFeature | null;
  readonly id: NationalId | null;
  readonly assertions: readonly RowAssertion[];
  readonly guardians: readonly RowGuardian[];
}

export type ColumnType = 'text' | 'integer' | 'boolean' | 'date' | 'numeric';

/** One kind of file: its shape, where its rows go, and how a row is read. Declared by the room it belongs to. */
export interface FeedFormat {
  readonly kind: FeedKind;
  readonly encoding: 'utf-8' | 'windows-1251';
  /** `csv`: comma, RFC 4180; `pipe`: no quoting; `ndjson`: one object a line, no header. */
  readonly layout: 'csv' | 'pipe' | 'ndjson';
  /** In order; for `ndjson` the paths that are read (`child.givenName`). */
  readonly columns: readonly string[];
  readonly table: { readonly name: string; readonly columns: readonly (readonly [name: string, type: ColumnType])[] };
  /** `ndjson` only: the columns that make the row one about a child; a line without this object is `MISSING_CHILD`. */
  readonly childObject?: string;
  /** The country whose list of schools its rows refer to. */
  readonly schoolsOf?: Country;
  /** Which country a row speaks for by itself; null when it does not say. */
  countryOf?(cells: readonly string[]): Country | null;
  /** @throws RowRefused when the line is not to become a record. */
  parse(cells: readonly string[], context: RowContext): ParsedRow;
}
