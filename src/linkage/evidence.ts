import { BIRTH_ORDER, type BirthLevel, compareBirth, isWhole } from './compare-birth.ts';
import { compareAcross, compareFamily, compareGiven, type Level } from './compare-names.ts';
import type { LinkBirth } from './engine.ts';
import type { NameStatistics } from './name-statistics.ts';
import type { Name } from './names.ts';
import { isFullAddress } from './places.ts';
import type { Profile } from './profile.ts';

/** What two sets of records say of being one child's: a level for each field. */
export interface Evidence {
  readonly given: Level;
  readonly family: Level;
  readonly patronymic: Level;
  readonly mother: Level;
  /** A parent's or guardian's id stands on both sides. */
  readonly parent: boolean;
  readonly birth: BirthLevel;
  readonly place: 'settlement' | 'municipality' | 'differ' | 'unknown';
  /** One home address; `differ` also for who has moved. */
  readonly address: 'same' | 'differ' | 'unknown';
  readonly school: boolean;
  /** The same number, of those that prove nothing by themselves. */
  readonly number: boolean;
  readonly sex: 'same' | 'differ' | 'unknown';
  /** Names were compared across columns. */
  readonly columns: 'straight' | 'swapped';
}

const ORDER: readonly Level[] = ['same', 'part', 'close', 'unknown', 'differ'];
const NAME_POINTS: Readonly<Record<Level, number>> = { same: 6, part: 4, close: 3, unknown: 0, differ: -4 };

function best(as: readonly Name[], bs: readonly Name[], compare: (a: Name, b: Name) => Level): Level {
  if (as.length === 0 || bs.length === 0) return 'unknown';
  let found: Level = 'differ';
  for (const a of as) {
    for (const b of bs) {
      const level = compare(a, b);
      if (level === 'same') return level;
      if (ORDER.indexOf(level) < ORDER.indexOf(found)) found = level;
    }
  }
  return found;
}

function bestBirth(as: readonly LinkBirth[], bs: readonly LinkBirth[]): BirthLevel {
  if (as.length === 0 || bs.length === 0) return 'unknown';
  let found: BirthLevel = 'differ';
  const [wholeA, wholeB] = [as.filter(isWhole), bs.filter(isWhole)];
  // Where both sides know a day, a record that knows the year alone must not hide that the days differ.
  const known = wholeA.length > 0 && wholeB.length > 0;
  for (const a of known ? wholeA : as)
    for (const b of known ? wholeB : bs) {
      const level = compareBirth(a, b);
      if (BIRTH_ORDER.indexOf(level) < BIRTH_ORDER.indexOf(found)) found = level;
    }
  return found;
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.values().some((value) => b.has(value));

function placeLevel(a: Profile, b: Profile): Evidence['place'] {
  if (meet(a.settlements, b.settlements)) return 'settlement';
  if (meet(a.municipalities, b.municipalities)) return 'municipality';
  return a.municipalities.size > 0 && b.municipalities.size > 0 ? 'differ' : 'unknown';
}

function addressLevel(a: Profile, b: Profile, place: Evidence['place']): Evidence['address'] {
  if (a.addresses.size === 0 || b.addresses.size === 0) return 'unknown';
  const shared = a.addresses
    .values()
    .filter((address) => b.addresses.has(address))
    .toArray();
  if (shared.length === 0) return 'differ';
  if (place === 'settlement' || (place !== 'differ' && shared.some(isFullAddress))) return 'same';
  // A house number names a house where it is not known that the villages are two.
  return place === 'municipality' && (a.settlements.size === 0 || b.settlements.size === 0) ? 'same' : 'unknown';
}

/** Given name, patronymic and family name, straight or with two columns exchanged: whichever agrees more. */
function compareFullNames(
  a: Profile,
  b: Profile,
  statistics: NameStatistics,
): Pick<Evidence, 'given' | 'family' | 'patronymic' | 'columns'> {
  const given = best(a.givens, b.givens, (x, y) => compareGiven(x, y, a.country, statistics));
  const family = best(a.families, b.families, (x, y) => compareFamily(x, y, statistics));
  const patronymic = best(a.patronymics, b.patronymics, (x, y) => compareFamily(x, y, statistics));
  const straight = { given, family, patronymic, columns: 'straight' } as const;
  if (given === 'same' && family === 'same') return straight;
  if (given !== 'differ' && given !== 'unknown') {
    const [pf, fp] = [best(a.patronymics, b.families, compareAcross), best(a.families, b.patronymics, compareAcross)];
    if (family === 'differ' && pf === 'same' && (fp === 'same' || fp === 'unknown'))
      return { given, family: pf, patronymic: fp, columns: 'swapped' };
    if (family === 'differ' && fp === 'same' && pf === 'unknown') return { given, family: fp, patronymic: pf, columns: 'swapped' };
    return straight;
  }
  // Whichever side has them exchanged.
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const crossed = {
      given: best(x.families, y.givens, (m, n) => compareGiven(m, n, a.country, statistics)),
      family: best(x.givens, y.families, (m, n) => compareFamily(m, n, statistics)),
    };
    const both =
      crossed.given !== 'differ' &&
      crossed.family !== 'differ' &&
      (crossed.given === 'same' || crossed.family === 'same' || crossed.given === crossed.family);
    if (both && NAME_POINTS[crossed.given] + NAME_POINTS[crossed.family] > NAME_POINTS[given] + NAME_POINTS[family])
      return { ...crossed, patronymic, columns: 'swapped' };
  }
  return straight;
}

/** Compares two profiles of one country; nothing is looked up. */
export function evidenceOf(a: Profile, b: Profile, statistics: NameStatistics): Evidence {
  const place = placeLevel(a, b);
  const sex = a.sexes.size === 0 || b.sexes.size === 0 ? 'unknown' : meet(a.sexes, b.sexes) ? 'same' : 'differ';
  return {
    ...compareFullNames(a, b, statistics),
    mother: best(a.mothers, b.mothers, (x, y) => compareGiven(x, y, a.country, statistics)),
    parent: meet(a.parents, b.parents),
    birth: bestBirth(a.births, b.births),
    place,
    address: addressLevel(a, b, place),
    school: meet(a.schools, b.schools),
    number: meet(a.otherNumbers, b.otherNumbers),
    sex,
  };
}

const BIRTH_POINTS: Readonly<Record<BirthLevel, number>> = { day: 14, month: 9, near: 6, year: 4, 'near-year': 0, unknown: 0, differ: -10 };
const ADDRESS_POINTS = { same: 8, differ: -2, unknown: 0 } as const;
const PLACE_POINTS = { settlement: 3, municipality: 2, unknown: 0, differ: -3 } as const;

/** How much speaks for one child, in rough bits: only for telling the likelier of two candidates. */
export function weigh(e: Evidence): number {
  return (
    NAME_POINTS[e.given] +
    NAME_POINTS[e.family] +
    NAME_POINTS[e.patronymic] +
    NAME_POINTS[e.mother] +
    BIRTH_POINTS[e.birth] +
    PLACE_POINTS[e.place] +
    ADDRESS_POINTS[e.address] +
    (e.parent ? 10 : 0) +
    (e.school ? 3 : 0) +
    (e.number ? 5 : 0) -
    (e.sex === 'differ' ? 4 : 0) -
    (e.columns === 'swapped' ? 1 : 0)
  );
}

/** `field:level` of what was compared and said anything. */
export function explain(e: Evidence): string[] {
  const said = Object.entries(e).filter(
    ([field, level]) => level !== 'unknown' && level !== false && !(field === 'columns' && level === 'straight'),
  );
  return said.map(([field, level]) => (level === true ? field : `${field}:${level}`));
}
