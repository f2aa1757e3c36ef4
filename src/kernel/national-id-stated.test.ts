import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IsoDate } from './brands.ts';
import { isoDate } from './dates.ts';
import { type NationalId, parseNationalId } from './national-id.ts';
import { makeCnp, makeEgn, makeLnch } from './national-id-make.ts';
import { statedByDamaged, statedByNationalId } from './national-id-stated.ts';

const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2026-11-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10) as IsoDate);
const sex = fc.constantFrom('M' as const, 'F' as const);
const egn = fc
  .tuple(day, sex, fc.nat({ max: 499 }))
  .map((of) => ({ scheme: 'EGN' as const, birth: of[0], sex: of[1], digits: makeEgn(...of) }));
const cnp = fc
  .tuple(day, sex, fc.integer({ min: 1, max: 46 }), fc.integer({ min: 1, max: 999 }))
  .map((of) => ({ scheme: 'CNP' as const, birth: of[0], sex: of[1], digits: makeCnp(...of) }));

/** As a spreadsheet shows a number with so many decimals. */
const scientific = (digits: string, decimals: number): string =>
  Number(digits)
    .toExponential(decimals)
    .replace(/e\+(\d)$/, 'e+0$1')
    .replace('e', 'E');

describe('what a damaged id states', () => {
  it('is never another birth date or sex than its holder’s, however far a spreadsheet rounded it', () => {
    fc.assert(
      fc.property(fc.oneof(egn, cnp), fc.nat({ max: 12 }), (holder, decimals) => {
        const { birth, sex: stated } = statedByDamaged(holder.scheme, scientific(holder.digits, decimals));
        const [year, month, date] = holder.birth.split('-').map(Number);
        if (stated) expect(stated).toBe(holder.sex);
        if (birth) expect([year, birth.month ?? month, birth.day ?? date]).toEqual([birth.year, month, date]);
        if (birth && birth.month === null) expect(birth.day).toBeNull();
        if (holder.scheme === 'CNP') expect(stated).toBe(decimals < 2 ? stated : holder.sex);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the year in three digits of a CNP, the month in five, the day in seven', () => {
    const radu = makeCnp(isoDate(2014, 5, 9), 'M', 12, 345);
    expect(scientific(radu, 2)).toBe('5.14E+12');
    expect(statedByDamaged('CNP', '5.14E+12')).toEqual({ birth: { year: 2014, month: null, day: null }, sex: 'M' });
    expect(statedByDamaged('CNP', '5,1405E+12')).toEqual({ birth: { year: 2014, month: 5, day: null }, sex: 'M' });
    expect(statedByDamaged('CNP', scientific(radu, 7))).toEqual({ birth: { year: 2014, month: 5, day: 9 }, sex: 'M' });
    // 4 May or 95 to 99 April: the latter do not exist.
    expect(statedByDamaged('CNP', '6.14050E+12').birth).toEqual({ year: 2014, month: 5, day: null });
  });

  it('is of this century in an EGN that lost its leading zero as well', () => {
    const vanya = makeEgn(isoDate(2008, 4, 9), 'F', 12);
    expect(scientific(vanya, 4)).toBe('8.4409E+08');
    expect(statedByDamaged('EGN', '8.44E+08')).toEqual({ birth: { year: 2008, month: 4, day: null }, sex: null });
  });

  it('is what stands before a mask or a cut', () => {
    const ana = makeCnp(isoDate(2011, 12, 24), 'F', 12, 345);
    expect(statedByDamaged('CNP', `${ana.slice(0, 7)}******`)).toEqual({ birth: { year: 2011, month: 12, day: 24 }, sex: 'F' });
    expect(statedByDamaged('CNP', `${ana.slice(0, 5)}XXXXXXXX`)).toEqual({ birth: { year: 2011, month: 12, day: null }, sex: 'F' });
    expect(statedByDamaged('CNP', ana.slice(0, 9))).toEqual({ birth: { year: 2011, month: 12, day: 24 }, sex: 'F' });
    const georgi = makeEgn(isoDate(2000, 6, 15), 'M', 3);
    expect(statedByDamaged('EGN', georgi.slice(2))).toEqual({ birth: { year: 2000, month: 6, day: 15 }, sex: 'M' });
  });

  it('is nothing where any digit may be the wrong one, and for schemes that state nothing', () => {
    fc.assert(
      fc.property(egn, fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), ({ digits }, at, by) => {
        const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
        fc.pre(parseNationalId(0, wrong)?.valid === false);
        expect(statedByDamaged('EGN', wrong)).toEqual({ birth: null, sex: null });
      }),
    );
    for (const scheme of ['LNCH', 'IDN'] as const) expect(statedByDamaged(scheme, '5.14E+12')).toEqual({ birth: null, sex: null });
    for (const text of ['', 'x', '5.14E+99', '99', '∞E+12']) expect(statedByDamaged('CNP', text)).toEqual({ birth: null, sex: null });
  });

  it('never throws, whatever stands there', () => {
    fc.assert(fc.property(fc.constantFrom('EGN', 'CNP', 'LNCH', 'IDN'), fc.string(), (scheme, text) => void statedByDamaged(scheme, text)));
  });
});

describe('statedByNationalId', () => {
  it('gives the birth date and sex of a valid id', () => {
    fc.assert(
      fc.property(fc.oneof(egn, cnp), (holder) => {
        const id = parseNationalId(holder.scheme === 'EGN' ? 0 : 3, holder.digits) as NationalId;
        const [year, month, date] = holder.birth.split('-').map(Number);
        expect(statedByNationalId(id)).toEqual({ birth: { year, month, day: date }, sex: holder.sex });
      }),
    );
  });

  it('gives the sex alone for a resident’s CNP, which states no century, and nothing for an LNCh', () => {
    expect(statedByNationalId(parseNationalId(3, makeCnp(isoDate(2014, 5, 9), 'F', 12, 345, true)) as NationalId)).toEqual({
      birth: null,
      sex: 'F',
    });
    expect(statedByNationalId(parseNationalId(1, makeLnch(123_456_789)) as NationalId)).toEqual({ birth: null, sex: null });
  });
});
