import { describe, expect, it } from 'vitest';
import { deterministicEngine } from './deterministic-engine.ts';
import type { LinkRecord } from './engine.ts';
import { linkRecord } from '../../tests/support/link-record.ts';

type Said = Omit<Parameters<typeof linkRecord>[0], 'kind'>;
const SOFIA = { municipality: 'SOF46', settlement: '68134' };
const entry = (said: Said) => linkRecord({ kind: 'population', ...SOFIA, ...said });
const roll = (said: Said) => linkRecord({ kind: 'school-roll', ...SOFIA, schoolId: 'S1', ...said });
const visit = (said: Said) => linkRecord({ kind: 'visits', municipality: 'SOF46', settlementText: 'гр. София', ...said });
const benefit = (said: Said) => linkRecord({ kind: 'assistance', settlementText: 'София', ...said });

function link(records: readonly LinkRecord[], cannotLink: readonly (readonly [string, string])[] = []) {
  const clusters = deterministicEngine.cluster(records, { cannotLink });
  const children = records.map(({ record }) => clusters.findIndex((cluster) => cluster.records.includes(record)));
  return { children, rules: clusters.flatMap(({ links }) => links.map(({ rule }) => rule)) };
}
const count = (...records: LinkRecord[]) => new Set(link(records).children).size;
const together = (...records: LinkRecord[]) => count(...records) === 1;

const BOYAN = { givenName: 'Боян', patronymic: 'Красимиров', familyName: 'Михайлов', born: '2016-04-16' };
const VERA = { givenName: 'Вера', patronymic: 'Красимирова', familyName: 'Михайлова', born: '2018-01-05' };
const IVAN = { givenName: 'Иван', familyName: 'Петров' };

describe('records with the same valid id', () => {
  it('are one child when name and birth date agree', () => {
    expect(link([entry({ id: 'boyan', ...BOYAN }), roll({ id: 'boyan', ...BOYAN })]).rules).toEqual(['id, given name and birth date']);
  });
  it('are one child by an everyday name or a wrong birth date, not by both', () => {
    const boyan = entry({ id: 'boyan', ...BOYAN });
    expect(together(boyan, roll({ id: 'boyan', ...BOYAN, givenName: 'Кирил' }))).toBe(true);
    expect(together(boyan, roll({ id: 'boyan', ...BOYAN, born: '2014-09-02' }))).toBe(true);
    expect(together(boyan, roll({ id: 'boyan', ...BOYAN, givenName: 'Кирил', born: '2014-09-02' }))).toBe(false);
  });
  it('go to their own child when the register gives the id to a sibling', () => {
    expect(link([entry({ id: 'boyan', ...BOYAN }), entry({ id: 'vera', ...VERA }), roll({ id: 'vera', ...BOYAN })]).children).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('two valid ids', () => {
  it('are two children, however alike', () => {
    expect(count(entry({ id: 'one', ...BOYAN }), roll({ id: 'two', ...BOYAN }))).toBe(2);
  });
  it('are two children for whole clusters too', () => {
    const [a, b] = [roll({ id: 'one', ...BOYAN }), roll({ id: 'two', ...BOYAN, born: '2016-04-17' })];
    const { children } = link([a, b, benefit({ ...BOYAN }), visit({ ...BOYAN, born: '2016-04-17' })]);
    expect(children[0]).not.toBe(children[1]);
  });
  it('in the register, of one mother, name, day and home, are one child renumbered; twins are not', () => {
    const home = { motherMac: 'mother', addresses: ['ул. Бреза 9'] };
    const boyan = entry({ id: 'old', ...BOYAN, ...home });
    expect(together(boyan, entry({ id: 'new', ...BOYAN, ...home }))).toBe(true);
    expect(count(boyan, entry({ id: 'new', ...BOYAN, ...home, givenName: 'Христо-Боян' }))).toBe(2);
    expect(count(boyan, entry({ id: 'new', ...BOYAN, ...home, givenName: 'Петър' }))).toBe(2);
  });
});

describe('records without an id', () => {
  it('are found by names and birth date within a municipality, in either alphabet', () => {
    expect(together(entry({ id: 'boyan', ...BOYAN }), visit({ givenName: 'Boyan', familyName: 'Mihajloff', born: '2016-04-16' }))).toBe(
      true,
    );
  });
  it('are found when given name and surname stand in each other’s column', () => {
    expect(together(entry({ id: 'boyan', ...BOYAN }), benefit({ ...BOYAN, givenName: 'Михайлов', familyName: 'Боян' }))).toBe(true);
  });
  it('are found with another surname, by patronymic', () => {
    expect(together(entry({ id: 'boyan', ...BOYAN }), roll({ ...BOYAN, familyName: 'Спасов' }))).toBe(true);
  });
  it('are found with a wrong id', () => {
    expect(together(entry({ id: 'boyan', ...BOYAN }), roll({ badId: 'bovan', ...BOYAN }))).toBe(true);
  });
  it('are found by a birth year alone where one child fits, and not where two do or the place is another', () => {
    const [may, november] = [entry({ id: 'a', ...IVAN, born: '2013-05-06' }), entry({ id: 'b', ...IVAN, born: '2013-11-30' })];
    const seen = visit({ ...IVAN, born: '2013' });
    expect(together(may, seen)).toBe(true);
    expect(count(may, november, seen)).toBe(3);
    expect(together(entry({ id: 'a', ...IVAN, born: '2013-05-06', municipality: 'PDV22', settlement: '56784' }), seen)).toBe(false);
  });
  it('are told from a namesake by the home', () => {
    const here = entry({ id: 'a', ...IVAN, born: '2013-05-06', addresses: ['ул. Бреза 9'] });
    const there = entry({ id: 'b', ...IVAN, born: '2013-11-30', addresses: ['ул. Рила 72'] });
    expect(link([here, there, visit({ ...IVAN, born: '2013', addresses: ['ul. Breza 9'] })]).children).toEqual([0, 1, 0]);
  });
  it('are found under an everyday name once any record of the child has shown it', () => {
    const [boyan, kiril] = [entry({ id: 'boyan', ...BOYAN }), roll({ id: 'boyan', ...BOYAN, givenName: 'Кирил' })];
    const seen = visit({ givenName: 'Кирил', familyName: 'Михайлов', born: '2016' });
    expect(together(boyan, seen)).toBe(false);
    expect(together(boyan, kiril, seen)).toBe(true);
  });
  it('stay apart where they are of twins, also of one who is in no register', () => {
    const twins = { familyName: 'Русев', patronymic: 'Петров', born: '2014-05-06', addresses: ['ул. Бреза 9'] };
    const ivo = entry({ id: 'ivo', ...twins, givenName: 'Иво', motherMac: 'm' });
    const martin = entry({ id: 'martin', ...twins, givenName: 'Мартин', motherMac: 'm' });
    expect(link([ivo, martin, roll({ ...twins, givenName: 'Мартин' })]).children).toEqual([0, 1, 1]);
    expect(count(ivo, roll({ ...twins, givenName: 'Мартин' }))).toBe(2);
    expect(count(ivo, benefit({ ...twins, givenName: 'Мартин', guardianMac: 'm' }))).toBe(2);
    expect(count(ivo, visit({ ...twins, born: '2014', givenName: 'Мартин' }))).toBe(2);
    expect(count(roll({ ...twins, givenName: 'Мария' }), roll({ ...twins, givenName: 'Марина' }))).toBe(2);
  });
  it('stay apart where they are of two countries', () => {
    const ana = { givenName: 'Ана', familyName: 'Поп', born: '2014-05-06' };
    expect(
      count(entry({ id: 'ana', ...ana }), linkRecord({ kind: 'visits', country: 'RO', ...ana, givenName: 'Ana', familyName: 'Pop' })),
    ).toBe(2);
  });
});

describe('what a human has parted', () => {
  it('stays apart, though both bear one id', () => {
    const [a, b, c] = [entry({ id: 'boyan', ...BOYAN }), roll({ id: 'boyan', ...BOYAN }), visit({ ...BOYAN })];
    const { children } = link([a, b, c], [[a.record, b.record]]);
    expect(children[0]).not.toBe(children[1]);
  });
});
