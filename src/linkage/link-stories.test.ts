import { describe, expect, it } from 'vitest';
import { linkRecord } from '../../tests/support/link-record.ts';
import { childEngine, type ClusterInput } from './child-engine.ts';
import type { LinkRecord } from './engine.ts';
import { SHIPPED_MODEL } from './shipped-model.ts';

type Said = Omit<Parameters<typeof linkRecord>[0], 'kind'>;
const SOFIA = { municipality: 'SOF46', settlement: '68134' };
const entry = (said: Said) => linkRecord({ kind: 'population', ...SOFIA, ...said });
const roll = (said: Said) => linkRecord({ kind: 'school-roll', ...SOFIA, schoolId: 'S1', ...said });
const visit = (said: Said) => linkRecord({ kind: 'visits', municipality: 'SOF46', settlementText: 'гр. София', ...said });
const benefit = (said: Said) => linkRecord({ kind: 'assistance', settlementText: 'София', ...said });
/** An id that is a slip away from a valid one, or lost a zero in a spreadsheet. */
const damaged = (mac: string, ...corrections: string[]) => [
  { scheme: 'EGN' as const, mac, valid: false, birth: null, sex: null, corrections },
];

const engine = childEngine(SHIPPED_MODEL);
/** Links by all pairs. Children by number, per record; and the questions, as places of records. */
function link(records: readonly LinkRecord[], decisions: ClusterInput['decisions'] = []) {
  const pairs = records.flatMap((_, a) => records.slice(a + 1).map((_, i) => [a, a + 1 + i] as const));
  const { clusters, review } = engine.cluster({ records, scores: engine.score(records, pairs), decisions });
  const at = (name: string): number => records.findIndex(({ record }) => record === name);
  return {
    children: records.map(({ record }) => clusters.findIndex((cluster) => cluster.records.includes(record))),
    asked: review.map(({ a, b, reason }) => `${at(a)} ${at(b)} ${reason}`),
  };
}
const together = (...records: LinkRecord[]): boolean => new Set(link(records).children).size === 1;
const count = (...records: LinkRecord[]): number => new Set(link(records).children).size;

const BOYAN = { givenName: 'Боян', patronymic: 'Красимиров', familyName: 'Михайлов', born: '2016-04-16' };
const VERA = { givenName: 'Вера', patronymic: 'Красимирова', familyName: 'Михайлова', born: '2018-01-05' };
const HOME = { motherMac: 'mother', addresses: ['ул. Бреза 9'] };

describe('records with the same valid id', () => {
  const boyan = entry({ id: 'boyan', ...BOYAN });
  it('are one child when name and birth date agree', () => expect(together(boyan, roll({ id: 'boyan', ...BOYAN }))).toBe(true));
  it('are one child by another name or a wrong birth date, not by both', () => {
    expect(together(boyan, roll({ id: 'boyan', ...BOYAN, givenName: 'Кирил' }))).toBe(true);
    expect(together(boyan, roll({ id: 'boyan', ...BOYAN, born: '2014-09-02' }))).toBe(true);
    expect(link([boyan, roll({ id: 'boyan', ...BOYAN, givenName: 'Кирил', born: '2014-09-02' })])).toEqual({
      children: [0, 1],
      asked: ['0 1 ID_CONFLICT'],
    });
  });
  it('go to a human, and not to the sibling, where the id is the sibling’s', () => {
    const vera = entry({ id: 'vera', ...VERA, ...HOME });
    const wrong = roll({ id: 'vera', ...BOYAN });
    expect(link([vera, wrong])).toEqual({ children: [0, 1], asked: ['0 1 ID_CONFLICT'] });
    expect(link([vera, wrong, visit({ ...VERA, born: '2018' })]).children).toEqual([0, 1, 0]);
    const { children } = link([entry({ id: 'boyan', ...BOYAN, ...HOME }), vera, wrong]);
    expect(children[2]).not.toBe(children[1]);
    expect(children[0]).not.toBe(children[1]);
  });
  it('go to a human too where the id states the sibling’s day, or the year alone is another', () => {
    const birth = { year: 2018, month: 1, day: 5 };
    const ids = [{ scheme: 'EGN' as const, mac: 'vera', valid: true, birth, sex: 'F' as const, corrections: [] }];
    const vera = entry({ ids, ...VERA, ...HOME });
    for (const born of ['2016-04-16', '2016', '2016-01-01', '2016-04'])
      expect(link([vera, roll({ ids, ...BOYAN, born })]), born).toEqual({ children: [0, 1], asked: ['0 1 ID_CONFLICT'] });
  });
  it('go to a human where the id is a twin’s', () => {
    const twins = { patronymic: 'Петров', familyName: 'Русев', born: '2014-05-06', ...HOME };
    const [ivo, martin] = [entry({ id: 'ivo', ...twins, givenName: 'Иво' }), entry({ id: 'martin', ...twins, givenName: 'Мартин' })];
    expect(link([ivo, martin]).children).toEqual([0, 1]);
    expect(link([ivo, martin, roll({ ...twins, givenName: 'Мартин' })]).children).toEqual([0, 1, 1]);
    const { children, asked } = link([ivo, martin, roll({ ...twins, id: 'ivo', givenName: 'Мартин' })]);
    expect(children).toEqual([0, 1, 2]);
    expect(asked).toEqual(['0 2 TWO_CHILDREN_FIT', '1 2 RENUMBERED']);
  });
});

describe('two valid ids', () => {
  it('are two children, however alike, and a human is told', () => {
    expect(link([entry({ id: 'one', ...BOYAN }), roll({ id: 'two', ...BOYAN })])).toEqual({ children: [0, 1], asked: ['0 1 RENUMBERED'] });
  });
  it('are two children through third records too', () => {
    const [a, b] = [roll({ id: 'one', ...BOYAN }), roll({ id: 'two', ...BOYAN, born: '2016-04-17' })];
    const { children } = link([a, b, benefit({ ...BOYAN }), visit({ ...BOYAN, born: '2016-04-17' })]);
    expect(children[0]).not.toBe(children[1]);
    const thirds = Array.from({ length: 4 }, () => visit({ ...BOYAN, ...HOME }));
    const crowd = link([entry({ id: 'one', ...BOYAN, ...HOME }), roll({ id: 'two', ...BOYAN, ...HOME }), ...thirds]).children;
    expect(crowd[0]).not.toBe(crowd[1]);
  });
  it('in the register, of one mother, name, day and home, are one child renumbered; twins are not', () => {
    const boyan = entry({ id: 'old', ...BOYAN, ...HOME });
    expect(together(boyan, entry({ id: 'new', ...BOYAN, ...HOME }))).toBe(true);
    expect(together(boyan, entry({ id: 'new', ...BOYAN, ...HOME }), roll({ id: 'old', ...BOYAN }), visit({ id: 'new', ...BOYAN }))).toBe(
      true,
    );
    expect(count(boyan, entry({ id: 'new', ...BOYAN, ...HOME, givenName: 'Христо-Боян' }))).toBe(2);
    expect(count(boyan, entry({ id: 'new', ...BOYAN, ...HOME, givenName: 'Петър' }))).toBe(2);
    expect(count(boyan, entry({ id: 'new', ...BOYAN, ...HOME, born: '2016-04-17' }))).toBe(2);
    expect(count(boyan, entry({ id: 'new', ...BOYAN, addresses: ['ул. Бреза 9'] }))).toBe(2);
  });
  it('of which the register has exchanged one hold for the records that bear them, and for no other', () => {
    const [old, fresh] = [entry({ id: 'old', ...BOYAN, ...HOME }), entry({ id: 'new', ...BOYAN, ...HOME })];
    const { children } = link([old, fresh, roll({ id: 'third', ...BOYAN })]);
    expect(children.slice(0, 2)).toEqual([0, 0]);
    expect(children[2]).not.toBe(0);
  });
});

describe('ids that were damaged', () => {
  it('lead to the valid id a slip away', () => {
    const boyan = entry({ id: 'boyan', ...BOYAN });
    expect(together(boyan, benefit({ ids: damaged('x', 'boyan', 'other'), ...BOYAN, born: '2016-04-18' }))).toBe(true);
    expect(together(boyan, benefit({ ids: damaged('x', 'boyan'), ...BOYAN, born: '2016' }))).toBe(true);
  });
  it('never lead to a sibling or a twin', () => {
    expect(count(entry({ id: 'vera', ...VERA, ...HOME }), benefit({ ids: damaged('x', 'vera'), ...BOYAN, ...HOME }))).toBe(2);
    const petar = { ...BOYAN, givenName: 'Петър' };
    expect(link([entry({ id: 'boyan', ...BOYAN, ...HOME }), benefit({ ids: damaged('x', 'boyan'), ...petar, ...HOME })])).toEqual({
      children: [0, 1],
      asked: ['0 1 POSSIBLE_TWIN'],
    });
  });
  it('that lead nowhere do not stand in the way', () => {
    const boyan = entry({ id: 'boyan', ...BOYAN });
    expect(together(boyan, roll({ badId: 'bovan', ...BOYAN }))).toBe(true);
    expect(together(boyan, roll({ ids: damaged('x', 'somebody', 'else'), ...BOYAN, schoolId: null }))).toBe(true);
  });
});

describe('what a human has decided', () => {
  const [a, b, c] = [entry({ id: 'boyan', ...BOYAN }), roll({ id: 'boyan', ...BOYAN }), visit({ ...BOYAN })] as const;
  it('DIFFERENT holds, though both bear one id', () => {
    const { children } = link([a, b, c], [{ a: a.record, b: b.record, verdict: 'DIFFERENT' }]);
    expect(children[0]).not.toBe(children[1]);
  });
  it('SAME holds, though nothing agrees', () => {
    const other = visit({ givenName: 'Магдалена', familyName: 'Русева', born: '2009' });
    expect(link([a, other], [{ a: a.record, b: other.record, verdict: 'SAME' }]).children).toEqual([0, 0]);
  });
  it('of records that are not there plays no part', () => {
    expect(link([a, b], [{ a: a.record, b: '999999999', verdict: 'DIFFERENT' }]).children).toEqual([0, 0]);
  });
});
