import { describe, expect, it } from 'vitest';
import type { Country } from '../kernel/brands.ts';
import { compareFamily, compareGiven } from './compare-names.ts';
import { NameStatistics } from './name-statistics.ts';
import { fullNameOf, nameOf } from './names.ts';

const statistics = new NameStatistics();
const given = (a: string, b: string, country: Country = 'BG') => compareGiven(nameOf(a, country), nameOf(b, country), country, statistics);
const family = (a: string, b: string, country: Country = 'BG') => compareFamily(nameOf(a, country), nameOf(b, country), statistics);

describe('given names', () => {
  it('sound alike across alphabets', () => expect(given('Янка', 'Yanka')).toBe('same'));
  it('may be some of several', () => expect(given('Costache', 'Costache Aurică', 'RO')).toBe('part'));
  it.each([
    ['Георги', 'Жоро'],
    ['Димитър', 'Митко'],
    ['Екатерина', 'Catia'],
    ['Цветанка', 'Цеца'],
    ['Костадин', 'Костаин'],
  ])('%s and %s are close', (a, b) => expect(given(a, b)).toBe('close'));
  it.each([
    ['Florentin', 'Flori'],
    ['Crenguța', 'Creni'],
    ['Gheorghe', 'Gigi'],
  ])('%s and %s are close', (a, b) => expect(given(a, b, 'RO')).toBe('close'));
  it.each([
    ['Мария', 'Марина'],
    ['Иван', 'Ивана'],
    ['Петя', 'Петър'],
    ['Милен', 'Милан'],
    ['Даниел', 'Даниела'],
  ])('%s and %s may be twins', (a, b) => expect(given(a, b)).toBe('differ'));
  it('two names that many bear are no slips of each other', () => {
    const many = new NameStatistics();
    for (let i = 0; i < 20; i += 1) for (const name of ['Амана', 'Амина']) many.add(nameOf(name, 'BG'), []);
    expect(compareGiven(nameOf('Амана', 'BG'), nameOf('Амина', 'BG'), 'BG', many)).toBe('differ');
    expect(given('Амана', 'Амина')).toBe('close');
  });
  it('cut at 25 characters are the same', () =>
    expect(given('Ioan-Serban-Cornel-Petre-', 'Ioan-Șerban-Cornel-Petre-Nae', 'RO')).toBe('same'));
});

describe('surnames', () => {
  it('have no gender here', () => expect(family('Петрова', 'Petroff')).toBe('same'));
  it('of two parts are close to either', () => expect(family('Ангелова-Лазарова', 'Лазаров')).toBe('close'));
  it('with neighbours exchanged are close', () => expect(family('Млаеднова', 'Младенова')).toBe('close'));
  it('that differ, differ', () => expect(family('Петров', 'Иванов')).toBe('differ'));
});

describe('columns', () => {
  it('a patronymic behind the given name is taken out of it', () => {
    const name = fullNameOf('Методи Илиев', null, 'Пенев', 'BG');
    expect([name.given, name.patronymic, name.family].map((words) => words.map(({ neutral }) => neutral))).toEqual([
      ['metodi'],
      ['iliev'],
      ['penev'],
    ]);
  });
});
