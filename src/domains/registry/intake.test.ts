import { describe, expect, it } from 'vitest';
import type { RowContext } from '../../intake/feed-format.ts';
import { populationFormat } from './intake.ts';

const context: RowContext = { schools: new Map(), municipalities: new Map([['BG:68134', 'SOF46']]), country: null };
const SVETLA =
  '0,1348139777,Светла,Боянова,Стойкова,2013-08-13,F,BG,0,8709123095,0,8810302341,04234,ул. Иван Вазов 92,68134,ул. Роза 5,BG,,2026-11-01';
const row = (text: string, changes: Record<string, string> = {}, given: Partial<RowContext> = {}) =>
  populationFormat.parse(
    populationFormat.columns.map((column, i) => changes[column] ?? (text.split(',')[i] as string)),
    { ...context, ...given },
  );

describe('a row of the population register', () => {
  it('gives the person, the parents as guardians, and what the register says', () => {
    const parsed = row(SVETLA);
    expect(parsed).toMatchObject({ country: 'BG', naturalKey: ['EGN', '1348139777', ''], id: { scheme: 'EGN', valid: true } });
    expect(parsed.feature).toMatchObject({
      source: 'registry',
      givenName: 'Светла',
      birthYear: 2013,
      settlement: '68134',
      municipality: 'SOF46',
    });
    expect(parsed.guardians.map(({ relation, id }) => [relation, id?.digits])).toEqual([
      ['mother', '8709123095'],
      ['father', '8810302341'],
    ]);
    expect(parsed.assertions.map(({ claim, date, detail }) => [claim, date, detail])).toEqual([
      ['REGISTERED', null, 'BG'],
      ['BORN', '2013-08-13', null],
    ]);
  });

  it('says of Svetla in Berlin that she resides abroad, with the grade of a register', () => {
    const parsed = row(SVETLA, { current_settlement: '', current_address: 'Berlin', current_country: 'DE' });
    expect(parsed.assertions.at(-1)).toMatchObject({ claim: 'RESIDES_ABROAD', date: '2026-11-01', detail: 'DE', grade: 'A' });
    expect(parsed.feature).toMatchObject({ settlement: '04234', municipality: null });
  });

  it('takes a person without an id for the country of the file', () => {
    const none = { id_type: '-1', id: '' };
    expect(row(SVETLA, none, { country: 'RO' })).toMatchObject({ country: 'RO', id: null });
    expect(row(SVETLA, none)).toMatchObject({ country: 'BG' });
    expect(row(SVETLA, { ...none, given_name: 'Ioana', family_name: 'Radu' })).toMatchObject({ country: 'RO' });
    expect(row(SVETLA, { id_type: '3', id: '6190327224716' })).toMatchObject({ country: 'RO', id: { scheme: 'CNP' } });
  });

  it('keeps an id with a wrong check digit, marked invalid', () => {
    expect(row(SVETLA, { id: '1348139776' }).id).toMatchObject({ valid: false });
  });

  it('refuses a day of death that does not exist, an unknown id type, and a row that names nobody', () => {
    expect(() => row(SVETLA, { deceased_on: '2015-13-08' })).toThrow(/^deceased_on: expected a day/);
    expect(() => row(SVETLA, { id_type: '7' })).toThrow(/^id_type: expected one of/);
    expect(() => row(SVETLA, { id_type: '-1', id: '', given_name: '', patronymic: '', family_name: ' ' })).toThrow(
      /neither a name nor an id/,
    );
  });
});
