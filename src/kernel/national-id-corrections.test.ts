import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from './brands.ts';
import { isoDate } from './dates.ts';
import { type IdScheme, parseNationalId } from './national-id.ts';
import { ID_TYPE, nationalIdCorrections } from './national-id-corrections.ts';
import { makeCnp, makeEgn, makeLnch } from './national-id-make.ts';

const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2026-11-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10) as IsoDate);
const sex = fc.constantFrom('M' as const, 'F' as const);
const county = fc.oneof(fc.integer({ min: 1, max: 46 }), fc.constant(70));
type Scheme = Exclude<IdScheme, 'IDN'>;
type Held = { scheme: Scheme; digits: string };
const held: fc.Arbitrary<Held> = fc.oneof(
  fc.tuple(day, sex, fc.nat({ max: 499 })).map((of): Held => ({ scheme: 'EGN', digits: makeEgn(...of) })),
  fc.nat({ max: 999_999_999 }).map((serial): Held => ({ scheme: 'LNCH', digits: makeLnch(serial) })),
  fc.tuple(day, sex, county, fc.integer({ min: 1, max: 999 })).map((of): Held => ({ scheme: 'CNP', digits: makeCnp(...of) })),
);
const at = fc.nat({ max: 12 });
/** Ways in which one slip damages an id; `at` is the place, from 0. */
const SLIPS: Record<string, (digits: string, at: number, digit: string) => string> = {
  'one digit wrong': (digits, i, digit) => digits.slice(0, i) + digit + digits.slice(i + 1),
  'two neighbours exchanged': (digits, i) => digits.slice(0, i) + digits.charAt(i + 1) + digits.charAt(i) + digits.slice(i + 2),
  'one digit lost': (digits, i) => digits.slice(0, i) + digits.slice(i + 1),
  'one digit twice': (digits, i) => digits.slice(0, i + 1) + digits.slice(i),
  'leading zeros lost': (digits) => digits.replace(/^0{1,5}/, ''),
  'a letter in place of a digit': (digits, i) => `${digits.slice(0, i)}О${digits.slice(i + 1)}`,
  'a space within': (digits, i) => `${digits.slice(0, i + 1)} ${digits.slice(i + 1)}`,
};
const isValid = (scheme: Scheme, text: string) => parseNationalId(ID_TYPE[scheme], text)?.valid === true;

describe('nationalIdCorrections', () => {
  it.each(Object.entries(SLIPS))('finds the id again after %s', (_, slip) => {
    fc.assert(
      fc.property(held, at, fc.nat({ max: 9 }), ({ scheme, digits }, place, digit) => {
        const damaged = slip(digits, place % digits.length, String(digit));
        // Where the damaged one is an id too, nothing shows that it is damaged.
        fc.pre(damaged.trim() === damaged && !isValid(scheme, damaged));
        expect(nationalIdCorrections(scheme, parseNationalId(ID_TYPE[scheme], damaged)?.digits as string)).toContain(digits);
      }),
      { numRuns: 300 },
    );
  });

  it('gives at most 40, all valid, each once and in order, for whatever text', () => {
    const digitText = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 14 });
    const text = fc.oneof(
      digitText,
      fc.string({ maxLength: 16 }),
      digitText.map((digits) => `${digits.slice(0, 6)}E+12`),
    );
    fc.assert(
      fc.property(fc.constantFrom<Scheme>('EGN', 'LNCH', 'CNP'), text, (scheme, raw) => {
        const found = nationalIdCorrections(scheme, raw);
        expect(found.length).toBeLessThanOrEqual(40);
        expect(found).toEqual([...new Set(found)].sort());
        for (const digits of found) expect(isValid(scheme, digits), digits).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives none for a valid id, an internal number, or a number of which a spreadsheet lost digits', () => {
    fc.assert(fc.property(held, ({ scheme, digits }) => nationalIdCorrections(scheme, digits).length === 0));
    expect(nationalIdCorrections('IDN', '1348139776')).toEqual([]);
    expect(nationalIdCorrections('CNP', '5.09E+12')).toEqual([]);
    expect(nationalIdCorrections('EGN', '1,34814E+09')).toEqual([]);
    expect(nationalIdCorrections('EGN', '')).toEqual([]);
  });

  it('reads scientific notation that lost nothing', () => {
    const radu = makeCnp(isoDate(2014, 5, 9), 'M', 70, 12);
    expect(nationalIdCorrections('CNP', `${radu[0]}.${radu.slice(1)}E+12`)).toEqual([radu]);
    const vanya = makeEgn(isoDate(2008, 4, 9), 'F', 12);
    expect(nationalIdCorrections('EGN', `${vanya[1]}.${vanya.slice(2)}E+08`)).toEqual([vanya]);
  });

  it('never takes the born of one day for those of another century', () => {
    const ivan = makeEgn(isoDate(2012, 6, 15), 'M', 3);
    const wrong = `${ivan.slice(0, 9)}${(Number(ivan[9]) + 1) % 10}`;
    expect(nationalIdCorrections('EGN', wrong)).toContain(ivan);
    expect(nationalIdCorrections('EGN', wrong).every((digits) => parseNationalId(0, digits)?.birthDate !== null)).toBe(true);
  });
});
