import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Country, IsoDate } from '../kernel/brands.ts';
import { schoolYearOf } from '../kernel/dates.ts';
import type { Child, Story } from './child.ts';
import { type FeedLayout, LAYOUTS } from './feed-layouts.ts';
import { FeedWriter, type Row } from './feed-writer.ts';
import { ForeignPupils } from './foreign-pupils.ts';
import type { Schools } from './make-schools.ts';
import type { Random } from './random.ts';
import { absenceRow, drawAbsences, rollRow } from './rows-school.ts';
import { assistanceRow, drawGrant, type Notice, parentAbroadRow } from './rows-assistance.ts';
import { populationRow, schoolRow } from './rows-registry.ts';
import { visitRow } from './rows-visits.ts';
import { slugOf } from './spelling.ts';
import { Truth } from './truth.ts';

const ALL = Number.POSITIVE_INFINITY;

/** The files of one country, open for writing. */
export class CountryFeeds {
  readonly truth: Truth;
  readonly #country: Country;
  readonly #asOf: IsoDate;
  readonly #random: Random;
  readonly #schools: Schools;
  readonly #feeds = new Map<string, FeedWriter>();
  readonly folder: string;
  readonly #foreign: ForeignPupils | null;
  readonly #absenceMonth: IsoDate;
  #protocols = 0;
  #cases = 0;

  /** @param folder gets a folder of the country's name, which must not exist yet. */
  constructor(folder: string, country: Country, asOf: IsoDate, schools: Schools, random: Random) {
    this.folder = join(folder, country.toLowerCase());
    mkdirSync(join(this.folder, 'truth'), { recursive: true });
    this.#country = country;
    this.#asOf = asOf;
    this.#random = random;
    this.#schools = schools;
    this.truth = new Truth(join(this.folder, 'truth'), country);
    this.#foreign = country === 'BG' ? new ForeignPupils(schools.foreign, asOf, this.truth, random) : null;
    this.#absenceMonth = monthBefore(asOf);
    const list = this.#feed('schools.csv', LAYOUTS.schools, ALL, false);
    for (const school of schools.all) list.write(schoolRow(school));
  }

  #feed(name: string, layout: FeedLayout, badKinds = ALL, shuffled = true): FeedWriter {
    let feed = this.#feeds.get(name);
    if (!feed) {
      feed = new FeedWriter(this.folder, name, layout, this.truth, this.#random, badKinds, shuffled);
      this.#feeds.set(name, feed);
    }
    return feed;
  }

  #roll(unit: string): FeedWriter {
    if (this.#country === 'RO') return this.#feed('siiir-roll.csv', LAYOUTS['siiir-roll']);
    const name = `school-roll-${slugOf(unit)}.txt`;
    const first = ![...this.#feeds.keys()].some((other) => other.startsWith('school-roll-') && other !== name);
    return this.#feeds.get(name) ?? this.#feed(name, LAYOUTS['school-roll'], first ? ALL : 4);
  }

  /** Writes all records of a child, and the truth of it. @param notice of the parents' leaving, where they told it. */
  write(child: Child, story: Story, notice: Notice | null): void {
    const random = this.#random;
    let records = 0;
    const write = (feed: FeedWriter, row: (duplicate: boolean) => Row, twice: number): void => {
      records += feed.write(row(false));
      if (random.chance(twice)) records += feed.write(row(true));
    };
    if (story.registered)
      write(this.#feed('population.csv', LAYOUTS.population), () => populationRow(child, story, `${this.#asOf.slice(0, 7)}-01`, random), 0);
    for (const entry of story.rolls) write(this.#roll(entry.school.place.unit), (again) => rollRow(child, entry, again, random), 0.055);
    const current = story.rolls.findLast((entry) => entry.schoolYear === schoolYearOf(this.#asOf));
    const absences = this.#country === 'BG' ? drawAbsences(child, current, this.#absenceMonth, random) : null;
    if (absences)
      write(
        this.#feed(`absences-${this.#absenceMonth.slice(0, 7)}.txt`, LAYOUTS.absences),
        (again) => absenceRow(child, absences, again, random),
        0.02,
      );
    if (!story.abroad && !story.deceasedOn && child.age < 18 && random.chance(0.4)) {
      this.#cases += 1;
      const grant = drawGrant(child, this.#cases, this.#asOf, random);
      write(this.#feed('assistance.txt', LAYOUTS.assistance), (again) => assistanceRow(child, grant, again, random), 0.055);
    }
    if (notice && !story.abroad && !story.deceasedOn && child.age < 18)
      write(this.#feed('parents-abroad.csv', LAYOUTS['parents-abroad']), (again) => parentAbroadRow(child, notice, again, random), 0.07);
    for (const visit of story.visits) {
      this.#protocols += 1;
      write(this.#feed('visits.ndjson', LAYOUTS.visits), (again) => visitRow(child, visit, this.#protocols, again, random), 0.03);
    }
    if (story.foreignPupil) this.#foreign?.add(child.ref, child.birth, child.household.citizenship, 'BG', child.household.place.district);
    const flags = [...child.flags, ...(story.registered ? [] : ['no-civil-record']), ...(story.also === 'CONFLICT' ? ['conflict'] : [])];
    this.truth.child(child, story, absences, flags, records);
  }

  /** Writes what is left, and the counts. @param strangers how many pupils of foreign schools no register knows. */
  close(head: object, strangers: number): void {
    if (this.#foreign) {
      const capital = [...new Set(this.#schools.all.filter((school) => school.place.capital).map((school) => school.place.district))];
      this.#foreign.addStrangers(strangers, capital);
      this.#foreign.write(this.#feed('foreign-aggregate.csv', LAYOUTS['foreign-aggregate'], ALL, false));
    }
    for (const feed of this.#feeds.values()) feed.close();
    this.truth.close(head);
  }
}

/** The first day of the month before. */
function monthBefore(date: IsoDate): IsoDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return (month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`) as IsoDate;
}
