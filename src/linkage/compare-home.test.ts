import { describe, expect, it } from 'vitest';
import { compareHome, HOME_LEVELS, hashedHome } from './compare-home.ts';
import { addressText, placeText } from './places.ts';

type Homes = Parameters<typeof compareHome.compare>[0];
const homes = (...addresses: string[]): Homes => compareHome.parse(addresses.map(hashedHome).join(' ')) as Homes;
const level = (a: Homes, b: Homes) => HOME_LEVELS[compareHome.compare(a, b) - 1];

describe('settlements as they are written', () => {
  it.each(['гр. София', 'СОФИЯ', 'Sofia', 'гр.София', 'Sofija'])('%s', (text) => expect(placeText(text)).toBe(placeText('София')));
  it.each(['sat Țuțora', 'TUTORA', 'Ţuţora'])('%s', (text) => expect(placeText(text)).toBe('tutora'));
});

describe('addresses', () => {
  it('are the same in both alphabets', () => {
    expect(addressText('р-н Люлин, ж.к. Люлин 6, бл. 624, вх. Б, ап. 61')).toBe(
      addressText('r-n Lyulin, zh.k. Lyulin 6, bl. 624, vh. B, ap. 61'),
    );
    expect(addressText('Str. Școlii nr. 81')).toBe(addressText('str. Scolii 81'));
  });
  it.each([
    ['ул. Бреза 9', 'ul. Breza 9', 'same'],
    ['ул. Бреза 9', 'ул. Бреза 11', 'street'],
    ['ул. Бреза 9', 'ул. Рила 72', 'differ'],
    ['No 9', '9', 'number'],
  ])('%s and %s: %s', (a, b, expected) => expect(level(homes(a), homes(b))).toBe(expected));
  it('of several, the nearest two count', () => {
    expect(level(homes('ул. Рила 72', 'ул. Бреза 9'), homes('ул. Витоша 1', 'ul. Breza 9'))).toBe('same');
    expect(level(homes('ул. Рила 72', 'ул. Бреза 9'), homes('ул. Бреза 11'))).toBe('street');
  });
  it('are kept as hashes that nobody reads, and hashed once', () => {
    const hashed = hashedHome('ул. Бреза 9') as string;
    expect(hashed).not.toMatch(/breza/i);
    expect(hashedHome(hashed)).toBe(hashed);
    expect(hashedHome('ул.')).toBeNull();
  });
});
