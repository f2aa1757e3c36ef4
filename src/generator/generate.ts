import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Country, IsoDate } from '../kernel/brands.ts';
import { isIsoDate } from '../kernel/dates.ts';
import { HubError } from '../kernel/errors.ts';
import { CountryFeeds } from './country-feeds.ts';
import { dayOf } from './days.ts';
import { IdBook } from './id-book.ts';
import { birthDays, makeChildren, withId } from './make-children.ts';
import { makeHousehold } from './make-household.ts';
import { Schools } from './make-schools.ts';
import { BG_PLACES } from './places-bg.ts';
import { RO_PLACES } from './places-ro.ts';
import { Random } from './random.ts';
import { drawNotice } from './rows-assistance.ts';
import { tellStory } from './tell-story.ts';

export interface GenerateOptions {
  /** How many children, at least 1; for both countries together. */
  readonly children: number;
  /** The same seed and options give the same bytes. */
  readonly seed: number;
  readonly country: Country | 'both';
  /** Folder; gets `bg/` and `ro/`, which must not exist yet. */
  readonly out: string;
  /** The day whose state the feeds show, between 15 October and 31 August of a school year. */
  readonly asOf?: IsoDate;
}

export interface GenerateProgress {
  readonly country: Country;
  readonly children: number;
  readonly of: number;
}

export const DEFAULT_AS_OF = '2026-11-16' as IsoDate;
/** Every day has 500 EGN of a sex. */
export const MOST_CHILDREN = 3_000_000;
const STEP = 2000;

/** What was written for one country. */
export interface GeneratedCountry {
  readonly country: Country;
  readonly folder: string;
  readonly children: number;
  /** Records of children in all files. */
  readonly records: number;
  readonly badRows: number;
}

const refuse = (message: string): never => {
  throw new HubError('BAD_USER_INPUT', message);
};

/**
 * Writes synthetic feeds of invented children, and the truth about them: all persons are drawn, a valid id or a real place name next to a name means nothing.
 * @throws HubError BAD_USER_INPUT for a count, seed or day outside, or a folder that is there already.
 */
export async function generate(
  options: GenerateOptions,
  progress: (progress: GenerateProgress) => void = () => {},
): Promise<GeneratedCountry[]> {
  const { children, seed, country, out, asOf = DEFAULT_AS_OF } = options;
  if (!Number.isSafeInteger(children) || children < 1 || children > MOST_CHILDREN)
    refuse(`children: a whole number from 1 to ${MOST_CHILDREN}`);
  if (!Number.isSafeInteger(seed)) refuse('seed: a whole number');
  if (!isIsoDate(asOf) || (asOf.slice(5) < '10-15' && asOf.slice(5) > '08-31') || asOf < '2025' || asOf > '2035')
    refuse('as of: a day from 2025 to 2034 between 15 October and 31 August');
  const shares: (readonly [Country, number])[] =
    country === 'both'
      ? [
          ['BG', Math.ceil(children / 2)],
          ['RO', Math.floor(children / 2)],
        ]
      : [[country, children]];
  for (const [of] of shares) if (existsSync(join(out, of.toLowerCase()))) refuse(`out: ${of.toLowerCase()} is there already`);
  const written: GeneratedCountry[] = [];
  for (const [of, count] of shares)
    if (count > 0) written.push(await generateCountry(of, count, { children, seed, country, asOf }, out, progress));
  return written;
}

type Head = Required<Omit<GenerateOptions, 'out'>>;

async function generateCountry(
  country: Country,
  count: number,
  head: Head,
  out: string,
  progress: (progress: GenerateProgress) => void,
): Promise<GeneratedCountry> {
  const { seed, asOf } = head;
  const random = new Random(seed, country);
  const ids = new IdBook(random.below(500));
  const places = country === 'BG' ? BG_PLACES : RO_PLACES;
  const schools = new Schools(places, count, random);
  const feeds = new CountryFeeds(out, country, asOf, schools, random);
  const world = { asOf, schools, random };
  const weights = places.map((place) => [place, place.weight] as const);
  const asOfDay = dayOf(asOf);
  let made = 0;
  let reported = 0;
  for (let nth = 1; made < count; nth += 1) {
    const days = birthDays(asOfDay, count - made, random);
    const { household, names } = makeHousehold(
      {
        ref: `${country}H-${String(nth).padStart(5, '0')}`,
        country,
        places: weights,
        oldest: days[0] as number,
        youngest: days.at(-1) as number,
      },
      ids,
      random,
    );
    const notice = household.parentAbroad ? drawNotice(names, ids, household.place.county, asOf, random) : null;
    const choice = random.below(1000);
    let siblingId = '';
    for (const nameless of makeChildren(days, household, names, made + 1, asOf, random)) {
      const story = tellStory(nameless, choice, world);
      const child = story.registered ? withId(nameless, ids, siblingId, random) : nameless;
      if (child.id !== '') siblingId = child.id;
      feeds.write(child, story, notice);
      made += 1;
    }
    if (made - reported >= STEP) {
      reported = made;
      progress({ country, children: made, of: count });
      // So that a signal can stop a long run.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  progress({ country, children: made, of: count });
  feeds.close({ ...head, children: count, country, seed, asOf }, Math.round(count * 0.1));
  return { country, folder: feeds.folder, children: made, ...feeds.truth.tally.totals() };
}
