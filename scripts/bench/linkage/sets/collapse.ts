import { Random } from '../../../../src/generator/random.ts';
import { labelsOf } from '../metrics/labels.ts';
import type { BenchSet, CellRecord } from './bench-set.ts';
import { date, family, given, pass, personSchema, sound, text, training, whole } from './person-schema.ts';

const SIZE = 2000;
const CONSONANTS = [...'bdfgklmnprstvz'];
const VOWELS = [...'aeiou'];

const SCHEMA = personSchema({
  name: 'collapse',
  id: 'id',
  fields: [given('given'), family('family'), date('birth'), text('place')],
  passes: [
    training(whole('place'), whole('birth')),
    training(sound('given'), whole('birth')),
    training(sound('family'), whole('place')),
    pass(sound('given'), sound('family')),
  ],
  exchanged: [['given', 'family']],
});

/** Words of four syllables, no two alike. */
function wordsOf(random: Random): () => string {
  const used = new Set<string>();
  return () => {
    for (;;) {
      const word = Array.from({ length: 4 }, () => random.pick(CONSONANTS) + random.pick(VOWELS)).join('');
      if (used.has(word)) continue;
      used.add(word);
      return word;
    }
  };
}
const dayOf = (random: Random): string =>
  `${random.between(2005, 2020)}${String(random.between(1, 12)).padStart(2, '0')}${String(random.between(2, 28)).padStart(2, '0')}`;

/** Nobody stands in it twice. */
function setOf(name: string, make: (i: number) => Omit<CellRecord, 'id'>): BenchSet<CellRecord> {
  const records = Array.from({ length: SIZE }, (_, i): CellRecord => ({ ...make(i), id: String(i) }));
  return {
    name: `collapse: ${name}`,
    schema: SCHEMA,
    records,
    truth: labelsOf(records.map(({ id }) => id as string)),
    source: null,
    homes: null,
    subgroups: new Map(),
    targets: [],
  };
}

/** Sets without a single match, on which expectation maximisation calls nearly every candidate one; a learner that does not notice links strangers. */
export function collapseSets(): BenchSet<CellRecord>[] {
  const random = new Random(1, 'collapse');
  const word = wordsOf(random);
  const groups = Array.from({ length: SIZE / 40 }, () => ({ birth: dayOf(random), place: word(), family: word() }));
  const groupOf = (i: number) => groups[i % groups.length] as (typeof groups)[number];
  return [
    // Forty to a block who agree in whatever is compared, names that all bear.
    setOf('all agree', (i) => ({ given: 'ivan', family: 'ivanov', birth: groupOf(i).birth, place: groupOf(i).place })),
    // Forty to a block who share a place and a registration date, and no name.
    setOf('no matches', (i) => ({ given: word(), family: word(), birth: groupOf(i).birth, place: groupOf(i).place })),
    // Forty of one name, home and date: a list that repeats what it does not know.
    setOf('siblings alone', (i) => ({ given: word(), ...groupOf(i) })),
  ];
}
