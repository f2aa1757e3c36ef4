import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childSchema } from './child-schema.ts';
import { explainText } from './explain-text.ts';
import { CERTAINTIES, EXPLAIN_LANGUAGES, EXPLAINED_FIELDS, explainWords, fieldWord, levelWord } from './explain-words.ts';
import { BANDS, REVIEW_REASONS, VERDICTS } from './pair.ts';
import type { PairExplanation, Veto } from './pair-explanation.ts';

const field = (name: string, level: string, bits: number, frequency: number | null = null, rarityBits: number | null = null) => ({
  field: name,
  level,
  bits,
  rarityBits,
  frequency,
});
/** Мария of the register and Maria of a visit. */
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
type Language = (typeof EXPLAIN_LANGUAGES)[number];
const linesOf = (explanation: PairExplanation, language: Language, names?: [string, string]) =>
  explainText(explanation, language, names).replaceAll('\u00a0', ' ').split('\n');
const words = (line: string | undefined) => (line ?? '').split(/ {2,}/);
const VETOES: readonly Veto[] = [
  { kind: 'TWO_VALID_IDS' },
  { kind: 'TWO_REGISTER_ENTRIES' },
  { kind: 'POSSIBLE_TWIN' },
  { kind: 'ID_CONFLICT' },
  ...VERDICTS.map((verdict) => ({ kind: 'DECIDED', verdict }) as const),
];

describe('explainText', () => {
  it('is a waterfall from the prior to the total, in English', () => {
    const lines = linesOf(MARIA, 'en', ['population:a.csv:2', 'visits:b.ndjson:7']);
    expect(lines[0]).toBe('Are population:a.csv:2 and visits:b.ndjson:7 of one child?');
    expect(words(lines[4])).toEqual(['before any field', '−18.3', '−18.3']);
    expect(words(lines[5])).toEqual(['given name', 'sounds the same', '+6.2', '−12.1']);
    expect(words(lines[6])).toEqual(['surname', 'same', '+10.5', '−1.7', '1 in 1,890 records (its rarity: +2.3)']);
    expect(words(lines[10])).toEqual(['shared by a family', '−1.2', '+10.6']);
    expect(words(lines[12])).toEqual(['total', '+10.6']);
    expect(lines.slice(14)).toEqual([
      "Not compared, because a record does not say: national id, mother's name.",
      'Of one child, by the sum alone: very likely (99.935%).',
      'Result: a human is asked: the evidence does not reach the threshold.',
      'Linked from +12.5 bits on; shown to a human from −1.0 bits on.',
      'Without surname it would not be linked (−2.2 bits).',
      'Model m3-2026-11-23-1, normaliser n1.',
    ]);
  });

  it('is the same in Bulgarian, with its decimal comma', () => {
    const lines = linesOf({ ...MARIA, vetoes: [{ kind: 'DECIDED', verdict: 'DIFFERENT' }] }, 'bg');
    expect(lines[0]).toBe('На едно и също дете ли са 17 и 42?');
    expect(words(lines[6])).toEqual(['фамилно име', 'съвпада', '+10,5', '−1,7', '1 на 1890 записа (от рядкостта: +2,3)']);
    expect(words(lines[7])).toEqual(['дата на раждане', 'една сгрешена цифра или разменени ден и месец', '+7,0', '+5,3']);
    expect(lines.slice(14)).toEqual([
      'Не са сравнени, защото липсват в единия запис: личен номер, име на майката.',
      'Вероятност да е едно и също дете, само по сбора: много вероятно (99,935 %).',
      'Резултат: преглежда ги човек – данните не достигат прага.',
      'Автоматично се свързват записи от +12,5 бита нагоре; на човек се показват от −1,0 бита нагоре.',
      'Независимо от сбора: човек е решил, че децата са две.',
      'Без полето „фамилно име“ записите нямаше да бъдат свързани (−2,2 бита).',
      'Модел m3-2026-11-23-1, нормализация n1.',
    ]);
  });

  it('is the same in Romanian, where numbers from twenty on take "de"', () => {
    const lines = linesOf({ ...MARIA, band: 'AUTO', reason: null }, 'ro');
    expect(lines[0]).toBe('Sunt 17 și 42 ale aceluiași copil?');
    expect(words(lines[6])).toEqual(['nume de familie', 'coincide', '+10,5', '−1,7', '1 din 1.890 de înregistrări (din raritate: +2,3)']);
    expect(lines).toContain('Rezultat: se leagă automat.');
    expect(lines).toContain('Fără câmpul „nume de familie” înregistrările nu ar fi legate (−2,2 biți).');
    const { oneIn } = explainWords('ro');
    expect([1, 2, 19, 20, 101, 119, 120, 200].map((count) => oneIn(String(count), count))).toEqual([
      '1 din 1 înregistrare',
      '1 din 2 înregistrări',
      '1 din 19 înregistrări',
      '1 din 20 de înregistrări',
      '1 din 101 înregistrări',
      '1 din 119 înregistrări',
      '1 din 120 de înregistrări',
      '1 din 200 de înregistrări',
    ]);
  });

  it('puts its columns one under the other', () => {
    for (const language of EXPLAIN_LANGUAGES) {
      const [header = '', , ...rows] = linesOf(MARIA, language).slice(2, 13);
      const { bits, total } = explainWords(language).columns;
      for (const column of [bits, total]) {
        const end = header.indexOf(column) + column.length;
        for (const row of rows.filter((one) => !/^─/.test(one) && one.length >= end && !(column === bits && one === rows.at(-1))))
          expect(row.slice(end - 4, end + 1), `${language}: ${row}`).toMatch(/\d[.,]\d ?$/);
      }
    }
  });

  it('never says a hundred or nought per cent', () => {
    const line = (probability: number) => linesOf({ ...MARIA, probability }, 'en')[15];
    expect(line(1)).toContain('practically certain (more than 99.9999%)');
    expect(line(0)).toContain('practically excluded (less than 0.0001%)');
    expect(line(0.5)).toContain('more likely than not (50.0%)');
    expect(line(0.03)).toContain('unlikely (3.0%)');
    expect(line(0.000012)).toContain('practically excluded (0.0012%)');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (probability) => {
        const said = line(probability) ?? '';
        expect(said).not.toMatch(/\((?:100(?:\.0+)?|0(?:\.0+)?)%\)/);
      }),
    );
  });

  it('calls what it has no word for by its id', () => {
    const odd = {
      ...MARIA,
      fields: [field('constructor', 'toString', 1), field('soundex', 'alike-ish', 1)],
      reason: 'ELSE',
      vetoes: [{ kind: 'NEW' }],
      without: [{ field: '__proto__', totalBits: -999, band: 'MAYBE' }],
    } as unknown as PairExplanation;
    for (const language of EXPLAIN_LANGUAGES) {
      const text = explainText(odd, language);
      for (const id of ['constructor', 'toString', 'soundex', 'alike-ish', 'ELSE', 'NEW', '__proto__', 'MAYBE', '−∞'])
        expect(text).toContain(id);
    }
  });
});

describe('the words', () => {
  const schema = childSchema(() => ({}) as never);

  it.each(EXPLAIN_LANGUAGES)('have all fields, bands, reasons, vetoes and verdicts in %s', (language) => {
    const all = explainWords(language);
    for (const name of [...EXPLAINED_FIELDS, ...schema.fields.map((one) => one.name)])
      expect(Object.keys(all.fields), name).toContain(name);
    for (const band of BANDS) expect([all.bands[band], all.wouldBe[band]].every(Boolean), band).toBe(true);
    for (const reason of REVIEW_REASONS) expect(all.reasons[reason], reason).toMatch(/\S/);
    for (const certainty of CERTAINTIES) expect(all.certainties[certainty], certainty).toMatch(/\S/);
    for (const veto of VETOES) {
      const text = explainText({ ...MARIA, vetoes: [veto] }, language);
      expect(text, veto.kind).not.toMatch(/[A-Z]{2,}_|DECIDED|undefined/);
    }
  });

  it.each(EXPLAIN_LANGUAGES)('have every level of every comparator in %s', (language) => {
    const all = explainWords(language);
    const known = { ...all.levels };
    for (const { name, comparator } of schema.fields)
      for (const level of comparator.levels) {
        const word = levelWord(all, name, level);
        expect(word !== level || Object.hasOwn(known, level), `${name}:${level}`).toBe(true);
        if (language !== 'en') expect(word, `${name}:${level}`).not.toBe(level);
      }
  });

  it('are written in the letters of their language', () => {
    const said = (language: Language) => {
      const all = explainWords(language);
      const texts = [explainText({ ...MARIA, vetoes: VETOES, model: '1', normaliser: '2' }, language)];
      for (const table of [
        all.fields,
        all.levels,
        ...Object.values(all.levelsOf),
        all.bands,
        all.wouldBe,
        all.reasons,
        all.vetoes,
        all.decided,
        all.certainties,
      ])
        texts.push(...Object.values(table));
      return texts.join('\n');
    };
    expect(said('bg')).not.toMatch(/[a-zA-Zыэё]/);
    // Comma below, never cedilla; „…” and not the English quotes.
    expect(said('ro')).not.toMatch(/[ŞşŢţ“Ѐ-ӿ]/);
    expect(said('ro')).toMatch(/[șț]/);
    expect(said('en')).not.toMatch(/[^\x20-\x7e\n\u00a0−─]/);
  });

  it('call a field by its own name in each language', () => {
    for (const language of EXPLAIN_LANGUAGES) {
      const names = EXPLAINED_FIELDS.map((name) => fieldWord(explainWords(language), name));
      expect(new Set(names).size, language).toBe(names.length);
    }
  });
});
