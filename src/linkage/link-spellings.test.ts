import { describe, expect, it } from 'vitest';
import { linkRecord } from '../../tests/support/link-record.ts';
import { childEngine } from './child-engine.ts';
import type { LinkRecord } from './engine.ts';
import { SHIPPED_MODEL } from './shipped-model.ts';

type Said = Omit<Parameters<typeof linkRecord>[0], 'kind'>;
const SOFIA = { municipality: 'SOF46', settlement: '68134' };
const entry = (said: Said) => linkRecord({ kind: 'population', ...SOFIA, ...said });
const roll = (said: Said) => linkRecord({ kind: 'school-roll', ...SOFIA, schoolId: 'S1', ...said });
const visit = (said: Said) => linkRecord({ kind: 'visits', municipality: 'SOF46', settlementText: 'гр. София', ...said });
const benefit = (said: Said) => linkRecord({ kind: 'assistance', settlementText: 'София', ...said });

const engine = childEngine(SHIPPED_MODEL);
/** Children by number, by all pairs. */
function children(...records: LinkRecord[]): number[] {
  const pairs = records.flatMap((_, a) => records.slice(a + 1).map((_, i) => [a, a + 1 + i] as const));
  const { clusters } = engine.cluster({ records, scores: engine.score(records, pairs), decisions: [] });
  return records.map(({ record }) => clusters.findIndex((cluster) => cluster.records.includes(record)));
}
const together = (...records: LinkRecord[]): boolean => new Set(children(...records)).size === 1;

const BOYAN = { givenName: 'Боян', patronymic: 'Красимиров', familyName: 'Михайлов', born: '2016-04-16' };
const IVAN = { givenName: 'Иван', familyName: 'Петров' };
const registered = entry({ id: 'boyan', ...BOYAN });

describe('records without an id are found', () => {
  it.each<[string, Said]>([
    ['in Latin letters', { givenName: 'Boyan', familyName: 'Mihaylov', born: '2016-04-16' }],
    ['as another country spells them', { givenName: 'Boyan', familyName: 'Mihajloff', born: '2016-04-16' }],
    ['with Latin letters among the Cyrillic ones', { givenName: 'Бoян', familyName: 'Михaйлoв', born: '2016-04-16' }],
    ['with the patronymic in the given name', { givenName: 'Боян Красимиров', familyName: 'Михайлов', born: '2016-04-16' }],
    ['with the columns exchanged', { givenName: 'Михайлов', familyName: 'Боян', born: '2016-04-16' }],
    ['with a surname of two parts', { ...BOYAN, familyName: 'Михайлов-Спасов' }],
    ['with another surname, by the patronymic', { ...BOYAN, familyName: 'Спасов' }],
    ['with neighbours exchanged', { ...BOYAN, familyName: 'Миахйлов' }],
    ['by the year and the patronymic', { ...BOYAN, born: '2016' }],
    ['by 1 January and the patronymic', { ...BOYAN, born: '2016-01-01' }],
  ])('%s', (_, said) => expect(together(registered, visit(said))).toBe(true));

  it('under an everyday name', () => {
    const georgi = { givenName: 'Георги', patronymic: 'Стоянов', familyName: 'Желязков', born: '2014-05-06' };
    expect(together(entry({ id: 'georgi', ...georgi }), roll({ ...georgi, givenName: 'Жоро' }))).toBe(true);
  });
  it('with day and month exchanged', () => {
    const vera = { givenName: 'Вера', patronymic: 'Красимирова', familyName: 'Михайлова', born: '2018-01-05' };
    expect(together(entry({ id: 'vera', ...vera }), visit({ ...vera, born: '2018-05-01' }))).toBe(true);
  });
  it('with a feminine surname or none', () => {
    const vera = { givenName: 'Вера', familyName: 'Михайлова', born: '2018-01-05' };
    expect(together(entry({ id: 'vera', ...vera }), visit({ ...vera, familyName: 'Михайлов' }))).toBe(true);
  });
  it('in Romania with comma, cedilla or no marks', () => {
    const born = '2015-03-09';
    const place = { country: 'RO', municipality: 'IS95060' } as const;
    const said = (givenName: string, familyName: string) => ({ ...place, givenName, familyName, born });
    const stefan = linkRecord({ kind: 'population', id: 'stefan', ...said('Ștefan', 'Țăranu') });
    expect(together(stefan, linkRecord({ kind: 'visits', ...said('Ştefan', 'Ţăranu') }))).toBe(true);
    expect(together(stefan, linkRecord({ kind: 'visits', ...said('Stefan', 'Taranu') }))).toBe(true);
  });
});

describe('records with an id', () => {
  const said = (givenName: string) => ({ country: 'RO' as const, id: 'ioan', givenName, familyName: 'Popescu', born: '2015-03-09' });
  it.each([
    ['Ana-Maria', 'Ana'],
    ['Ioan-Șerban-Cornel-Petre-Nae', 'IOAN-SERBAN-CORNEL-PETRE-'],
  ])('are found with a name that was cut or of which a part is left: %s, %s', (whole, part) => {
    expect(together(linkRecord({ kind: 'population', ...said(whole) }), linkRecord({ kind: 'siiir-roll', ...said(part) }))).toBe(true);
  });
});

describe('records without an id', () => {
  it('with a birth year alone are found where one child fits, and not where two do or the place is another', () => {
    const [may, november] = [entry({ id: 'a', ...IVAN, born: '2013-05-06' }), entry({ id: 'b', ...IVAN, born: '2013-11-30' })];
    const seen = visit({ ...IVAN, born: '2013' });
    expect(new Set(children(may, november, seen)).size).toBe(3);
    expect(together(entry({ id: 'a', ...IVAN, born: '2013-05-06', municipality: 'PDV22', settlement: '56784' }), seen)).toBe(false);
  });
  it('are told from a namesake by the home', () => {
    const here = entry({ id: 'a', ...IVAN, born: '2013-05-06', addresses: ['ул. Бреза 9'] });
    const there = entry({ id: 'b', ...IVAN, born: '2013-11-30', addresses: ['ул. Рила 72'] });
    expect(children(here, there, visit({ ...IVAN, born: '2013', addresses: ['ul. Breza 9'] }))).toEqual([0, 1, 0]);
  });
  it('are told from a namesake elsewhere who was born on another day', () => {
    const here = entry({ id: 'a', ...IVAN, born: '2013-05-06' });
    const elsewhere = visit({ ...IVAN, born: '2013-11-30', municipality: 'PDV22', settlementText: 'Пловдив' });
    expect(together(here, elsewhere)).toBe(false);
  });
  it('stay apart where they are of twins, also of one who is in no register', () => {
    const twins = { familyName: 'Русев', patronymic: 'Петров', born: '2014-05-06', addresses: ['ул. Бреза 9'] };
    const ivo = entry({ id: 'ivo', ...twins, givenName: 'Иво', motherMac: 'm' });
    const martin = entry({ id: 'martin', ...twins, givenName: 'Мартин', motherMac: 'm' });
    expect(children(ivo, martin, roll({ ...twins, givenName: 'Мартин' }))).toEqual([0, 1, 1]);
    expect(together(ivo, roll({ ...twins, givenName: 'Мартин' }))).toBe(false);
    expect(together(ivo, benefit({ ...twins, givenName: 'Мартин', guardianMac: 'm' }))).toBe(false);
    expect(together(ivo, visit({ ...twins, born: '2014', givenName: 'Мартин' }))).toBe(false);
    expect(together(roll({ ...twins, givenName: 'Мария' }), roll({ ...twins, givenName: 'Марина' }))).toBe(false);
  });
  it('stay apart where they are of siblings', () => {
    const home = { familyName: 'Русев', patronymic: 'Петров', addresses: ['ул. Бреза 9'] };
    const ivo = entry({ id: 'ivo', ...home, givenName: 'Иво', born: '2014-05-06', motherMac: 'm' });
    expect(together(ivo, benefit({ ...home, givenName: 'Мартин', born: '2011-02-03', guardianMac: 'm' }))).toBe(false);
    expect(together(ivo, visit({ ...home, givenName: 'Мартин', born: '2014' }))).toBe(false);
  });
  it('stay apart where a namesake of one year lives in the other country', () => {
    const ana = { givenName: 'Ана', familyName: 'Поп', born: '2014-05-06' };
    const there = { country: 'RO', municipality: 'IS95060', givenName: 'Ana', familyName: 'Pop' } as const;
    expect(together(entry({ id: 'ana', ...ana }), linkRecord({ kind: 'visits', ...there, born: '2014' }))).toBe(false);
  });
});
