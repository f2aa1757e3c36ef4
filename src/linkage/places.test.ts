import { describe, expect, it } from 'vitest';
import type { LinkRecord } from './engine.ts';
import { addressText, Places, placeText } from './places.ts';
import { linkRecord } from '../../tests/support/link-record.ts';

const entry = (settlement: string, municipality: string | null) => linkRecord({ kind: 'population', settlement, municipality });
const benefit = (settlementText: string) => linkRecord({ kind: 'assistance', settlementText });
/** Children of whom the register knows the code and social assistance the words. */
const learned = (pairs: readonly (readonly [LinkRecord, LinkRecord])[]) => new Places(pairs, pairs.flat());

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
});

describe('what records of one child teach about places', () => {
  const many = Array.from({ length: 9 }, () => [entry('68134', 'SOF46'), benefit('гр. София')] as const);

  it('a name written where the register has a code is that settlement', () => {
    const places = learned([...many, [entry('14074', 'SFO17'), benefit('София')]]);
    expect(places.of(benefit('SOFIA'))).toEqual({ settlements: new Set(['68134', '14074']), municipalities: new Set(['SOF46', 'SFO17']) });
    expect(learned([...many, ...many, [entry('14074', 'SFO17'), benefit('София')]]).of(benefit('SOFIA')).settlements).toEqual(
      new Set(['68134']),
    );
  });

  it('homonyms are kept, all of them', () => {
    const places = learned(
      [0, 1, 2].flatMap(() => [[entry('1', 'A'), benefit('Victoria')] as const, [entry('2', 'B'), benefit('sat Victoria')] as const]),
    );
    expect(places.of(benefit('VICTORIA')).settlements).toEqual(new Set(['1', '2']));
  });

  it('a name never met stays unknown', () =>
    expect(learned(many).of(benefit('Перник'))).toEqual({ settlements: new Set(), municipalities: new Set() }));

  it('the municipality of a settlement without a school is learned from its children', () => {
    const roll = linkRecord({ kind: 'school-roll', settlement: '5', municipality: 'SFO17' });
    expect(learned([[entry('43445', null), roll]]).of(entry('43445', null)).municipalities).toEqual(new Set(['SFO17']));
  });
});
