import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from './brands.ts';
import { isoDate } from './dates.ts';
import { parseNationalId } from './national-id.ts';
import { makeCnp, makeEgn, makeLnch } from './national-id-make.ts';

/** An independent reading of the same rules. */
function isValidByStdnum(country: 'BG' | 'RO', scheme: string, text: string): boolean {
  const validator = stdnum[country]?.[scheme];
  if (!validator) throw new Error(`stdnum has no ${country} ${scheme}`);
  return validator.validate(text).isValid;
}

const VALID_EGN = ['7523169263', '8032056031', '6101057509', '7501020018', '7552010005', '7542011030'];
const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const day = (from: string, to: string): fc.Arbitrary<IsoDate> =>
  fc
    .date({ min: new Date(`${from}T00:00:00Z`), max: new Date(`${to}T00:00:00Z`), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10) as IsoDate);
const sex = fc.constantFrom('M' as const, 'F' as const);
const county = fc.oneof(fc.integer({ min: 1, max: 48 }), fc.constantFrom(51, 52, 70));

describe('EGN', () => {
  it.each(VALID_EGN)('%s is valid', (egn) => {
    expect(parseNationalId(0, egn)).toMatchObject({ scheme: 'EGN', digits: egn, valid: true, damage: null });
  });

  it('states the century by its month: 1800s +20, 1900s as it is, 2000s +40', () => {
    expect(parseNationalId(0, '7523169263')?.birthDate).toBe('1875-03-16');
    expect(parseNationalId(0, '8032056031')?.birthDate).toBe('1880-12-05');
    expect(parseNationalId(0, '6101057509')?.birthDate).toBe('1961-01-05');
    expect(parseNationalId(0, '7552010005')?.birthDate).toBe('2075-12-01');
  });

  it('states male by an even and female by an odd ninth digit', () => {
    expect(parseNationalId(0, '7501020018')?.sex).toBe('F');
    expect(parseNationalId(0, '7552010005')?.sex).toBe('M');
  });

  it('refuses a date that does not exist, though the check digit holds, and then states nothing', () => {
    const front = '134230000';
    const check = ([2, 4, 8, 5, 10, 9, 7, 3, 6].reduce((sum, weight, i) => sum + weight * Number(front[i]), 0) % 11) % 10;
    expect(isValidByStdnum('BG', 'egn', front + check)).toBe(true);
    expect(parseNationalId(0, front + check)).toMatchObject({ valid: false, birthDate: null, sex: null });
  });

  it('puts back the zero that a spreadsheet took, and says so', () => {
    const dimo = makeEgn(isoDate(2008, 4, 9), 'M', 12);
    expect(dimo[0]).toBe('0');
    expect(parseNationalId(0, dimo.slice(1))).toMatchObject({
      digits: dimo,
      valid: true,
      birthDate: '2008-04-09',
      damage: 'LEADING_ZERO_LOST',
    });
    expect(parseNationalId(0, '123456789')).toMatchObject({ digits: '123456789', valid: false, damage: 'LEADING_ZERO_LOST' });
  });

  it('keeps scientific notation as it came, invalid', () => {
    for (const text of ['1.23E+12', '1,23E+12', '5E+9', '1.24407e+09'])
      expect(parseNationalId(0, text)).toEqual({
        scheme: 'EGN',
        digits: text,
        valid: false,
        birthDate: null,
        sex: null,
        damage: 'SCIENTIFIC_NOTATION',
      });
  });

  it('agrees with stdnum on any EGN of a real date and on a wrong check digit', () => {
    fc.assert(
      fc.property(day('1800-01-01', '2099-12-31'), sex, fc.nat(499), fc.nat(9), (birth, of, serial, check) => {
        const egn = makeEgn(birth, of, serial);
        expect(isValidByStdnum('BG', 'egn', egn)).toBe(true);
        expect(parseNationalId(0, egn)).toMatchObject({ valid: true, birthDate: birth, sex: of });
        const typed = egn.slice(0, 9) + check;
        expect(parseNationalId(0, typed)?.valid).toBe(isValidByStdnum('BG', 'egn', typed));
      }),
    );
  });

  it('never accepts what stdnum refuses', () => {
    fc.assert(
      fc.property(digits(10), (text) => {
        if (parseNationalId(0, text)?.valid) expect(isValidByStdnum('BG', 'egn', text)).toBe(true);
      }),
    );
  });
});

describe('LNCh', () => {
  it('1000000001 is valid, and states neither date nor sex', () => {
    expect(parseNationalId(1, '1000000001')).toEqual({
      scheme: 'LNCH',
      digits: '1000000001',
      valid: true,
      birthDate: null,
      sex: null,
      damage: null,
    });
  });

  it('agrees with stdnum on any ten digits', () => {
    fc.assert(
      fc.property(digits(10), fc.nat(999_999_999), (text, serial) => {
        expect(parseNationalId(1, text)?.valid).toBe(isValidByStdnum('BG', 'pnf', text));
        expect(parseNationalId(1, makeLnch(serial))?.valid).toBe(true);
      }),
    );
  });
});

describe('CNP', () => {
  it('1800101221144 is valid: a man born on 1 January 1980', () => {
    expect(parseNationalId(3, '1800101221144')).toMatchObject({ scheme: 'CNP', valid: true, birthDate: '1980-01-01', sex: 'M' });
  });

  it('accepts county 70 of every CNP issued since 8 May 2024, which stdnum 1.12 still refuses', () => {
    const ilinca = makeCnp(isoDate(2024, 6, 1), 'F', 70, 17);
    expect(parseNationalId(3, ilinca)).toMatchObject({ valid: true, birthDate: '2024-06-01', sex: 'F' });
    expect(isValidByStdnum('RO', 'cnp', ilinca)).toBe(false);
  });

  it('gives no birth date where S is 7 to 9: the century is not stated', () => {
    const oleg = makeCnp(isoDate(2015, 3, 9), 'M', 22, 5, true);
    expect(oleg[0]).toBe('7');
    expect(parseNationalId(3, oleg)).toMatchObject({ valid: true, birthDate: null, sex: 'M' });
  });

  it.each([0, 49, 50, 53, 69, 71, 99])('refuses county %i', (code) => {
    const other = makeCnp(isoDate(2010, 1, 1), 'M', Math.max(code, 1), 5);
    const made = code === 0 ? `${other.slice(0, 7)}00${other.slice(9)}` : other;
    expect(parseNationalId(3, made)?.valid).toBe(false);
  });

  it('has no leading zero to lose: twelve digits are only wrong', () => {
    expect(parseNationalId(3, '180010122114')).toMatchObject({ valid: false, damage: null });
  });

  it('agrees with stdnum on made ones and on mistyped ones, county 70 apart', () => {
    fc.assert(
      fc.property(
        day('1800-01-01', '2024-12-31'),
        sex,
        county,
        fc.integer({ min: 1, max: 999 }),
        fc.nat(12),
        fc.nat(9),
        (birth, of, place, serial, at, digit) => {
          const cnp = makeCnp(birth, of, place, serial);
          expect(parseNationalId(3, cnp)).toMatchObject({ valid: true, birthDate: birth, sex: of });
          const typed = cnp.slice(0, at) + digit + cnp.slice(at + 1);
          // stdnum refuses dates after today and reads S 7–9 as the 1900s.
          const ours = parseNationalId(3, typed);
          if (typed.slice(7, 9) !== '70' && typed[0] !== '7' && typed[0] !== '8' && typed[0] !== '9' && (ours?.birthDate ?? '') < '2025')
            expect(ours?.valid).toBe(isValidByStdnum('RO', 'cnp', typed));
        },
      ),
    );
  });
});

describe('any id', () => {
  it('is null for type −1 and for an empty cell', () => {
    expect(parseNationalId(-1, '7523169263')).toBeNull();
    expect(parseNationalId(0, '  ')).toBeNull();
  });

  it('of an internal number is kept as it is and never valid', () => {
    expect(parseNationalId(2, '0002410743')).toMatchObject({ scheme: 'IDN', digits: '0002410743', valid: false, damage: null });
  });

  it('is read from any text without an exception, and one that is not valid states neither date nor sex', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2, 3) as fc.Arbitrary<0 | 1 | 2 | 3>, fc.string(), (type, text) => {
        const id = parseNationalId(type, text);
        if (id && !id.valid) expect([id.birthDate, id.sex]).toEqual([null, null]);
      }),
    );
  });
});
