import { describe, expect, it } from 'vitest';
import type { FeedFormat, RowContext } from '../../intake/feed-format.ts';
import { schoolsFormat } from './intake.ts';
import { absencesFormat } from './intake-absences.ts';
import { schoolRollFormat } from './intake-school-roll.ts';
import { siiirRollFormat } from './intake-siiir-roll.ts';

const context: RowContext = {
  schools: new Map([
    ['2200112', { country: 'BG', settlement: '68134', municipality: 'SOF46', district: 'Люлин' }],
    ['2261100014', { country: 'RO', settlement: '95097', municipality: '95088', district: 'Iași' }],
  ]),
  municipalities: new Map(),
  country: null,
};
function reader(format: FeedFormat, line: string, separator: string) {
  return (changes: Record<string, string> = {}) =>
    format.parse(
      format.columns.map((column, i) => changes[column] ?? (line.split(separator)[i] as string)),
      context,
    );
}
const nadezhda = reader(
  schoolRollFormat,
  '2026|2200112|2150134770|0|Надежда|Стоянова|Младенова|2021-10-13|F|1|-3|1|2026-09-15|||Славка Колева',
  '|',
);
const zamfir = reader(
  siiirRollFormat,
  '2025-2026,2261100014,5130628229283,Marginean,Zamfir,2013-06-28,M,VI,ZI,EXMATRICULAT,2025-09-07,2026-04-05,plecat in strainatate,Iris',
  ',',
);
const milka = reader(absencesFormat, '2026|10|2200112|0844282791|0|Милка|Венциславова|Григорова|5|0|0|1||', '|');

describe('a row of a Bulgarian roll', () => {
  it('gives an enrolment, in the municipality of the school', () => {
    const parsed = nadezhda();
    expect(parsed.values).toEqual([2026, '2200112', '1', '-3', 'ENROLLED', '2026-09-15', null, null, 'Славка Колева']);
    expect(parsed.feature).toMatchObject({ source: 'school', schoolId: '2200112', municipality: 'SOF46', birthDay: 13 });
    expect(parsed.assertions[0]).toMatchObject({ claim: 'ON_ROLL', schoolYear: 2026, date: '2026-09-15', detail: '2200112' });
    expect(parsed.guardians).toEqual([{ relation: 'mother', name: 'Славка Колева', id: null }]);
  });

  it.each([
    ['2', 'MOVED', '2200112'],
    ['3', 'DISCHARGED', 'заминал в чужбина'],
    ['4', 'NOT_FOUND', '2200112'],
  ])('reads status %s as %s', (status, claim, detail) => {
    const parsed = nadezhda({ Status: status, DischargedOn: '2026-10-20', DischargeReason: 'заминал в чужбина' });
    expect(parsed.assertions[0]).toMatchObject({ claim, date: '2026-10-20', detail });
  });

  it('refuses a status, class or school that is in no list', () => {
    expect(() => nadezhda({ Status: '7' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_CODE' }));
    expect(() => nadezhda({ BasicClass: '13' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_CODE' }));
    expect(() => nadezhda({ SchoolID: '9999999' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_SCHOOL' }));
    expect(() => nadezhda({ SchoolID: '2261100014' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_SCHOOL' }));
  });
});

describe('a row of SIIIR', () => {
  it('reads the school year, the names in their order, and the three ways of leaving as one', () => {
    for (const status of ['EXMATRICULAT', 'RETRAS', 'ABANDON']) {
      expect(zamfir({ status }).values.slice(0, 5)).toEqual([2025, '2261100014', 'ZI', 'VI', 'DISCHARGED']);
    }
    expect(zamfir({ status: 'TRANSFERAT' }).values[4]).toBe('MOVED');
    expect(zamfir().feature).toMatchObject({ givenName: 'Zamfir', familyName: 'Marginean', municipality: '95088' });
    expect(zamfir().id).toMatchObject({ scheme: 'CNP', valid: true });
  });

  it('refuses a school year whose years do not follow each other', () => {
    expect(() => zamfir({ an_scolar: '2025-2027' })).toThrow(expect.objectContaining({ code: 'IMPOSSIBLE_RANGE' }));
  });
});

describe("a month's absences", () => {
  const over = (changes: Record<string, string>) => milka(changes).values.at(-1);

  it('are over the threshold strictly above five hours or three days', () => {
    expect(over({ AbsenceCount: '5' })).toBe(false);
    expect(over({ AbsenceCount: '6' })).toBe(true);
    expect(over({ AbsenceCount: '0', DaysCount: '3' })).toBe(false);
    expect(over({ AbsenceCount: '0', DaysCount: '4' })).toBe(true);
  });

  it('are what the correction says, where there is one', () => {
    expect(over({ AbsenceCount: '9', AbsenceCorrection: '0' })).toBe(false);
    expect(milka({ AbsenceCount: '9', AbsenceCorrection: '4' }).values.slice(-3)).toEqual([4, 0, false]);
  });

  it('belong to the school year that began before them', () => {
    expect(milka().assertions[0]).toMatchObject({ claim: 'ABSENT_HOURS', schoolYear: 2026, observedOn: '2026-10-31' });
    expect(milka({ Month: '2' }).assertions[0]).toMatchObject({ schoolYear: 2025, observedOn: '2026-02-28' });
  });

  it('are refused for a thirteenth month and for less than none', () => {
    expect(() => milka({ Month: '13' })).toThrow(expect.objectContaining({ code: 'IMPOSSIBLE_DATE' }));
    expect(() => milka({ DaysCount: '-2' })).toThrow(expect.objectContaining({ code: 'NOT_A_NUMBER' }));
  });
});

describe('a row of the list of schools', () => {
  const school = reader(schoolsFormat, '2200112;184 СУ "Пейо Яворов";68134;SOF46;Люлин;BG;secondary;0;1', ';');

  it('gives the school', () => {
    expect(school()).toMatchObject({ country: 'BG', naturalKey: ['2200112'], feature: null });
    expect(school().values.slice(-2)).toEqual([false, true]);
  });

  it('needs an id and a country', () => {
    expect(() => school({ school_id: '' })).toThrow(expect.objectContaining({ code: 'MISSING_KEY' }));
    expect(() => school({ country: 'GR' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_CODE' }));
  });
});
