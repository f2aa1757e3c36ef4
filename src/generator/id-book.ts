import type { IsoDate } from '../kernel/brands.ts';
import { makeCnp, makeEgn, makeLnch } from '../kernel/national-id-make.ts';
import { dayOf } from './days.ts';

const FIRST_DAY = dayOf('1930-01-01');
const DAYS = dayOf('2040-01-01') - FIRST_DAY;
/** Since this day every CNP is issued with county 70. */
export const COUNTY_70_SINCE = '2024-05-08';

/** Gives out national ids, each once. */
export class IdBook {
  readonly #egn = new Uint16Array(DAYS * 2);
  readonly #cnp = new Map<number, Uint16Array>();
  readonly #shift: number;
  #lnch = 0;

  /** @param shift where the serials begin, so that two seeds give different ids. */
  constructor(shift: number) {
    this.#shift = shift;
  }

  /** @throws RangeError when all 500 of that day and sex are gone. */
  egn(birth: IsoDate, sex: 'M' | 'F'): string {
    const slot = (dayOf(birth) - FIRST_DAY) * 2 + (sex === 'F' ? 1 : 0);
    const nth = this.#egn[slot] ?? 0;
    if (nth >= 500) throw new RangeError('too many children: no EGN is left for a day');
    this.#egn[slot] = nth + 1;
    // 193 and 500 have no common divisor: every serial comes once.
    return makeEgn(birth, sex, (this.#shift + slot * 7 + nth * 193) % 500);
  }

  lnch(): string {
    this.#lnch += 1;
    // 7,368,787 has no common divisor with 900,000,000.
    return makeLnch((((this.#shift % 1000) * 1_000_003 + this.#lnch * 7_368_787) % 900_000_000) + 100_000_000);
  }

  /** Of the county, or of county 70 for those registered since 8 May 2024. @throws RangeError when all 999 are gone. */
  cnp(birth: IsoDate, sex: 'M' | 'F', county: number, resident: boolean): string {
    const issuedIn = birth >= COUNTY_70_SINCE ? 70 : county;
    const key = issuedIn * 2 + (resident ? 1 : 0);
    let slots = this.#cnp.get(key);
    if (!slots) {
      slots = new Uint16Array(DAYS * 2);
      this.#cnp.set(key, slots);
    }
    const slot = (dayOf(birth) - FIRST_DAY) * 2 + (sex === 'F' ? 1 : 0);
    const nth = slots[slot] ?? 0;
    if (nth >= 999) throw new RangeError('too many children: no CNP is left for a day and county');
    slots[slot] = nth + 1;
    return makeCnp(birth, sex, issuedIn, 1 + ((this.#shift + slot * 7 + nth * 371) % 999), resident);
  }
}
