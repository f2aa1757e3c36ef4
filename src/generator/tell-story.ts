import type { IsoDate } from '../kernel/brands.ts';
import type { Child, LeaveReason, Status, Story, VisitEntry } from './child.ts';
import { dateOf, dayOf } from './days.ts';
import type { Schools } from './make-schools.ts';
import { BG_ABROAD, BG_HEARSAY_MUNICIPALITY } from './places-bg.ts';
import { RO_ABROAD, RO_HEARSAY_MUNICIPALITY } from './places-ro.ts';
import { planVisits, type VisitPlan } from './plan-visits.ts';
import type { Random } from './random.ts';
import { RollHistory } from './roll-history.ts';

/** What may have happened to a child of compulsory age, and how often in ten thousand. */
const PLOTS = [
  ['enrolled', 8190],
  ['enrolled-no-civil-record', 90],
  ['returned-register-stale', 60],
  ['claimed-abroad-on-roll', 45],
  ['returned-after-dropout', 50],
  ['moved-within', 150],
  ['moved-outside', 45],
  ['abroad-register', 460],
  ['abroad-visit', 180],
  ['foreign-school', 190],
  ['left-this-year', 85],
  ['left-last-year', 65],
  ['not-re-enrolled', 60],
  ['left-hearsay', 30],
  ['left-expired', 12],
  ['lost-in-transfer', 8],
  ['never', 150],
  ['never-hearsay', 35],
  ['never-expired', 15],
  ['unregistered', 100],
] as const;
type Plot = (typeof PLOTS)[number][0];
const HEARSAY_PLOTS = [
  ['enrolled', 55],
  ['never-hearsay', 26],
  ['left-hearsay', 13],
  ['never', 2],
  ['abroad-register', 4],
] as const satisfies readonly (readonly [Plot, number])[];
const REASONS: readonly (readonly [LeaveReason, number])[] = [
  ['abroad', 50],
  ['other', 22],
  ['family', 17],
  ['unwilling', 11],
];

const MET = [
  ['FOUND_SPOKE_PARENT', 80],
  ['FOUND_CHILD_ONLY', 14],
  ['PROTECTION_CONCERN', 6],
] as const;

export interface StoryWorld {
  readonly asOf: IsoDate;
  readonly schools: Schools;
  readonly random: Random;
}

/** What happened to the child until that day, and the status that the law then gives. */
export function tellStory(child: Child, schoolChoice: number, world: StoryWorld): Story {
  return new Teller(child, schoolChoice, world).tell();
}

class Teller {
  readonly #child: Child;
  readonly #world: StoryWorld;
  readonly #today: number;
  readonly #history: RollHistory;

  constructor(child: Child, choice: number, world: StoryWorld) {
    this.#child = child;
    this.#world = world;
    this.#today = dayOf(world.asOf);
    this.#history = new RollHistory(child, choice, world.asOf, world.schools, world.random);
  }

  tell(): Story {
    const { random } = this.#world;
    const child = this.#child;
    if (random.chance(0.0028)) {
      const born = dayOf(child.birth);
      return this.#story('DECEASED', { deceasedOn: dateOf(random.between(Math.max(born + 1, this.#today - 1500), this.#today - 20)) });
    }
    if (!child.compulsory) return this.#outsideAge();
    const hearsay =
      child.household.place.municipality === (child.household.country === 'BG' ? BG_HEARSAY_MUNICIPALITY : RO_HEARSAY_MUNICIPALITY);
    return this.#plot(hearsay ? random.weighted(HEARSAY_PLOTS) : random.weighted(PLOTS));
  }

  #outsideAge(): Story {
    const { random } = this.#world;
    const above = this.#history.ageInYear > 10;
    const onRoll = random.chance(above ? 0.55 : 0.6) && this.#history.ageInYear >= 3 && this.#history.ageInYear <= 18;
    const gone = !onRoll && random.chance(0.07);
    const rolls = onRoll
      ? [...(random.chance(0.12) ? this.#history.roll(-1) : []), ...this.#history.roll(0)]
      : above && random.chance(0.25)
        ? this.#history.roll(-1)
        : [];
    return this.#story('NOT_COMPULSORY', {
      detail: above ? 'above_age' : 'below_age',
      also: onRoll ? 'ENROLLED' : '',
      rolls,
      abroad: gone ? this.#away() : null,
    });
  }

  #plot(plot: Plot): Story {
    const { random } = this.#world;
    const before = random.chance(0.14) ? this.#history.roll(-1) : [];
    const left = () => this.#history.roll(-1, { status: 3, reason: random.weighted(REASONS) });
    const leftOrNot = () => (random.chance(0.4) ? left() : []);
    const graded = (recent: boolean): VisitPlan => ({
      outcome: 'ABROAD_STATED_BY_RELATIVE',
      grade: recent && random.chance(0.2) ? 'A' : 'B',
      recent,
    });
    const hearsay = (): VisitPlan =>
      random.chance(0.7)
        ? { outcome: 'ABROAD_STATED_BY_NEIGHBOUR', grade: 'D', recent: true }
        : { outcome: 'ABROAD_STATED_BY_RELATIVE', grade: random.chance(0.9) ? 'C' : 'D', recent: true };
    switch (plot) {
      case 'enrolled':
        return this.#story('ENROLLED', {
          rolls: [...before, ...this.#history.roll(0)],
          visit: random.chance(0.008) ? { outcome: 'FOUND_SPOKE_PARENT', grade: 'C', recent: random.chance(0.5) } : null,
        });
      case 'enrolled-no-civil-record':
        return this.#story('ENROLLED', { detail: 'no_civil_record', registered: false, rolls: this.#history.roll(0) });
      case 'returned-register-stale':
        return this.#story('ENROLLED', {
          detail: 'returned_register_stale',
          also: 'CONFLICT',
          abroad: this.#away(),
          rolls: [...before, ...this.#history.roll(0)],
        });
      case 'claimed-abroad-on-roll': {
        // A claim that proves nothing is no conflict.
        const proven = random.chance(0.6);
        return this.#story('ENROLLED', {
          detail: 'abroad_claim_but_on_roll',
          also: proven ? 'CONFLICT' : '',
          rolls: [...before, ...this.#history.roll(0)],
          visit: proven ? graded(true) : random.chance(0.5) ? graded(false) : hearsay(),
        });
      }
      case 'returned-after-dropout':
        return this.#story('ENROLLED', { detail: 'returned_after_dropout', rolls: [...left(), ...this.#history.roll(0)] });
      case 'moved-within':
        return this.#story('ENROLLED_ELSEWHERE', {
          detail: 'moved_within_feeds',
          also: 'ENROLLED',
          rolls: Object.values(this.#history.moved()).flat(),
        });
      case 'moved-outside':
        return this.#story('ENROLLED_ELSEWHERE', {
          detail: 'moved_outside_feeds',
          rolls: this.#history.moved().from,
          visit: random.chance(0.25)
            ? { outcome: random.chance(0.5) ? 'MOVED_IN_BG' : 'ENROLLED_ELSEWHERE', grade: random.chance(0.5) ? 'B' : 'C', recent: true }
            : null,
        });
      case 'abroad-register':
        return this.#story('ABROAD', {
          detail: 'register_foreign_address',
          abroad: this.#away(),
          rolls: leftOrNot(),
          visit: random.chance(0.15) ? (random.chance(0.5) ? hearsay() : { outcome: 'NOT_AT_HOME', grade: 'E', recent: true }) : null,
        });
      case 'abroad-visit':
        return this.#story('ABROAD', { detail: 'visit_evidence', rolls: leftOrNot(), visit: graded(true) });
      case 'foreign-school':
        return this.#child.household.place.capital ? this.#foreign() : this.#plot('enrolled');
      case 'left-this-year':
        return this.#story('LEFT_EARLY', {
          detail: 'this_year',
          rolls: [...before, ...this.#history.roll(0, { status: random.chance(0.72) ? 3 : 4, reason: random.weighted(REASONS) })],
          visit: this.#search(),
        });
      case 'left-last-year':
        return this.#story('LEFT_EARLY', {
          detail: 'last_year',
          rolls: this.#history.roll(-1, { status: random.chance(0.85) ? 3 : 4, reason: random.weighted(REASONS) }),
          visit: this.#search(),
        });
      case 'not-re-enrolled':
        return this.#story('LEFT_EARLY', { detail: 'not_reenrolled', rolls: this.#history.roll(-1), visit: this.#search() });
      case 'left-hearsay':
        return this.#story('LEFT_EARLY', {
          detail: 'abroad_hearsay',
          rolls: random.chance(0.5) ? left() : this.#history.roll(-1),
          visit: hearsay(),
        });
      case 'left-expired':
        return this.#story('LEFT_EARLY', { detail: 'abroad_expired', also: 'ABROAD', rolls: left(), visit: graded(false) });
      case 'lost-in-transfer':
        return this.#story('LEFT_EARLY', {
          detail: 'lost_in_transfer',
          also: 'ENROLLED_ELSEWHERE',
          rolls: this.#history.roll(-1, { status: 2, reason: 'moved' }),
        });
      case 'never':
        return this.#story('NEVER_ENROLLED', { visit: this.#search() });
      case 'never-hearsay':
        return this.#story('NEVER_ENROLLED', { detail: 'abroad_hearsay', visit: hearsay() });
      case 'never-expired':
        return this.#story('NEVER_ENROLLED', { detail: 'abroad_expired', also: 'ABROAD', visit: graded(false) });
      case 'unregistered':
        return this.#story('UNREGISTERED', {
          detail: 'no_civil_record',
          registered: false,
          // A door that nobody opened does not prove that there is a child.
          visit: { outcome: random.weighted(MET), grade: 'C', recent: random.chance(0.8) },
        });
    }
  }

  #foreign(): Story {
    const { random } = this.#world;
    const rolls = random.chance(0.3)
      ? random.chance(0.5)
        ? this.#history.roll(-1)
        : this.#history.roll(-1, { status: 3, reason: 'other' })
      : [];
    const seen = random.chance(0.27);
    const proven = seen && random.chance(0.1);
    return this.#story('FOREIGN_SCHOOL', {
      also: proven ? '' : rolls.length > 0 ? 'LEFT_EARLY' : 'NEVER_ENROLLED',
      rolls,
      visit: seen ? { outcome: 'FOREIGN_SCHOOL_CLAIMED', grade: proven ? 'A' : 'C', recent: true } : null,
      foreignPupil: true,
    });
  }

  /** What a team met that looks for a child out of school; null: nobody looked. */
  #search(): VisitPlan | null {
    const { random } = this.#world;
    if (random.chance(0.3)) return null;
    const outcome = random.weighted([
      ['FOUND_SPOKE_PARENT', 42],
      ['NOT_FOUND', 16],
      ['FOUND_CHILD_ONLY', 8],
      ['NOT_AT_HOME', 12],
      ['REFUSED', 7],
      ['ADDRESS_NONEXISTENT', 4],
      ['HOME_EDUCATION_CLAIMED', 4],
      ['PROTECTION_CONCERN', 3],
      ['UNSAFE', 2],
      ['DECEASED_STATED', 1],
      ['MOVED_IN_BG', 3],
    ]);
    const said = [
      'FOUND_SPOKE_PARENT',
      'FOUND_CHILD_ONLY',
      'HOME_EDUCATION_CLAIMED',
      'PROTECTION_CONCERN',
      'DECEASED_STATED',
      'MOVED_IN_BG',
    ].includes(outcome);
    return { outcome, grade: said ? 'C' : 'E', recent: random.chance(0.8) };
  }

  #story(status: Status, rest: Partial<Omit<Story, 'status' | 'visits'>> & { visit?: VisitPlan | null }): Story {
    const visits: readonly VisitEntry[] = rest.visit ? planVisits(rest.visit, this.#history.year, this.#today, this.#world.random) : [];
    return {
      status,
      also: '',
      detail: '',
      registered: true,
      abroad: null,
      deceasedOn: null,
      rolls: [],
      foreignPupil: false,
      ...rest,
      visits,
    };
  }

  #away(): readonly [string, string] {
    return this.#world.random.pick<readonly [string, string]>(this.#child.household.country === 'BG' ? BG_ABROAD : RO_ABROAD);
  }
}
