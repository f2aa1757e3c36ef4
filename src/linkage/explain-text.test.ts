import { describe, expect, it } from 'vitest';
import { childSchema } from './child-schema.ts';
import { explainText } from './explain-text.ts';
import { CERTAINTIES, EXPLAIN_LANGUAGES, EXPLAINED_FIELDS, explainWords, levelWord } from './explain-words.ts';
import { BANDS, REVIEW_REASONS, VERDICTS } from './pair.ts';
import type { PairExplanation, Veto } from './pair-explanation.ts';

const field = (name: string, level: string, bits: number, frequency: number | null = null, rarityBits: number | null = null) => ({
  field: name,
  level,
  bits,
  rarityBits,
  frequency,
});
/** Мария in the register, Maria in a visit's notes: a home and a surname shared, a twin not ruled out. */
const MARIA: PairExplanation = {
  a: '17',
  b: '42',
  model: 'm3-2026-11-23-1',
  normaliser: 'n1',
  priorBits: -18.34,
  fields: [
    field('givenName', 'sounds-alike', 6.2),
    field('familyName', 'exact', 10.46, 1 / 1890, 2.3),
    field('birthDate', 'slip', 7),
    field('nationalId', 'unknown', 0),
    field('sex', 'same', 0.97),
    field('place', 'settlement', 5.5),
    field('mother', 'unknown', 0),
  ],
  siblingBits: -1.2,
  totalBits: 10.59,
  probability: 0.99935,
  autoBits: 12.5,
  reviewBits: -1,
  band: 'REVIEW',
  reason: 'WEAK',
  vetoes: [],
  without: [{ field: 'familyName', totalBits: -2.2, band: 'NONE' }],
};
const linesOf = (explanation: PairExplanation, language: 'bg' | 'ro' | 'en', names?: [string, string]) =>
  explainText(explanation, language, names).replaceAll('\u00a0', ' ').split('\n');

describe('explainText', () => {
  it('is a waterfall of aligned columns, from the prior to the total, in English', () => {
    const lines = linesOf(MARIA, 'en', ['population:a.csv:2', 'visits:b.ndjson:7']);
    expect(lines[0]).toBe('Are population:a.csv:2 and visits:b.ndjson:7 of one child?');
    expect(lines.slice(2, 13)).toEqual([
      'field             comparison                               bits  so far  how common the value is',
      '───────────────────────────────────────────────────────────────────────────────────────────────────────',
      'before any field                                          −18.3   −18.3',
      'given name        sounds the same                          +6.2   −12.1',
      'surname           same                                    +10.5    −1.7  1 in 1,890 records (its rarity: +2.3)',
      'date of birth     one digit off, or day and month exchanged  +7.0    +5.3',
      'sex               same                                     +1.0    +6.3',
      'place             same settlement                          +5.5   +11.8',
      'may be a sibling                                           −1.2   +10.6',
      '───────',
      'total                                                             +10.6',
    ]);
  });
});
