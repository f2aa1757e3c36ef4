import type { IsoDate } from '../kernel/brands.ts';
import type { Child, Parent } from './child.ts';
import { dateOf, dayOf } from './days.ts';
import type { Row } from './feed-writer.ts';
import type { IdBook } from './id-book.ts';
import type { NameSource } from './make-household.ts';
import { RO_ABROAD } from './places-ro.ts';
import type { Random } from './random.ts';
import { seePerson } from './see-person.ts';
import { settlementText } from './settlement-text.ts';
import { withoutDiacritics } from './spelling.ts';

/** A benefit as it was granted; the same for a second row of the same case. */
export interface Grant {
  readonly caseNo: string;
  readonly type: string;
  readonly from: IsoDate;
  readonly to: string;
  readonly amount: string;
  readonly currency: string;
  readonly guardian: Parent;
}

export function drawGrant(child: Child, nth: number, asOf: IsoDate, random: Random): Grant {
  const bulgarian = child.household.country === 'BG';
  const today = dayOf(asOf);
  const from = dateOf(random.between(Math.max(dayOf(child.birth) + 30, today - 1200), today - 10));
  // Bulgaria pays in euro from 2026.
  const euro = from >= '2026-01-01';
  const lev = random.weighted([
    ['50.00', 50],
    ['90.00', 32],
    ['120.00', 18],
  ]);
  const year = asOf.slice(0, 4);
  return {
    caseNo: `${bulgarian ? 'ЗСПД' : 'ASC'}-${year}-${10_000 + nth}`,
    type: bulgarian
      ? random.weighted([
          ['чл.7 ЗСПД', 80],
          ['чл.8е ЗСПД', 11],
          ['отопление', 9],
        ])
      : random.weighted([
          ['ASC', 80],
          ['VMI', 20],
        ]),
    from,
    to: random.weighted([
      ['', 79],
      [`${year}-09-30`, 7],
      [`${Number(year) + 1}-06-30`, 7],
      [`${Number(year) + 1}-12-31`, 7],
    ]),
    amount: bulgarian
      ? euro
        ? (Number(lev) / 1.95583).toFixed(2)
        : lev
      : random.weighted([
          ['292.00', 80],
          ['719.00', 10],
          ['400.00', 10],
        ]),
    currency: bulgarian ? (euro ? 'EUR' : 'BGN') : 'RON',
    guardian: random.chance(0.9) ? child.household.mother : child.household.father,
  };
}

/** A benefit for a child. Windows-1251 has no Romanian diacritics, so Romanian rows are without. */
export function assistanceRow(child: Child, grant: Grant, duplicate: boolean, random: Random): Row {
  const seen = seePerson(child, 'assistance', random);
  const { household } = child;
  const errors = [...seen.errors].filter((error) => error !== 'sex-wrong');
  const old = household.permanentPlace !== household.place && random.chance(0.4);
  const settlement = settlementText(old ? household.permanentPlace : household.place, random, household.country === 'RO' ? 'ascii' : 'own');
  if (old) errors.push('old-settlement');
  errors.push(...settlement.errors);
  if (duplicate) errors.push('duplicate');
  const plain = household.country === 'RO' ? withoutDiacritics : (text: string) => text;
  const { guardian } = grant;
  const cut = (text: string) => plain(text).slice(0, 25);
  return {
    cells: [
      duplicate ? `${grant.caseNo}/2` : grant.caseNo,
      seen.id,
      String(seen.idType),
      seen.given,
      seen.patronymic,
      seen.family,
      seen.birth,
      grant.type,
      grant.from,
      grant.to,
      grant.amount,
      grant.currency,
      guardian.id,
      String(guardian.idType),
      cut(guardian.given),
      cut(guardian.patronymic),
      cut(guardian.family),
      settlement.text,
      plain(household.addressMissing ? '' : old ? household.permanentAddress : household.address),
    ],
    child,
    errors,
    flags: seen.idType === -1 ? ['no-id'] : [],
  };
}

/** What parents told the commune before they left (Law 272/2004, art. 104); one notice names all children of the family. */
export interface Notice {
  readonly notifiedOn: IsoDate;
  readonly departsOn: IsoDate;
  readonly country: string;
  readonly both: boolean;
  readonly carerName: string;
  readonly carerId: string;
  readonly ruling: string;
}

export function drawNotice(names: NameSource, ids: IdBook, county: number, asOf: IsoDate, random: Random): Notice {
  const today = dayOf(asOf);
  const departs = random.between(today - 400, today + 30);
  // The law wants at least 40 days; notices also come late, or after the departure.
  const ahead = random.weighted([
    [random.between(41, 120), 62],
    [40, 7],
    [39, 6],
    [random.between(5, 38), 17],
    [-random.between(1, 25), 8],
  ]);
  const named = random.chance(0.87);
  const ruled = named && random.chance(0.48);
  const sex = random.chance(0.75) ? 'F' : 'M';
  return {
    notifiedOn: dateOf(Math.min(today, departs - ahead)),
    departsOn: dateOf(departs),
    country: random.pick(RO_ABROAD)[0],
    both: random.chance(0.22),
    carerName: named ? `${names.family().M} ${names.given(sex)}` : '',
    carerId:
      named && random.chance(0.9) ? ids.cnp(dateOf(random.between(dayOf('1952-01-01'), dayOf('1998-12-31'))), sex, county, false) : '',
    ruling: ruled ? `${random.between(100, 3900)}/${asOf.slice(0, 4)}` : '',
  };
}

export function parentAbroadRow(child: Child, notice: Notice, duplicate: boolean, random: Random): Row {
  const seen = seePerson(child, 'parents-abroad', random);
  const { household } = child;
  const errors = [...seen.errors].filter((error) => error !== 'sex-wrong');
  if (duplicate) errors.push('duplicate');
  return {
    cells: [
      seen.id,
      seen.family,
      seen.given,
      seen.birth,
      notice.notifiedOn,
      notice.departsOn,
      notice.country,
      notice.both ? 'DA' : 'NU',
      notice.carerName,
      notice.carerId,
      notice.ruling,
      household.place.settlement,
      household.addressMissing ? '' : household.address,
    ],
    child,
    errors,
    flags: seen.idType === -1 ? ['no-id'] : [],
  };
}
