import { describe, expect, it } from 'vitest';
import { phonetic } from './phonetic.ts';
import { latin } from './transliterate.ts';

describe('one spelling for both alphabets', () => {
  it.each([
    ['Щърбанова', 'shtarbanova'],
    ['Кольо', 'kolyo'],
    ['Ивайло Юлиянов', 'ivaylo yuliyanov'],
    ['Ștefăniță-Ioan', 'stefanita ioan'],
    ['Şerban', 'serban'],
    ["D'Angelo", 'dangelo'],
    ['  Ана \u00a0Мария ', 'ana mariya'],
  ])('%s → %s', (written, folded) => expect(latin(written)).toBe(folded));

  it('comma and cedilla letters, composed or not, fall together', () => {
    expect(latin('Țuțora'.normalize('NFD'))).toBe(latin('Ţuţora'));
  });

  it('reads a Latin letter inside a Cyrillic word as the one it looks like', () => {
    expect(latin('Bеселина')).toBe(latin('Веселина'));
    expect(latin('ПETРОВ')).toBe(latin('ПЕТРОВ'));
  });

  it('leaves a Latin word beside a Cyrillic one alone', () => {
    expect(latin('София Center')).toBe('sofiya center');
  });
});

describe('how a name sounds', () => {
  const same = (a: string, b: string, country: 'BG' | 'RO' = 'BG') => expect(phonetic(latin(a), country)).toBe(phonetic(latin(b), country));

  it('Bulgarian names sound the same in every usual Latin spelling', () => {
    same('Живка', 'Jivka');
    same('Христов', 'Xristoff');
    same('Любчо', 'Lyubtcho');
    same('Мария', 'Maria');
    same('Стойков', 'Stoikow');
    same('Катя', 'Catia');
    same('Цветан', 'Cvetan');
  });

  it('Romanian ch before e and i is a k, and c a sound of its own', () => {
    same('Chiriac', 'Kiriac', 'RO');
    expect(phonetic('cezar', 'RO')).not.toBe(phonetic('kezar', 'RO'));
  });
});
