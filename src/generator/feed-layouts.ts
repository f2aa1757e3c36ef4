import type { FeedKind } from '../kernel/brands.ts';

/** How a kind of feed is written (the formats that intake reads). */
export interface FeedLayout {
  readonly kind: FeedKind;
  readonly encoding: 'utf-8' | 'windows-1251';
  readonly separator: ',' | '|' | 'json';
  readonly columns: readonly string[];
}

const csv = (kind: FeedKind, columns: string): FeedLayout => ({ kind, encoding: 'utf-8', separator: ',', columns: columns.split(' ') });
const pipe = (kind: FeedKind, columns: string): FeedLayout => ({
  kind,
  encoding: 'windows-1251',
  separator: '|',
  columns: columns.split('|'),
});

export const LAYOUTS = {
  schools: csv('schools', 'school_id name settlement municipality district country school_type rural foreign'),
  population: csv(
    'population',
    'id_type id given_name patronymic family_name birth_date sex citizenship mother_id_type mother_id father_id_type father_id permanent_settlement permanent_address current_settlement current_address current_country deceased_on as_of',
  ),
  'school-roll': pipe(
    'school-roll',
    'SchoolYear|SchoolID|IDNumber|intIDType|Name 1|Name 2|Name 3|BirthDate|Sex|EdForm|BasicClass|Status|EnrolledOn|DischargedOn|DischargeReason|MotherName',
  ),
  absences: pipe(
    'absences',
    'Year|Month|SchoolID|IDNumber|intIDType|Name 1|Name 2|Name 3|AbsenceCount|DaysCount|ASPStatus|MONStatus|AbsenceCorrection|DaysCorrection',
  ),
  assistance: pipe(
    'assistance',
    'CaseNo|IDNumber|intIDType|Name 1|Name 2|Name 3|BirthDate|BenefitType|GrantedFrom|GrantedTo|Amount|Currency|GuardianIDNumber|GuardianIDType|GuardianName 1|GuardianName 2|GuardianName 3|Settlement|Address',
  ),
  'foreign-aggregate': csv('foreign-aggregate', 'school_id term age_from age_to grade_band citizenship_group residence_district count'),
  'siiir-roll': csv(
    'siiir-roll',
    'an_scolar cod_unitate cnp nume prenume data_nasterii sex clasa forma status data_inscrierii data_retragerii motiv prenume_mama',
  ),
  'parents-abroad': csv(
    'parents-abroad',
    'cnp_copil nume prenume data_nasterii data_notificarii data_plecarii tara ambii_parinti ingrijitor_nume ingrijitor_cnp hotarare siruta adresa',
  ),
  visits: {
    kind: 'visits',
    encoding: 'utf-8',
    separator: 'json',
    columns:
      'team visitedOn attempt settlement address idType id givenName patronymic familyName birthDate birthYear sex motherName outcome evidenceGrade protocolNo metWith note'.split(
        ' ',
      ),
  },
} as const satisfies Record<FeedKind, FeedLayout>;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
export const csvLine = (cells: readonly string[]): string => cells.map(quoted).join(',');

/** A visit as an object; what is not known of the child is left out. Cells 5 to 13 are the child's. */
function visitLine(cells: readonly string[], columns: readonly string[]): string {
  const cell = (i: number): string => cells[i] ?? '';
  const child: Record<string, string | number> = {};
  for (let i = 5; i <= 13; i += 1) if (cell(i) !== '') child[columns[i] as string] = i === 5 || i === 11 ? Number(cell(i)) : cell(i);
  return JSON.stringify({
    team: cell(0),
    visitedOn: cell(1),
    attempt: Number(cell(2)),
    settlement: cell(3),
    address: cell(4),
    ...(Object.keys(child).length > 0 ? { child } : {}),
    outcome: cell(14),
    evidenceGrade: cell(15),
    protocolNo: cell(16),
    metWith: cell(17),
    note: cell(18),
  });
}

/** The line of a row. */
export function lineOf(layout: FeedLayout, cells: readonly string[]): string {
  if (layout.separator === ',') return csvLine(cells);
  return layout.separator === '|' ? cells.join('|') : visitLine(cells, layout.columns);
}

/** The header, or null where the kind has none. */
export const headerOf = (layout: FeedLayout): string | null => (layout.separator === 'json' ? null : layout.columns.join(layout.separator));
