import { schoolYearOf } from '../kernel/dates.ts';
import type { IsoDate } from '../kernel/brands.ts';
import type { Child, LeaveReason, RollEntry } from './child.ts';
import type { Row } from './feed-writer.ts';
import type { Random } from './random.ts';
import { type SeenPerson, seePerson } from './see-person.ts';
import { withoutDiacritics } from './spelling.ts';

const BG_REASONS: Readonly<Record<LeaveReason, string>> = {
  abroad: 'заминал в чужбина',
  other: 'друго',
  family: 'семейни причини',
  unwilling: 'нежелание',
  moved: 'преместен',
};
const RO_REASONS: Readonly<Record<LeaveReason, string>> = {
  abroad: 'plecat in strainatate',
  other: 'altele',
  family: 'motive familiale',
  unwilling: 'lipsa de interes',
  moved: 'transfer',
};
// Age in the calendar year in which the school year starts: 3 to 18.
const BG_CLASSES = ['-4', '-3', '-6', '-1', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];
const RO_CLASSES = [
  'grupa mică',
  'grupa mijlocie',
  'grupa mare',
  'CP',
  'I',
  'II',
  'III',
  'IV',
  'V',
  'VI',
  'VII',
  'VIII',
  'IX',
  'X',
  'XI',
  'XII',
];

const noIdFlag = (seen: SeenPerson): string[] => [...(seen.idType === -1 ? ['no-id'] : []), ...(seen.latin ? ['latin-script'] : [])];
const ageIndex = (child: Child, year: number): number => year - Number(child.birth.slice(0, 4)) - 3;

/** A pupil in a roll of either country. @param duplicate the pupil stands in this file once already. */
export function rollRow(child: Child, entry: RollEntry, duplicate: boolean, random: Random): Row {
  const bulgarian = child.household.country === 'BG';
  const seen = seePerson(child, bulgarian ? 'school-roll' : 'siiir-roll', random);
  return {
    cells: bulgarian ? bulgarianCells(child, entry, seen, random) : romanianCells(child, entry, seen, random),
    child,
    errors: duplicate ? [...seen.errors, 'duplicate'] : seen.errors,
    flags: noIdFlag(seen),
  };
}

function bulgarianCells(child: Child, entry: RollEntry, seen: SeenPerson, random: Random): string[] {
  const { mother } = child.household;
  return [
    String(entry.schoolYear),
    entry.school.id,
    seen.id,
    String(seen.idType),
    seen.given,
    seen.patronymic,
    seen.family,
    seen.birth,
    seen.sex,
    entry.distance ? random.pick(['21', '23']) : '1',
    BG_CLASSES[ageIndex(child, entry.schoolYear)] ?? '',
    String(entry.status),
    entry.enrolledOn,
    entry.dischargedOn ?? '',
    entry.reason ? BG_REASONS[entry.reason] : '',
    random.chance(0.35) ? '' : `${mother.given} ${mother.family}`,
  ];
}

function romanianCells(child: Child, entry: RollEntry, seen: SeenPerson, random: Random): string[] {
  const left = entry.status === 4 || entry.reason === 'unwilling' ? (random.chance(0.75) ? 'ABANDON' : 'EXMATRICULAT') : 'RETRAS';
  const status = entry.status === 1 ? 'INSCRIS' : entry.status === 2 ? 'TRANSFERAT' : left;
  return [
    `${entry.schoolYear}-${entry.schoolYear + 1}`,
    entry.school.id,
    seen.id,
    seen.family,
    seen.given,
    seen.birth,
    seen.sex,
    RO_CLASSES[ageIndex(child, entry.schoolYear)] ?? '',
    'ZI',
    status,
    entry.enrolledOn,
    entry.dischargedOn ?? '',
    entry.reason ? RO_REASONS[entry.reason] : '',
    random.chance(0.25) ? '' : random.chance(0.3) ? withoutDiacritics(child.household.mother.given) : child.household.mother.given,
  ];
}

export interface AbsenceMonth {
  readonly unit: 'hours' | 'days';
  readonly count: number;
  readonly correction: number | null;
  readonly effective: number;
  /** Strictly above 5 hours or 3 days, after the correction. */
  readonly atRisk: boolean;
  readonly schoolId: string;
  readonly year: number;
  readonly month: number;
  readonly distance: boolean;
}

/** A month's unexcused absences of a pupil on this roll; null: none reported. Only children with an EGN or LNCh are reported. */
export function drawAbsences(child: Child, entry: RollEntry | undefined, monthStart: IsoDate, random: Random): AbsenceMonth | null {
  if (entry?.status !== 1 || child.idType === -1 || entry.schoolYear !== schoolYearOf(`${monthStart.slice(0, 7)}-28` as IsoDate))
    return null;
  if (!random.chance(0.36)) return null;
  const unit = ageIndex(child, entry.schoolYear) < 4 ? 'days' : 'hours';
  const limit = unit === 'hours' ? 5 : 3;
  const count = random.weighted([
    [random.between(0, limit - 1), 46],
    [limit, 16],
    [limit + 1, 16],
    [random.between(limit + 1, limit * 3), 16],
    [random.between(limit * 3, limit * 6), 6],
  ]);
  const correction = random.chance(count > limit ? 0.13 : 0.04) && count > 0 ? random.between(0, Math.min(count - 1, limit)) : null;
  const effective = correction ?? count;
  return {
    unit,
    count,
    correction,
    effective,
    atRisk: effective > limit,
    schoolId: entry.school.id,
    year: Number(monthStart.slice(0, 4)),
    month: Number(monthStart.slice(5, 7)),
    distance: entry.distance,
  };
}

/** The row of such a month. */
export function absenceRow(child: Child, absences: AbsenceMonth, duplicate: boolean, random: Random): Row {
  const seen = seePerson(child, 'absences', random);
  const hours = absences.unit === 'hours';
  const confirmed = absences.correction === null ? (random.chance(0.8) ? '1' : '0') : '2';
  const correction = absences.correction === null ? '' : String(absences.correction);
  return {
    cells: [
      String(absences.year),
      String(absences.month),
      absences.schoolId,
      seen.id,
      String(seen.idType),
      seen.given,
      seen.patronymic,
      seen.family,
      hours ? String(absences.count) : '0',
      hours ? '0' : String(absences.count),
      absences.distance ? '2' : '0',
      confirmed,
      hours ? correction : '',
      hours ? '' : correction,
    ],
    child,
    // The row states neither sex nor birth date, so nothing of them can be wrong in it.
    errors: [...seen.errors.filter((error) => error !== 'sex-wrong' && !error.startsWith('birth-')), ...(duplicate ? ['duplicate'] : [])],
    flags: noIdFlag(seen),
  };
}
