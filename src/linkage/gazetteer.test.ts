import { describe, expect, it } from 'vitest';
import { comparePlace, PLACE_LEVELS, type PlaceValue, placeRarity } from './compare-place.ts';
import { EMPTY_PLACES, Gazetteer, learnPlaces } from './gazetteer.ts';

// Canonical texts: country, settlement code, municipality code, settlement as folded text, `s` for that of a school.
const entry = (settlement: string, municipality = '', country = 'BG'): string => `${country}|${settlement}|${municipality}||`;
const benefit = (text: string, country = 'BG'): string => `${country}|||${text}|`;
/** What children teach of whom several records are known. */
const learned = (...children: (readonly string[])[]): Gazetteer => new Gazetteer(learnPlaces(children.flat(), children));
const times = <T>(n: number, child: T): T[] => Array.from({ length: n }, () => child);
const sofia = [entry('68134', 'SOF46'), benefit('sofiia')];

describe('what records of one child teach about places', () => {
  it('a name written where the register has a code is that settlement', () => {
    expect(learned(...times(9, sofia)).placeOf(benefit('sofiia'))).toEqual({
      settlements: ['68134'],
      municipalities: ['SOF46'],
      text: 'sofiia',
    });
  });
  it('what hardly anyone means by a name does not count', () => {
    const strange = [entry('14074', 'SFO17'), benefit('sofiia')];
    expect(learned(...times(9, sofia), strange).placeOf(benefit('sofiia'))?.settlements).toEqual(['14074', '68134']);
    expect(learned(...times(18, sofia), strange).placeOf(benefit('sofiia'))?.settlements).toEqual(['68134']);
  });
  it('homonyms are kept, all of them', () => {
    const places = learned(...times(3, [entry('1', 'A'), benefit('victoria')]), ...times(3, [entry('2', 'B'), benefit('victoria')]));
    expect(places.placeOf(benefit('victoria'))).toEqual({ settlements: ['1', '2'], municipalities: ['A', 'B'], text: 'victoria' });
  });
  it('a name that means anything means nothing', () => {
    const anywhere = Array.from({ length: 30 }, (_, i) => [entry(String(i), `M${i}`), benefit('centar')]);
    expect(learned(...anywhere).placeOf(benefit('centar'))?.settlements).toEqual([]);
  });
  it('a name never met stays a text, and a place of which nothing is said is none', () => {
    expect(learned(sofia).placeOf(benefit('pernik'))).toEqual({ settlements: [], municipalities: [], text: 'pernik' });
    expect(new Gazetteer(EMPTY_PLACES).placeOf('BG||||')).toBeNull();
  });
  it('the municipality of a settlement is learned from the schools of its children; the settlement of a school is not the child’s', () => {
    const places = learned(...times(3, [entry('43445'), 'BG|5|SFO17||s', benefit('mirkovo')]));
    expect(places.placeOf(entry('43445'))?.municipalities).toEqual(['SFO17']);
    expect(places.placeOf(benefit('mirkovo'))?.settlements).toEqual(['43445']);
  });
  it('a name of one country says nothing of the other', () =>
    expect(learned(...times(9, sofia)).placeOf(benefit('sofiia', 'RO'))?.settlements).toEqual([]));
  it('a settlement may be called like a property of objects', () => {
    const places = learned(sofia);
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(places.placeOf(benefit(name))).toEqual({ settlements: [], municipalities: [], text: name });
  });
  it('does not depend on the order of the children', () => {
    const children = [...times(5, sofia), [entry('1', 'A'), benefit('victoria')], [entry('2', 'B'), benefit('victoria')]];
    const backwards = [...children].reverse().map((child) => [...child].reverse());
    expect(JSON.stringify(learnPlaces(backwards.flat(), backwards))).toBe(JSON.stringify(learnPlaces(children.flat(), children)));
  });
});

describe('places', () => {
  const places = learned(
    ...times(9, sofia),
    ...times(3, [entry('1', 'A'), benefit('victoria')]),
    ...times(3, [entry('2', 'B'), benefit('victoria')]),
  );
  const comparator = comparePlace(() => places);
  const level = (a: string, b: string): string | undefined => {
    const [x, y] = [comparator.parse(a) as PlaceValue, comparator.parse(b) as PlaceValue];
    const found = a === b ? comparator.same(x) : comparator.compare(x, y);
    return found === 0 ? undefined : PLACE_LEVELS[found - 1];
  };
  it.each([
    [entry('68134', 'SOF46'), benefit('sofiia'), 'settlement'],
    [entry('1', 'A'), benefit('victoria'), 'settlement'],
    [entry('9', 'SOF46'), benefit('sofiia'), 'municipality'],
    [benefit('mirkovo'), benefit('mirkovvo'), 'similar'],
    [benefit('mirkovo'), benefit('mirkovo'), 'similar'],
    [entry('68134', 'SOF46'), entry('1', 'A'), 'differ'],
    [entry('68134', 'SOF46'), benefit('pernik'), undefined],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(level(a, b)).toBe(expected);
    expect(level(b, a)).toBe(expected);
  });
  it('are rare by their settlement, where there is one alone', () => {
    expect(placeRarity(places.placeOf(benefit('sofiia')) as PlaceValue)).toBe('68134');
    expect(placeRarity(places.placeOf(benefit('victoria')) as PlaceValue)).toBeNull();
  });
});
