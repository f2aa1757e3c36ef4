import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFamily, compareGiven, isSameAcross, NAME_LEVELS, type NameValue, nameValue } from './compare-name.ts';
import type { Language } from './phonetic.ts';
import { latin } from './transliterate.ts';

const name = (text: string, language: Language): NameValue => nameValue(`${language}|${latin(text)}`) as NameValue;
function levelBy(compare: typeof compareGiven, a: string, b: string, language: Language): string {
  const [x, y] = [name(a, language), name(b, language)];
  const found = x.text === y.text ? compare.same(x) : compare.compare(x, y);
  if (x.text !== y.text) expect(compare.compare(y, x), 'from the other side').toBe(found);
  return NAME_LEVELS[found - 1] as string;
}
const given = (a: string, b: string, language: Language = 'BG') => levelBy(compareGiven, a, b, language);
const family = (a: string, b: string, language: Language = 'BG') => levelBy(compareFamily, a, b, language);

describe('given names', () => {
  it.each([
    ['Янка', 'Yanka', 'exact'],
    ['Христо', 'Xristo', 'sounds-alike'],
    ['Георги', 'Gueorgui', 'close'],
    ['Георги', 'Жоро', 'nickname'],
    ['Димитър', 'Митко', 'nickname'],
    ['Екатерина', 'Catia', 'nickname'],
    ['Цветанка', 'Цеца', 'nickname'],
    ['Костадин', 'Костаин', 'close'],
    ['Мария', 'Марина', 'other-name'],
    ['Иван', 'Ивана', 'other-name'],
    ['Милен', 'Милан', 'other-name'],
    ['Даниел', 'Даниела', 'other-name'],
    ['Петя', 'Георги', 'differ'],
    ['Мария', 'Мария-Магдалена', 'part'],
  ])('%s and %s: %s', (a, b, expected) => expect(given(a, b)).toBe(expected));
  it.each([
    ['Ștefan', 'Ştefan', 'exact'],
    ['Ștefan', 'Stefan', 'exact'],
    ['Florentin', 'Flori', 'nickname'],
    ['Crenguța', 'Creni', 'nickname'],
    ['Gheorghe', 'Gigi', 'nickname'],
    ['Costache', 'Costache Aurică', 'part'],
    ['Ioan-Serban-Cornel-Petre-', 'Ioan-Șerban-Cornel-Petre-Nae', 'part'],
    ['Andrei', 'Andreea', 'other-name'],
  ])('%s and %s: %s', (a, b, expected) => expect(given(a, b, 'RO')).toBe(expected));
  it('that no list knows are slips of each other; those that it knows are two names', () => {
    expect(given('Амана', 'Амина')).toBe('close');
    expect(given('Милена', 'Милана')).toBe('other-name');
  });
  it('of words that have nothing in common differ, though one begins like the other', () => {
    expect(given('Ив', 'Петкана')).toBe('differ');
    expect(given('Мария-Ана', 'Петкана-Вяра')).toBe('differ');
  });
});

describe('surnames', () => {
  it.each([
    ['Петров', 'Petrov', 'exact'],
    ['Петрова', 'Petroff', 'sounds-alike'],
    ['Петровски', 'Петровска', 'sounds-alike'],
    ['Хаджиева', 'Hadjiev', 'sounds-alike'],
    ['Ангелова-Лазарова', 'Лазаров', 'part'],
    ['Ангелова-Лазарова', 'Лазарова-Ангелова', 'part'],
    ['Млаеднова', 'Младенова', 'close'],
    ['Петров', 'Иванов', 'differ'],
  ])('%s and %s: %s', (a, b, expected) => expect(family(a, b)).toBe(expected));
  it.each([
    ['Țăranu', 'Ţăranu', 'exact'],
    ['Țăranu', 'Taranu', 'exact'],
    ['Popescu-Ionescu', 'Ionescu', 'part'],
    ['Popescu', 'Popesku', 'sounds-alike'],
  ])('%s and %s: %s', (a, b, expected) => expect(family(a, b, 'RO')).toBe(expected));
});

describe('names of two languages', () => {
  it('compare alike from either side', () => {
    const word = fc.constantFrom(
      'Георги',
      'Gheorghe',
      'Жоро',
      'Gigi',
      'Ștefan',
      'Стефан',
      'Мария',
      'Marioara',
      'Михайлов',
      'Mihailov',
      'Ченко',
      'Cenco',
    );
    const text = fc.tuple(fc.constantFrom('BG' as const, 'RO' as const), fc.array(word, { minLength: 1, maxLength: 2 }));
    fc.assert(
      fc.property(text, text, ([one, first], [other, second]) => {
        const [a, b] = [name(first.join(' '), one), name(second.join(' '), other)];
        for (const { compare } of [compareGiven, compareFamily]) expect(compare(b, a)).toBe(compare(a, b));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe('columns', () => {
  it('hold one name across when it was written into the other’s', () => {
    expect(isSameAcross(name('Михайлов', 'BG'), name('Mihajloff', 'BG'))).toBe(true);
    expect(isSameAcross(name('Боян', 'BG'), name('Борис', 'BG'))).toBe(false);
  });
  it('hold one name across from either side', () => {
    const words = fc.constantFrom('Боян', 'Byan', 'Boyan', 'Нако', 'Наско', 'Туан', 'Туаон', 'Караиванов', 'Караивнов', 'Ле');
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(isSameAcross(name(a, 'BG'), name(b, 'BG'))).toBe(isSameAcross(name(b, 'BG'), name(a, 'BG')));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  it('that say nothing have no value', () => expect(nameValue('BG|')).toBeNull());
});
