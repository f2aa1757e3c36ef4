import type { IsoDate } from '../kernel/brands.ts';
import { ageOn, schoolYearOf } from '../kernel/dates.ts';
import { dateOf, dayOf } from './days.ts';
import type { FeedWriter } from './feed-writer.ts';
import type { School } from './make-schools.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

const BANDS = [
  [4, 6, 'PRE'],
  [7, 10, '1-4'],
  [11, 13, '5-7'],
  [14, 15, '8-12'],
  [16, 18, '8-12'],
] as const;
const CITIZENSHIPS = [
  ['US', 'OTHER'],
  ['RU', 'OTHER'],
  ['TR', 'OTHER'],
  ['CN', 'OTHER'],
  ['GB', 'OTHER'],
  ['DE', 'EU'],
  ['FR', 'EU'],
  ['IT', 'EU'],
  ['GR', 'EU'],
  ['BG', 'BG'],
] as const;

/** Pupils of schools of other states: counted here one by one, reported only as counts. */
export class ForeignPupils {
  readonly #cells = new Map<string, number>();
  readonly #schools: readonly School[];
  readonly #asOf: IsoDate;
  readonly #truth: Truth;
  readonly #random: Random;
  #pupils = 0;

  constructor(schools: readonly School[], asOf: IsoDate, truth: Truth, random: Random) {
    this.#schools = schools;
    this.#asOf = asOf;
    this.#truth = truth;
    this.#random = random;
  }

  add(child: string, birth: IsoDate, citizenship: string, group: string, district: string): void {
    const age = ageOn(birth, this.#asOf);
    const band = BANDS.find(([from, to]) => age >= from && age <= to) ?? BANDS[age < 4 ? 0 : 4];
    const school = this.#random.pick(this.#schools);
    const key = [school.id, String(band[0]), String(band[1]), band[2], group, district].join('\t');
    this.#cells.set(key, (this.#cells.get(key) ?? 0) + 1);
    this.#pupils += 1;
    this.#truth.foreignPupil([
      `FP-${String(this.#pupils).padStart(5, '0')}`,
      child,
      school.id,
      birth,
      String(age),
      String(band[0]),
      String(band[1]),
      band[2],
      citizenship,
      group,
      district,
    ]);
  }

  /** Pupils who are in no register, such as children of diplomats. */
  addStrangers(count: number, districts: readonly string[]): void {
    const today = dayOf(this.#asOf);
    for (let i = 0; i < count; i += 1) {
      const [citizenship, group] = this.#random.pick(CITIZENSHIPS);
      this.add('', dateOf(today - this.#random.between(4 * 366, 18 * 365)), citizenship, group, this.#random.pickEarly(districts));
    }
  }

  /** Writes the counts. */
  write(feed: FeedWriter): void {
    const year = schoolYearOf(this.#asOf);
    for (const [key, count] of [...this.#cells].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [school = '', from = '', to = '', band = '', group = '', district = ''] = key.split('\t');
      feed.write({
        cells: [school, `${year}-${year + 1}/1`, from, to, band, group, district, String(count)],
        child: null,
        errors: [],
        flags: [],
      });
    }
  }
}
