import { describe, expect, it } from 'vitest';
import { linkRecord } from '../../tests/support/link-record.ts';
import { childEngine } from './child-engine.ts';
import type { LinkRecord } from './engine.ts';
import { SHIPPED_MODEL } from './shipped-model.ts';

type Said = Omit<Parameters<typeof linkRecord>[0], 'kind'>;
const engine = childEngine(SHIPPED_MODEL);
const keys = (said: Said): string[] => engine.keys(linkRecord({ kind: 'visits', ...said }));
const meet = (a: Said, b: Said): boolean => {
  const known = new Set(keys(a));
  return keys(b).some((key) => known.has(key));
};

const GEORGI = { givenName: 'Георги', patronymic: 'Хаджиев', familyName: 'Желязкова', born: '2014-05-06', settlementText: 'с. Мирково' };

describe('the keys of a record', () => {
  it('are the same in Cyrillic and Latin letters', () => {
    const abroad = { givenName: 'Georgi', patronymic: 'Hadjiev', familyName: 'Zhelyazkova', born: '2014-05-06', settlementText: 'Mirkovo' };
    expect(new Set(keys(abroad))).toEqual(new Set(keys(GEORGI)));
  });
  it('are the same with comma, cedilla or no marks', () => {
    const born = '2014-05-06';
    const [comma, cedilla, bare] = ['Ștefan Țăranu', 'Ştefan Ţăranu', 'Stefan Taranu'].map((text) => {
      const [givenName = '', familyName = ''] = text.split(' ');
      return new Set(engine.keys(linkRecord({ kind: 'visits', country: 'RO', givenName, familyName, born })));
    });
    expect(cedilla).toEqual(comma);
    expect(bare).toEqual(comma);
  });
  it('are distinct signed 64-bit numbers, and the same each time', () => {
    const some = keys({ ...GEORGI, id: 'georgi', motherMac: 'm', addresses: ['ул. Бреза 9'], schoolId: 'S1' });
    expect(new Set(some).size).toBe(some.length);
    expect(some.length).toBeGreaterThan(10);
    for (const key of some) expect(BigInt.asIntN(64, BigInt(key)).toString()).toBe(key);
    expect(childEngine(SHIPPED_MODEL).keys({ ...(linkRecord({ kind: 'visits', ...GEORGI }) as LinkRecord) })).toEqual(keys(GEORGI));
  });
  it('of a record that says nothing are none', () => expect(keys({})).toEqual([]));

  it.each<[string, Said, Said]>([
    ['an everyday name', { ...GEORGI }, { ...GEORGI, givenName: 'Жоро' }],
    ['another surname', { ...GEORGI }, { ...GEORGI, familyName: 'Спасова' }],
    ['columns exchanged', { ...GEORGI, patronymic: null }, { givenName: 'Желязкова', familyName: 'Георги', born: '2014' }],
    ['day and month exchanged', { ...GEORGI }, { givenName: 'Георги', familyName: 'Желязкова', born: '2014-06-05' }],
    ['another year', { ...GEORGI }, { givenName: 'Георги', familyName: 'Желязкова', born: '2010-05-06' }],
    ['a year alone', { ...GEORGI }, { givenName: 'Георги', familyName: 'Желязкова', born: '2014' }],
    ['no date', { ...GEORGI }, { givenName: 'Георги', familyName: 'Желязкова', settlementText: 'Мирково' }],
    ['the id alone', { id: 'georgi' }, { ...GEORGI, id: 'georgi' }],
    [
      'a damaged id alone',
      { ids: [{ scheme: 'EGN', mac: 'x', valid: false, birth: null, sex: null, corrections: ['georgi', 'other'] }] },
      { id: 'georgi' },
    ],
    [
      'the home and another surname',
      { addresses: ['ул. Бреза 9'], givenName: 'Георги' },
      { addresses: ['ul. Breza 9'], givenName: 'Георги', familyName: 'Спасов' },
    ],
    ['a parent and the birth date', { motherMac: 'm', born: '2014-05-06' }, { guardianMac: 'm', born: '2014-05-06', givenName: 'Коко' }],
    ['one of two given names', { ...GEORGI }, { givenName: 'Георги-Николай', born: '2014-05-06' }],
  ])('meet those of the same child with %s', (_, a, b) => expect(meet(a, b)).toBe(true));

  it('do not meet those of a child with whom only the name, or only the day, is common', () => {
    expect(meet({ givenName: 'Иван', familyName: 'Иванов', born: '2014-05-06' }, { givenName: 'Иван', familyName: 'Иванов' })).toBe(false);
    expect(
      meet(
        { givenName: 'Иван', familyName: 'Иванов', born: '2014-05-06' },
        { givenName: 'Петър', familyName: 'Русев', born: '2014-05-06' },
      ),
    ).toBe(false);
    expect(
      meet(
        { givenName: 'Иван', familyName: 'Иванов', born: '2014-05-06' },
        { givenName: 'Иван', familyName: 'Иванов', born: '2011-08-09' },
      ),
    ).toBe(false);
  });
});
