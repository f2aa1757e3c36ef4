import type { IsoDate } from '../kernel/brands.ts';
import { schoolYearOf } from '../kernel/dates.ts';
import type { Child, LeaveReason, RollEntry, RollStatus } from './child.ts';
import { dateOf, dayOf } from './days.ts';
import type { Schools } from './make-schools.ts';
import type { Random } from './random.ts';

interface RollPlan {
  readonly status?: RollStatus;
  readonly reason?: LeaveReason | null;
  /** Not the family's usual school. */
  readonly otherSchool?: boolean;
  /** Day numbers. */
  readonly from?: number;
  readonly to?: number;
}

/** A child's rows in the rolls of this school year and the last. */
export class RollHistory {
  readonly year: number;
  readonly #child: Child;
  readonly #choice: number;
  readonly #today: number;
  readonly #schools: Schools;
  readonly #random: Random;

  /** @param choice which of the schools nearby the family takes. */
  constructor(child: Child, choice: number, asOf: IsoDate, schools: Schools, random: Random) {
    this.year = schoolYearOf(asOf);
    this.#child = child;
    this.#choice = choice;
    this.#today = dayOf(asOf);
    this.#schools = schools;
    this.#random = random;
  }

  /** How old the child turns in the calendar year in which this school year starts. */
  get ageInYear(): number {
    return this.year - Number(this.#child.birth.slice(0, 4));
  }

  /** Romania's schools start a week before Bulgaria's. */
  #startOf(year: number): number {
    return dayOf(`${year}-09-${this.#child.household.country === 'BG' ? '15' : '07'}`);
  }

  /** A row of this year's (0) or last year's (−1) roll; none when the child was too young or too old for one. */
  roll(offset: 0 | -1, { status = 1, reason = null, otherSchool = false, from, to }: RollPlan = {}): RollEntry[] {
    const age = this.ageInYear + offset;
    if (age < 3 || age > 18) return [];
    const year = this.year + offset;
    const start = this.#startOf(year);
    const last = offset === 0 ? this.#today - 3 : dayOf(`${year + 1}-06-30`);
    const enrolled = from ?? (this.#random.chance(0.9) ? start : Math.min(last, start + this.#random.between(1, 40)));
    const left = to ?? this.#random.between(Math.min(enrolled + 5, last), last);
    return [
      {
        schoolYear: year,
        school: this.#schools.of(this.#child.household.place, age, this.#choice, otherSchool),
        status,
        enrolledOn: dateOf(enrolled),
        dischargedOn: status === 1 ? null : dateOf(left),
        reason: status === 1 ? null : reason,
        distance: this.#random.chance(0.006),
      },
    ];
  }

  /** Moved in this school year, and on the new school's roll two days later. */
  moved(): { from: RollEntry[]; to: RollEntry[] } {
    const start = this.#startOf(this.year);
    const left = Math.min(this.#today - 4, start + this.#random.between(4, 45));
    return {
      from: this.roll(0, { status: 2, reason: 'moved', from: start, to: left }),
      to: this.roll(0, { otherSchool: true, from: left + 2 }),
    };
  }
}
