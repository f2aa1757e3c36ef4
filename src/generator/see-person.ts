import type { Child } from './child.ts';
import { BG_NICKNAMES } from './names-bg.ts';
import { RO_NICKNAMES } from './names-ro.ts';
import type { Random } from './random.ts';
import { type SeenIn, SLIPS } from './slips.ts';
import { inLatin, withCedilla, withLookAlike, withoutDiacritics, withSlip } from './spelling.ts';
import { type WrongBirth, wrongBirth } from './wrong-birth.ts';
import { wrongId } from './wrong-id.ts';

/** A child as one agency wrote it down. */
export interface SeenPerson {
  idType: -1 | 0 | 1 | 2 | 3;
  id: string;
  given: string;
  patronymic: string;
  family: string;
  /** `YYYY-MM-DD`; in visits also `YYYY-MM`, `YYYY` or empty. */
  birth: string;
  sex: 'M' | 'F';
  latin: boolean;
  /** Kinds of error that were made, as in the truth. */
  readonly errors: string[];
}

/** Longest name in the files exchanged between ministry and social assistance. */
const CUT_AT = 25;

/** The child as the agency saw it, with the slips that agencies of this kind make. */
export function seePerson(child: Child, seenIn: SeenIn, random: Random): SeenPerson {
  const rate = SLIPS[seenIn];
  const seen: SeenPerson = {
    idType: child.idType,
    id: child.id,
    given: child.given,
    patronymic: child.patronymic,
    family: child.family,
    birth: child.birth,
    sex: child.sex,
    latin: false,
    errors: [],
  };
  const slip = (error: string, probability: number): boolean => {
    if (!random.chance(probability)) return false;
    seen.errors.push(error);
    return true;
  };
  if (child.otherFamily && child.otherFamily !== child.family && slip('surname-changed', rate.otherFamily)) seen.family = child.otherFamily;
  else if (child.otherFamily && child.otherFamily !== child.family && slip('double-surname', rate.doubleFamily))
    seen.family = `${child.family}-${child.otherFamily}`;
  if (child.everyday && slip('everyday-name', rate.everyday)) seen.given = child.everyday;
  else {
    const nickname = (child.household.country === 'BG' ? BG_NICKNAMES : RO_NICKNAMES)[child.given];
    if (nickname && slip('nickname', rate.nickname)) seen.given = nickname;
  }
  seeId(child, seen, seenIn, random);
  if (slip('given-name-typo', rate.givenTypo)) seen.given = withSlip(seen.given, random);
  if (slip('family-name-typo', rate.familyTypo)) seen.family = withSlip(seen.family, random);
  if (seen.patronymic !== '') {
    if (slip('patronymic-missing', rate.patronymicMissing)) seen.patronymic = '';
    else if (slip('patronymic-typo', rate.patronymicTypo)) seen.patronymic = withSlip(seen.patronymic, random);
  }
  if (slip('sex-wrong', rate.sexWrong)) seen.sex = seen.sex === 'M' ? 'F' : 'M';
  const birth: WrongBirth | null = random.chance(rate.birthWrong)
    ? wrongBirth(child.birth, random)
    : random.chance(rate.birthPart)
      ? partOfBirth(child.birth, random)
      : null;
  if (birth) {
    seen.birth = birth.birth;
    seen.errors.push(birth.error);
  }
  if (child.household.country === 'BG') seeCyrillic(seen, rate, slip, random);
  else seeDiacritics(seen, rate, slip);
  if (slip('names-swapped', rate.swapped)) [seen.given, seen.family] = [seen.family, seen.given];
  else if (seen.patronymic !== '' && slip('names-in-wrong-column', rate.wrongColumn))
    [seen.given, seen.patronymic, seen.family] = [seen.family, seen.given, seen.patronymic];
  if (rate.cut) cutNames(seen);
  return seen;
}

function seeId(child: Child, seen: SeenPerson, seenIn: SeenIn, random: Random): void {
  const rate = SLIPS[seenIn];
  if (child.idType === -1) {
    // A school gives a pupil without a civil record a number of its own.
    if (seenIn === 'school-roll' && child.household.country === 'BG' && random.chance(0.4))
      [seen.idType, seen.id] = [2, String(random.between(1_000_000, 9_999_999)).padStart(10, '0')];
    return;
  }
  if (child.formerId && seenIn !== 'population' && random.chance(0.55)) {
    seen.id = child.formerId;
    seen.errors.push('old-id');
  } else if (random.chance(rate.idMissing)) {
    [seen.idType, seen.id] = [-1, ''];
    seen.errors.push('id-missing');
  } else {
    const wrong = wrongId(child, rate, random);
    if (!wrong) return;
    seen.id = wrong.id;
    seen.errors.push(wrong.error);
  }
}

function partOfBirth(birth: string, random: Random): WrongBirth {
  return random.weighted<WrongBirth>([
    [{ birth: birth.slice(0, 4), error: 'birth-year-only' }, 75],
    [{ birth: birth.slice(0, 7), error: 'birth-month-only' }, 17],
    [{ birth: '', error: 'birth-missing' }, 8],
  ]);
}

type Slip = (error: string, probability: number) => boolean;

function seeCyrillic(seen: SeenPerson, rate: (typeof SLIPS)[SeenIn], slip: Slip, random: Random): void {
  if (slip('latin-script', rate.latin)) {
    seen.latin = true;
    for (const part of ['given', 'patronymic', 'family'] as const) seen[part] = inLatin(seen[part], random);
  } else if (slip('latin-look-alike-letter', rate.lookAlike)) seen.family = withLookAlike(seen.family, random);
}

function seeDiacritics(seen: SeenPerson, rate: (typeof SLIPS)[SeenIn], slip: Slip): void {
  const bare = withoutDiacritics(seen.given + seen.family) !== seen.given + seen.family;
  if (bare && slip('no-diacritics', rate.noDiacritics))
    [seen.given, seen.family] = [withoutDiacritics(seen.given), withoutDiacritics(seen.family)];
  else if (withCedilla(seen.given + seen.family) !== seen.given + seen.family && slip('cedilla-letters', rate.cedilla))
    [seen.given, seen.family] = [withCedilla(seen.given), withCedilla(seen.family)];
}

function cutNames(seen: SeenPerson): void {
  let cut = false;
  for (const part of ['given', 'patronymic', 'family'] as const)
    if (seen[part].length > CUT_AT) {
      seen[part] = seen[part].slice(0, CUT_AT);
      cut = true;
    }
  if (cut) seen.errors.push('name-cut');
}
